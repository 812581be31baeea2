"""The queue, the page of a report that waits, and the pages of a case, as officers see them."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import AuditEvent
from casework.models import Case
from reporting.models import Report, ReportAccess, ReporterMessage
from reporting.strands import Channel
from scope.context import staff_scope, worker_scope
from tests.casework.world import BARS_THE_POLICE, WORDS, anonymously, opened, told, triaged
from tests.people import administrator, asha, client_for, gwen, ngozi, organisation, sog_member, tomasz
from vault.models import DataKey

pytestmark = pytest.mark.django_db

TRIAGE = {
    "urgency": "standard",
    "recorded_strands": ["religion"],
    "recorded_as": "undecided",
    "mine": "on",
    "note": "Shouting and damage.",
}


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


# The queue ----------------------------------------------------------------------------------------------------


def test_what_must_be_looked_at_today_comes_first_and_then_the_longest_waiting(now: datetime) -> None:
    newer = told(now=now - timedelta(hours=3))
    older = told(now=now - timedelta(days=2))
    urgent = told(now=now - timedelta(hours=1), Q19="yes")
    text = page(client_for(ngozi()), "/staff/queue/")
    assert text.index(urgent.reference) < text.index(older.reference) < text.index(newer.reference)
    assert "Look today" in text
    assert "waiting 3 hours" in text
    assert "waiting 2 days" in text


def test_the_queue_is_filtered_by_address(now: datetime) -> None:
    race = told(now=now, Q08=["race"], Q08b=None)
    religion = told(now=now)
    text = page(client_for(ngozi()), "/staff/queue/?strand=race&district=charnwood&channel=online")
    assert race.reference in text
    assert religion.reference not in text
    assert "No waiting report fits" in page(client_for(ngozi()), "/staff/queue/?channel=centre")


def test_an_old_bookmark_with_a_filter_that_is_gone_shows_everything(now: datetime) -> None:
    report = told(now=now)
    assert report.reference in page(client_for(ngozi()), "/staff/queue/?strand=gone&page=99")


def test_records_of_earlier_years_wait_for_nobody(now: datetime) -> None:
    report = told(now=now)
    with worker_scope():
        Report.objects.update(channel=Channel.HISTORIC)
    assert report.reference not in page(client_for(ngozi()), "/staff/queue/")


def test_each_organisation_has_its_own_queue(now: datetime) -> None:
    report = told(now=now, Q24=["council"])
    for officer, sees in ((ngozi(), True), (tomasz(), False), (gwen(), False)):
        assert (report.reference in page(client_for(officer), "/staff/queue/")) is sees


LISTS = ("/staff/queue/", "/staff/cases/?list=ours", "/staff/cases/?list=overdue")


def one_more_of_each(now: datetime) -> None:
    """A report that waits, and a case whose first contact is late."""
    told(now=now)
    triaged(told(now=now - timedelta(days=30)), by=ngozi(), now=now - timedelta(days=30))


def test_a_full_list_costs_little_and_opens_nothing(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_for(ngozi())
    for _ in range(26):
        one_more_of_each(now)
    monkeypatch.setattr(DataKey, "secret", property(lambda key: pytest.fail("a list opened a sealed text")))
    for address in LISTS:
        with CaptureQueriesContext(connection) as statements:
            text = page(client, address)
        assert text.count('scope="row"') == 25
        assert len(statements) <= 12
        assert "<strong>26</strong>" in text
        assert WORDS not in text


# A report that waits ------------------------------------------------------------------------------------------


def test_contact_is_the_first_thing_seen_and_reading_is_recorded(now: datetime) -> None:
    report = told(now=now)
    text = page(client_for(ngozi()), f"/staff/queue/{report.reference}/")
    assert text.index("Do not leave a message") < text.index(f'">{report.reference}') < text.index(WORDS)
    assert "Place of worship" in text
    with worker_scope():
        assert ReportAccess.objects.get().user == ngozi()
    assert AuditEvent.objects.filter(act="report.read", actor_id=ngozi().pk).count() == 1


def test_somebody_who_gave_no_name_is_reached_through_their_own_page(now: datetime) -> None:
    report = told(now=now, **anonymously())
    assert "only through their own page" in page(client_for(ngozi()), f"/staff/queue/{report.reference}/")


def test_who_must_not_see_it_stands_at_the_top(now: datetime) -> None:
    report = told(now=now, **BARS_THE_POLICE)
    text = page(client_for(ngozi()), f"/staff/queue/{report.reference}/")
    assert text.index("My cousin Rafi") < text.index(WORDS)
    lead_choices = text[text.index('name="lead"') :]
    assert "Leicestershire Police" not in lead_choices[: lead_choices.index("</select>")]


def test_open_and_triage_is_one_act_for_the_officer(now: datetime) -> None:
    report, officer = told(now=now), ngozi()
    answer = client_for(officer).post(
        f"/staff/queue/{report.reference}/", TRIAGE | {"lead": officer.organisation_id}
    )
    assert answer["Location"] == f"/staff/cases/{report.reference}/"
    with staff_scope(officer.organisation_id):
        case = Case.objects.get()
        assert (case.state, case.assigned_to) == ("in_progress", officer)
        assert [event.act for event in case.events.all()] == ["open", "triage", "assign"]


def test_what_is_missing_is_said_and_nothing_is_opened(now: datetime) -> None:
    report = told(now=now)
    answer = client_for(ngozi()).post(f"/staff/queue/{report.reference}/", TRIAGE | {"note": "", "lead": ""})
    assert "There is a problem" in answer.content.decode()
    with worker_scope():
        assert Case.objects.count() == 0


def test_who_comes_second_sees_who_was_quicker_and_keeps_their_words(now: datetime) -> None:
    report = told(now=now)
    triaged(report, by=tomasz(), now=now)
    answer = client_for(ngozi()).post(
        f"/staff/queue/{report.reference}/",
        TRIAGE | {"lead": ngozi().organisation_id, "note": "My long thoughts about it."},
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Tomasz Hale" in text
    assert "My long thoughts about it." in text
    with worker_scope():
        assert Case.objects.get().lead_organisation == organisation("police")


def test_a_report_that_was_taken_up_leads_to_its_case(now: datetime) -> None:
    report = told(now=now)
    triaged(report, by=ngozi(), now=now)
    answer = client_for(ngozi()).get(f"/staff/queue/{report.reference}/")
    assert answer["Location"] == f"/staff/cases/{report.reference}/"


# A case -------------------------------------------------------------------------------------------------------


def test_the_case_page_shows_words_history_and_acts_and_is_recorded_as_read(now: datetime) -> None:
    case = triaged(told(now=now), by=ngozi(), now=now)
    text = page(client_for(ngozi()), f"/staff/cases/{case.reference}/")
    assert WORDS in text
    assert text.index("Told us") < text.index("Case opened") < text.index("Triaged: standard risk")
    assert "Tell the reporter" in text
    assert "Close the case" in text
    assert AuditEvent.objects.filter(act="report.read").count() == 1


def test_an_organisation_that_does_not_lead_may_note_and_no_more(now: datetime) -> None:
    case = triaged(told(now=now), by=ngozi(), now=now)
    client = client_for(tomasz())
    text = page(client, f"/staff/cases/{case.reference}/")
    assert "Write a note" in text
    assert "Close the case" not in text
    assert client.get(f"/staff/cases/{case.reference}/close/").status_code == 404
    assert client.post(f"/staff/cases/{case.reference}/note/", {"text": "CCTV kept."}).status_code == 302


def test_the_reporter_is_told_after_a_look_at_what_they_will_see(now: datetime) -> None:
    case = triaged(told(now=now), by=ngozi(), now=now)
    client, address = client_for(ngozi()), f"/staff/cases/{case.reference}/tell/"
    message = {"status": "being_looked_at", "text": "We spoke to the mosque.", "seen": 2}
    shown = client.post(address, message | {"preview": "yes"}).content.decode()
    assert "What they will see" in shown
    with worker_scope():
        assert Report.objects.get().messages.count() == 0
    assert client.post(address, message).status_code == 302
    with worker_scope():
        assert Report.objects.get().messages.get().unseal("text") == "We spoke to the mosque."


@pytest.mark.parametrize("status", ["received", "withdrawn"])
def test_what_only_the_portal_or_the_person_can_say_is_no_choice_of_an_officer(
    now: datetime, status: str
) -> None:
    case = triaged(told(now=now), by=ngozi(), now=now)
    tell = f"/staff/cases/{case.reference}/tell/"
    assert client_for(ngozi()).post(tell, {"status": status, "text": "Thank you."}).status_code == 200
    with worker_scope():
        assert not case.reports[0].messages.exists()


def test_who_writes_while_another_acts_keeps_their_words_and_sees_what_happened(now: datetime) -> None:
    case = triaged(told(now=now), by=ngozi(), now=now)
    client, address = client_for(ngozi()), f"/staff/cases/{case.reference}/tell/"
    message = {"status": "read", "text": "We have read it.", "seen": 2}
    with staff_scope(tomasz().organisation_id):
        case.note("I rang her.", by=tomasz(), now=now)
    answer = client.post(address, message)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Tomasz Hale" in text
    assert "We have read it." in text
    assert 'name="seen" value="3"' in text


def test_every_act_has_a_page_that_does_it(now: datetime) -> None:
    officer = ngozi()
    case = triaged(told(now=now), by=officer, now=now)
    client, base = client_for(officer), f"/staff/cases/{case.reference}/"
    lcc = organisation("lcc").pk
    for act, answers, state in [
        ("assign", {"to": tomasz().pk}, "in_progress"),
        (
            "share",
            {"organisation": lcc, "parts": ["what"], "lawful_basis": "public_task", "reason": "Their bus."},
            "in_progress",
        ),
        ("hold", {"text": "Half-term."}, "waiting"),
        ("resume", {"text": "School is back."}, "in_progress"),
        ("support", {"support": "not_wanted"}, "in_progress"),
        ("close", {"outcome": "advice_only", "text": "We gave advice."}, "closed"),
        ("reopen", {"text": "Again."}, "in_progress"),
    ]:
        assert client.get(f"{base}{act}/").status_code == 200
        assert client.post(f"{base}{act}/", answers).status_code == 302, act
        with worker_scope():
            assert Case.objects.get().state == state
    assert client.post(f"{base}reopen/", {"text": "Again."}).status_code == 200  # refused, and said so


def test_not_hate_after_review_needs_its_reason(now: datetime) -> None:
    case = triaged(told(now=now), by=ngozi(), now=now)
    answers = {"outcome": "not_hate_after_review", "text": "We looked again."}
    text = client_for(ngozi()).post(f"/staff/cases/{case.reference}/close/", answers).content.decode()
    assert "Write why it was not hate" in text


def test_a_case_that_was_opened_and_left_is_triaged_on_its_own_page(now: datetime) -> None:
    case = opened(told(now=now), by=ngozi(), now=now)
    client, address = client_for(ngozi()), f"/staff/cases/{case.reference}/triage/"
    assert client.get(address).status_code == 200
    assert client.post(address, TRIAGE | {"lead": ngozi().organisation_id}).status_code == 302
    with worker_scope():
        assert Case.objects.get().state == "in_progress"


# Who may ------------------------------------------------------------------------------------------------------


def test_foreign_barred_and_unknown_look_the_same(now: datetime) -> None:
    waiting = told(now=now, **BARS_THE_POLICE)
    case = triaged(told(now=now, **BARS_THE_POLICE), by=ngozi(), now=now)
    for somebody in (gwen(), tomasz(), sog_member(), administrator(), asha()):
        client = client_for(somebody)
        for address in (
            f"/staff/queue/{waiting.reference}/",
            f"/staff/cases/{case.reference}/",
            f"/staff/cases/{case.reference}/note/",
            f"/staff/cases/{case.reference}/tell/",
            "/staff/cases/LLR-0000-0000/",
        ):
            assert client.get(address).status_code == 404, (somebody, address)


def test_a_barred_organisation_reads_no_row_with_raw_sql_either(now: datetime) -> None:
    triaged(told(now=now, **BARS_THE_POLICE), by=ngozi(), now=now)
    for officer, rows in ((tomasz(), 0), (ngozi(), 1)):
        for table in ("casework_case", "casework_casereport", "reporting_report"):
            with staff_scope(officer.organisation_id), connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone()[0] == rows
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_caseevent")
        assert cursor.fetchone()[0] == 0


def test_somebody_who_only_sees_figures_has_no_queue() -> None:
    for somebody in (sog_member(), administrator(), asha()):
        assert client_for(somebody).get("/staff/queue/").status_code == 404
        assert client_for(somebody).get("/staff/cases/").status_code == 404


@pytest.mark.parametrize("seen", ["-1", "9" * 40, "\0"])
def test_a_forged_count_of_what_was_seen_is_refused_and_breaks_nothing(now: datetime, seen: str) -> None:
    officer = ngozi()
    case = triaged(told(now=now), by=officer, now=now)
    sent = {"text": "We have spoken to them.", "status": "being_looked_at", "seen": seen}
    answer = client_for(officer).post(f"/staff/cases/{case.reference}/tell/", sent)
    assert answer.status_code == 200
    with worker_scope():
        assert not ReporterMessage.objects.exists()


@pytest.mark.parametrize("address", ["queue/%00/", "cases/%00/", "cases/LLR-%00/tell/"])
def test_an_address_that_no_reference_has_is_missing(address: str) -> None:
    assert client_for(ngozi()).get(f"/staff/{address}").status_code == 404
