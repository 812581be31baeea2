"""The demonstration's first page."""

from django.urls import path

from llr_hate.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("sent/", views.would_be_sent, name="sent"),
    path("<slug:code>/", views.become, name="become"),
]
