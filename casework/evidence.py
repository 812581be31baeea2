"""What came with a report, in words for officers, and the door to one file."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.template.defaultfilters import filesizeformat

from casework.parts import WHAT
from casework.sharing import parts_of
from files.kinds import Family
from partners.models import User
from partners.roles import Permission
from reporting.models import Evidence, EvidenceState, Report

WORDS = {
    Family.PHOTO: "Photo",
    Family.PDF: "PDF",
    Family.VIDEO: "Video",
    Family.AUDIO: "Sound recording",
}
STATES = {
    EvidenceState.HELD: "Held until the virus scanner has seen it. Nobody can open it yet.",
    EvidenceState.CLEAN: "",
    EvidenceState.INFECTED: "The virus scanner found something harmful in it. Nobody can open it. The person can "
    "see that on their own page.",
    EvidenceState.UNREADABLE: "No safe copy could be made of it: it is damaged, or larger than it looks. Nobody can "
    "open it. The person can see that on their own page.",
}


@dataclass(frozen=True)
class Shown:
    """One file as officers read of it."""

    evidence: Evidence
    title: str
    facts: str
    state: str


def shown(evidence: Evidence) -> Shown:
    """Its number and kind, size and day, and how it stands; not the name that the person's device gave it."""
    day = f"{evidence.received_on:%-d %B %Y}"
    facts = f"{evidence.ending.upper()}, {filesizeformat(evidence.byte_count)}, came on {day}"
    return Shown(evidence, title_of(evidence), facts, STATES[EvidenceState(evidence.state)])


def title_of(evidence: Evidence) -> str:
    """Such as “Photo 2”."""
    return f"{WORDS[Family(evidence.family)]} {evidence.number}"


def what_came_with(reports: Iterable[Report]) -> list[Shown]:
    """The files of some reports, in one question."""
    return [shown(each) for each in Evidence.objects.of(*reports)]


def evidence_or_404(user: User, evidence_id: UUID) -> tuple[Evidence, Report]:
    """One file and the report that it came with, if the person's organisation may see that and their role allows it."""
    if not user.may(Permission.SEE_QUEUE):
        raise Http404
    evidence = Evidence.objects.filter(pk=evidence_id).first()
    reports = Report.objects.visible_to(user).select_related("data_key")
    report = reports.filter(idempotency_key=evidence.told_with, erased_at=None).first() if evidence else None
    if evidence is None or report is None or WHAT not in parts_of(report, user.organisation_id):
        raise Http404
    return evidence, report


def file_name(evidence: Evidence, report: Report) -> str:
    """What a file is called outside the house: the reference, and nothing of the person."""
    return f"{report.reference}-{evidence.family}-{evidence.number}.{evidence.ending}"
