"""What an officer must know of a report before acting on it: what was told, how to reach the person, what they chose,
who sees it. It opens what is sealed, so it is for the page of one report and never for a list."""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from partners.wording import recipients
from reporting.journey.more import WHO_DID_IT
from reporting.journey.question import (
    TOLD_AT_A_CENTRE,
    Answers,
    Kept,
    is_answered,
    words_for,
)
from reporting.journey.summary import Told, in_words, told
from reporting.models import GrantBasis, Report, ReportBar, SharingPreference, Suspect
from reporting.one_question import gathered
from reporting.strands import Channel

Facts = list[dict[str, str]]


@dataclass(frozen=True)
class SafeContact:
    """How the person may be reached without danger: a line, and what else to heed."""

    summary: str
    # What to heed: always in sight, because a call at the wrong hour is the danger.
    rules: list[str] = field(default_factory=list)
    # Name, numbers and addresses: shown on a page of their own, to who asks for them.
    details: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Sight:
    """Who may see a report, who must not, what the person chose, who has read it."""

    may_see: list[str]
    must_not: list[str]
    chosen: list[str]
    taken_back: list[str]
    read_by: list[str]


def answers_of(report: Report) -> dict[str, Any]:
    """Everything that was answered but the words, as the journey reads it."""
    answers = report.told() | report.contact_details()
    if report.channel == Channel.CENTRE:
        answers[TOLD_AT_A_CENTRE] = Channel.CENTRE.value
    return answers


def what_was_told(answers: Answers) -> list[tuple[str, Facts]]:
    """Questions and answers in words, by topic, in the order of the journey; contact stands in the banner."""
    shown = [each for each in told(answers) if each.question.kept is Kept.ANSWERS]
    return [
        (_topic(topic), [{"key": str(each.asked), "value": each.answer} for each in group])
        for topic, group in groupby(shown, key=lambda each: str(each.page.topic))
    ]


def _topic(words: str) -> str:
    return words[:1].upper() + words[1:]


def names_a_suspect(answers: Answers) -> bool:
    """Whether somebody may have been named, so that there may be something to open."""
    return answers.get("Q18") == "name"


def suspects_in_words(report: Report, suspects: list[Suspect]) -> list[Facts]:
    """Each that was opened, as questions and answers."""
    known = report.told()
    return [_suspect(known | suspect.told()) for suspect in suspects]


def _suspect(answers: Answers) -> Facts:
    return [
        {"key": str(words_for(question.label, answers)), "value": in_words(question, answers)}
        for question in WHO_DID_IT.questions
        if question.kept is Kept.SUSPECT and is_answered(answers, question)
    ]


# The person was asked questions; an officer on the way to the phone reads words. How is already in the title.
TO_OFFICERS = {
    "Q26_name": "Call them",
    "Q26_phone": "Phone",
    "Q26_message": "Safe to leave a message",
    "Q26_mobile": "Mobile",
    "Q26_email": "Email",
    "Q26_address": "Address",
    "Q26_times": "Safe times",
    "Q26_care": "Be careful",
}


RULES = ("Q26_message", "Q26_times", "Q26_care")


def safe_contact(report: Report, answers: Answers) -> SafeContact:
    """The banner at the top of the page."""
    plan = [each for each in told(answers) if each.question.kept is Kept.CONTACT]
    if not plan:
        return SafeContact(
            "none given. Reach this person only through their own page, by telling them something here"
        )
    shown = [each for each in plan if each.question.id in TO_OFFICERS]
    rules = [each for each in shown if each.question.id in RULES]
    return SafeContact(
        summary=_way(plan, answers),
        rules=_in_words(rules),
        details=_in_words([each for each in shown if each not in rules]),
    )


def _in_words(told: list[Told]) -> list[str]:
    return [f"{TO_OFFICERS[each.question.id]}: {each.answer}" for each in told]


def _way(plan: list[Told], answers: Answers) -> str:
    way = next((each.answer for each in plan if each.question.id == "Q26_how"), "see below")
    if answers.get("Q26_how") == "phone" and answers.get("Q26_message") != "yes":
        return f"{way}. Do not leave a message"
    return way


def sight_of(report: Report) -> Sight:
    """Who sees it and who must not, in words; opens the words that name a person who must not."""
    preferences = sorted(gathered(report, "preferences"), key=lambda one: (one.chosen_at, one.recipient))
    return Sight(
        may_see=_may_see(report),
        must_not=[_barred(bar) for bar in gathered(report, "bars", "organisation")],
        chosen=[_label(one) for one in preferences if one.withdrawn_at is None],
        taken_back=[_label(one) for one in preferences if one.withdrawn_at],
        read_by=_read_by(report),
    )


def _may_see(report: Report) -> list[str]:
    grants = sorted(gathered(report, "grants", "organisation"), key=lambda grant: grant.granted_at)
    grounds: dict[str, list[str]] = {}
    for grant in grants:
        sees = grant.organisation_id in report.visible_to or grant.basis == GrantBasis.RIGHTS
        if grant.withdrawn_at is None and sees:
            grounds.setdefault(grant.organisation.name, []).append(str(GrantBasis(grant.basis).label))
    return [f"{name}: {'; '.join(whys)}" for name, whys in grounds.items()]


def _barred(bar: ReportBar) -> str:
    named = [bar.organisation.name if bar.organisation else "", bar.unseal("person")]
    return ": ".join(name for name in named if name)


def _label(preference: SharingPreference) -> str:
    """In the words that the person was shown."""
    shown = recipients(preference.wording_version)
    return next((one.label for one in shown if one.code == preference.recipient), preference.recipient)


def _read_by(report: Report) -> list[str]:
    readings = sorted(gathered(report, "accesses", "organisation"), key=lambda one: one.day)
    return [f"{one.organisation.short_name}, {one.role_name}, {one.day:%-d %B %Y}" for one in readings]
