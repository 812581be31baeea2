"""How long what was asked of the rights desk is kept: by the schedule, from the day of its answer.

What goes: who asked, their words and ours, with the key of the request; which reports it was about; what was prepared
for the person. What stays: number, what kind was asked, days and outcome, because they are counted; and the entries of
the disclosure register, which is only added to. While a report that it is about, or another one of its case, is under a
legal hold, the request waits with it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from audit import trail
from casework.models import LegalHold
from partners.retention import RecordClass, Rule, Schedule
from rights.models import RequestReport, RightsRequest
from rights.models.request import RequestQuerySet
from scope.context import worker_scope
from vault.models import DataKey

WORDS = ("who", "words", "why_longer", "answer")


@dataclass(frozen=True)
class Over:
    """One request whose time is over."""

    number: str
    on: date
    is_held: bool


def kept_until(request: RightsRequest, schedule: Schedule) -> date | None:
    """The day on which its words go; None while it is open, and once they are gone."""
    if request.answered_at is None or request.words_erased_on:
        return None
    return _rule(schedule).ends(timezone.localdate(request.answered_at))


def over(*, today: date, schedule: Schedule) -> list[Over]:
    """What is over today, also what only a legal hold keeps; nothing is changed."""
    with worker_scope():
        rows = _over(today, schedule).annotate(is_held=_held()).order_by("answered_at", "number")
        return [
            Over(number, _rule(schedule).ends(timezone.localdate(answered_at)), is_held)
            for number, answered_at, is_held in rows.values_list("number", "answered_at", "is_held")
        ]


def erase_old_requests(*, today: date, now: datetime, schedule: Schedule) -> int:
    """Erases what is over and not held, each request in a transaction of its own; returns how many. Stopped at any
    point, it goes on when it is called again."""
    with worker_scope():
        found = list(_over(today, schedule).exclude(_held()).values_list("pk", flat=True))
    return sum(_erase(each, today=today, now=now, schedule=schedule) for each in found)


def _erase(request_id: UUID, *, today: date, now: datetime, schedule: Schedule) -> bool:
    with worker_scope():
        RightsRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
        # Asked again under the lock: since the look it may have been held, or erased by somebody quicker.
        request = _over(today, schedule).exclude(_held()).filter(pk=request_id).first()
        if request is None:
            return False
        due_on = kept_until(request, schedule)
        reports = request.about.all().delete()[0]
        request.packs.all().delete()
        _erase_words(request, today=today)
        facts = {"schedule": schedule.version, "due_on": str(due_on), "reports": reports}
        trail.record("rights.erased", request, by=None, now=now, **facts)
        return True


def _erase_words(request: RightsRequest, *, today: date) -> None:
    key, request.data_key = request.data_key_id, None
    for column in WORDS:
        setattr(request, column, None)
    request.words_erased_on = today
    request.save(update_fields=["data_key", *WORDS, "words_erased_on"])
    DataKey.objects.filter(pk__in=[key]).delete()


def _over(today: date, schedule: Schedule) -> RequestQuerySet:
    """Those answered so long ago that their words go today."""
    last = datetime.combine(_rule(schedule).latest_start(today), time.max)
    return RightsRequest.objects.filter(answered_at__lte=timezone.make_aware(last), words_erased_on=None)


def _held() -> Exists:
    """Whether a report that a request is about, or another one of its case, is under a legal hold."""
    about = RequestReport.objects.filter(request=OuterRef(OuterRef("pk")))
    its_cases = about.filter(report__case_report__case__isnull=False).values("report__case_report__case")
    its_reports = Q(report__in=about.values("report")) | Q(report__case_report__case__in=its_cases)
    return Exists(LegalHold.objects.in_force().filter(its_reports))


def _rule(schedule: Schedule) -> Rule:
    return schedule.rule(RecordClass.RIGHTS_REQUEST)
