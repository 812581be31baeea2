"""Sealing by hand: the worker does it each minute, but not before the portal opens after a restore."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from audit import trail
from audit.heads import export_head
from audit.sealing import seal_all


class Command(BaseCommand):
    help = "Seal what was written to the audit trail now, and export the head. Run it with --restored after a restore."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--restored",
            action="store_true",
            help="the database comes from a backup: note in the trail and beside the exported heads that what came "
            "after it is lost",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now, restored = timezone.now(), options["restored"]
        if restored:
            # Before anything new is sealed: what is exported here is where the backup ends.
            export_head(now=now, is_restored=True)
            trail.record("trail.restored", "trail", by=None, now=now)
        sealed = seal_all(now=now)
        export_head(now=now)
        self.stdout.write(f"Sealed {sealed:,} events.")
