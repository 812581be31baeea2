"""Everything between an empty database and a portal that can serve, in one process."""

import gc
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from llr_hate.keys.keeping import WHAT_TO_DO, missing_keys, note_keys
from vault.models import KeyRecord


class Command(BaseCommand):
    help = "Make the keys where they are missing, migrate, and on request load a partnership and collect static files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--partnership", metavar="DIR", help="load this partnership's data")
        parser.add_argument(
            "--collect-static", action="store_true", help="hash and compress the static files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not Path(settings.KEYS_FILE).exists():
            self._refuse_to_replace_lost_keys()
            call_command("make_keys", settings.KEYS_FILE)
        call_command("make_keys", settings.KEYS_FILE, add_missing=True)
        gc.disable()  # a quarter of the time, looking at models that all stay
        call_command("migrate", database="owner", interactive=False, verbosity=1)
        gc.enable()
        self._name_missing_keys()
        if options["partnership"]:
            call_command("load_partnership", options["partnership"])
        if options["collect_static"]:
            call_command("collectstatic", interactive=False, verbosity=0)

    def _refuse_to_replace_lost_keys(self) -> None:
        """Nothing that is there could be read with new keys."""
        if KeyRecord._meta.db_table not in connection.introspection.table_names():
            return
        known = KeyRecord.objects.filter(retired_at=None).values_list("pk", flat=True)
        if known:
            raise CommandError(
                f"The key file {settings.KEYS_FILE} is gone, and this database needs the keys"
                f" {', '.join(sorted(known))}. {WHAT_TO_DO}"
            )

    def _name_missing_keys(self) -> None:
        faults = missing_keys()
        if faults:
            raise CommandError("\n".join(faults))
        note_keys()
