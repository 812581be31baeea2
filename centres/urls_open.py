"""Pages about reporting centres that need no sign-in."""

from django.urls import URLPattern

app_name = "centres_open"
urlpatterns: list[URLPattern] = []
