"""Staff pages about reporting centres."""

from django.urls import URLPattern

app_name = "centres"
urlpatterns: list[URLPattern] = []
