"""Whether the audit trail is as it was written, for the auditor and for whoever was woken by an alarm."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.checking import Found, check, keep
from audit.heads import UnreadableHeads, expected, heads_file
from audit.sealing import waiting


class Command(BaseCommand):
    help = "Look at the whole audit trail; ends with 1 if anything was changed, removed, put in, reordered or cut off."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--heads",
            action="append",
            type=Path,
            metavar="FILE",
            help="heads that were exported (may be given again; default: LLR_AUDIT_HEADS_FILE)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            found = check(heads=expected(self._files(options["heads"])))
        except FileNotFoundError as missing:
            raise CommandError(f"There is no file {missing.filename}.") from None
        except UnreadableHeads as unreadable:
            raise CommandError(str(unreadable)) from None
        keep(found, is_whole=True, now=now)
        self._say(found)
        if waiting(now=now).is_late:
            self.stdout.write("Sealing is late: is the worker running? manage.py audit_seal seals now.")
        if not found.is_good:
            raise CommandError(f"The audit trail does not hold: {found.wrong:,} found.", returncode=1)

    def _files(self, given: list[Path] | None) -> list[Path]:
        if given:
            return given
        if heads_file().exists():
            return [heads_file()]
        self.stdout.write("No head was exported yet, so an end that was cut off can't be seen.")
        return []

    def _say(self, found: Found) -> None:
        for finding in found.findings:
            self.stdout.write(finding.says)
        if found.wrong > len(found.findings):
            self.stdout.write(f"… and {found.wrong - len(found.findings):,} more.")
        verdict = "In order" if found.is_good else "Looked at"
        self.stdout.write(
            f"{verdict}: {found.events:,} events in {found.seal:,} seals, {found.waiting:,} not sealed yet"
            f" ({found.seconds:.1f} s)."
        )
        self.stdout.write(f"Head: seal {found.seal} {bytes(found.hash).hex()}")
