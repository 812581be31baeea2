"""Closed cases for the scrutiny panel: drawing lots, retelling a case without anybody's details, answering about it."""

import re
from datetime import date, datetime, timedelta
from itertools import chain
from random import Random, SystemRandom

from django.db import transaction
from django.utils import timezone

from audit import trail
from casework.models import Case, Person, SuspectRecord
from casework.models.case import Urgency
from casework.models.link import CaseReport
from partners.models import User
from partners.scrutiny import most_cases
from reporting.models import Report, Suspect
from reporting.models.apart import opened
from reporting.strands import Channel
from reviews.models import PanelAnswer, Sample, SampledCase
from scope.context import worker_scope
from vault.models import DataKey

BIGGEST_SEED = 2**62
SHORTEST_NAME = 3
WORD = re.compile(r"\w+")
# What no retelling needs: an address to write to, a number to ring, a postcode, a reference.
NEVER = re.compile(
    r"[^\s@]+@[^\s@]+\.\w+|\b(?:\+|0)\d[\d\s]{7,}\d\b|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b|\bLLR-\w{4}-\w{4}\b",
    re.I,
)
# What the panel is told of an act; whatever is not here is not said.
COURSE = {
    "open": "Somebody took it up",
    "tell_reporter": "The person was told something",
    "log_contact": "Somebody tried to reach the person",
    "assess_risk": "The risk questions were answered",
    "share": "Another organisation was let in",
    "refer": "Another organisation was asked to help",
    "answer_referral": "The other organisation answered",
    "hand_to_police": "It was handed to the police",
    "record_police_answer": "The police answered",
    "record_support": "It was written down how support ended",
    "wait": "It was put on hold",
    "resume": "It was taken up again",
    "close": "It was closed, and the person was told",
    "reopen": "It was opened again",
}


class NothingToDraw(Exception):
    """No case was closed in these days."""


class NamesSomebody(Exception):
    """A retelling holds something by which somebody could be known; `found` is what."""

    def __init__(self, found: list[str]) -> None:
        super().__init__(f"Take out what somebody could be known by: {', '.join(found)}.")
        self.found = found


@transaction.atomic
def draw(
    closed_from: date, closed_until: date, *, by: User, now: datetime, how_many: int, seed: int | None = None
) -> Sample:
    """Draws up to so many of the cases closed in these days, whosever they are; raises NothingToDraw. Who draws learns
    how many there were, and of none which it is."""
    with worker_scope():
        closed = Case.objects.filter(state="closed", erased_at=None, closed_at__date__gte=closed_from)
        # What came from an earlier system holds no words that anybody could retell.
        retold = CaseReport.objects.exclude(report__channel=Channel.HISTORIC).values("case")
        closed = closed.filter(closed_at__date__lte=closed_until, pk__in=retold).order_by("pk")
        among = list(closed.values_list("pk", "lead_organisation_id"))
        if not among:
            raise NothingToDraw("No case was closed in these days. Choose others.")
        seed = SystemRandom().randrange(BIGGEST_SEED) if seed is None else seed
        sample = Sample.objects.create(
            drawn_at=now,
            drawn_by=by,
            closed_from=closed_from,
            closed_until=closed_until,
            found=len(among),
            seed=seed,
        )
        # Lots, not a secret: the number stands beside the drawing.
        drawn = Random(seed).sample(among, min(how_many, most_cases(), len(among)))
        for number, (case, lead) in enumerate(drawn, start=1):
            SampledCase.objects.create(
                sample=sample, number=number, case_id=case, led_by_id=lead, data_key=DataKey.create()
            )
    trail.record("scrutiny.drawn", sample, by=by, now=now, cases=len(drawn), found=len(among))
    return sample


@transaction.atomic
def retell(sampled: SampledCase, summary: str, *, by: User, now: datetime) -> None:
    """Gives the panel one case in the words of somebody who worked on it; raises NamesSomebody."""
    known = known_by(sampled.case, summary)
    if known:
        raise NamesSomebody(known)
    sampled.seal("summary", summary)
    sampled.course = course_of(sampled.case)
    sampled.ready_at, sampled.ready_by = now, by
    sampled.save()
    trail.record("scrutiny.retold", sampled, by=by, now=now, sample=sampled.sample_id, number=sampled.number)


@transaction.atomic
def answer(
    sampled: SampledCase, marks: dict[str, str], *, done_well: str, to_change: str, by: User, now: datetime
) -> None:
    """Keeps what a member of the panel said about one case; said anew, the newest counts."""
    words = {"done_well": done_well, "to_change": to_change}
    PanelAnswer.give(sampled, marks, words, by=by, now=now)
    trail.record(
        "scrutiny.answered", sampled, by=by, now=now, sample=sampled.sample_id, number=sampled.number
    )


def known_by(case: Case, summary: str) -> list[str]:
    """Names that stand on the case and in these words, and whatever nobody's retelling needs; as they stand there."""
    found = [match.group().strip() for match in NEVER.finditer(summary)]
    said = {word.casefold(): word for word in WORD.findall(summary)}
    return found + sorted({said[name] for name in _names_on(case) if name in said})


def _names_on(case: Case) -> set[str]:
    """Every word of every name that is known of the case: of who told, to whom it happened, who is said to have done
    it, who worked on it."""
    named = chain(
        *(_names_told(report) for report in case.reports if report.erased_at is None),
        case.events.exclude(by=None).values_list("by__name", flat=True),
    )
    words = {word.casefold() for name in named for word in WORD.findall(name)}
    return {word for word in words if len(word) >= SHORTEST_NAME}


def _names_told(report: Report) -> list[str]:
    names = [str(report.contact_details().get("Q26_name", ""))]
    for person in Person.objects.filter(report=report):
        person.report = report
        details = person.read()
        names += [details.given, details.family]
    # Compared and not shown: of these, only what the officer wrote themselves is said back to them.
    with opened(report):
        for suspect in Suspect.objects.filter(report=report):
            suspect.report = report
            names.append(str(suspect.told().get("Q18a_name", "")))
        for record in SuspectRecord.objects.filter(report=report):
            record.report = report
            names.append(record.read().name)
    return names


def course_of(case: Case) -> list[tuple[int, str]]:
    """What was done on which day since it was told, in the portal's own words."""
    begun = timezone.localdate(min(report.received_at for report in case.reports))

    def day(at: datetime) -> int:
        return (timezone.localdate(at) - begun) // timedelta(days=1)

    events = case.events.order_by("at", "number")
    told = [(day(event.at), _in_words(event.act, event.facts)) for event in events]
    return [(0, "It was told"), *((when, words) for when, words in told if words)]


def _in_words(act: str, facts: dict[str, str]) -> str:
    if act == "triage":
        return f"It was looked at: {Urgency(facts.get('urgency', 'standard')).label} risk"
    return COURSE.get(act, "")
