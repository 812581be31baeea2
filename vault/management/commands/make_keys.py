from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vault.keys import write_new_key_file


class Command(BaseCommand):
    help = (
        "Makes a key file with one new key for each purpose. Keep a copy in a safe, apart from the backups."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            write_new_key_file(options["file"])
        except FileExistsError:
            raise CommandError(
                f"{options['file']} exists; replacing it would make what it sealed unreadable."
            ) from None
        self.stdout.write(f"Wrote {options['file']}")
