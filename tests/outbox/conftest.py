import re
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from tests.outbox.notify_server import Notify


@pytest.fixture
def notify(httpserver: HTTPServer, settings: Any) -> Notify:
    """GOV.UK Notify, set up and there."""
    served = Notify(httpserver)
    httpserver.expect_request(re.compile("^/v2/notifications")).respond_with_handler(served.answer)
    settings.NOTIFY = served.settings
    return served
