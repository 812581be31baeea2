"""New keys, and everything sealed anew under them, while the portal runs."""

import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from llr_hate.keys import renewal
from llr_hate.keys.keeping import TooSoon, begin_key, note_rotation
from llr_hate.keys.places import places
from llr_hate.keys.rotation import ROWS_A_STEP, Rotated, rotate
from scope.context import worker_scope
from vault.keys import Key, MissingKey, keyring

ROTATED = ("wrap", "draft")


class Command(BaseCommand):
    help = (
        "Seal everything anew under the newest keys. May be killed at any moment: give it again, and it goes on where"
        " it was. With nothing left to do it does nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--new", action="store_true", help="add new keys first, unless an earlier rotation is unfinished"
        )
        parser.add_argument(
            "--seals-in",
            type=int,
            default=60,
            metavar="SECONDS",
            help="with --new: when they begin to seal (default: 60)",
        )
        parser.add_argument(
            "--data-keys",
            action="store_true",
            help="also encrypt every report anew, under a data key of its own that is new",
        )
        parser.add_argument(
            "--settles-after",
            type=int,
            default=int(renewal.SETTLES_AFTER.total_seconds()),
            metavar="SECONDS",
            help="with --data-keys: how long a report's secret of before still opens (default: 60); longer than any"
            " request takes",
        )
        parser.add_argument(
            "--step", type=int, default=ROWS_A_STEP, metavar="ROWS", help="rows a transaction"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["new"]:
                self._begin(timedelta(seconds=options["seals_in"]))
            self._wait()
            done = rotate(places(), say=self._say, step=options["step"])
            anew = self._encrypt_anew(options["settles_after"]) if options["data_keys"] else 0
        except (TooSoon, MissingKey) as why:
            raise CommandError(str(why)) from None
        note_rotation(done, reports_anew=anew, now=timezone.now())
        self._conclude(done)

    def _begin(self, seals_in: timedelta) -> None:
        unfinished = self._unfinished()
        if unfinished:
            self._say(
                f"An earlier rotation is not finished ({unfinished}): going on with it. No key is added."
            )
            return
        for purpose in ROTATED:
            key = begin_key(purpose, seals_in=seals_in, now=timezone.now())
            self._say(f"Added {key.id}; it seals from {key.seals_from:%H:%M:%S} UTC on.")
        self._say("Put a copy of the key file in the safe now, and on every machine.")

    def _unfinished(self) -> str:
        """What still waits for the last key of the file, in words."""
        with worker_scope():
            waiting = [
                (place.name, place.count_waiting_for(keyring().of(place.purpose)[0])) for place in places()
            ]
        return ", ".join(f"{count:,} {name}" for name, count in waiting if count)

    def _wait(self) -> None:
        """Until the last key of each purpose seals."""
        while waiting := [key for key in self._last_keys() if not key.seals_at(timezone.now())]:
            seconds = max(
                (key.seals_from - timezone.now()).total_seconds() for key in waiting if key.seals_from
            )
            self._say(f"{waiting[0].id} begins to seal in {max(seconds, 0):.0f} s")
            time.sleep(min(max(seconds, 0.1), 1.0))

    def _last_keys(self) -> list[Key]:
        return [keyring().of(purpose)[0] for purpose in ROTATED]

    def _encrypt_anew(self, settles_after: int) -> int:
        anew = renewal.renew_all(now=timezone.now(), say=self._say)
        if renewal.count_to_settle():
            self._say(
                f"Encrypted {anew:,} reports anew; in {settles_after} s their keys of before are forgotten"
            )
            time.sleep(settles_after)
            renewal.settle_all(
                now=timezone.now(), say=self._say, settles_after=timedelta(seconds=settles_after)
            )
        return anew

    def _conclude(self, done: list[Rotated]) -> None:
        for each in done:
            self._say(f"{each.place}: {each.done:,} sealed anew under {each.key.id}")
            for row in each.unreadable:
                self.stderr.write(f"{each.place}: {row} can't be opened with any key; it was left as it is.")
        left = sum(each.left for each in done)
        waiting = renewal.count_to_settle()
        if left or waiting:
            raise CommandError(
                f"Not finished: {left:,} rows and {waiting:,} reports are left. Give the command again."
            )
        self._say("Nothing is left under an older key. manage.py show_keys says which keys can be retired.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
