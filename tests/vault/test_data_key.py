"""A data key is kept wrapped, can be wrapped anew, and can be renewed while others read and write."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from scope.context import worker_scope
from tests.key_files import add_to, take_out
from tests.people import NOW
from vault.keys import MissingKey, keyring
from vault.models import DataKey, KeyRecord, StillSettling
from vault.sealing import CannotOpen, seal


@pytest.fixture(autouse=True)
def _by_the_worker(db: None) -> Iterator[None]:
    """Nobody else may change or remove data keys."""
    with worker_scope():
        yield


def fresh(key: DataKey) -> DataKey:
    """The key as somebody else finds it."""
    return DataKey.objects.get(pk=key.pk)


def test_it_is_stored_wrapped_and_comes_back() -> None:
    key = DataKey.create()
    again = fresh(key)
    assert again.secret == key.secret
    assert len(key.secret) == 32
    assert key.secret not in bytes(again.wrapped)
    assert again.wrapped_by == again.made_under == keyring().newest("wrap").id
    assert (again.previous, again.renewed_at) == (None, None)


def test_one_that_is_only_prepared_is_not_in_the_database() -> None:
    key = DataKey.prepare()
    assert not DataKey.objects.filter(pk=key.pk).exists()
    assert len(key.secret) == 32


def test_no_two_have_the_same_secret() -> None:
    assert len({DataKey.prepare().secret for _ in range(50)}) == 50


def test_a_wrapped_key_moved_to_another_report_is_refused() -> None:
    mine, theirs = DataKey.create(), DataKey.create()
    DataKey.objects.filter(pk=mine.pk).update(wrapped=theirs.wrapped)
    with pytest.raises(CannotOpen):
        _ = fresh(mine).secret
    with pytest.raises(CannotOpen):
        fresh(mine).unseal("here", theirs.seal("here", b"words"))


def test_it_seals_for_one_place_and_opens_there_alone() -> None:
    key = DataKey.create()
    sealed = key.seal("here", b"words")
    assert fresh(key).unseal("here", sealed) == b"words"
    with pytest.raises(CannotOpen, match="there does not belong there"):
        key.unseal("there", sealed)
    with pytest.raises(CannotOpen):
        DataKey.create().unseal("here", sealed)


def test_one_that_was_never_saved_refuses_what_is_not_its_own() -> None:
    with pytest.raises(CannotOpen):
        DataKey.prepare().unseal("here", seal(os.urandom(32), "here", b"words"))


def test_opening_costs_no_query(django_assert_num_queries: object) -> None:
    key = fresh(DataKey.create())
    sealed = key.seal("here", b"words")
    with django_assert_num_queries(0):  # type: ignore[operator]
        key.unseal("here", sealed)


class TestWrappingAnew:
    def test_the_secret_stays_and_the_old_key_is_no_longer_needed(self, key_file: Path) -> None:
        key = DataKey.create()
        secret, old, wrapped = key.secret, key.wrapped_by, bytes(key.wrapped)
        new = add_to(key_file, "wrap")
        again = fresh(key)
        again.rewrap(new)
        again.save()
        take_out(key_file, old)
        found = fresh(key)
        assert found.secret == secret
        assert found.wrapped_by == new.id
        assert found.made_under == old
        assert bytes(found.wrapped) != wrapped
        assert found.previous is None

    def test_the_secret_of_before_is_wrapped_anew_too(self, key_file: Path) -> None:
        key = DataKey.create()
        sealed, old = key.seal("here", b"words"), key.wrapped_by
        key.renew(now=NOW)
        key.rewrap(add_to(key_file, "wrap"))
        key.save()
        take_out(key_file, old)
        assert fresh(key).unseal("here", sealed) == b"words"

    def test_without_its_key_it_stays_closed_and_the_key_is_named(self, key_file: Path) -> None:
        key = DataKey.create()
        add_to(key_file, "wrap")
        take_out(key_file, key.wrapped_by)
        with pytest.raises(MissingKey, match=key.wrapped_by):
            _ = fresh(key).secret


class TestRenewing:
    def test_what_was_sealed_before_still_opens_until_it_is_settled(self) -> None:
        key = DataKey.create()
        before, secret = key.seal("here", b"before"), key.secret
        key.renew(now=NOW)
        key.save()
        found = fresh(key)
        assert found.secret == key.secret != secret
        assert found.renewed_at == NOW
        assert found.unseal("here", before) == b"before"
        assert found.unseal("here", found.seal("here", b"after")) == b"after"
        assert not found.opens_now("here", before)
        assert found.opens_now("here", found.seal("here", b"after"))
        found.settle()
        found.save()
        assert (found.previous, found.renewed_at) == (None, None)
        with pytest.raises(CannotOpen):
            fresh(key).unseal("here", before)

    def test_it_takes_the_newest_key(self, key_file: Path) -> None:
        key = DataKey.create()
        old, new = key.wrapped_by, add_to(key_file, "wrap")
        key.renew(now=NOW)
        key.save()
        take_out(key_file, old)
        assert (fresh(key).wrapped_by, fresh(key).made_under) == (new.id, new.id)
        assert fresh(key).secret == key.secret
        assert fresh(key).unseal("here", key.seal("here", b"words")) == b"words"

    def test_whoever_holds_the_key_of_before_opens_what_is_sealed_since(self) -> None:
        key = DataKey.create()
        reader = fresh(key)
        assert len(reader.secret) == 32  # already unwrapped, as in the middle of a request
        key.renew(now=NOW)
        key.save()
        assert reader.unseal("here", key.seal("here", b"since")) == b"since"

    def test_whoever_holds_the_key_of_before_writes_what_opens_afterwards(self) -> None:
        key = DataKey.create()
        writer = fresh(key)
        late = writer.seal("here", b"late")
        key.renew(now=NOW)
        key.save()
        assert fresh(key).unseal("here", late) == b"late"
        assert writer.unseal("here", late) == b"late"

    def test_it_is_not_renewed_again_before_it_is_settled(self) -> None:
        key = DataKey.create()
        key.renew(now=NOW)
        with pytest.raises(StillSettling, match=str(key.pk)):
            key.renew(now=NOW)
        key.settle()
        key.renew(now=NOW)

    def test_the_secret_of_before_is_wrapped_for_its_own_column(self) -> None:
        key = DataKey.create()
        key.renew(now=NOW)
        key.wrapped = key.previous
        key.save()
        with pytest.raises(CannotOpen):
            _ = fresh(key).secret

    def test_a_secret_of_before_moved_from_another_report_is_refused(self) -> None:
        mine, theirs = DataKey.create(), DataKey.create()
        for key in (mine, theirs):
            key.renew(now=NOW)
            key.save()
        DataKey.objects.filter(pk=mine.pk).update(previous=theirs.previous)
        with pytest.raises(CannotOpen):
            fresh(mine).unseal("here", seal(os.urandom(32), "here", b"words"))


def test_keys_and_records_have_names_that_say_nothing() -> None:
    key = DataKey(pk=uuid4())
    assert str(key) == f"data key {key.pk}"
    assert str(KeyRecord(pk="wrap-1a2b3c")) == "wrap-1a2b3c"
