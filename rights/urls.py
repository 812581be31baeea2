"""What a person may ask of us about their data, and what we told others of it."""

from django.urls import URLPattern

app_name = "rights"
urlpatterns: list[URLPattern] = []
