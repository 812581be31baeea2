"""Writes docs/schemas/ from the forms of what goes to the police and comes back."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from casework.police_data import schemas

FOLDER = settings.BASE_DIR / "docs" / "schemas"


def written() -> dict[str, str]:
    """Each file by its name, as it must stand there."""
    return {
        f"{name}.schema.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in schemas().items()
    }


class Command(BaseCommand):
    help = "Write docs/schemas/ from casework/police_data.py."

    def handle(self, *args: Any, **options: Any) -> None:
        FOLDER.mkdir(exist_ok=True)
        for name, text in written().items():
            (FOLDER / name).write_text(text)
        self.stdout.write(f"Wrote {', '.join(written())}.")
