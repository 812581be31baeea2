"""Rows of Charnwood's in every protected table, made by the real acts."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import repeat
from typing import Any
from uuid import UUID, uuid4

import pytest

from casework.comparing_suspects import Verdict, compare_suspects
from casework.duplicates import leave_signs
from casework.giving_sight import Terms
from casework.models import Case, Keeping, LegalHold, PackMedium
from casework.packs import make_pack, open_pack
from casework.police import Said, record_police_answer
from casework.referring import refer
from casework.setting_tasks import set_task
from casework.suspects import write_suspect
from files.models import Picture, SealedFile, SealedPart
from partners.models import User
from reporting.models import ConflictBar, Evidence, Report, ReporterWord, WordState
from reporting.safe_contact import Way
from scope.context import staff_scope, worker_scope
from tests import people
from tests.at_a_centre import at_a_centre
from tests.casework.risk_and_contact import risk_and_contact
from tests.casework.test_matching import AMINA
from tests.casework.world import BARS_THE_POLICE, RAY, STANDS_APART, doubted, shared_anyway, told, triaged
from tests.database import standing
from tests.reporting.said_later import everything_said_later
from tests.reviews.world import everything_of_reviews
from tests.reviews.world_of_scrutiny import drawn_and_answered
from tests.rights.world import everything_of_rights
from vault.models import DataKey


@dataclass(frozen=True)
class Filled:
    """Ngozi's organisation sees the report; Gwen's has nothing to do with it, and Tomasz's is barred from it."""

    report: Report
    case: UUID
    own: User
    strangers: tuple[User, ...]


@pytest.fixture(scope="module")
def filled_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[Filled]:
    with standing(django_db_blocker, fill) as made:
        yield made


@pytest.fixture
def filled(filled_once: Filled, db: None) -> Filled:
    """As it was made: what a test does to it, the next does not know."""
    return deepcopy(filled_once)


def fill() -> Filled:
    """At least one row in every protected table."""
    ngozi = people.ngozi()
    report = told(by=people.asha(), **at_a_centre(BARS_THE_POLICE | STANDS_APART))
    doubted(report, by=ngozi)
    case = triaged(report, by=ngozi)
    with staff_scope(ngozi.organisation_id or 0):
        report.note_read(ngozi, now=people.NOW)
        written = write_suspect(case, RAY, how_sure="said", why_kept="risk", by=ngozi, now=people.NOW)
        case.tell_reporter("I have read it.", status="read", by=ngozi, now=people.NOW)
        risk_and_contact(case, repeat("Called."), by=ngozi, now=people.NOW)
    again = triaged(told(by=people.asha(), **at_a_centre(BARS_THE_POLICE | STANDS_APART)), by=ngozi)
    with staff_scope(ngozi.organisation_id or 0):
        for each in (case, again):
            each.write_down(AMINA, by=ngozi, now=people.NOW)
        case.compare(again, is_same=True, by=ngozi, now=people.NOW)
        other = write_suspect(again, RAY, how_sure="said", why_kept="risk", by=ngozi, now=people.NOW)
        compare_suspects(case, written.pk, again, other.pk, said=Verdict.SAME, by=ngozi, now=people.NOW)
        asked_by_two(case, by=ngozi)
        pack = make_pack(
            case, people.organisation("victim-first"), purpose="support", by=ngozi, now=people.NOW
        )
        open_pack(pack, PackMedium.PDF, by=ngozi, now=people.NOW)
        said = Said(number="26*114", number_kind="crime")
        record_police_answer(case, said, by=ngozi, now=people.NOW)
        whom = {"organisation": ngozi.organisation, "due_on": people.NOW.date()}
        set_task(case, "Ring.", **whom, by=ngozi, now=people.NOW)
    everything_of_reviews(case, again, by=ngozi)
    drawn_and_answered(case, by=ngozi)
    everything_of_rights(report, repeat("Words."), at=people.organisation("charnwood-bc"))
    with worker_scope():
        file = SealedFile.keep(b"%PDF-1.7 a letter", data_key=DataKey.create(), now=people.NOW)
        SealedPart.keep(file, 1, b"and more", data_key=file.data_key)
        Picture.keep(file, 1, b"\xff\xd8\xff a page")
        Evidence.note(file, "letter.pdf", told_with=report.idempotency_key, number=1, now=people.NOW)
        LegalHold.put_on(report, reason="complaint", note="Asked for.", by=ngozi, now=people.NOW)
        a_conflict_with(
            people.member("Ewa Lis", people.organisation("charnwood-bc"), "officer"), report, ngozi
        )
        ReporterWord.note(uuid4(), report, Way.PERSON, WordState.WAITS, now=people.NOW)
        leave_signs(Report.objects.select_related("data_key").get(pk=report.pk))
        everything_said_later(Report.objects.select_related("data_key").get(pk=report.pk))
        Keeping.objects.create(report=report, reference=report.reference, look_again_on=people.NOW.date())
    return Filled(report, case.pk, ngozi, (people.gwen(), people.tomasz()))


def asked_by_two(case: Case, *, by: User) -> None:
    """Two people share the case with Victim First, and ask it to act."""
    other = people.organisation("victim-first")
    shared_anyway(case, other, by=by)
    terms = Terms.of(["what"], "public_task")
    refer(case, other, "support", terms, asked="Please ring her.", by=by, now=people.NOW)


def a_conflict_with(officer: User, report: Report, by: User) -> None:
    """An officer says that another one must not see a report."""
    around = {"barred_by": by, "barred_at": people.NOW}
    bar = ConflictBar(
        report=Report.objects.select_related("data_key").get(pk=report.pk), officer=officer, **around
    )
    bar.seal("reason", "They are cousins.")
    bar.save(force_insert=True)
