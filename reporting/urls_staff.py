from django.urls import URLPattern, path

from reporting.views import record, translations, wording
from reporting.views.centre import centre, passed_on
from reporting.views.evidence import record_evidence

app_name = "reporting_staff"
urlpatterns: list[URLPattern] = [
    path("record/", record.record, name="record"),
    path("record/<int:number>/", record.record_sheet, name="sheet"),
    path("record/paper/", record.record_from_paper, name="from_paper"),
    path("record/unfinished/", record.unfinished, name="unfinished"),
    path("record/b8/", record.record_emergency, name="emergency"),
    path("record/n5/", record.record_help, name="help"),
    path("record/z4/", record.record_check, name="check"),
    path("record/w2/", record.record_sent, name="sent"),
    path("record/w7/", record_evidence, name="evidence"),
    path("record/<slug:code>/", record.record_step, name="step"),
    path("centre/", centre, name="centre"),
    path("centre/<slug:reference>/told/", passed_on, name="passed_on"),
    path("translations/", translations.translations, name="translations"),
    path("translations/<slug:code>/", translations.phrases_of, name="phrases"),
    path("partnership/wording/", wording.wording, name="wording"),
    path("partnership/wording/<slug:code>/", wording.reword, name="reword"),
    path("partnership/wording/<slug:code>/history/", wording.wording_history, name="wording_history"),
    path(
        "partnership/wording/<slug:code>/versions/<int:version>/",
        wording.bring_back_wording,
        name="bring_back_wording",
    ),
]
