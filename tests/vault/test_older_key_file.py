"""A key file from before a purpose existed says what it lacks, and gets it without losing what it has."""

import json
import stat
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from vault.keys import MissingKey, read_key_file, write_new_key_file


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A key file that knows nothing of the trail."""
    path = tmp_path / "keys.json"
    write_new_key_file(path)
    entries = json.loads(path.read_text())["keys"]
    path.write_text(json.dumps({"keys": [entry for entry in entries if entry["purpose"] != "audit"]}))
    return path


def test_it_is_refused_with_the_command_that_helps(older: Path) -> None:
    with pytest.raises(MissingKey, match="no key for: audit.*make_keys FILE --add-missing"):
        read_key_file(older)


def test_the_missing_key_is_added_and_the_others_stay(older: Path) -> None:
    before = json.loads(older.read_text())["keys"]
    call_command("make_keys", older, add_missing=True)
    after = json.loads(older.read_text())["keys"]
    assert after[:-1] == before
    assert len(read_key_file(older).newest("audit").secret) == 32
    assert stat.S_IMODE(older.stat().st_mode) == 0o600


def test_a_whole_file_is_left_alone(older: Path) -> None:
    call_command("make_keys", older, add_missing=True)
    whole = older.read_bytes()
    call_command("make_keys", older, add_missing=True)
    assert older.read_bytes() == whole


def test_there_must_be_a_file_to_add_to(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no key file"):
        call_command("make_keys", tmp_path / "nothing.json", add_missing=True)
