"""What the web server's processes are forked from has read all code, and holds nothing that they can't share."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOOK = """
import gc, json, sys, threading
from llr_hate.serving import read_all_code
read_all_code()
from django.db import connections
print(json.dumps({
    "threads": threading.active_count(),
    "connections": [each.alias for each in connections.all() if each.connection is not None],
    "pages are read": "llr_hate.urls" in sys.modules and "casework.views.case" in sys.modules,
    "is kept from garbage collection": gc.get_freeze_count() > 0,
}))
"""


@pytest.mark.slow
def test_it_has_read_the_pages_and_opened_no_connection_and_started_no_thread() -> None:
    said = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=ROOT, env=os.environ, capture_output=True, text=True, check=True
    ).stdout
    assert json.loads(said) == {
        "threads": 1,
        "connections": [],
        "pages are read": True,
        "is kept from garbage collection": True,
    }
