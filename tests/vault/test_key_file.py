"""The key file changes in one step, for its owner alone."""

import json
import os
import stat
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from vault import keyfile
from vault.keyfile import UnknownPurpose, add_key, add_missing_keys, remove_key
from vault.keys import PURPOSES, MissingKey, read_key_file, write_new_key_file

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def ids_in(path: Path) -> list[str]:
    return [key.id for key in read_key_file(path).keys]


def test_a_new_file_is_for_its_owner_alone_and_never_replaces_one(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    write_new_key_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        write_new_key_file(path)
    assert path.read_bytes() == before


def test_a_key_is_added_at_the_end_and_all_others_stay(key_file: Path) -> None:
    before = json.loads(key_file.read_text())["keys"]
    key = add_key(key_file, "wrap", seals_from=NOON)
    assert json.loads(key_file.read_text())["keys"][:-1] == before
    assert (key.purpose, key.seals_from, len(key.secret)) == ("wrap", NOON, 32)
    assert ids_in(key_file)[-1] == key.id
    assert key.id.startswith("wrap-")
    assert len(key.id) == len("wrap-") + 6


def test_two_keys_are_never_the_same(key_file: Path) -> None:
    found = [add_key(key_file, "draft", seals_from=NOON) for _ in range(20)]
    assert len({key.id for key in found}) == len({key.secret for key in found}) == 20


def test_the_changed_file_is_another_file_for_its_owner_alone_and_nothing_is_left_beside_it(
    key_file: Path,
) -> None:
    before = key_file.stat().st_ino
    added = add_key(key_file, "link", seals_from=NOON)
    assert key_file.stat().st_ino != before
    remove_key(key_file, added.id)
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert [path.name for path in key_file.parent.iterdir()] == ["keys.json"]


def test_other_entries_of_the_file_are_kept(key_file: Path) -> None:
    content = json.loads(key_file.read_text())
    key_file.write_text(json.dumps(content | {"note": "second of two people: Maud Tarn"}))
    add_key(key_file, "wrap", seals_from=NOON)
    assert json.loads(key_file.read_text())["note"] == "second of two people: Maud Tarn"


def test_nothing_is_added_for_a_purpose_that_there_is_not(key_file: Path) -> None:
    before = key_file.read_bytes()
    with pytest.raises(UnknownPurpose) as refused:
        add_key(key_file, "everything", seals_from=NOON)
    assert str(refused.value) == f"everything is no purpose of keys. There are: {', '.join(PURPOSES)}."
    assert key_file.read_bytes() == before


def test_a_key_is_taken_out_and_all_others_stay(key_file: Path) -> None:
    before = ids_in(key_file)
    added = add_key(key_file, "wrap", seals_from=NOON)
    remove_key(key_file, before[0])
    assert ids_in(key_file) == [*before[1:], added.id]


def test_the_only_key_of_a_purpose_stays(key_file: Path) -> None:
    only = ids_in(key_file)[1]
    with pytest.raises(MissingKey) as refused:
        remove_key(key_file, only)
    assert str(refused.value) == f"{only} is the only key for draft; it has to stay."
    assert only in ids_in(key_file)


def test_a_key_that_is_not_there_can_not_be_taken_out(key_file: Path) -> None:
    with pytest.raises(MissingKey, match="wrap-nothing is not in the key file"):
        remove_key(key_file, "wrap-nothing")


def test_a_write_that_fails_leaves_the_file_as_it_was(
    key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key_file.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keyfile.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        add_key(key_file, "wrap", seals_from=NOON)
    assert key_file.read_bytes() == before
    assert [path.name for path in key_file.parent.iterdir()] == ["keys.json"]


def test_the_new_file_is_on_the_disk_before_it_takes_the_place_of_the_old_one(
    key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = []
    sync, replace = os.fsync, Path.replace
    monkeypatch.setattr(keyfile.os, "fsync", lambda descriptor: (order.append("sync"), sync(descriptor))[1])
    monkeypatch.setattr(Path, "replace", lambda old, new: (order.append("replace"), replace(old, new))[1])
    add_key(key_file, "wrap", seals_from=NOON)
    assert order == ["sync", "replace", "sync"]


def test_the_file_stays_its_owners_when_somebody_else_changes_it(
    key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = []
    facts = key_file.stat()
    monkeypatch.setattr(keyfile.os, "geteuid", lambda: facts.st_uid + 1)
    monkeypatch.setattr(keyfile.os, "fchown", lambda _file, user, group: given.append((user, group)))
    add_key(key_file, "wrap", seals_from=NOON)
    monkeypatch.setattr(keyfile.os, "geteuid", lambda: facts.st_uid)
    add_key(key_file, "wrap", seals_from=NOON)
    assert given == [(facts.st_uid, facts.st_gid)]


def _add_five(path: Path) -> None:
    for _ in range(5):
        add_key(path, "wrap", seals_from=NOON + timedelta(hours=1))


@pytest.mark.slow
def test_four_processes_that_add_at_once_lose_no_key(key_file: Path) -> None:
    adding = [get_context("fork").Process(target=_add_five, args=(key_file,)) for _ in range(4)]
    for each in adding:
        each.start()
    for each in adding:
        each.join()
    assert len(read_key_file(key_file).of("wrap")) == 1 + 20


def test_a_file_from_before_a_purpose_existed_gets_what_it_lacks(key_file: Path) -> None:
    content = json.loads(key_file.read_text())
    content["keys"] = [entry for entry in content["keys"] if entry["purpose"] not in ("match", "audit")]
    key_file.write_text(json.dumps(content))
    assert add_missing_keys(key_file) == ["match", "audit"]
    assert json.loads(key_file.read_text())["keys"][:-2] == content["keys"]
    assert [key.purpose for key in read_key_file(key_file).keys] == list(PURPOSES)
    inode = key_file.stat().st_ino
    assert add_missing_keys(key_file) == []
    assert key_file.stat().st_ino == inode
