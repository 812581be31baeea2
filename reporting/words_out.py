"""A word to the person who told us, when there is something new for them to read: whether, how and when is their
safe-contact plan's to say (`reporting/safe_contact.py`), and what it says is the same for everybody.

Each message that an officer writes asks for a word; at most one an hour goes out, and none when one went out or waits
already since that message was written, or when the person has read it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext, override

from audit import trail
from outbox import channels
from outbox.channels import Channel, Fate
from outbox.models import NotYet, OutboxEntry, handler, when_given_up
from partners.wording import LINK, going_out
from reporting.models import (
    Addition,
    CentreRecord,
    Report,
    ReporterMessage,
    ReporterRequest,
    ReporterWord,
    WordState,
)
from reporting.models.report import WORD
from reporting.safe_contact import Allowed, Way, Why, allowed
from scope.context import worker_scope

FATE = "reporting.fate_of_word"
News = ReporterMessage | ReporterRequest
AT_MOST_EVERY = timedelta(hours=1)
# How long Notify itself tries: three days for a text; a letter is on paper by then.
ASK_AFTER, ASK_EVERY, ASK_FOR = timedelta(minutes=10), timedelta(hours=1), timedelta(days=4)
BY_CHANNEL = {Way.EMAIL: Channel.EMAIL, Way.TEXT: Channel.TEXT, Way.LETTER: Channel.LETTER}


@handler(WORD)
def send_word(payload: dict[str, Any], now: datetime) -> None:
    """Does what the plan allows, once; raises NotYet while it is not the hour."""
    with worker_scope():
        message = _still_news(payload, now=now)
        if message is not None:
            _send(message, plan_of(message.report, now=now), now=now)


@when_given_up(WORD)
def say_that_it_failed(payload: dict[str, Any], now: datetime) -> None:
    """The other side did not take it for days: somebody of ours has to reach the person."""
    with worker_scope():
        message = _still_news(payload, now=now)
        if message is not None:
            way = plan_of(message.report, now=now).way
            _note(message, way, WordState.FAILED, now=now, why=Why.TRIES)


@handler(FATE)
def ask_what_became(payload: dict[str, Any], now: datetime) -> None:
    """Asks Notify what became of a text or a letter, until it knows or can't know any more."""
    with worker_scope():
        word = ReporterWord.objects.select_related("report").filter(pk=payload["word"]).first()
        if word is None or word.state != WordState.SENT:
            return
        if now < word.at + ASK_AFTER:
            raise NotYet(word.at + ASK_AFTER)
        fate = channels.fate(BY_CHANNEL[Way(word.way)], word.pk)
        if fate is Fate.ARRIVED:
            word.turn_out(WordState.ARRIVED)
        elif fate is Fate.FAILED:
            word.turn_out(WordState.FAILED, why=Why.ADDRESS)
            trail.record("report.word_failed", word.report, by=None, now=now, way=word.way)
        elif now < word.at + ASK_FOR:
            raise NotYet(now + ASK_EVERY)


def _still_news(payload: dict[str, Any], *, now: datetime) -> News | None:
    """The message, if the person has not heard of it; raises NotYet when they heard of another within the hour."""
    found = _to_read(payload)
    if found is None:
        return None
    # Whoever else is about to send a word for this report waits, and then finds this one.
    report = Report.objects.select_for_update(of=("self",)).select_related("data_key").get(pk=found.report_id)
    found.report = report
    words = words_of_this_plan(report)
    if (
        report.erased_at
        or words.filter(state__in=(WordState.FAILED, WordState.WAITS)).exists()
        or words.filter(at__gte=found.said_at).exists()
    ):
        return None
    last = words.filter(state__in=(WordState.SENT, WordState.ARRIVED)).last()
    if last is not None and now < last.at + AT_MOST_EVERY:
        raise NotYet(last.at + AT_MOST_EVERY)
    return found


def _to_read(payload: dict[str, Any]) -> News | None:
    """What there is to read: a message, or the answer to something that they asked for."""
    if "answer" not in payload:
        unread = ReporterMessage.objects.filter(read_at=None).select_related("report")
        return unread.filter(pk=payload["message"]).first()
    answered = ReporterRequest.objects.select_related("report").exclude(answered_at=None)
    asked = answered.filter(pk=payload["answer"]).first()
    if asked is not None and asked.answered_at:
        asked.said_at = asked.answered_at
    return asked


def words_of_this_plan(report: Report) -> QuerySet[ReporterWord]:
    """What went out since the person last changed how to reach them: a new number is tried anew."""
    changed = report.additions.filter(kind=Addition.Kind.CONTACT).order_by("said_at").last()
    words = report.words_out.all()
    return words.filter(at__gte=changed.said_at) if changed else words


def plan_of(report: Report, *, now: datetime) -> Allowed:
    """What may be done to reach whoever told this report. In the worker's scope."""
    return allowed(
        report.contact_details(),
        is_anonymous=report.is_anonymous,
        has_centre=report.centre_id in report.visible_to,
        now=now,
        feedback=_said_at_the_centre(report) if report.centre_id else "",
    )


def _said_at_the_centre(report: Report) -> str:
    """How they want to hear, as they said there; nothing once they changed on their own page how to reach them."""
    if report.additions.filter(kind=Addition.Kind.CONTACT).exists():
        return ""
    return CentreRecord.objects.filter(report=report).values_list("feedback", flat=True).first() or ""


def _send(message: News, plan: Allowed, *, now: datetime) -> None:
    if plan.way is Way.NOBODY:
        return
    if plan.way not in BY_CHANNEL:
        _note(message, plan.way, WordState.WAITS, now=now, why=plan.why)
        return
    if plan.at > now:
        raise NotYet(plan.at)
    channel = BY_CHANNEL[plan.way]
    if not channels.can_send(channel):
        _note(message, Way.PERSON, WordState.WAITS, now=now, why=Why.NO_WAY)
        return
    try:
        channels.send(channel, words_of(channel, message.pk, plan.to, message.report.language))
    except channels.Refused:
        _note(message, plan.way, WordState.FAILED, now=now, why=Why.ADDRESS)
        return
    _note(message, plan.way, WordState.SENT, now=now)
    OutboxEntry.put(FATE, str(message.pk), {"word": str(message.pk)}, now=now)


def _note(message: News, way: str, state: str, *, now: datetime, why: str = "") -> None:
    ReporterWord.note(message.pk, message.report, way, state, now=now, why=why)
    if state == WordState.FAILED:
        trail.record("report.word_failed", message.report, by=None, now=now, way=way)
    elif state == WordState.SENT:
        trail.record("report.word_sent", message.report, by=None, now=now, way=way)


def words_of(channel: Channel, word_id: UUID, to: str, language: str) -> channels.Message:
    """The word in the language that the person told us in, to this address."""
    return in_their_language(going_out()[channel], word_id, to, language)


def in_their_language(
    said: Mapping[str, str], message_id: UUID, to: str, language: str, *, link: str = ""
) -> channels.Message:
    """A heading and a text of the partnership's wording in this language; where the text has a place for a link, with
    this one."""
    with override(language or None):
        text = _in_language(said["text"].strip())
        return channels.Message(message_id, to, _in_language(said["heading"]), text.replace(LINK, link))


def _in_language(words: str) -> str:
    # Of nothing, a catalogue gives its own head.
    return gettext(words) if words else ""
