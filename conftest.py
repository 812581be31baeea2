"""Before anything of Django is read: services to test on, and settings that know them."""

import atexit
import contextlib
import gc
import os
import re
import signal
import sys
from pathlib import Path
from threading import Thread

import django
import pytest
from django.conf import settings
from django.core.management import call_command
from pytest_django.plugin import blocking_manager_key

from llr_hate.up.for_tests import environment_for_tests

# What was compiled once is kept, whatever the machine says of other projects: half of the time of reading the tests.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
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

from tests.database import drop_what_was_copied, make_one_to_copy  # noqa: E402 - when there is a Django
from tests.journeys.parts import part_of  # noqa: E402

MAKING = pytest.StashKey[Thread]()
LONG, WORD = 60, re.compile(r"\w+", re.ASCII)

# What all the journeys saw together: it comes after them.
SUMS_UP = "test_no_page_was_left_out.py"


@pytest.hookimpl(tryfirst=True)  # before the workers are told of groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Journeys first, each part of them in one process: they are the longest, and share a portal and a browser. Among
    several processes the slow ones are next, so that in the end none waits for another."""
    is_one_of_several = hasattr(config, "workerinput")
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker("journey")
            item.add_marker(pytest.mark.xdist_group(f"journeys {_part_of(item)}"))
    items.sort(key=lambda item: _turn(item, is_one_of_several=is_one_of_several))


def _turn(item: pytest.Item, *, is_one_of_several: bool) -> tuple[bool, bool, bool]:
    is_quick = item.get_closest_marker("slow") is None
    is_journey = item.get_closest_marker("journey") is not None
    return not is_journey, item.path.name == SUMS_UP, is_quick and is_one_of_several


def _part_of(item: pytest.Item) -> str:
    """What comes last, comes last in each part."""
    told = getattr(item, "callspec", None) if item.path.name == SUMS_UP else None
    return told.params["part"] if told else part_of(item.path)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Where others run the tests, this process has time to make their database."""
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        config.stash[blocking_manager_key].unblock()
        config.stash[MAKING] = make_one_to_copy()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A name that can be read in a list, also for files and for very long words."""
    if isinstance(val, bytes):
        return f"{len(val)} bytes of {argname}"
    if isinstance(val, str) and (len(val) > LONG or not val.isprintable()):
        return f"{' '.join(re.findall(WORD, val[:LONG]))} ({len(val)} of {argname})".strip()
    return None


def pytest_collection_finish() -> None:
    """What was read stays: nobody needs to look through it for garbage."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    if MAKING in config.stash:
        drop_what_was_copied(config.stash[MAKING])
    SERVICES.close()
