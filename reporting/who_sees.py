"""Who sees a report and who was asked to help, in words for the person who told it: what they see, why, until when."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from reporting.journey.question import Words
from reporting.models import GrantBasis, HelpStands, Report, ReportGrant

# Parts and lawful bases by the codes of the room that shares; what is not known here is left unsaid.
PARTS: dict[str, Words] = {
    "what": _("what happened"),
    "person": _("your name"),
    "risk": _("the risk to you"),
    "done": _("what we have done"),
    "suspect": _("who did it"),
}
BASES: dict[str, Words] = {
    "public_task": _("It is our job to help you, and they can help."),
    "crime_and_disorder": _("To stop crime."),
    "safeguarding": _("To keep a child, or an adult who needs care, safe."),
    "vital_interests": _("Somebody could be badly hurt."),
}
STANDS: dict[str, Words] = {
    HelpStands.ASKED: _("We asked them."),
    HelpStands.ACCEPTED: _("They said yes."),
    HelpStands.DECLINED: _("They said no."),
    HelpStands.DONE: _("They have done it."),
}
CHOSEN: Words = _("You chose them.")
NOT_CHOSEN: Words = _("You did not choose them. Two of us decided that they need to know.")
WORK_ON_IT: Words = _("They work on your report.")


@dataclass
class Seer:
    """One organisation that may open it today. `parts` is empty where it sees all; `until` is the last day, if any."""

    name: str
    parts: list[str]
    why: list[str] = field(default_factory=list)
    until: date | None = None


def who_sees(report: Report) -> list[Seer]:
    """Each organisation that may open it, by name."""
    found: dict[int, Seer] = {}
    grants = report.grants.filter(withdrawn_at=None, organisation__in=report.visible_to)
    for grant in grants.select_related("organisation").order_by("organisation__name", "granted_at"):
        first = Seer(grant.organisation.name, _parts(report, grant.organisation_id), until=grant.ends_on)
        seer = found.setdefault(grant.organisation_id, first)
        seer.why += [why for why in _why(grant) if why not in seer.why]
        # Who sees it on two grounds sees it as long as the longer one lasts.
        seer.until = max(seer.until, grant.ends_on) if seer.until and grant.ends_on else None
    return list(found.values())


def help_asked(report: Report) -> list[tuple[str, str, date]]:
    """Whom we asked to help, how it stands and since when; what was taken back is not said."""
    asked = report.help_asked.exclude(stands=HelpStands.WITHDRAWN).select_related("organisation")
    return [
        (each.organisation.name, str(STANDS[each.stands]), each.changed_on)
        for each in asked.order_by("asked_on", "organisation__name")
    ]


def _parts(report: Report, organisation_id: int) -> list[str]:
    limited = report.parts_for(organisation_id)
    return [] if limited is None else [str(words) for code, words in PARTS.items() if code in limited]


def _why(grant: ReportGrant) -> list[str]:
    if grant.basis == GrantBasis.PREFERENCE:
        return [str(CHOSEN)]
    if grant.basis != GrantBasis.SHARED:
        return [str(WORK_ON_IT)]
    words = [CHOSEN if grant.follows_choice else NOT_CHOSEN, BASES.get(grant.lawful_basis, "")]
    return [str(each) for each in words if each]
