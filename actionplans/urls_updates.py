from django.urls import URLPattern, path

from actionplans.views.evidence import evidence_file
from actionplans.views.updates import updates
from actionplans.views.waiting import waiting

urlpatterns: list[URLPattern] = [
    path("updates/", updates, name="updates"),
    path("updates/waiting/", waiting, name="updates_waiting"),
    path("updates/evidence/<int:evidence_id>/", evidence_file, name="evidence_file"),
]
