"""A key file for each test that changes one, and the world that was sealed under it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from scope.context import worker_scope
from tests.database import standing
from tests.keys.world import sealed_world
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


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Path]:
    """The world, sealed once for a module's tests; the key file under which that was done."""
    path = tmp_path_factory.mktemp("keys") / "keys.json"
    write_new_key_file(path)

    def sealed_under_it() -> None:
        with override_settings(KEYS_FILE=str(path)):
            sealed_world()

    with standing(django_db_blocker, sealed_under_it):
        yield path


@pytest.fixture
def filled(made: Path, key_file: Path, db: None) -> Iterator[None]:
    """The world, and a copy of its key file that is the test's own."""
    shutil.copyfile(made, key_file)
    with worker_scope():
        yield
