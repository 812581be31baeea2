"""Erasing one report: no word of it can be read again with all that is left, and every figure stays."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.test import Client

from actionplans.sog.figures import figures_for
from audit.models import AuditEvent
from casework.erasing import CaseIsOpen, ErasedAlready, IsHeld, WhyErased, contents, erase
from casework.models import Case, LegalHold
from casework.states import ActNotAllowed
from files.models import SealedFile
from insight.periods import ReportingPeriod
from partners.models import User
from reporting.erasing import tombstone
from reporting.historic import HistoricRow, receive_historic
from reporting.models import DraftGone, Report, ReportBar
from reporting.receipt_code import ReceiptCode
from reporting.receiving import received_before
from scope.context import counting_scope, staff_scope, worker_scope
from tests.casework.world import BARS_THE_POLICE, WORDS, anonymously, close_case, opened, told, triaged
from tests.people import NOW, client_for, member, ngozi, organisation
from tests.reporting.said_later import everything_said_later
from vault.cipher import CannotOpen, unseal
from vault.keys import keyring
from vault.models import DataKey, SealedField

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=3)
CANARY = "zq7canary"
ASKED = WhyErased.PERSON_ASKED


def petra() -> User:
    """Petra works at the rights desk of the county council."""
    return member("Petra Lund", organisation("lcc"), "rights_desk")


def closed_case(*, now: datetime = NOW, **changes: Any) -> Case:
    """A case of Ngozi's from the first word to the last, with a canary in every place that takes words."""
    by = ngozi()
    words = {"Q07": f"{CANARY} shouted", "Q24_bar_person": f"{CANARY} Rafi", "Q26_name": f"{CANARY} Zaynab"}
    case = triaged(
        told(now=now, **(BARS_THE_POLICE | words | changes)), by=by, now=now, note=f"{CANARY} noted"
    )
    with staff_scope(by.organisation_id or 0):
        case.tell_reporter(f"{CANARY} we rang", status="being_looked_at", by=by, now=now + timedelta(hours=2))
        close_case(case, outcome="support_given", text=f"{CANARY} done", by=by, now=now + timedelta(days=1))
    with worker_scope():
        report = report_of(case)
        SealedFile.keep(b"%PDF-1.7 " + CANARY.encode(), data_key=report.data_key, now=now)
        everything_said_later(report, f"Again {CANARY} today.")
    return case


def report_of(case: Case) -> Report:
    with worker_scope():
        return Report.objects.select_related("data_key").get(reference=case.reference)


def erased(case: Case) -> Report:
    erase(report_of(case), why=ASKED, by=petra(), now=LATER)
    return report_of(case)


# No word is left ----------------------------------------------------------------------------------------------


def everything_sealed() -> Iterator[tuple[str, bytes]]:
    """Every sealed value in the database, with the cell it is bound to."""
    for model in apps.get_models():
        for column in (
            field.column for field in model._meta.concrete_fields if isinstance(field, SealedField)
        ):
            for pk, value in model._base_manager.exclude(**{column: None}).values_list("pk", column):
                yield f"{model._meta.db_table}.{column}:{pk}", bytes(value)


def read_with_all_keys(left: list[tuple[str, bytes]]) -> str:
    """What somebody reads who holds the database and the key file: every key tried on every sealed value."""
    secrets = [key.secret for key in DataKey.objects.all()] + [key.secret for key in keyring().keys]
    found = []
    for place, sealed in left:
        for secret in secrets:
            try:
                found.append(unseal(secret, place, sealed).decode())
            except CannotOpen:
                continue
    return "\n".join(found)


def test_with_the_whole_database_and_the_key_file_nobody_reads_a_word_of_it() -> None:
    case = closed_case()
    with worker_scope():
        stolen = list(everything_sealed())
        assert read_with_all_keys(stolen).count(CANARY) >= 7, "the test would prove nothing"
    erased(case)
    with worker_scope():
        assert CANARY not in read_with_all_keys(list(everything_sealed()))
        # Even the ciphertext of before, from an old dump, stays shut with what is left of the keys.
        assert CANARY not in read_with_all_keys(stolen)


def test_another_report_stays_as_it_was() -> None:
    case, other = closed_case(), closed_case(Q07=WORDS)
    erased(case)
    with worker_scope():
        kept = report_of(other)
        assert kept.unseal("words") == WORDS
        assert SealedFile.objects.count() == 1
        assert Case.objects.get(pk=other.pk).erased_at is None
        assert [event for event in other.events.all() if event.note]


def test_the_tokens_are_gone_and_the_code_answers_like_a_wrong_one() -> None:
    report = told()
    key = report.idempotency_key
    code = ReceiptCode.of_draft(key)
    typed = {"reference": report.reference, "code": code.words}
    there = Client().post("/back/", typed, follow=True)
    assert "reporting/way_back/home.html" in [each.name for each in there.templates]
    erase(report, why=ASKED, by=petra(), now=LATER)
    answer, wrong = Client().post("/back/", typed), Client().post("/back/", typed | {"code": "apple " * 6})
    assert "reporting/back.html" in [each.name for each in answer.templates]
    assert answer.context["form"].errors == wrong.context["form"].errors
    with pytest.raises(DraftGone):
        received_before(key)
    with worker_scope():
        left = Report.objects.get(pk=report.pk)
        assert left.idempotency_key == tombstone(key) != key
        assert left.receipt_code_digest is None


def test_what_says_something_of_the_person_in_clear_goes_too() -> None:
    case = closed_case(now=NOW.replace(hour=22, minute=41))
    report = erased(case)
    with worker_scope():
        assert report.received_at == datetime(2026, 3, 10, tzinfo=UTC)
        assert report.preferences.count() == 0
        assert set(report.grants.values_list("granted_at", flat=True)) == {report.received_at}
        # Whom they feared is gone; that the police must not see it stays, so that nothing opens for them.
        assert [(bar.organisation.code, bar.person) for bar in ReportBar.objects.filter(report=report)] == [
            ("police", None)
        ]
        assert organisation("police").pk not in Case.objects.get(pk=case.pk).visible_to


def test_the_database_refuses_an_erased_report_that_still_holds_something() -> None:
    report = erased(closed_case())
    with worker_scope(), pytest.raises(DatabaseError, match="nothing_is_left"), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(words=b"left behind")


def test_loading_the_same_earlier_records_again_does_not_bring_it_back() -> None:
    organisation("lcc")
    row = HistoricRow(received_at=NOW, strands=("race",), place_kind="street", words=CANARY, key=uuid4())
    report = receive_historic([row], now=NOW)[0]
    erase(report, why=ASKED, by=petra(), now=LATER)
    assert receive_historic([row], now=LATER) == []


# Every figure stays -------------------------------------------------------------------------------------------


def all_figures() -> Any:
    quarter = ReportingPeriod.quarter_containing(date(2026, 3, 1))
    with counting_scope():
        return figures_for(quarter, now=LATER)


def test_every_figure_of_the_senior_officer_group_is_the_same_before_and_after() -> None:
    cases = [closed_case(), closed_case(now=NOW - timedelta(days=40), Q08=["race"], Q14="charnwood")]
    lone = told(now=NOW.replace(hour=23, minute=50), **anonymously())
    triaged(told(), by=ngozi())
    before = all_figures()
    for case in cases:
        erased(case)
    erase(lone, why=ASKED, by=petra(), now=LATER)
    assert all_figures() == before


# Who may, and when --------------------------------------------------------------------------------------------


def test_a_held_report_is_not_erased_until_the_hold_is_lifted() -> None:
    case = closed_case()
    with worker_scope():
        hold = LegalHold.put_on(report_of(case), reason="court", note="A trial.", by=petra(), now=NOW)
    with pytest.raises(IsHeld, match="Lift the hold first"):
        erased(case)
    with worker_scope():
        assert report_of(case).unseal("words").startswith(CANARY)
        hold.lift(by=petra(), now=LATER)
    assert erased(case).erased_at == LATER


def test_a_hold_on_one_report_holds_the_others_of_its_case() -> None:
    case, other = closed_case(), told()
    with worker_scope():
        case.case_reports.create(report=other, added_at=NOW)
        LegalHold.put_on(other, reason="inquiry", note="", by=petra(), now=NOW)
    with pytest.raises(IsHeld):
        erased(case)


def test_an_open_case_is_closed_before_it_is_erased() -> None:
    case = opened(told(), by=ngozi())
    with pytest.raises(CaseIsOpen, match="Charnwood Borough Council has to close it first"):
        erased(case)


def test_a_report_is_erased_once() -> None:
    case = closed_case()
    erased(case)
    with pytest.raises(ErasedAlready, match="was erased on 13 March 2026"):
        erased(case)


def test_a_case_with_another_report_goes_on_with_that_ones_key() -> None:
    case, other = closed_case(), told()
    by = ngozi()
    with worker_scope():
        case.case_reports.create(report=other, added_at=LATER)
        assert contents(report_of(case)).others_in_case == 1
    erased(case)
    with worker_scope():
        fresh = Case.objects.get(pk=case.pk)
        assert fresh.erased_at is None
        assert fresh.events.exclude(note=None).count() == 0
        fresh.note("It goes on.", by=by, now=LATER)
        assert [event.unseal("note") for event in fresh.events.exclude(note=None)] == ["It goes on."]


def test_nothing_can_be_added_to_what_was_erased() -> None:
    case, by = closed_case(), ngozi()
    erased(case)
    with staff_scope(by.organisation_id or 0):
        for act in (
            lambda: case.note("More.", by=by, now=LATER),
            lambda: case.reopen("Why.", by=by, now=LATER),
        ):
            with pytest.raises(ActNotAllowed, match="was erased"):
                act()


def test_the_trail_says_who_erased_it_and_why_and_how_much() -> None:
    report = erased(closed_case())
    event = AuditEvent.objects.get(act="report.erased")
    assert (event.subject_id, event.actor_id) == (str(report.pk), petra().pk)
    assert (event.facts["why"], event.facts["files"], event.facts["messages"]) == ("person_asked", 1, 2)
    assert CANARY not in str(event.facts)


@pytest.mark.parametrize(
    "statement", ["DELETE FROM vault_datakey", "UPDATE vault_datakey SET wrapped_by = 'x'"]
)
def test_a_request_of_staff_can_remove_or_change_no_key_whatever_it_runs(statement: str) -> None:
    report = told()
    with staff_scope(report.visible_to[0]), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount == 0
    with worker_scope():
        assert DataKey.objects.filter(pk=report.data_key_id, wrapped_by__startswith="wrap-").exists()


# What is shown of it ------------------------------------------------------------------------------------------


def test_officers_see_that_it_was_erased_and_are_offered_no_act() -> None:
    case = closed_case()
    erased(case)
    browser = client_for(ngozi())
    answer = browser.get(f"/staff/cases/{case.reference}/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "erased on 13 March 2026" in text
    assert "The person asked us to erase it" in text
    assert "rather tell" not in text
    assert "rather tell a person" not in text
    assert "Reopen" not in text
    assert "Erased" in browser.get("/staff/cases/?list=ours&state=closed").content.decode()
    assert browser.get(f"/staff/cases/{case.reference}/note/").status_code == 404


def test_a_report_that_waited_leaves_the_queue_and_its_page_says_so() -> None:
    report = told()
    erase(report, why=WhyErased.NOT_A_REPORT, by=petra(), now=LATER)
    browser = client_for(ngozi())
    assert report.reference not in browser.get("/staff/queue/").content.decode()
    answer = browser.get(f"/staff/queue/{report.reference}/")
    assert answer.status_code == 200
    assert "It was never a report" in answer.content.decode()
    assert browser.post(f"/staff/queue/{report.reference}/", {"urgency": "standard"}).status_code == 405


# The command --------------------------------------------------------------------------------------------------


def run(*words: str) -> str:
    out = StringIO()
    call_command("erase_report", *words, stdout=out)
    return out.getvalue()


def test_the_command_says_what_goes_and_when_the_last_backup_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("llr_hate.management.commands.erase_report.timezone.now", lambda: LATER)
    case = closed_case()
    said = run(case.reference.lower(), "--why", "person_asked", "--by", petra().email, "--yes")
    assert "2 messages to them" in said
    assert "1 file that they sent" in said
    assert f"{case.reference} is erased. The last backup that holds it expires on 17 April 2026." in said
    assert report_of(case).erased_why == "person_asked"


def test_the_command_does_nothing_unless_the_reference_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    case = closed_case()
    monkeypatch.setattr("builtins.input", lambda prompt: "yes")
    with pytest.raises(CommandError, match="Nothing was erased"):
        run(case.reference, "--why", "ordered", "--by", petra().email)
    assert report_of(case).erased_at is None


def test_the_command_is_for_the_rights_desk_and_refuses_what_is_held() -> None:
    case = closed_case()
    with pytest.raises(CommandError, match="nobody of the rights desk"):
        run(case.reference, "--why", "ordered", "--by", ngozi().email, "--yes")
    with pytest.raises(CommandError, match="There is no report LLR-2222-2222"):
        run("llr 2222 2222", "--why", "ordered", "--by", petra().email, "--yes")
    with worker_scope():
        LegalHold.put_on(report_of(case), reason="court", note="", by=petra(), now=NOW)
    with pytest.raises(CommandError, match="under a legal hold"):
        run(case.reference, "--why", "ordered", "--by", petra().email, "--yes")


def test_the_key_file_itself_never_changes() -> None:
    before = Path(settings.KEYS_FILE).read_bytes()
    erased(closed_case())
    assert Path(settings.KEYS_FILE).read_bytes() == before
