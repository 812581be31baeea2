"""Rows of sharing as they stand before an act: put there as they are, without the acts that lead to them."""

from datetime import timedelta

from casework.giving_sight import Terms
from casework.models import Case, Override, Referral, Share
from partners.models import Organisation, User
from reporting.models import SharingPreference
from tests.people import NOW, ngozi, organisation

ON_TERMS = Terms.of(["what", "risk"], "public_task")
ROW = {"parts": ["what", "risk"], "lawful_basis": "public_task"}


def chosen_later(case: Case, code: str = "victim-first", recipient: str = "victim_first") -> Organisation:
    """The person has chosen this organisation since, and it has not been given anything."""
    for report in case.reports:
        SharingPreference.objects.get_or_create(
            report=report, recipient=recipient, defaults={"wording_version": "1", "chosen_at": NOW}
        )
    return organisation(code)


def a_share(case: Case, by: User) -> Share:
    around = {"was_chosen": False, "begun_at": NOW, "begun_by": by}
    return Share.objects.create(case=case, organisation=organisation("lcc"), **ROW, **around)


def a_referral(case: Case, *, to: User) -> Referral:
    made = Referral(
        case=case,
        organisation_id=to.organisation_id,
        from_organisation=case.lead_organisation,
        kind="support",
        asked_at=NOW,
        asked_by=ngozi(),
        due_at=NOW + timedelta(days=2),
        **ROW,
    )
    made.seal("asked", "Please ring her.")
    made.save(force_insert=True)
    return made


def a_proposal(case: Case, *, by: User | None = None) -> Override:
    made = Override(
        case=case,
        organisation=organisation("lcc"),
        proposed_at=NOW,
        proposed_by=by or ngozi(),
        lapses_at=NOW + timedelta(days=7),
        **ROW,
    )
    made.seal("reason", "They let the flat.")
    made.save(force_insert=True)
    return made
