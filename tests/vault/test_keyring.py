"""Which key seals, which open, and how a running process learns of a new one."""

import json
import logging
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.key_files import add_to, take_out
from vault import keys
from vault.keys import PURPOSES, Key, Keyring, MissingKey, WatchedKeyring, keyring, read_key_file
from vault.sealing import digest, digests

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def one_of_each() -> list[Key]:
    return [Key(f"{purpose}-0", purpose, bytes(32)) for purpose in PURPOSES]


def test_the_purposes_are_these() -> None:
    assert PURPOSES == ("wrap", "draft", "receipt", "return", "link", "match", "audit")


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_file_without_a_key_for_a_purpose_is_refused_by_its_name(purpose: str) -> None:
    with pytest.raises(MissingKey) as refused:
        Keyring([key for key in one_of_each() if key.purpose != purpose])
    assert str(refused.value) == (
        f"The key file has no key for: {purpose}. Add what is missing: manage.py make_keys FILE --add-missing"
    )


def test_all_missing_purposes_are_named() -> None:
    with pytest.raises(MissingKey, match="no key for: wrap, draft, receipt, return, link, match, audit\\."):
        Keyring([])


def test_a_key_seals_from_its_moment_on_and_one_without_always() -> None:
    key = Key("wrap-1", "wrap", bytes(32), NOON)
    assert not key.seals_at(NOON - timedelta(microseconds=1))
    assert key.seals_at(NOON)
    assert Key("wrap-0", "wrap", bytes(32)).seals_at(datetime.min.replace(tzinfo=UTC))


def test_the_last_key_of_the_file_that_has_begun_is_the_newest() -> None:
    past, future = datetime.now(UTC) - timedelta(days=1), datetime.now(UTC) + timedelta(days=1)
    found = Keyring(
        [
            *one_of_each(),
            Key("wrap-1", "wrap", bytes(32), past),
            Key("draft-1", "draft", bytes(32), past),
            Key("wrap-2", "wrap", bytes(32), future),
        ]
    )
    assert [found.newest(purpose).id for purpose in ("wrap", "draft", "link")] == [
        "wrap-1",
        "draft-1",
        "link-0",
    ]
    assert [key.id for key in found.of("wrap")] == ["wrap-2", "wrap-1", "wrap-0"]
    assert found.by_id("wrap-2").secret == bytes(32)


def test_where_no_key_has_begun_the_first_one_seals() -> None:
    future = datetime.now(UTC) + timedelta(days=1)
    waiting = [Key(f"wrap-{number}", "wrap", bytes(32), future) for number in (1, 2)]
    found = Keyring([*(key for key in one_of_each() if key.purpose != "wrap"), *waiting])
    assert found.newest("wrap").id == "wrap-1"


def test_an_unknown_key_is_named() -> None:
    with pytest.raises(MissingKey) as refused:
        Keyring(one_of_each()).by_id("wrap-9")
    assert str(refused.value) == "Key wrap-9 is not in the key file."


def test_a_key_never_shows_its_secret() -> None:
    assert "secret" not in repr(Key("wrap-0", "wrap", b"never to be seen by anybody 1234"))


def test_a_key_seals_and_opens_only_in_its_place() -> None:
    key = Key("wrap-0", "wrap", os.urandom(32))
    sealed = key.seal("here", b"words")
    assert b"words" not in sealed
    assert key.unseal("here", sealed) == b"words"


def test_digests_differ_by_key_and_text_and_are_always_the_same() -> None:
    one, other = (Key(f"link-{number}", "link", bytes([number]) * 32) for number in (1, 2))
    assert one.digest("text") == one.digest("text")
    assert len({one.digest("text"), other.digest("text"), one.digest("Text")}) == 3
    # HMAC-SHA-256, as anybody can calculate it.
    assert one.digest("text").hex() == "8e6a894e93d8bb0d89134520ae74e70d764ee71b8079c7ff4869ff21968a532d"


def test_what_the_file_holds_comes_back(key_file: Path) -> None:
    entries = json.loads(key_file.read_text())["keys"]
    assert [entry["purpose"] for entry in entries] == list(PURPOSES)
    found = read_key_file(key_file)
    assert [key.id for key in found.keys] == [entry["id"] for entry in entries]
    assert all(len(key.secret) == 32 and key.seals_from is None for key in found.keys)
    assert len({key.secret for key in found.keys}) == len(PURPOSES)
    added = add_to(key_file, "wrap", seals_from=NOON)
    assert read_key_file(key_file).by_id(added.id).seals_from == NOON


def test_a_file_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.json"
    for read in (read_key_file, lambda path: WatchedKeyring(path).keys):
        with pytest.raises(MissingKey) as refused:
            read(nowhere)
        assert (
            str(refused.value) == "There is no key file at nowhere.json. Make one: manage.py make_keys FILE"
        )


def test_the_keyring_of_a_process_is_refused_at_once_where_there_is_none(
    tmp_path: Path, settings: Any
) -> None:
    settings.KEYS_FILE = str(tmp_path / "nowhere.json")
    with pytest.raises(MissingKey):
        keyring()


def test_a_damaged_file_is_not_taken_for_a_missing_one(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_text("{")
    with pytest.raises(ValueError, match="Expecting"):
        _ = WatchedKeyring(path).keys


def test_a_running_process_sees_a_new_key(key_file: Path) -> None:
    before = keyring().newest("wrap")
    added = add_to(key_file, "wrap")
    assert keyring().newest("wrap") == added
    assert keyring().by_id(before.id) == before
    assert [key.id for key in keyring().of("wrap")] == [added.id, before.id]
    take_out(key_file, before.id)
    with pytest.raises(MissingKey):
        keyring().by_id(before.id)


def test_the_file_is_not_looked_at_more_often_than_every_two_seconds(
    key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keys.LOOK_EVERY_SECONDS == 0.0
    monkeypatch.setattr(keys, "LOOK_EVERY_SECONDS", 2.0)
    clock = [100.0]
    monkeypatch.setattr(keys.time, "monotonic", lambda: clock[0])
    watched = WatchedKeyring(key_file)
    before = watched.newest("wrap")
    added = add_to(key_file, "wrap")
    clock[0] = 101.9
    assert watched.newest("wrap") == before
    clock[0] = 102.0
    assert watched.newest("wrap") == added


def test_a_key_that_is_not_known_is_looked_for_at_once(
    key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "LOOK_EVERY_SECONDS", 3600.0)
    watched = WatchedKeyring(key_file)
    _ = watched.keys
    added = add_to(key_file, "wrap")
    assert watched.by_id(added.id) == added
    with pytest.raises(MissingKey, match="wrap-nothing"):
        watched.by_id("wrap-nothing")


def test_a_file_that_did_not_change_is_not_read_again(
    key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = WatchedKeyring(key_file)
    _ = watched.keys
    monkeypatch.setattr(keys, "read_key_file", lambda path: pytest.fail("it was read again"))
    _ = watched.keys


def test_a_file_that_breaks_while_the_portal_runs_changes_nothing_but_the_log(
    key_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watched = WatchedKeyring(key_file)
    before = watched.keys
    for damage in (lambda: key_file.write_text("{"), key_file.unlink):
        damage()
        with caplog.at_level(logging.ERROR, "llr.vault"):
            assert watched.keys == before
        assert caplog.messages == ["the key file can't be read; the keys that were read before stay in use"]
        caplog.clear()


def test_digests_are_under_the_newest_key_and_under_all(key_file: Path) -> None:
    old = digest("receipt", "six words")
    assert digests("receipt", "six words") == [old]
    added = add_to(key_file, "receipt")
    assert digest("receipt", "six words") == added.digest("six words") != old
    assert digests("receipt", "six words") == [added.digest("six words"), old]
