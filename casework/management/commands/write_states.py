"""Writes docs/states.md from the table of states and acts."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from casework.states import as_markdown

PAGE = settings.BASE_DIR / "docs" / "states.md"


class Command(BaseCommand):
    help = "Write docs/states.md from the table of states and acts in casework/states.py."

    def handle(self, *args: Any, **options: Any) -> None:
        PAGE.write_text(as_markdown())
        self.stdout.write(f"Wrote {PAGE.relative_to(settings.BASE_DIR)}.")
