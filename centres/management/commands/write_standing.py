"""Writes docs/centre-standing.md from the table of standings and acts."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from centres.standing import as_markdown

PAGE = settings.BASE_DIR / "docs" / "centre-standing.md"


class Command(BaseCommand):
    help = "Write docs/centre-standing.md from the table of standings and acts in centres/standing.py."

    def handle(self, *args: Any, **options: Any) -> None:
        PAGE.write_text(as_markdown())
        self.stdout.write(f"Wrote {PAGE.relative_to(settings.BASE_DIR)}.")
