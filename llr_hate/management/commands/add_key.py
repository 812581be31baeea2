from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from llr_hate.keys.keeping import TooSoon, begin_key
from vault.keyfile import UnknownPurpose
from vault.keys import PURPOSES, MissingKey


class Command(BaseCommand):
    help = "Add a new key to the key file. It opens at once and seals a little later, when every process has read it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("purpose", choices=PURPOSES)
        parser.add_argument(
            "--seals-in",
            type=int,
            default=60,
            metavar="SECONDS",
            help="when it begins to seal (default: 60); longer where the file is copied to several machines",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        seals_in = timedelta(seconds=options["seals_in"])
        try:
            key = begin_key(options["purpose"], seals_in=seals_in, now=timezone.now())
        except (TooSoon, UnknownPurpose, MissingKey) as why:
            raise CommandError(str(why)) from None
        except OSError as why:
            raise CommandError(f"The key file can't be written: {why.strerror}.") from None
        self.stdout.write(f"Added {key.id}; it seals from {key.seals_from:%Y-%m-%d %H:%M:%S} UTC on.")
        self.stdout.write("Before then: put a copy of the key file in the safe, and on every machine.")
