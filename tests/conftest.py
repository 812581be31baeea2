"""One test database per worker, made as in production: migrated by the owner's role, used by the serving role."""

import contextlib
import os
from collections.abc import Iterator

import pytest

from llr_hate.up.for_tests import environment_for_tests

_services = contextlib.ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Before Django reads its settings: in the process that starts the workers, find or start the services."""
    if not hasattr(config, "workerinput"):
        _services.enter_context(environment_for_tests())
        os.environ["LLR_TEST_RUN"] = str(os.getpid())


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        _services.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest, worker_id: str) -> Iterator[None]:
    from tests.database import make_test_database  # noqa: PLC0415 - needs the settings, which are not there sooner

    with (
        django_db_blocker.unblock(),
        make_test_database(f"llr_test_{os.environ['LLR_TEST_RUN']}_{worker_id}"),
    ):
        yield


@pytest.fixture
def partnership(db: None) -> None:
    """The organisations and areas of Leicester, Leicestershire and Rutland."""
    from tests.people import make_partnership  # noqa: PLC0415 - needs the settings, which are not there sooner

    make_partnership()
