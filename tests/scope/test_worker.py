"""Inside the worker, too, a row exists only in its scope: asked by a task in a real worker's process."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from celery import current_app
from django.conf import settings
from django.db import connections

from tests.database import empty_all_tables
from tests.scope import probe
from tests.scope.conftest import Filled, fill
from tests.scope.tables import PROTECTED

ROOT = Path(__file__).resolve().parent.parent.parent
QUEUE = f"probe-{os.getpid()}"


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[Filled]:
    """The filled rows, where other processes see them; all is removed afterwards."""
    with django_db_blocker.unblock():
        try:
            yield fill()
        finally:
            connections["default"].close()
            empty_all_tables()


@pytest.fixture
def worker(committed: Filled) -> Iterator[None]:
    """A worker as the portal starts it, on the tests' database and a queue of its own."""
    to = connections["default"].settings_dict
    url = f"postgresql://{to['USER']}:{quote(to['PASSWORD'])}@{to['HOST']}:{to['PORT']}/{to['NAME']}"
    command = ["-m", "celery", "-A", "llr_hate", "worker", "--pool", "solo", "--queues", QUEUE]
    process = subprocess.Popen(
        [sys.executable, *command, "--include", probe.__name__, "--without-gossip", "--without-mingle"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "CELERY_BROKER_URL": settings.CELERY_BROKER_URL},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.usefixtures("worker")
def test_a_task_sees_only_what_its_scope_lets_it_see(committed: Filled, tmp_path: Path) -> None:
    gwen, tomasz = committed.strangers
    who = {"own": committed.own, "other": gwen, "barred": tomasz}
    organisations = {name: person.organisation_id for name, person in who.items()}
    answer = tmp_path / "seen.json"
    current_app.send_task(probe.NAME, [organisations, str(answer)], queue=QUEUE)
    seen = when_written(answer)
    for scope in ("no scope", "other", "barred", "no scope again"):
        assert seen[scope] == dict.fromkeys(PROTECTED, 0), scope
    assert [table for table in PROTECTED if not seen["worker"][table]] == []
    # Files, signs of people and what falls due are the worker's alone; what stands apart is nobody's; the rest its own.
    workers_own = {"casework_keeping", "files_sealedfile", "reporting_equalityanswers", "reporting_suspect"}
    workers_own |= {"casework_suspectrecord", "casework_reportsigns", "casework_policenumbersign"}
    workers_own |= {"files_picture", "files_sealedpart", "casework_personsign"}
    workers_own |= {"casework_suspectsign", "casework_samesuspect"}
    workers_own |= {"reporting_surveyanswer", "reporting_surveyinvitation", "reporting_surveylink"}
    assert {table for table in PROTECTED if not seen["own"][table]} == workers_own


def when_written(path: Path) -> dict[str, dict[str, int]]:
    deadline = time.monotonic() + 120
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    return json.loads(path.read_text())
