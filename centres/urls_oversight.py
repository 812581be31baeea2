"""Looking after reporting centres."""

from django.urls import URLPattern, path

from centres.views import centre, champions, directory, looking_after

urlpatterns: list[URLPattern] = [
    path("centres/", directory.centres, name="centres"),
    path("centres/reach/", directory.reach_of_all, name="reach"),
    path("centres/training/", directory.training, name="training"),
    path("centres/<slug:code>/", centre.centre, name="centre"),
    path("centres/<slug:code>/fitness/", looking_after.go_through_checklist, name="fitness"),
    path("centres/<slug:code>/agreement/", looking_after.sign_agreement, name="agreement"),
    path("centres/<slug:code>/champions/", champions.champions, name="champions"),
    path("centres/<slug:code>/champions/training/", champions.training, name="centre_training"),
    path(
        "centres/<slug:code>/champions/<int:champion_id>/stand-down/",
        champions.stand_down,
        name="stand_down",
    ),
    path("centres/<slug:code>/visits/", looking_after.record_visit, name="visits"),
    path("centres/<slug:code>/visits/<int:visit_id>/", looking_after.tell_of_visit, name="visit"),
]
