"""Erasing what was told: the key, and with it every word in every room, the tokens that lead to it, the sealed files.

What counts stays: district, strands, day, kind of place, channel, state. `casework.erasing` is the act that people and
the schedule use; it says who may, refuses what is held, and leaves the entry in the trail.
"""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from files.models import SealedFile
from reporting.models import CentreRecord, EqualityAnswers, Evidence, Report, SurveyAnswer, SurveyLink
from vault.models import DataKey
from vault.sealing import digest, digests

PURPOSE = "receipt"
EMPTIED = ("words", "contact", "answers", "receipt_code_digest", "data_key", "recorded_by")
WRITTEN = (
    *EMPTIED,
    "heard_at",
    "has_unread_word",
    "idempotency_key",
    "received_at",
    "erased_at",
    "erased_why",
)


@dataclass(frozen=True)
class Erased:
    """How much of each there was."""

    messages: int
    files: int
    permissions: int


def erase_told(report: Report, *, why: str, now: datetime) -> Erased:
    """Leaves of a locked report only what counts. Run it in the worker's scope and in the transaction of the act.

    The sealed columns are emptied although the key is gone: what is not there needs no argument. Organisations that
    must not see it stay barred, so that nothing ever opens for them by the way.
    """
    key = report.data_key_id
    erased = Erased(
        messages=report.messages.exclude(text=None).count(),
        files=_erase_files(report),
        permissions=report.preferences.all().delete()[0],
    )
    day = _its_day(report.received_at)
    report.messages.update(text=None, read_at=None)
    _forget_what_was_said_later(report)
    report.words_out.all().delete()
    _forget_what_the_centre_added(report, day)
    EqualityAnswers.objects.filter(report=report).delete()
    report.suspects.all().delete()
    report.help_asked.all().delete()
    report.grants.update(granted_at=day, follows_choice="")
    report.bars.filter(organisation=None).delete()
    report.bars.update(person=None, barred_at=day)
    _empty(report, day)
    report.erased_at, report.erased_why = now, why
    report.save(update_fields=WRITTEN)
    DataKey.objects.filter(pk__in=[key]).delete()
    return erased


def files_of(report: Report) -> QuerySet[SealedFile]:
    """The sealed files that came with it."""
    came_with_it = Evidence.objects.filter(told_with=report.idempotency_key).values("file_id")
    return SealedFile.objects.filter(Q(data_key__in=[report.data_key_id]) | Q(pk__in=came_with_it))


def _erase_files(report: Report) -> int:
    """Erases them with all that was made of them and with the keys of their own; how many."""
    locked = files_of(report).select_for_update(of=("self",))
    files = list(locked.defer("content").select_related("data_key"))
    for file in files:
        key = file.data_key
        file.delete()
        if key is not None and key.pk != report.data_key_id:
            key.delete()
    return len(files)


def _forget_what_was_said_later(report: Report) -> None:
    """The rows stay, because what was asked, answered and marked counts; the words go."""
    report.messagefromreporters.update(text=None)
    report.additions.update(answers=None)
    report.reporterrequests.update(words=None, answer=None)
    SurveyAnswer.objects.filter(invitation__report=report).update(words=None)
    SurveyLink.objects.filter(invitation__report=report).delete()
    report.heard_at, report.has_unread_word = None, False


def _forget_what_the_centre_added(report: Report, day: datetime) -> None:
    """Days, codes and levels count and stay; notes, answers, reasons and who made them go."""
    CentreRecord.objects.filter(report=report).update(notes=None, paper_number="")
    report.risk_assessments.update(answers=None, reason=None, made_by=None, made_at=day)


def _empty(report: Report, day: datetime) -> None:
    for name in EMPTIED:
        setattr(report, name, None)
    report.idempotency_key = tombstone(report.idempotency_key)
    report.received_at = day


def _its_day(moment: datetime) -> datetime:
    """The beginning of the day in the partnership's time zone: in every figure it is the same day, week and month."""
    return timezone.make_aware(datetime.combine(timezone.localdate(moment), time.min))


def tombstone(key: UUID) -> UUID:
    """What stands in place of an idempotency key, from which a receipt code could be made again: it says no more than
    that this key was used, to somebody who has the key."""
    return UUID(bytes=digest(PURPOSE, _grave(key))[:16])


def tombstones(key: UUID) -> list[UUID]:
    """What may stand in its place, under each of our keys: so that what was erased is not brought in again."""
    return [UUID(bytes=each[:16]) for each in digests(PURPOSE, _grave(key))]


def _grave(key: UUID) -> str:
    return f"erased {key}"
