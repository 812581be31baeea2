"""The schedule applied: what is over is erased, what is held is not, what needs a person waits for one."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client

from audit.models import AuditEvent
from casework import apply_retention, records
from casework.apply_retention import Applied, apply
from casework.falling_due import look
from casework.models import Case, Keeping, LegalHold
from casework.records_forms import schedule_in_words
from outbox.models import OutboxEntry
from partners.models import User
from partners.retention import RecordClass, schedule
from reporting.models import Draft, Report
from scope.context import staff_scope, worker_scope
from tests.casework.world import WORDS, anonymously, close_case, opened, told, triaged
from tests.people import NOW, administrator, client_for, member, ngozi, organisation
from vault.cipher import CannotOpen

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
ROOT = Path(__file__).resolve().parents[2]
RECORD_ONLY: dict[str, Any] = {**anonymously(), "Q23": ["record_only"], "Q24": ["no_one"]}


def petra() -> User:
    """Petra works at the rights desk of the county council."""
    return member("Petra Lund", organisation("lcc"), "rights_desk")


def years_ago(years: float, *, days: int = 0) -> datetime:
    return NOW.replace(year=NOW.year - int(years)) - timedelta(days=days)


def closed(*, at: datetime, **changes: Any) -> Report:
    """A report whose case was closed at a time."""
    by = ngozi()
    report = told(now=at - timedelta(days=20), **changes)
    case = triaged(report, by=by, now=at - timedelta(days=19))
    with staff_scope(by.organisation_id or 0):
        close_case(case, outcome="advice_only", text="Done.", by=by, now=at)
    return report


def run(today: date = TODAY, say: Callable[[str], None] = lambda line: None) -> Applied:
    return apply(today=today, now=NOW, schedule=schedule(), say=say)


def is_erased(report: Report) -> bool:
    with worker_scope():
        return Report.objects.get(pk=report.pk).erased_at is not None


def keeping(report: Report) -> Keeping | None:
    with worker_scope():
        return Keeping.objects.filter(report=report).first()


# What goes ----------------------------------------------------------------------------------------------------


def test_an_anonymous_report_to_record_only_goes_after_two_years_and_a_named_one_stays() -> None:
    over, not_yet = told(now=years_ago(2), **RECORD_ONLY), told(now=years_ago(2, days=-1), **RECORD_ONLY)
    wants_more = told(now=years_ago(2), **(anonymously() | {"Q24": ["no_one"]}))
    named = told(now=years_ago(2), Q23=["record_only"])
    assert run().erased == {"anonymous_record_only": 1}
    assert [is_erased(each) for each in (over, not_yet, wants_more, named)] == [True, False, False, False]


def test_a_closed_case_goes_after_six_years_to_the_day() -> None:
    over, not_yet = closed(at=years_ago(6)), closed(at=years_ago(6, days=-1))
    assert run().erased == {"case_closed": 1}
    assert [is_erased(each) for each in (over, not_yet)] == [True, False]
    assert run(TODAY + timedelta(days=1)).erased == {"case_closed": 1}


def test_why_it_was_erased_and_by_which_schedule_stands_in_the_trail() -> None:
    report = closed(at=years_ago(6))
    run()
    event = AuditEvent.objects.get(act="report.erased")
    assert (event.subject_id, event.actor_kind) == (str(report.pk), "system")
    assert event.facts["why"] == "case_closed"
    assert event.facts["schedule"] == schedule().version
    assert event.facts["due_on"] == TODAY.isoformat()
    whole_run = AuditEvent.objects.get(act="retention.applied")
    assert (whole_run.facts["erased_case_closed"], whole_run.facts["opened"]) == (1, 1)


def test_what_was_closed_long_ago_and_reopened_stays() -> None:
    report, by = closed(at=years_ago(6, days=-30)), ngozi()
    run()
    assert keeping(report).due_on == TODAY + timedelta(days=30)  # type: ignore[union-attr]
    with staff_scope(by.organisation_id or 0):
        Case.objects.get(reference=report.reference).reopen("They rang again.", by=by, now=NOW)
    assert run(TODAY + timedelta(days=31)).erased == {}
    assert keeping(report).due_on is None  # type: ignore[union-attr]
    assert not is_erased(report)


def test_a_case_reopened_between_the_look_and_the_erasing_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    report, by = closed(at=years_ago(6)), ngozi()

    def look_then_reopen(**known: Any) -> Any:
        looked = look(**known)
        with staff_scope(by.organisation_id or 0):
            Case.objects.get(reference=report.reference).reopen("They rang.", by=by, now=NOW)
        return looked

    monkeypatch.setattr(apply_retention, "look", look_then_reopen)
    assert run().erased == {}
    assert not is_erased(report)


def test_one_that_somebody_erased_between_the_look_and_the_erasing_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report = told(now=years_ago(2), **RECORD_ONLY)

    def look_then_erase(**known: Any) -> Any:
        looked = look(**known)
        with worker_scope():
            row = Keeping.objects.get()
        records.erase_record(report.reference, why="person_asked", by=petra(), now=NOW)
        with worker_scope():
            row.save(force_insert=True)
        return looked

    monkeypatch.setattr(apply_retention, "look", look_then_erase)
    assert run().erased == {}
    assert keeping(report) is None


def test_drafts_sent_notices_and_ended_sessions_go_by_themselves() -> None:
    organisation("lcc")
    Draft.begin({"Q07": WORDS}, today=TODAY - timedelta(days=29))
    kept = Draft.begin({"Q07": WORDS}, today=TODAY - timedelta(days=28))
    for age in (29, 31):
        OutboxEntry.objects.create(
            kind="x", key=f"x:{age}", created_at=NOW, try_at=NOW, delivered_at=NOW - timedelta(days=age)
        )
    Session.objects.create(session_key="old", session_data="", expire_date=NOW - timedelta(minutes=1))
    assert run().erased == {"draft": 1, "sent_message": 1, "session": 1}
    assert list(Draft.objects.values_list("pk", flat=True)) == [kept.pk]
    assert list(OutboxEntry.objects.filter(kind="x").values_list("key", flat=True)) == ["x:29"]


def test_a_draft_is_kept_as_long_as_the_schedule_says() -> None:
    organisation("lcc")
    assert Draft.begin(today=TODAY).expires_on == schedule().rule(RecordClass.DRAFT).ends(TODAY)


# What stays ---------------------------------------------------------------------------------------------------


def test_a_held_record_is_never_erased_and_goes_when_the_hold_is_lifted() -> None:
    report, by = closed(at=years_ago(7)), petra()
    records.put_hold_on(report.reference, reason="court", note="A trial in May.", by=by, now=NOW)
    applied = run()
    assert (applied.erased, applied.held) == ({}, 1)
    assert not is_erased(report)
    with worker_scope():
        hold = LegalHold.objects.get()
    records.lift_hold(report.reference, hold.pk, by=by, now=NOW)
    assert run(TODAY + timedelta(days=1)).erased == {"case_closed": 1}


def test_a_childs_record_waits_for_a_decision_at_the_latest_birthday() -> None:
    child = closed(at=years_ago(9), Q28="16_17")
    birthday = child.received_at.date().replace(year=child.received_at.year + 9)
    assert run(birthday - timedelta(days=1)).erased == {}
    applied = run(birthday)
    assert (applied.erased, applied.to_review) == ({}, 1)
    assert not is_erased(child)
    until = records.keep_longer(child.reference, years=3, why="still_needed", by=petra(), now=NOW)
    assert until == TODAY.replace(year=TODAY.year + 3)
    assert run(birthday + timedelta(days=1)).to_review == 0
    assert run(until).to_review == 1


def test_a_held_record_waits_for_no_decision_until_the_hold_is_lifted() -> None:
    report = told(now=years_ago(2))
    records.put_hold_on(report.reference, reason="inquiry", note="", by=petra(), now=NOW)
    applied = run()
    assert (applied.to_review, applied.held) == (0, 1)
    with worker_scope():
        hold = LegalHold.objects.get()
    records.lift_hold(report.reference, hold.pk, by=petra(), now=NOW)
    assert records.reviews_waiting(today=TODAY) == 1


def test_a_report_that_nobody_took_up_is_never_erased_by_itself() -> None:
    report = told(now=years_ago(2))
    assert run().to_review == 1
    assert keeping(report).class_code == "not_taken_up"  # type: ignore[union-attr]


def test_nothing_in_clear_says_that_somebody_is_a_child_before_their_record_falls_due() -> None:
    child = closed(at=years_ago(6), Q28="under_13")
    adult = told(now=years_ago(2, days=-80), **RECORD_ONLY)
    run()
    found = keeping(child)
    assert found
    assert (found.class_code, found.then, found.due_on) == ("", "", None)
    assert found.look_again_on <= TODAY + timedelta(days=365)
    assert keeping(adult).class_code == "anonymous_record_only"  # type: ignore[union-attr]


def test_a_record_is_opened_once_a_year_and_not_each_night(monkeypatch: pytest.MonkeyPatch) -> None:
    closed(at=years_ago(6), Q28="under_13")
    told(now=NOW)
    assert run().looked.records == 1
    assert [run(TODAY + timedelta(days=n)).looked.records for n in (1, 200, 364, 365)] == [0, 0, 0, 1]


def test_a_record_that_no_key_opens_is_left_alone_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = told(now=years_ago(2), **RECORD_ONLY), told(now=years_ago(2), **RECORD_ONLY)
    told_of = Report.told

    def refuse_one(report: Report) -> Any:
        if report.pk == bad.pk:
            raise CannotOpen
        return told_of(report)

    monkeypatch.setattr(Report, "told", refuse_one)
    applied = run()
    assert (applied.looked.unreadable, applied.erased) == (1, {"anonymous_record_only": 1})
    assert [is_erased(each) for each in (bad, good)] == [False, True]


def test_stopped_in_the_middle_it_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [told(now=years_ago(2), **RECORD_ONLY) for _ in range(4)]
    erase = apply_retention.erase
    calls: list[Report] = []

    def killed_at_the_third(report: Report, **known: Any) -> None:
        if len(calls) == 2:
            raise KeyboardInterrupt
        calls.append(report)
        erase(report, **known)

    monkeypatch.setattr(apply_retention, "erase", killed_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        run()
    assert sum(is_erased(each) for each in reports) == 2
    monkeypatch.setattr(apply_retention, "erase", erase)
    assert run().erased == {"anonymous_record_only": 2}


# The command --------------------------------------------------------------------------------------------------


def command(*words: str) -> str:
    out = StringIO()
    call_command("apply_retention", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("llr_hate.management.commands.apply_retention.timezone.now", lambda: NOW)


@pytest.mark.usefixtures("_today")
def test_the_rehearsal_names_what_would_go_and_why_and_changes_nothing() -> None:
    over, held, child = (
        closed(at=years_ago(6)),
        closed(at=years_ago(8)),
        closed(at=years_ago(10), Q28="16_17"),
    )
    records.put_hold_on(held.reference, reason="court", note="", by=petra(), now=NOW)
    said = command("--dry-run")
    assert "Closed cases: 1 to be erased (6 years from the day the case was closed)" in said
    assert f"{over.reference}, over since 10 March 2026" in said
    assert "Closed cases: 1 over, and under a legal hold" in said
    assert "Children: 1 for the rights desk to decide about" in said
    assert child.reference in said
    assert not any(is_erased(each) for each in (over, held, child))
    with worker_scope():
        assert Keeping.objects.count() == 0


@pytest.mark.usefixtures("_today")
def test_the_command_erases_and_says_what_it_left() -> None:
    closed(at=years_ago(6))
    said = command()
    assert "Closed cases: 1 erased" in said
    assert "1 of 1 that are over" in said
    assert "Left alone: 0 under a legal hold, 0 for the rights desk" in said
    assert "No report's time is over." in command("--dry-run")


# The rights desk's pages --------------------------------------------------------------------------------------

LISTS = ("", "reviews/", "holds/", "erased/", "schedule/")


def at(path: str = "", *, who: Client | None = None) -> str:
    answer = (who or client_for(petra())).get(f"/staff/records/{path}")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_every_list_says_when_it_is_empty() -> None:
    browser = client_for(petra())
    said = ("Nothing falls due", "Nothing waits", "No legal hold", "Nothing was erased")
    for path, words in zip(LISTS[:4], said, strict=True):
        assert words in at(path, who=browser)


def test_the_desk_sees_reference_class_and_day_and_no_word_of_what_was_told() -> None:
    report = closed(at=years_ago(6, days=-10))
    run()
    browser = client_for(petra())
    text = (
        at(who=browser)
        + at(f"{report.reference}/", who=browser)
        + at(f"{report.reference}/erase/", who=browser)
    )
    for shown in (
        report.reference,
        "Closed cases",
        "20 March 2026",
        "what the person told us, word for word",
    ):
        assert shown in text
    for hidden in (WORDS, "Zaynab", "01632", "Shouting and damage", "Charnwood"):
        assert hidden not in text
    assert AuditEvent.objects.filter(act="record.looked_up", actor_id=petra().pk).count() == 2


def test_a_record_is_looked_up_by_its_reference_in_any_spelling() -> None:
    report, browser = told(), client_for(petra())
    typed = report.reference.replace("-", " ").lower()
    assert (
        browser.get("/staff/records/", {"reference": typed})["Location"]
        == f"/staff/records/{report.reference}/"
    )
    assert "There is no record with the reference LLR-2222-2222" in at("?reference=llr22222222", who=browser)
    assert "Enter a reference" in at("?reference=", who=browser)
    assert "Enter the whole reference, such as" in at("?reference=LLR-7K", who=browser)
    assert browser.get("/staff/records/LLR-2222-2222/").status_code == 404
    assert browser.get("/staff/records/LLR-2222-2222/erase/").status_code == 404


def test_a_hold_is_put_on_and_lifted_and_officers_see_it() -> None:
    report = closed(at=NOW)
    desk, officer = client_for(petra()), client_for(ngozi())
    address = f"/staff/records/{report.reference}/"
    assert "Choose what it is needed for" in desk.post(f"{address}hold/", {}).content.decode()
    answer = desk.post(f"{address}hold/", {"reason": "court", "note": "Trial in May, T-17."}, follow=True)
    assert "under a legal hold" in answer.content.decode()
    assert "Trial in May, T-17." in at(f"{report.reference}/", who=desk)
    assert "Lift the hold first" in at(f"{report.reference}/erase/", who=desk)
    seen = officer.get(f"/staff/cases/{report.reference}/").content.decode()
    assert "under a legal hold: a court case or a prosecution" in seen
    assert "T-17" not in seen
    again = desk.post(f"{address}hold/", {"reason": "court", "note": ""})
    assert (again.status_code, "is held for a court case" in again.content.decode()) == (409, True)
    with worker_scope():
        hold = LegalHold.objects.get()
    for _twice in range(2):
        answer = desk.post(f"{address}hold/{hold.pk}/lift/", follow=True)
    assert "has lifted this hold already" in answer.content.decode()
    assert "under a legal hold" not in officer.get(f"/staff/cases/{report.reference}/").content.decode()
    assert {event.act for event in AuditEvent.objects.filter(act__startswith="record.h")} == {
        "record.held",
        "record.hold_lifted",
    }


def test_erasing_asks_for_the_reference_and_says_when_the_last_backup_expires() -> None:
    report, browser = closed(at=NOW), client_for(petra())
    address = f"/staff/records/{report.reference}/erase/"
    wrong = browser.post(address, {"why": "person_asked", "typed": "LLR-2222-2222"})
    assert "This is not the reference of this record" in wrong.content.decode()
    assert not is_erased(report)
    done = browser.post(address, {"why": "person_asked", "typed": report.reference.lower()}, follow=True)
    assert "The last backup that holds it expires on" in done.content.decode()
    assert is_erased(report)
    assert "The person asked us to erase it" in at("erased/", who=browser)
    again = browser.post(address, {"why": "person_asked", "typed": report.reference})
    assert again.status_code == 409
    assert browser.post(f"/staff/records/{report.reference}/hold/", {"reason": "court"}).status_code == 409


def test_an_open_case_is_not_erased_from_the_page_either() -> None:
    case = opened(told(), by=ngozi())
    text = at(f"{case.reference}/")
    assert "As long as its case is open" in text
    assert "It cannot be erased now. Case" in text


def test_a_record_is_kept_longer_from_its_page() -> None:
    report, browser = told(now=years_ago(2)), client_for(petra())
    run()
    assert report.reference in at("reviews/", who=browser)
    address = f"/staff/records/{report.reference}/keep/"
    assert "Choose how many years" in browser.post(address, {}).content.decode()
    assert browser.post(address, {"years": "2", "why": "law"}, follow=True).status_code == 200
    assert report.reference not in at("reviews/", who=browser)
    assert "A law or a contract asks for it" in at(f"{report.reference}/", who=browser)


def test_the_pages_show_the_whole_schedule() -> None:
    text = at("schedule/")
    assert all(rule["name"] in text for rule in schedule_in_words())


def test_the_page_about_data_protection_says_what_the_schedule_says() -> None:
    page = (ROOT / "docs/DATA-PROTECTION.md").read_text()
    for rule in schedule().rules.values():
        then = "the rights desk decides" if rule.then == "review" else "erased"
        assert f"| {rule.name} | {rule.covers} | {rule.in_words} | {then} |" in page


def test_no_view_of_the_rights_desk_asks_as_the_worker_itself() -> None:
    views = [path for path in ROOT.glob("casework/views/record*.py") if "worker_scope" in path.read_text()]
    assert views == []


def test_the_pages_are_the_rights_desks_alone() -> None:
    report = told()
    for person in (administrator(), ngozi()):
        for path in (*LISTS, f"{report.reference}/", f"{report.reference}/erase/"):
            assert client_for(person).get(f"/staff/records/{path}").status_code == 404


def test_what_the_public_is_told_about_unfinished_answers_is_what_the_schedule_says() -> None:
    kept = schedule().rule(RecordClass.DRAFT)
    assert f"after {kept.keeps} {kept.unit.value}" in (ROOT / "templates/reporting/gone.html").read_text()
