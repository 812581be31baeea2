from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from tests.outbox.notify_server import Notify


@pytest.fixture
def notify(httpserver: HTTPServer, settings: Any) -> Notify:
    """GOV.UK Notify, set up and there."""
    return Notify.served_by(httpserver, settings)
