"""One test database per worker, made as in production: migrated by the owner's role, used by the serving role."""

import os
from collections.abc import Iterator

import pytest

from partners import directory
from tests.borrowed import READY, borrow_test_database
from tests.database import make_test_database
from tests.people import make_partnership
from tests.scanner import clamd_address, scanner

__all__ = ["clamd_address", "scanner"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest, worker_id: str) -> Iterator[None]:
    name = f"llr_test_{os.environ['LLR_TEST_RUN']}_{worker_id}_{os.getpid()}"
    ready = os.environ.get(READY)
    with (
        django_db_blocker.unblock(),
        borrow_test_database(ready.split(",")) if ready else make_test_database(name),
    ):
        yield


@pytest.fixture(autouse=True)
def _directory_of_this_test() -> None:
    """What an earlier test made is not there any more."""
    directory.forget()


@pytest.fixture
def partnership(db: None) -> None:
    """The organisations and areas of Leicester, Leicestershire and Rutland."""
    make_partnership()
