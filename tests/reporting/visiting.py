"""Coming back in the tests, as a browser without scripts does."""

from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from reporting.models import Report
from reporting.receiving import receive
from scope.context import worker_scope
from tests.reporting.walking import AMINA, Answers, Given


def sent_by(pages: dict[str, Answers] | None = None) -> Given:
    """Reference and code of a report that somebody has just sent."""
    answers = {name: value for page in (pages or AMINA).values() for name, value in page.items()}
    receipt = receive(answers, key=uuid4(), now=timezone.now())
    return Given(receipt.report.reference, receipt.code.words, receipt.code.digits)


def visit_of(code: Given) -> Client:
    """A browser in which reference and code were typed."""
    client = Client()
    answer = client.post("/back/", {"reference": code.reference, "code": code.words})
    assert (answer.status_code, answer["Location"]) == (302, "/back/h3/")
    return client


def page(client: Client, address: str) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def press(client: Client, address: str, **values: Any) -> str:
    """Sends a form; gives the page that it leads to."""
    response = client.post(address, values, follow=True)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def report_of(code: Given) -> Report:
    with worker_scope():
        return Report.objects.select_related("data_key").get(reference=code.reference)
