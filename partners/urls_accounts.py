"""allauth's pages for signing in and second factors; signing up is closed."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
