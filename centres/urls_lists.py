"""The list of reporting centres as a file."""

from django.urls import URLPattern, path

from centres.views.lists import export_list, import_list, list_template

urlpatterns: list[URLPattern] = [
    path("centres/import/", import_list, name="import"),
    path("centres/import/template/<slug:kind>/", list_template, name="import_template"),
    path("centres/export/", export_list, name="export"),
]
