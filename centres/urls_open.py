"""Pages about reporting centres that need no sign-in."""

from django.urls import URLPattern, path

from centres.views.finder import finder

app_name = "centres_open"
urlpatterns: list[URLPattern] = [path("", finder, name="finder")]
