"""The links of schools and landlords."""

from django.urls import URLPattern, path

from centres.views.telling import tell, thanks

app_name = "telling"
urlpatterns: list[URLPattern] = [
    path("<str:token>/", tell, name="tell"),
    path("<str:token>/thanks/", thanks, name="thanks"),
]
