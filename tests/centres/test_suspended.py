"""A suspended centre begins nothing new; what was begun is finished, and news is passed on."""

from uuid import uuid4

import pytest
from django.utils import timezone

from centres.standing import lift, suspend
from reporting.models import Report, ReporterWord, WordState
from reporting.safe_contact import Way
from scope.context import worker_scope
from tests.at_a_centre import at_a_centre
from tests.casework.world import told
from tests.people import asha, centre, client_for
from tests.reporting.walking import AMINA_AT_A_CENTRE, CHECK, WHO, telling, url, walk

pytestmark = pytest.mark.django_db
AT = "/staff/record/"
TOLD = telling(AMINA_AT_A_CENTRE)


def test_nothing_new_is_begun_and_the_volunteer_reads_what_to_do_instead() -> None:
    volunteer = client_for(asha())
    assert volunteer.get("/staff/record/").status_code == 200
    suspend(centre(), reason="concern", by=None, now=timezone.now())
    for path in ("/staff/record/", "/staff/record/?on", "/staff/record/paper/", "/staff/record/2/"):
        answer = volunteer.get(path)
        assert answer.status_code == 403, path
        assert "Don’t send them away" in answer.content.decode()
    assert volunteer.post("/staff/record/2/", {"Q02": "victim"}).status_code == 403
    lift(centre(), by=None, now=timezone.now())
    assert volunteer.get("/staff/record/").status_code == 200


def test_what_was_begun_goes_on() -> None:
    volunteer = client_for(asha())
    walk(volunteer, {WHO: TOLD[WHO]}, at=AT)
    suspend(centre(), reason="concern", by=None, now=timezone.now())
    assert volunteer.get(f"{AT}?on").status_code == 200
    assert volunteer.get(f"{AT}2/").status_code == 200
    walk(volunteer, TOLD, at=AT)
    volunteer.post(url(CHECK, at=AT))
    with worker_scope():
        assert Report.objects.recorded_at(centre().organisation).count() == 1


def test_news_is_passed_on_and_the_reports_stay_in_sight() -> None:
    volunteer = client_for(asha())
    report = told(by=asha(), **at_a_centre({}, Q26_how="centre", Q26_phone=None, Q26_message=None))
    with worker_scope():
        ReporterWord.note(uuid4(), report, Way.CENTRE, WordState.WAITS, now=timezone.now())
    suspend(centre(), reason="concern", by=None, now=timezone.now())
    assert report.reference in volunteer.get("/staff/centre/").content.decode()
    assert volunteer.post(f"/staff/centre/{report.reference}/told/").status_code == 302
    with worker_scope():
        assert Report.objects.get(pk=report.pk).words_out.get().state == WordState.DONE
