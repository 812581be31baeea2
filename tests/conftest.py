"""One test database per worker, made as in production: migrated by the owner's role, used by the serving role."""

import os
from collections.abc import Iterator
from itertools import count

import pytest
from pytest_django.plugin import blocking_manager_key
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

from partners import directory
from reporting import news
from tests.borrowed import READY, borrow_test_database
from tests.database import clear_away_what_was_undone, make_test_database
from tests.people import make_partnership
from tests.scanner import clamd_address, scanner

__all__ = ["clamd_address", "scanner"]
CLEARED_EVERY = 100
tests_with_database = count(1)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest, worker_id: str) -> Iterator[None]:
    name = f"llr_test_{os.environ['LLR_TEST_RUN']}_{worker_id}_{os.getpid()}"
    ready = os.environ.get(READY)
    with (
        django_db_blocker.unblock(),
        borrow_test_database(ready.split(",")) if ready else make_test_database(name),
    ):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Now and then, between two tests, when nobody holds a table."""
    yield
    uses_database = item.get_closest_marker("django_db") or "db" in getattr(item, "fixturenames", ())
    if uses_database and next(tests_with_database) % CLEARED_EVERY == 0:
        with item.config.stash[blocking_manager_key].unblock():
            clear_away_what_was_undone()


@pytest.fixture(autouse=True, scope="session")
def _static_files_are_looked_for_once() -> Iterator[None]:
    """A client makes its middleware anew, and what that serves stays what it is: hundreds of files."""
    look = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[str, StaticFile] = {}

    def look_once(middleware: WhiteNoiseMiddleware) -> None:
        if not found:
            look(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(WhiteNoiseMiddleware, "add_files_from_finders", look_once)
        yield


@pytest.fixture(autouse=True)
def _directory_of_this_test() -> None:
    """What an earlier test made is not there any more."""
    directory.forget()
    news.forget()


@pytest.fixture
def partnership(db: None) -> None:
    """The organisations and areas of Leicester, Leicestershire and Rutland."""
    make_partnership()
