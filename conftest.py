"""Before anything of Django is read: services to test on, and settings that know them."""

import atexit
import contextlib
import os
import signal
import sys
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.core.management import call_command

from llr_hate.up.for_tests import environment_for_tests

SERVICES = contextlib.ExitStack()
SERVICES.enter_context(environment_for_tests())
# However the run ends, also by TERM; closing twice does no harm.
atexit.register(SERVICES.close)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
os.environ["DJANGO_SETTINGS_MODULE"] = "llr_hate.settings"
# Names this run's databases; the run's workers inherit it.
os.environ.setdefault("LLR_TEST_RUN", str(os.getpid()))
django.setup()
if not Path(settings.KEYS_FILE).exists():
    call_command("make_keys", settings.KEYS_FILE)


# What all the journeys saw together: it comes after them.
SUMS_UP = "test_no_page_was_left_out"


@pytest.hookimpl(tryfirst=True)  # before the workers are told of groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys first and all in one process: they are the longest, and they share one browser."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker("journey")
            item.add_marker(pytest.mark.xdist_group("journeys"))
    items.sort(key=lambda item: (item.get_closest_marker("journey") is None, item.name == SUMS_UP))


def pytest_unconfigure() -> None:
    SERVICES.close()
