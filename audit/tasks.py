"""What the worker does for the trail: seals it each minute and exports its head. The looks that find out whether it
holds are here too; `llr_hate/tasks.py` does them each hour and each night, and tells auditors."""

from celery import shared_task
from django.utils import timezone

from audit.checking import check, keep, last_good_check
from audit.heads import UnreadableHeads, expected, export_head, heads_file
from audit.models import TrailCheck
from audit.sealing import seal_all


@shared_task(name="audit.seal")
def seal() -> int:
    """Seals what was written; returns how many events."""
    return seal_all(now=timezone.now())


@shared_task(name="audit.export_head")
def export() -> None:
    """Adds the head of the chain to the file off this machine."""
    export_head(now=timezone.now())


def check_new() -> bool:
    """Looks at what was sealed since the last good check, or at everything after a bad one; whether all is in order."""
    return _look(last_good_check())


def check_all() -> bool:
    """Looks at the whole trail; whether all is in order."""
    return _look(None)


def _look(since: TrailCheck | None) -> bool:
    path, trouble = heads_file(), ""
    try:
        heads = expected([path] if path.exists() else [])
    except (UnreadableHeads, OSError):
        # Somebody who spoils the file must not stop the looking.
        heads, trouble = (
            expected([]),
            "The file of exported heads can't be read, or holds a line that is no head.",
        )
    found = check(heads=heads, since=since)
    if trouble:
        found.note(None, trouble)
    return keep(found, is_whole=since is None, now=timezone.now()).is_good
