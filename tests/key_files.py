"""A key file of the test's own, in which keys can be older or newer than now."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from vault.keys import Key, new_entry, read_key_file


def add_to(path: Path, purpose: str, *, seals_from: datetime | None = None) -> Key:
    """A key that seals already, unless told otherwise; added without any of the care of the real act."""
    entry = new_entry(purpose, seals_from=seals_from or datetime.now(UTC) - timedelta(hours=1))
    content = json.loads(path.read_text())
    content["keys"].append(entry)
    path.write_text(json.dumps(content))
    return read_key_file(path).by_id(entry["id"])


def take_out(path: Path, key_id: str) -> None:
    content = json.loads(path.read_text())
    content["keys"] = [entry for entry in content["keys"] if entry["id"] != key_id]
    path.write_text(json.dumps(content))
