"""What is done with keys, each act with its entry in the trail: adding, noting rotation, retiring."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from audit import trail
from llr_hate.keys.places import Place, places
from llr_hate.keys.rotation import Rotated
from reporting.models import Report
from scope.context import worker_scope
from vault.keyfile import add_key, remove_key
from vault.keys import LOOK_EVERY_SECONDS, Key, Keyring, MissingKey, keyring, read_key_file
from vault.models import KeyRecord

# Every process must have read a new key before the first one seals with it.
LEAST_NOTICE = timedelta(seconds=4 * LOOK_EVERY_SECONDS)
# Whoever took the key of before just before the new one began must have finished.
SETTLED_AFTER = timedelta(minutes=10)
# Its digests can't be made again, and the trail is checked with them from its first row.
NEVER_RETIRED = "audit"


class CannotRetire(Exception):
    """The key has to stay; the message says why."""


class TooSoon(Exception):
    """A key can't begin to seal before every process has read it."""


def note_keys() -> None:
    """Writes down which keys there are, so that one that is missing later can be named."""
    known = set(KeyRecord.objects.values_list("pk", flat=True))
    KeyRecord.objects.bulk_create(
        [_record(key) for key in keyring().keys if key.id not in known], ignore_conflicts=True
    )


def begin_key(purpose: str, *, seals_in: timedelta, now: datetime) -> Key:
    """A new key for `purpose` in the key file; raises TooSoon, UnknownPurpose, MissingKey."""
    if seals_in < LEAST_NOTICE:
        raise TooSoon(
            f"A new key needs {LEAST_NOTICE.seconds} seconds at least, so that every process knows it before one"
            " seals with it."
        )
    note_keys()
    key = add_key(Path(settings.KEYS_FILE), purpose, seals_from=now + seals_in)
    with transaction.atomic():
        record = _record(key)
        record.save()
        trail.record("key.added", record, by=None, now=now, purpose=purpose)
    # Asked by its name, this process looks at the file at once: it must not go on as if there were no such key.
    return keyring().by_id(key.id)


def note_rotation(rotated: Iterable[Rotated], *, reports_anew: int, now: datetime) -> None:
    """Writes what a rotation did into the trail: which key, and how many values of what kind."""
    note_keys()
    for each in rotated:
        if each.done or each.unreadable:
            facts = {"what": each.place, "values": each.done, "unreadable": len(each.unreadable)}
            trail.record("key.rotated", KeyRecord(pk=each.key.id), by=None, now=now, **facts)
    if reports_anew:
        newest = KeyRecord(pk=keyring().newest("wrap").id)
        trail.record("key.rotated", newest, by=None, now=now, what="reports", values=reports_anew)


def retire_key(key_id: str, *, now: datetime, settled_after: timedelta = SETTLED_AFTER) -> None:
    """Takes a key that nothing needs any more out of the key file; raises CannotRetire, MissingKey."""
    path = Path(settings.KEYS_FILE)
    file = read_key_file(path)
    key = file.by_id(key_id)
    _refuse_while_it_may_seal(key, file, now=now, settled_after=settled_after)
    with worker_scope():
        note_keys()
        uses = [f"{count:,} {what}" for what, count in uses_of(key, file.keys, places()) if count]
        if uses:
            raise CannotRetire(f"{key_id} still opens {', '.join(uses)}. Run manage.py rotate_keys first.")
        KeyRecord.objects.filter(pk=key_id).update(retired_at=now)
        trail.record("key.retired", KeyRecord(pk=key_id), by=None, now=now, purpose=key.purpose)
        # Last: when the file can't be written, nothing of the above happened.
        remove_key(path, key_id)


def _refuse_while_it_may_seal(key: Key, file: Keyring, *, now: datetime, settled_after: timedelta) -> None:
    if key.purpose == NEVER_RETIRED:
        raise CannotRetire(f"{key.id} stays: the trail is checked with it from its first row.")
    newest = file.newest(key.purpose)
    if newest == key or not key.seals_at(now):
        raise CannotRetire(
            f"{key.id} seals, or is about to. Add a newer key first: manage.py add_key {key.purpose}"
        )
    if not newest.seals_at(now - settled_after):
        raise CannotRetire(
            f"{newest.id} seals only since {newest.seals_from:%H:%M:%S}: somebody may still be writing with {key.id}."
            f" Wait until {settled_after.total_seconds():.0f} seconds have passed."
        )


def uses_of(key: Key, keys: Sequence[Key], of: Sequence[Place]) -> list[tuple[str, int]]:
    """How many values of what kind need the key. Ask in the worker's scope."""
    found = [(place.name, place.count_under(key.id)) for place in of if place.purpose == key.purpose]
    if key.purpose == "receipt":
        begins = [each.seals_from for each in keys if each.purpose == "receipt"]
        found += made_between(key.seals_from, _next_after(key.seals_from, begins))
    return found


def made_between(begin: datetime | None, end: datetime | None) -> list[tuple[str, int]]:
    """What was made while a receipt key was the newest one, and can only be recognised with it. Digests don't say their
    key, so it is the time that says it."""
    codes = Report.objects.exclude(receipt_code_digest=None).filter(_during("received_at", begin, end))
    erased = Report.objects.exclude(erased_at=None).filter(_during("erased_at", begin, end))
    return [("receipt codes", codes.count()), ("marks of erased reports", erased.count())]


def _during(column: str, begin: datetime | None, end: datetime | None) -> Q:
    """With a margin on both sides: a report keeps its minute only, and clocks differ."""
    margin = timedelta(minutes=2)
    since = Q(**{f"{column}__gte": begin - margin}) if begin else Q()
    return since & (Q(**{f"{column}__lt": end + margin}) if end else Q())


def _next_after(begin: datetime | None, begins: Iterable[datetime | None]) -> datetime | None:
    later = [each for each in begins if each is not None and (begin is None or each > begin)]
    return min(later, default=None)


def missing_keys() -> list[str]:
    """A sentence for each key that something is sealed with and that is not in the key file. Quick, also on a large
    database: it asks for the different ids first, and counts only where one is missing."""
    with worker_scope():
        faults = [*_missing_in_places(), *_missing_for_receipts()]
    return [*faults, WHAT_TO_DO] if faults else []


WHAT_TO_DO = (
    "Nothing is lost yet: bring the key file back from its copy in the safe, merged with the keys that were added"
    " since (docs/KEYS.md, “A key is missing”). Do not make a new file."
)


def _missing_in_places() -> list[str]:
    known = _known_ids()
    return [
        f"{place.count_under(key_id):,} {place.name} are sealed with {key_id}, which is not in the key file."
        for place in places()
        for key_id in sorted(place.key_ids() - known)
    ]


def _missing_for_receipts() -> list[str]:
    known = _known_ids()
    records = list(KeyRecord.objects.filter(purpose="receipt", retired_at=None))
    begins = [record.seals_from for record in records]
    return [
        f"{count:,} {what} can only be recognised with {record.pk}, which is not in the key file."
        for record in records
        if record.pk not in known
        for what, count in made_between(record.seals_from, _next_after(record.seals_from, begins))
        if count
    ]


def _known_ids() -> set[str]:
    try:
        return {key.id for key in keyring().keys}
    except MissingKey:
        return set()


def _record(key: Key) -> KeyRecord:
    return KeyRecord(pk=key.id, purpose=key.purpose, seals_from=key.seals_from)
