from django.urls import URLPattern

app_name = "partners_open"
urlpatterns: list[URLPattern] = []
