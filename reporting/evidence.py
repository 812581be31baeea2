"""Adding evidence, taking it back, having it looked at by the scanner, and erasing what nobody sent.

Sealed files exist for the worker alone: the acts here ask as the worker for exactly the draft or report that their
caller came for.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from audit import trail
from files import scanner
from files.kinds import Family, FileRefused
from files.making import NoPicture, draw, keep_pictures
from files.models import SealedFile, WhyRefused
from files.scanner import ScannerAway
from outbox.models import OutboxEntry, handler
from reporting.models import Draft, Evidence, EvidenceState, Report
from reporting.models.evidence import MOST_BYTES, MOST_FILES, bytes_of
from reporting.news import OTHER, ask_for_digests
from scope.context import public_scope, worker_scope
from vault.models import DataKey

__all__ = [
    "FileRefused",
    "Sent",
    "add",
    "ask_for_look",
    "erase_left",
    "look_at",
    "look_at_held",
    "of_draft",
    "remove",
]

log = logging.getLogger("llr.evidence")

LOOK = "reporting.look_at_file"
DRAWN = (Family.PHOTO, Family.PDF)
# What is added a moment before its draft is there or gone is left alone.
LEFT_FOR = timedelta(minutes=10)
HELD_FOR = timedelta(minutes=5)
A_ROUND = 50
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 21))"


@dataclass(frozen=True)
class Sent:
    """A file as it came in: its name, its size, and its bytes a piece at a time."""

    name: str
    byte_count: int
    pieces: Iterable[bytes]


# What the person does ---------------------------------------------------------------------------------------------


def of_draft(draft_id: UUID) -> list[Evidence]:
    """What was added to a draft."""
    with public_scope(report=draft_id):
        return list(Evidence.objects.of_draft(draft_id).select_related("data_key"))


def add(sent: Sent, *, told_with: UUID, now: datetime, report: Report | None = None) -> Evidence:
    """Seals a file and asks for it to be looked at; raises FileRefused, whose words are for who sent it.

    `report` where one was sent already: then it is written down that something came.
    """
    with worker_scope():
        _wait_for_others(told_with)
        there = list(Evidence.objects.of_draft(told_with))
        _refuse_too_much(there, sent)
        key = DataKey.create()
        file = SealedFile.keep_pieces(sent.pieces, sent.byte_count, data_key=key, now=now)
        number = max((each.number for each in there), default=0) + 1
        made = Evidence.note(file, sent.name, told_with=told_with, number=number, now=now)
        if report is not None:
            trail.record_public("report.evidence_added", report, now=now, kind=made.family)
        ask_for_look(file.pk, now=now)
    return made


def remove(evidence_id: UUID, *, told_with: UUID) -> bool:
    """Erases one file of a draft; False where it is not there (any more)."""
    with worker_scope():
        of_theirs = Evidence.objects.filter(told_with=told_with).select_related("file").defer("file__content")
        evidence = of_theirs.filter(pk=evidence_id).first()
        if evidence is None:
            return False
        evidence.file.erase()
    return True


def _wait_for_others(told_with: UUID) -> None:
    """Two windows that add at once do so one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [str(told_with)])


def _refuse_too_much(there: list[Evidence], sent: Sent) -> None:
    if len(there) >= MOST_FILES:
        raise FileRefused(_("You can send %(most)s files with a report.") % {"most": MOST_FILES})
    if bytes_of(there) + sent.byte_count > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise FileRefused(_("All your files together can be %(most)s MB.") % {"most": most})


# What the worker does ---------------------------------------------------------------------------------------------


def ask_for_look(file_id: UUID, *, now: datetime) -> None:
    """Has the scanner look at a file after commit."""
    OutboxEntry.put(LOOK, str(file_id), {"file": str(file_id)}, now=now)


@handler(LOOK)
def _look(payload: dict[str, Any], now: datetime) -> None:
    # Without a scanner there is nothing to try again for: `look_at_held` comes back to it when there is one.
    if scanner.is_set_up():
        look_at(UUID(payload["file"]), now=now)


def look_at(file_id: UUID, *, now: datetime) -> None:
    """Has the scanner look at a held file, and releases or refuses it; raises ScannerAway, and then it stays held.

    Of what came with a report a picture is made that can be shown, where it is of a kind that can be drawn.
    """
    with worker_scope():
        held = SealedFile.objects.held().select_related("data_key").filter(pk=file_id)
        file = held.first()
        if file is None:
            return
        evidence = Evidence.objects.filter(file=file).first()
        why, drawn = _seen(file, is_drawn=evidence is not None and evidence.family in DRAWN)
        # Looking takes a while, and nothing is locked meanwhile: whoever takes the file back waits for nobody.
        file = held.select_for_update(of=("self",)).first()
        if file is None:
            return
        if why:
            _refuse(file, evidence, why, now=now)
            return
        keep_pictures(file, drawn)
        file.release(now=now)
        if evidence:
            evidence.state, evidence.pictures = EvidenceState.CLEAN, len(drawn)
            evidence.save(update_fields=["state", "pictures"])


def _seen(file: SealedFile, *, is_drawn: bool) -> tuple[str, list[bytes]]:
    """Why a file is refused, '' where it is not, and what was drawn of it; raises ScannerAway."""
    if not scanner.scan(file.pieces()).is_clean:
        return WhyRefused.INFECTED, []
    try:
        return "", draw(file) if is_drawn else []
    except NoPicture:
        return WhyRefused.UNREADABLE, []


def _refuse(file: SealedFile, evidence: Evidence | None, why: str, *, now: datetime) -> None:
    file.refuse(why, now=now)
    log.warning("file refused", extra={"why": str(why), "media_type": file.media_type})
    if evidence is None:
        return
    evidence.state = EvidenceState(str(why))
    evidence.save(update_fields=["state"])
    report = Report.objects.filter(idempotency_key=evidence.told_with).first()
    if report is not None:
        trail.record("report.evidence_refused", report, by=None, now=now, why=str(why))
        ask_for_digests(report, now=now, kind=OTHER)


def look_at_held(*, now: datetime) -> int:
    """Looks at files that have been held for a while, because there was no scanner or it was away for long; how many
    of them."""
    if not scanner.answers():
        return 0
    with worker_scope():
        waiting = SealedFile.objects.held().filter(received_at__lte=now - HELD_FOR).order_by("received_at")
        ids = list(waiting.values_list("pk", flat=True)[:A_ROUND])
    for file_id in ids:
        try:
            look_at(file_id, now=now)
        except ScannerAway:
            # One file that it will not look at must not keep it from the others.
            log.warning("file still held", extra={"file": str(file_id)})
    return len(ids)


@transaction.atomic
def erase_left(*, now: datetime) -> int:
    """Erases what was added to drafts that are not there any more and became no report; how many files."""
    with worker_scope():
        left = Evidence.objects.filter(
            ~Exists(Draft.objects.filter(pk=OuterRef("told_with"))),
            ~Exists(Report.objects.filter(idempotency_key=OuterRef("told_with"))),
            received_at__lte=now - LEFT_FOR,
        )
        files = [each.file for each in left.select_related("file").defer("file__content")]
        for file in files:
            file.erase()
    return len(files)
