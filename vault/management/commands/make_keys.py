from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vault.keyfile import add_missing_keys
from vault.keys import write_new_key_file


class Command(BaseCommand):
    help = (
        "Makes a key file with one new key for each purpose. Keep a copy in a safe, apart from the backups."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--add-missing",
            action="store_true",
            help="add keys to a file that was made before a purpose existed",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["add_missing"]:
            return self._add_to(options["file"])
        try:
            write_new_key_file(options["file"])
        except FileExistsError:
            raise CommandError(
                f"{options['file']} exists; replacing it would make what it sealed unreadable."
            ) from None
        self.stdout.write(f"Wrote {options['file']}")

    def _add_to(self, file: Path) -> None:
        try:
            added = add_missing_keys(file)
        except FileNotFoundError:
            raise CommandError(f"There is no key file at {file}.") from None
        self.stdout.write(f"Added a key for: {', '.join(added)}" if added else "Nothing was missing")
