"""What more than one looks at again: repeat victims and places, case reviews, closed cases."""

from django.urls import URLPattern

app_name = "reviews"
urlpatterns: list[URLPattern] = []
