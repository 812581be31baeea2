"""The auditor's pages."""

from django.urls import path

from llr_hate.trail.views import export, look

app_name = "trail"
urlpatterns = [
    path("audit/", look, name="look"),
    path("audit/export/", export, name="export"),
]
