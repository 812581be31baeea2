from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from llr_hate.keys.keeping import SETTLED_AFTER, CannotRetire, retire_key
from vault.keys import MissingKey


class Command(BaseCommand):
    help = "Take a key out of the key file; refused while anything still needs it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", help="its id, such as wrap-1a2b3c; manage.py show_keys lists them")
        parser.add_argument(
            "--settled-after",
            type=int,
            default=int(SETTLED_AFTER.total_seconds()),
            metavar="SECONDS",
            help="how long the newer key must have sealed (default: 600)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        settled_after = timedelta(seconds=options["settled_after"])
        try:
            retire_key(options["key"], now=timezone.now(), settled_after=settled_after)
        except (CannotRetire, MissingKey) as why:
            raise CommandError(str(why)) from None
        except OSError as why:
            raise CommandError(
                f"The key file can't be written: {why.strerror}. Nothing was retired."
            ) from None
        self.stdout.write(f"{options['key']} is retired: it is no longer in the key file.")
        self.stdout.write(
            "Keep its copy in the safe until the last backup that was made before today has expired."
        )
