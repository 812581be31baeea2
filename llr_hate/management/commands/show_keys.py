from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from llr_hate.keys.keeping import missing_keys, uses_of
from llr_hate.keys.places import places
from scope.context import worker_scope
from vault.keys import PURPOSES, Key, keyring


class Command(BaseCommand):
    help = "List the keys and what each of them opens; fails when one that is needed is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(settings.KEYS_FILE)
        for purpose in PURPOSES:
            for key in reversed(keyring().of(purpose)):
                self.stdout.write(f"  {key.id:16} {self._state(key):34} {self._uses(key)}")
        faults = missing_keys()
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise SystemExit(1)

    def _state(self, key: Key) -> str:
        if key == keyring().newest(key.purpose):
            return "seals"
        if key.seals_at(timezone.now()):
            return "opens only"
        return f"seals from {key.seals_from:%Y-%m-%d %H:%M:%S} UTC"

    def _uses(self, key: Key) -> str:
        with worker_scope():
            uses = uses_of(key, keyring().keys, places())
        return ", ".join(f"{count:,} {what}" for what, count in uses)
