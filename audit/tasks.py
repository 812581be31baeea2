"""What the worker does for the trail: seals it each minute and exports its head. The looks that find out whether it
holds are here too; `llr_hate/tasks.py` does them each hour and each night, and tells auditors."""

from celery import shared_task
from django.utils import timezone

from audit.checking import check, keep, last_good_check
from audit.heads import Head, expected, export_head, heads_file
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
    since = last_good_check()
    found = check(heads=_heads(), since=since)
    return keep(found, is_whole=since is None, now=timezone.now()).is_good


def check_all() -> bool:
    """Looks at the whole trail; whether all is in order."""
    return keep(check(heads=_heads()), is_whole=True, now=timezone.now()).is_good


def _heads() -> dict[int, Head]:
    path = heads_file()
    return expected([path] if path.exists() else [])
