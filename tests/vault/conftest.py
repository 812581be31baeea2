"""A key file for each test that changes one."""

from pathlib import Path
from typing import Any

import pytest

from vault import keys
from vault.keys import write_new_key_file


@pytest.fixture
def key_file(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The key file that this process uses, made new; it is looked at again each time."""
    path = tmp_path / "keys.json"
    write_new_key_file(path)
    settings.KEYS_FILE = str(path)
    monkeypatch.setattr(keys, "LOOK_EVERY_SECONDS", 0.0)
    return path
