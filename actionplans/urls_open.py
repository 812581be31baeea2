"""The public's pages of this room: no sign-in."""

from django.urls import URLPattern, path

from actionplans.views import publishing

app_name = "public_plans"
urlpatterns: list[URLPattern] = [
    path("", publishing.public_plans, name="plans"),
    path("<slug:code>/", publishing.one_public_plan, name="plan"),
]
