"""At least two rows, of two reports or two people, in every table where something is sealed."""

from itertools import repeat
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from casework.duplicates import leave_signs
from casework.giving_sight import Terms
from casework.models import Case
from casework.models.legal_hold import HoldReason, LegalHold
from casework.packs import make_pack
from casework.police import Said, record_police_answer
from casework.referring import answer_referral, refer
from casework.setting_tasks import set_task
from files.models import Picture, SealedFile, SealedPart
from llr_hate.keys.places import sealed_models
from partners.models import KeptForm, User
from partners.models.provider import ProviderKind, SignInProvider
from reporting.models import Draft, Evidence, Report
from scope.context import staff_scope, worker_scope
from tests import people
from tests.at_a_centre import at_a_centre
from tests.casework.risk_and_contact import risk_and_contact
from tests.casework.test_matching import AMINA
from tests.casework.world import (
    BARS_THE_POLICE,
    STANDS_APART,
    WORDS,
    doubted,
    kept_apart,
    shared_anyway,
    told,
    triaged,
)
from tests.centres.telling import a_link, told_by
from tests.reporting.said_later import everything_said_later
from tests.reviews.world import everything_of_reviews
from tests.reviews.world_of_scrutiny import drawn_and_answered
from tests.rights.world import everything_of_rights
from vault.keys import keyring
from vault.models import SealedModel

LETTER = b"%PDF-1.7 a letter"
SECRET = "the client's secret"
# Of two reports, what a Joint Action Group decided of both, what two schools told, and what
# was asked of the rights desk twice about each, with an entry of its register; and each drawn for the panel.
DATA_KEYS = 14


def sealed_world() -> None:
    """Two reports with everything that can be said about one, what two people sealed besides, and two schools told."""
    for officer in (people.ngozi(), people.farah()):
        report = told(by=people.asha(), **at_a_centre(BARS_THE_POLICE | STANDS_APART | {"C05": WORDS}))
        doubted(report, by=people.ngozi())
        _worked_on(report)
        with worker_scope():
            report.refresh_from_db()
            assert report.data_key is not None
            everything_said_later(report)
            leave_signs(report)
            file = SealedFile.keep(LETTER, data_key=report.data_key, now=people.NOW)
            SealedPart.keep(file, 1, LETTER, data_key=report.data_key)
            Picture.keep(file, 1, LETTER)
            Evidence.note(file, WORDS, told_with=report.idempotency_key, number=1, now=people.NOW)
            LegalHold.put_on(report, reason=HoldReason.COURT, note=WORDS, by=officer, now=people.NOW)
        Draft.begin({"Q07": WORDS}, today=people.NOW.date())
        _of_a_person(officer)
        told_by(a_link(f"School of {officer.name}"), words=WORDS)


def _worked_on(report: Report) -> None:
    ngozi = people.ngozi()
    case = triaged(report, by=ngozi)
    with staff_scope(ngozi.organisation_id or 0):
        case.tell_reporter("I have read it.", status="read", by=ngozi, now=people.NOW)
        case.write_down(AMINA, by=ngozi, now=people.NOW)
        risk_and_contact(case, repeat(WORDS), by=ngozi, now=people.NOW)
        whom = {"organisation": ngozi.organisation, "due_on": people.NOW.date()}
        set_task(case, WORDS, **whom, by=ngozi, now=people.NOW)
        _asked_to_act(case, ngozi)
        make_pack(case, people.organisation("victim-first"), purpose="support", by=ngozi, now=people.NOW)
        said = Said(number=f"26*{WORDS}", number_kind="crime")
        record_police_answer(case, said, by=ngozi, now=people.NOW)
        kept_apart(case, repeat(WORDS), by=ngozi)
    everything_of_reviews(case, by=ngozi, words=WORDS)
    drawn_and_answered(case, by=ngozi, words=WORDS)
    everything_of_rights(report, repeat(WORDS), at=people.organisation("opcc"))


def _asked_to_act(case: Case, by: User) -> None:
    """Shared by two people, asked, answered and done."""
    other, terms = people.organisation("victim-first"), Terms.of(["what"], "public_task")
    vera = people.member("Vera Lind", other, "officer")
    shared_anyway(case, other, by=by)
    referral = refer(case, other, "support", terms, asked=WORDS, by=by, now=people.NOW)
    for answer in ("accepted", "done"):
        answer_referral(referral, answer, note=WORDS, by=vera, now=people.NOW)


def _of_a_person(officer: User) -> None:
    KeptForm.keep({"note": [WORDS]}, path="/staff/", user=officer, now=people.NOW)
    TOTP.activate(officer, generate_totp_secret())
    RecoveryCodes.activate(officer)
    provider = SignInProvider(
        organisation=officer.organisation,
        kind=ProviderKind.GENERIC,
        issuer="https://login.example",
        client_id=uuid4().hex,
        email_domains=["charnwood.example"],
        set_up_at=people.NOW,
        sealed_by=keyring().newest("wrap").id,
    )
    provider.seal("client_secret", SECRET)
    provider.save()


def cells() -> list[tuple[type[SealedModel], str]]:
    """Every sealed column that there is."""
    return [(model, column) for model in sealed_models() for column in model.sealed_columns()]


def opened(row: SealedModel, column: str) -> bytes:
    """What is in the cell, as the row itself opens it."""
    return row.sealing_key().unseal(row.place(column), bytes(getattr(row, column)))


def rows_with(model: type[SealedModel], column: str) -> list[SealedModel]:
    """The rows that have something in the column, as they are in the database now."""
    return list(model._base_manager.exclude(**{column: None}).order_by("pk"))


def everything_opened() -> dict[str, bytes]:
    """All that is sealed, in clear, by its place; raises where anything can't be opened. In the worker's scope."""
    found = {
        row.place(column): opened(row, column)
        for model, column in cells()
        for row in rows_with(model, column)
    }
    for authenticator in Authenticator.objects.order_by("pk"):
        if authenticator.type == Authenticator.Type.TOTP:
            found[f"totp {authenticator.pk}"] = repr(TOTP(authenticator).validate_code("000000")).encode()
        else:
            found[f"codes {authenticator.pk}"] = " ".join(
                RecoveryCodes(authenticator).get_unused_codes()
            ).encode()
    return found
