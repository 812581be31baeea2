"""The survey as data: its questions and what can be answered. Its ids are those of the partnership's list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit import trail
from partners.models import User
from reporting.journey.question import Words
from reporting.models import Report, SurveyAnswer, SurveyInvitation, SurveyLink
from reporting.models.report import ReportQuerySet
from scope.context import worker_scope

Choice = tuple[str, Words]

HOW_EASY: tuple[Choice, ...] = (
    ("5", _("Very easy")),
    ("4", _("Easy")),
    ("3", _("In between")),
    ("2", _("Hard")),
    ("1", _("Very hard")),
)
HOW_HAPPY: tuple[Choice, ...] = (
    ("5", _("Very happy")),
    ("4", _("Happy")),
    ("3", _("In between")),
    ("2", _("Unhappy")),
    ("1", _("Very unhappy")),
)
YES_PARTLY_NO: tuple[Choice, ...] = (("yes", _("Yes")), ("partly", _("In part")), ("no", _("No")))
SUPPORT: tuple[Choice, ...] = (*YES_PARTLY_NO, ("not_wanted", _("I did not want any")))
SAFER: tuple[Choice, ...] = (("yes", _("Yes")), ("same", _("About the same")), ("no", _("No")))
AGAIN: tuple[Choice, ...] = (("yes", _("Yes")), ("not_sure", _("Not sure")), ("no", _("No")))


@dataclass(frozen=True)
class Asked:
    """One question with its choices."""

    id: str
    words: Words
    choices: tuple[Choice, ...]


QUESTIONS = (
    Asked("S1", _("How easy was it to tell us?"), HOW_EASY),
    Asked("S2", _("Were you believed and taken seriously?"), YES_PARTLY_NO),
    Asked("S3", _("Did you understand what would happen next?"), YES_PARTLY_NO),
    Asked("S4", _("Did we tell you what was happening as often as we said?"), YES_PARTLY_NO),
    Asked("S5", _("Did you get the support you wanted?"), SUPPORT),
    Asked("S6", _("How happy are you with what was done?"), HOW_HAPPY),
    Asked("S7", _("All in all, how happy are you?"), HOW_HAPPY),
    Asked("S8", _("Do you feel safer now?"), SAFER),
    Asked("S8_again", _("Would you tell us again?"), AGAIN),
)
IN_WORDS = "S8_change"
LONGEST = 4_000
CHANGE = _("What one thing should we change?")


@dataclass(frozen=True)
class ToAsk:
    """Somebody who agreed to be asked, has not answered by themselves, and may be asked by voice since a day."""

    reference: str
    since: date


# How long the person has to answer on their own page, before somebody asks them.
BY_THEMSELVES = timedelta(days=7)
AT_MOST = 200


def to_ask(reports: ReportQuerySet, *, today: date) -> list[ToAsk]:
    """Whom of these reports somebody may ask by voice, the longest waiting first: one line a report. Who is asked is
    the worker's to know, so `reports` must say by itself what the asker may see."""
    with worker_scope():
        open_still = SurveyInvitation.objects.filter(answered_on=None, due_on__lte=today - BY_THEMSELVES)
        due = open_still.filter(report__in=reports.filter(is_anonymous=False, erased_at=None))
        rows = due.order_by("due_on", "pk").values_list("report__reference", "due_on")[:AT_MOST]
        first: dict[str, date] = {}
        for reference, since in rows:
            first.setdefault(reference, since + BY_THEMSELVES)
    return [ToAsk(reference, since) for reference, since in first.items()]


def waiting(report: Report, *, today: date) -> SurveyInvitation | None:
    """The survey that this person may answer today, the latest first."""
    due = report.surveys.filter(answered_on=None, due_on__lte=today)
    return due.order_by("-due_on").first()


@transaction.atomic
def answer(invitation: SurveyInvitation, marks: Mapping[str, Any], words: str, *, now: datetime) -> None:
    """Keeps the answers once; sent again, they change nothing. Only the month is kept of when."""
    day = now.date().replace(day=1)
    if not _is_first(invitation, day):
        return
    given = SurveyAnswer(invitation=invitation, marks=dict(marks), answered_on=day)
    given.seal("words", words)
    given.save(force_insert=True)


@transaction.atomic
def ask_by_voice(
    report: Report, marks: Mapping[str, Any], words: str, *, by: User, now: datetime, today: date
) -> bool:
    """Keeps what somebody answered to a person who asked them, or that they would rather not (no marks, no words);
    whether there was still something to ask. Who asked is in the trail, what was answered is not."""
    with worker_scope():
        invitation = waiting(report, today=today)
        if invitation is None:
            return False
        if marks or words:
            answer(invitation, marks, words, now=now)
        else:
            _is_first(invitation, now.date().replace(day=1))
    trail.record("report.surveyed", report, by=by, now=now, kind=invitation.kind)
    return True


class LinkOver(Exception):
    """The link was used, taken back, is too old, or was never ours."""


@transaction.atomic
def answer_by_link(
    link: SurveyLink, marks: Mapping[str, Any], words: str, *, form: UUID, now: datetime
) -> None:
    """Keeps what somebody answered who came by a link, once; the same form sent again, also at the same moment, is the
    same answer. Raises LinkOver."""
    with worker_scope():
        held = SurveyLink.objects.select_for_update(of=("self",)).filter(pk=link.pk, ends_at__gt=now).first()
        if held is None or held.used_with not in (None, form):
            raise LinkOver
        if held.used_with is None:
            held.used_with = form
            held.save(update_fields=["used_with"])
            answer(held.invitation, marks, words, now=now)


def _is_first(invitation: SurveyInvitation, day: date) -> bool:
    SurveyLink.take_back(invitation=invitation)
    open_still = SurveyInvitation.objects.filter(pk=invitation.pk, answered_on=None)
    return bool(open_still.update(answered_on=day))
