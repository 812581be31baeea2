"""Everything between an empty database and a portal that can serve, in one process."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Make the keys where they are missing, migrate, and on request load a partnership and collect static files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--partnership", metavar="DIR", help="load this partnership's data")
        parser.add_argument(
            "--collect-static", action="store_true", help="hash and compress the static files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not Path(settings.KEYS_FILE).exists():
            call_command("make_keys", settings.KEYS_FILE)
        call_command("make_keys", settings.KEYS_FILE, add_missing=True)
        call_command("migrate", database="owner", interactive=False, verbosity=1)
        if options["partnership"]:
            call_command("load_partnership", options["partnership"])
        if options["collect_static"]:
            call_command("collectstatic", interactive=False, verbosity=0)
