from django.urls import URLPattern, path

from actionplans.views.papers import export_plan, import_plan, import_template

urlpatterns: list[URLPattern] = [
    path("import/", import_plan, name="import"),
    path("import/template/<slug:kind>/", import_template, name="import_template"),
    path("<slug:code>/export/", export_plan, name="export"),
]
