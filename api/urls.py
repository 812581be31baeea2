from django.urls import URLPattern, path

from api.views import plans, schema

app_name = "api"
urlpatterns: list[URLPattern] = [
    path("plans/", plans, name="plans"),
    path("schema/", schema, name="schema"),
]
