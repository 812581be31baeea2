"""Who sees a case, in words: which parts, why, and until when; what two people still have to agree on; what ended."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from casework.models import Case, Override, Share, WhyEnded
from casework.overriding import may_decide
from casework.parts import in_words
from casework.sharing import LawfulBasis, parts_of_all
from casework.timeline import when
from partners.models import Organisation, User
from reporting.models import GrantBasis, ReportGrant

MOST_ENDED = 20


@dataclass(frozen=True)
class SeenBy:
    """One organisation that sees the case. `share` is what can be stopped, None for other grounds."""

    name: str
    leads: bool
    parts: str
    grounds: list[str]
    basis: str
    until: str
    share: UUID | None


@dataclass(frozen=True)
class Proposal:
    """Sharing that waits for a second person. The reason is '' for who does not work where the case is led."""

    id: UUID
    to: str
    parts: str
    basis: str
    until: str
    by: str
    at: str
    lapses: str
    reason: str
    may_decide: bool


def who_sees(case: Case, *, may_stop: bool) -> list[SeenBy]:
    """Every organisation that sees the case now, who leads it first."""
    open_grants = ReportGrant.objects.filter(report__in=case.reports, withdrawn_at=None)
    grounds: dict[int, list[str]] = {}
    for grant in open_grants.order_by("granted_at"):
        label = str(GrantBasis(grant.basis).label)
        if label not in grounds.setdefault(grant.organisation_id, []):
            grounds[grant.organisation_id].append(label)
    shares = {
        each.organisation_id: each
        for each in Share.objects.running().filter(case=case).select_related("agreement", "begun_by")
    }
    seeing = Organisation.objects.filter(pk__in=case.visible_to).order_by("name")
    lines = [_seen_by(case, each, grounds.get(each.pk, []), shares.get(each.pk), may_stop) for each in seeing]
    return sorted(lines, key=lambda line: not line.leads)


def _seen_by(
    case: Case, organisation: Organisation, grounds: list[str], share: Share | None, may_stop: bool
) -> SeenBy:
    return SeenBy(
        name=organisation.name,
        leads=organisation.pk == case.lead_organisation_id,
        parts=in_words(parts_of_all(case.reports, organisation.pk)),
        grounds=[ground.capitalize() for ground in grounds],
        basis=_basis(share) if share else "",
        until=f"{share.ends_on:%-d %B %Y}" if share and share.ends_on else "",
        share=share.pk if share and may_stop else None,
    )


def _basis(share: Share) -> str:
    chosen = "The person chose them" if share.was_chosen else "The person did not choose them"
    agreement = f" Agreement: {share.agreement}." if share.agreement else ""
    return f"{LawfulBasis(share.lawful_basis).label}. {chosen}.{agreement}"


def proposals(case: Case, user: User, *, now: datetime) -> list[Proposal]:
    """What waits for a second person, the oldest first."""
    waiting = Override.objects.filter(case=case, decided_at=None, lapses_at__gt=now)
    found = list(waiting.select_related("organisation", "proposed_by").order_by("proposed_at"))
    for each in found:
        each.case = case
    return [proposal(each, user, now=now) for each in found]


def proposal(found: Override, user: User, *, now: datetime) -> Proposal:
    """One of them, with its reason for those who lead the case."""
    is_ours = user.organisation_id == found.case.lead_organisation_id
    return Proposal(
        id=found.pk,
        to=found.organisation.name,
        parts=in_words(found.parts),
        basis=LawfulBasis(found.lawful_basis).label,
        until=f"{found.ends_on:%-d %B %Y}" if found.ends_on else "",
        by=str(found.proposed_by),
        at=when(found.proposed_at),
        lapses=f"{timezone.localdate(found.lapses_at):%-d %B %Y}",
        reason=found.unseal("reason") if is_ours else "",
        may_decide=found.waits(now=now) and may_decide(user, found, found.case),
    )


def ended_shares(case: Case) -> list[str]:
    """What was shared once, the newest first, a sentence each."""
    over = Share.objects.filter(case=case).exclude(ended_at=None).select_related("organisation")
    return [_ended(share) for share in over.order_by("-ended_at")[:MOST_ENDED]]


def _ended(share: Share) -> str:
    days = f"{_day(share.begun_at)} to {_day(share.ended_at)}"
    return f"{share.organisation}, {days}: {WhyEnded(share.ended_why).label}"


def _day(moment: datetime | None) -> str:
    return f"{timezone.localdate(moment):%-d %B %Y}"
