"""The queue, and the cases made of it."""

from django.urls import path

from casework.views.assign import assign
from casework.views.case import case_page
from casework.views.cases import cases
from casework.views.close import close, reopen
from casework.views.hold import resume, wait
from casework.views.note import note
from casework.views.queue import queue
from casework.views.share import share
from casework.views.tell import tell
from casework.views.triage import triage, waiting_report

app_name = "casework"
urlpatterns = [
    path("queue/", queue, name="queue"),
    path("queue/<str:reference>/", waiting_report, name="report"),
    path("cases/", cases, name="cases"),
    path("cases/<str:reference>/", case_page, name="case"),
    path("cases/<str:reference>/triage/", triage, name="triage"),
    path("cases/<str:reference>/assign/", assign, name="assign"),
    path("cases/<str:reference>/tell/", tell, name="tell"),
    path("cases/<str:reference>/note/", note, name="note"),
    path("cases/<str:reference>/share/", share, name="share"),
    path("cases/<str:reference>/hold/", wait, name="wait"),
    path("cases/<str:reference>/resume/", resume, name="resume"),
    path("cases/<str:reference>/close/", close, name="close"),
    path("cases/<str:reference>/reopen/", reopen, name="reopen"),
]
