"""What a reporting centre added to a report, in words for officers: the risk and what it asks for, what the centre
recorded, its notes. It opens what is sealed, so it is for the page of one report and never for a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from operator import attrgetter

from django.utils import timezone
from django.utils.formats import date_format

from casework.clock import due_after, end_of
from partners.standards import standard
from reporting.journey.question import TOLD_AT_A_CENTRE, Answers, Kept
from reporting.journey.summary import Told, told
from reporting.models import CentreRecord, Report, RiskAssessment
from reporting.one_question import gathered
from reporting.risk import Action, Assessed, tool
from reporting.strands import Channel

Facts = list[dict[str, str]]
TAG = {"high": "red", "medium": "amber", "standard": "grey"}
# Officers read what was recorded; they were not asked.
TO_OFFICERS = {
    "C01": "How the centre was told",
    "C01_on": "When the centre was told",
    "C01_paper": "Number of the paper form",
    "C02": "Whether the person agreed",
    "C04": "What the centre did",
    "C06": "How to tell them what has happened",
}


@dataclass(frozen=True)
class RiskShown:
    """The newest assessment in words."""

    level: str
    colour: str
    # Why it is this level; why it might be higher.
    why: list[str]
    not_known: str
    # (what has to be done, by when or '').
    actions: list[tuple[str, str]]
    answers: Facts
    made: str


@dataclass(frozen=True)
class Recorded:
    """What the centre said of itself, and its own notes."""

    centre: str
    facts: Facts
    notes: str


def risk_of(report: Report) -> RiskShown | None:
    """How great the risk is, why, and what has to be done; None where nobody has answered the questions."""
    found = max(
        gathered(report, "risk_assessments", "organisation"), key=attrgetter("made_at", "pk"), default=None
    )
    if found is None or report.erased_at:
        return None
    answers = found.told()
    assessed = found.assessed()
    return RiskShown(
        level=found.get_level_display(),
        colour=TAG[found.level],
        why=why_of(found, assessed),
        not_known=not_known_of(assessed),
        actions=[(action.words, _due(action, report)) for action in tool().level(found.level).actions],
        answers=[
            {"key": str(each.asked), "value": each.answer}
            for each in _said(report, answers)
            if each.question.kept is Kept.RISK
        ],
        made=f"{found.organisation.name}, {date_format(timezone.localtime(found.made_at), 'j F Y')}",
    )


def recorded_of(report: Report) -> Recorded | None:
    """What the centre recorded; None for a report that came another way."""
    if report.channel != Channel.CENTRE or report.erased_at:
        return None
    record: CentreRecord | None = getattr(report, "centre_record", None)
    # Before centres had a record of their own, what they said stood among the answers.
    answers, notes = report.told(), ""
    if record is not None:
        answers, notes = record.told(), record.unseal("notes")
    facts = [
        {"key": TO_OFFICERS[each.question.id], "value": each.answer}
        for each in _said(report, answers)
        if each.question.id in TO_OFFICERS
    ]
    return Recorded(report.centre.name if report.centre else "", facts, notes or "")


def _said(report: Report, answers: Answers) -> Iterator[Told]:
    """Answers of a centre as it was asked: about a person, or about a community."""
    about = report.told().get("Q02", "")
    return told({**answers, "Q02": about, TOLD_AT_A_CENTRE: Channel.CENTRE.value})


def why_of(found: RiskAssessment, assessed: Assessed) -> list[str]:
    """By today's tool; where it says another level than the tool of the day did, the total alone. An officer's
    judgement comes first."""
    if assessed.level.code == (found.by_answers or found.level):
        said = assessed.why()
    else:
        said = [f"{found.total} points, as the questions were scored then"]
    given = found.get_by_answers_display().lower()
    return (
        [f"An officer judged it otherwise than the answers, which give {given} risk", *said]
        if given
        else said
    )


def not_known_of(assessed: Assessed) -> str:
    """How much is not known, and how high it could be; '' where all is known."""
    count = len(assessed.not_known)
    if not count:
        return ""
    said = f"{count} of the {len(tool().questions)} {'is' if count == 1 else 'are'} not known"
    return f"{said}: it could be {assessed.could_be.name.lower()}" if assessed.may_be_higher else said


def _due(action: Action, report: Report) -> str:
    if not action.standard:
        return ""
    due = standard(action.standard)
    if due.unit == "working_days":
        at = due_after(report.received_at, due.amount)
    else:
        at = end_of(report.received_at + timedelta(**{due.unit: due.amount}))
    return f"by {date_format(timezone.localtime(at), 'j F Y')}"
