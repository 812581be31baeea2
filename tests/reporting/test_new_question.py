"""A question that is added to the journey's data is asked everywhere, without another line of code."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from reporting.export import Copy, as_data
from reporting.journey import route
from reporting.journey.question import Kind, Option, Page, Question
from reporting.models import Report
from reporting.paper import paper_form
from scope.context import worker_scope
from tests.people import NOW, asha, client_for
from tests.reporting.walking import AMINA, CHECK, WHEN, WHO, WISHES, telling, url, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

ASKED = "What was the weather like?"
NEW = Question(
    "Q99", Kind.ONE, ASKED, options=(Option("rain", "Raining cats and dogs"), Option("sun", "Sunny"))
)


@pytest.fixture(autouse=True)
def _one_question_more(monkeypatch: pytest.MonkeyPatch) -> None:
    (when,) = [page for page in route.PAGES if page.name == "when"]
    longer = replace(when, questions=(*when.questions, NEW))

    def exchanged(pages: tuple[Page, ...]) -> tuple[Page, ...]:
        return tuple(longer if page is when else page for page in pages)

    monkeypatch.setattr(route, "PAGES", exchanged(route.PAGES))
    monkeypatch.setattr(route, "ALL", exchanged(route.ALL))
    monkeypatch.setattr(route, "BY_CODE", {**route.BY_CODE, when.code: longer})


def told(client: Client, pages: dict[str, Any], *, at: str = "/p/") -> dict[str, Any]:
    """Walks and sends; gives the report as another system would have it."""
    assert ASKED in client_shows(client, {code: pages[code] for code in list(pages)[:3]}, at=at)
    walk(client, pages, at=at)
    check = client.get(url(CHECK, at=at)).content.decode()
    assert ASKED in check
    assert "Raining cats and dogs" in check
    client.post(url(CHECK, at=at))
    with worker_scope():
        return as_data(Copy.of(Report.objects.get()))


def client_shows(client: Client, pages: dict[str, Any], *, at: str) -> str:
    walk(client, pages, at=at)
    return client.get(url(WHEN, at=at)).content.decode()


def row_of(data: dict[str, Any]) -> dict[str, Any]:
    return next(row for row in data["answers"] if row["id"] == "Q99")


def test_the_web_the_check_and_the_export_have_it(client: Client) -> None:
    data = told(client, telling(**{WHEN: {**AMINA[WHEN], "Q99": "rain"}}))
    assert row_of(data) == {
        "id": "Q99",
        "page": "when",
        "question": ASKED,
        "answer": "rain",
        "in_words": "Raining cats and dogs",
    }


def test_the_form_of_a_centre_has_it() -> None:
    pages = telling(
        **{
            WHO: {"Q02": "victim", "C01": "phone"},
            WHEN: {**AMINA[WHEN], "Q99": "rain"},
            WISHES: {**AMINA[WISHES], "C02": "on", "C06": "direct"},
        }
    )
    assert row_of(told(client_for(asha()), pages, at="/staff/record/"))["answer"] == "rain"


def test_the_form_on_paper_has_it() -> None:
    form = paper_form(today=NOW.date(), language="en-gb")
    asked = {each.id: each for part in form.parts for each in part.asked}
    assert asked["Q99"].label == ASKED
    assert [label for label, _hint in asked["Q99"].choices] == ["Raining cats and dogs", "Sunny"]
