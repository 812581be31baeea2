"""The triage queue: reports that nobody has taken up. A new report is in it by being there; nothing is told to us."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from casework.clock import due_words, how_long
from casework.clocks import due_by
from casework.models import SetAside
from govuk.paging import COUNTED_TO
from govuk.templatetags.govuk import govuk_tag
from partners.directory import directory
from partners.models import User
from partners.standards import standard
from reporting.models import Report
from reporting.models.report import ReportQuerySet
from reporting.strands import Channel, Strand, Whereabouts

ANY_REFERENCE = "any-reference"


class Listed(Protocol):
    """What the queue says of a report: a list never opens what a person said, so it does not even fetch it."""

    reference: str
    perceived_strands: list[str]
    district_id: int | None
    whereabouts: str
    channel: str
    received_at: datetime
    is_anonymous: bool
    needs_same_day_look: bool
    has_unread_word: bool


LISTED = tuple(Listed.__annotations__)


def waiting_for(
    user: User, *, strand: str = "", district: str = "", channel: str = "", look: str = ""
) -> ReportQuerySet:
    """What waits and this person may see: first what must be looked at the same day, then the longest waiting."""
    wanted: dict[str, Any] = {}
    if strand:
        wanted["perceived_strands__contains"] = [strand]
    if district:
        wanted["district__code"] = district
    if channel:
        wanted["channel"] = channel
    if look:
        wanted["needs_same_day_look"] = True
    return Report.objects.visible_to(user).waiting().filter(**wanted)


def for_a_list(reports: ReportQuerySet) -> QuerySet[Any, Any]:
    """The same reports as `Listed`."""
    return reports.values_list(*LISTED, named=True)


@dataclass(frozen=True)
class Waiting:
    """How many wait, counted to a thousand and one, and how many of those are to be looked at the same day."""

    found: int
    same_day: int


def count(reports: ReportQuerySet) -> Waiting:
    """How many of the queue there are; those to look at today come first in it, so that none is missed."""
    looks = list(reports.values_list("needs_same_day_look", flat=True)[: COUNTED_TO + 1])
    return Waiting(found=len(looks), same_day=sum(looks))


@dataclass(frozen=True)
class Row:
    """One line of the queue, in words."""

    reference: str
    strands: str
    place: str
    channel: str
    waits: str
    due: str
    is_late: bool
    same_day: bool
    has_news: bool


def row(report: Listed, *, now: datetime) -> Row:
    """What the list says about a report."""
    due_at = contact_due(report)
    return Row(
        reference=report.reference,
        strands=strand_names(report.perceived_strands),
        place=place_words(report),
        channel=_channel_name(report.channel, get_language()),
        waits=f"waiting {how_long(report.received_at, now=now)}",
        due=f"contact {due_words(due_at, now=now)}" if due_at else "anonymous",
        is_late=due_at is not None and due_at < now,
        same_day=report.needs_same_day_look,
        has_news=report.has_unread_word,
    )


def rows_html(reports: Iterable[Listed], *, now: datetime) -> SafeString:
    """The lines themselves. Written here and not in the template: every officer's day begins with 25 of them."""
    return mark_safe("".join(_row_html(row(report, now=now)) for report in reports))


def set_aside_count(user: User) -> int:
    """How many reports of this person's organisation are set aside, counted to a thousand and one."""
    return _set_aside(user)[: COUNTED_TO + 1].count()


def set_aside_rows(user: User) -> QuerySet[SetAside]:
    """What is set aside: first what somebody has still to look at, the one due first at the top."""
    rows = SetAside.objects.filter(put_back_at=None, report__in=_set_aside(user))
    ordered = rows.order_by(F("looked_at").asc(nulls_first=True), "look_due_at", "pk")
    return ordered.select_related("report", "organisation", "looked_by")


def _set_aside(user: User) -> ReportQuerySet:
    return Report.objects.visible_to(user).filter(set_aside_at__isnull=False, erased_at=None)


@dataclass(frozen=True)
class SetAsideRow:
    """One line of the list of what is set aside, in words."""

    reference: str
    since: str
    by: str
    strands: str
    place: str
    look: str
    is_late: bool


def set_aside_row(row: SetAside, *, now: datetime) -> SetAsideRow:
    """What the list says of one; its reason stays sealed."""
    look = (
        f"kept by {row.looked_by}" if row.looked_at else f"second look {due_words(row.look_due_at, now=now)}"
    )
    return SetAsideRow(
        reference=row.report.reference,
        since=f"for {how_long(row.set_aside_at, now=now)}",
        by=row.organisation.short_name,
        strands=strand_names(row.report.perceived_strands),
        place=place_words(row.report),
        look=look,
        is_late=row.looked_at is None and row.look_due_at < now,
    )


def _row_html(row: Row) -> SafeString:
    return format_html(
        '<tr><th scope="row" class="nowrap"><a class="govuk-link" href="{}">{}</a>{}</th><td>{}{}</td><td>{}</td>'
        "<td>{}</td><td>{}</td><td>{}</td></tr>",
        _address().replace(ANY_REFERENCE, row.reference),
        row.reference,
        _news() if row.has_news else "",
        row.waits,
        _look_today() if row.same_day else "",
        row.strands,
        row.place,
        row.channel,
        govuk_tag(row.due, "amber") if row.is_late else row.due,
    )


@lru_cache(maxsize=1)
def _look_today() -> SafeString:
    return format_html(" {}", govuk_tag("Look today", "plum"))


@lru_cache(maxsize=1)
def _news() -> SafeString:
    return format_html("<br>{}", govuk_tag("New from the reporter", "plum"))


@lru_cache(maxsize=1)
def _address() -> str:
    return reverse("casework:report", args=[ANY_REFERENCE])


def contact_due(report: Listed) -> datetime | None:
    """When first contact is due, before triage: what every person is promised. None for an anonymous report."""
    if report.is_anonymous:
        return None
    return due_by(standard("first_contact_standard"), report.received_at)


def strand_names(codes: list[str]) -> str:
    """'Race, Religion or belief', in the order of every list; 'not known yet' where none is."""
    return _strand_names(tuple(codes), get_language())


# A list shows the same few combinations again and again, and each name is looked up in every catalogue there is.
@lru_cache(maxsize=256)
def _strand_names(codes: tuple[str, ...], language: str | None) -> str:
    return ", ".join(str(strand.label) for strand in Strand if strand.value in codes) or "not known yet"


@lru_cache(maxsize=32)
def _channel_name(channel: str, language: str | None) -> str:
    return str(Channel(channel).label)


def place_words(report: Listed) -> str:
    """The district, or what is known instead of one."""
    if report.district_id is None:
        return str(Whereabouts(report.whereabouts).label)
    return directory().district(report.district_id).name
