"""What is beside the centres themselves: their list as a file, links of schools and landlords, and what those told."""

from django.urls import URLPattern, path

from centres.views.heard import heard_there, one_heard
from centres.views.links import end_link, links, one_link, renew_link
from centres.views.lists import export_list, import_list, list_template

urlpatterns: list[URLPattern] = [
    path("centres/import/", import_list, name="import"),
    path("centres/import/template/<slug:kind>/", list_template, name="import_template"),
    path("centres/export/", export_list, name="export"),
    path("centres/heard/", heard_there, name="heard"),
    path("centres/heard/<uuid:heard_id>/", one_heard, name="one_heard"),
    path("centres/links/", links, name="links"),
    path("centres/links/<uuid:link_id>/", one_link, name="link"),
    path("centres/links/<uuid:link_id>/renew/", renew_link, name="renew_link"),
    path("centres/links/<uuid:link_id>/end/", end_link, name="end_link"),
]
