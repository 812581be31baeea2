"""Before anything of Django is read: services to test on, and settings that know them."""

import contextlib
import os
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from llr_hate.up.for_tests import environment_for_tests

SERVICES = contextlib.ExitStack()
SERVICES.enter_context(environment_for_tests())
os.environ["DJANGO_SETTINGS_MODULE"] = "llr_hate.settings"
django.setup()
if not Path(settings.KEYS_FILE).exists():
    call_command("make_keys", settings.KEYS_FILE)


def pytest_unconfigure() -> None:
    SERVICES.close()
