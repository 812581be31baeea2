from django.urls import URLPattern

app_name = "reporting_staff"
urlpatterns: list[URLPattern] = []
