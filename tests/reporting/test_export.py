"""What somebody told us, as rows with ids: for themselves as PDF, text or JSON, and for another system."""

import json
from typing import Any

import pytest
from django.test import Client

from reporting.export import SCHEMA, Copy, as_data, as_text
from reporting.journey.summary import told
from scope.context import worker_scope
from tests.reporting.visiting import press, report_of, sent_by, visit_of
from tests.reporting.walking import AMINA, CONTACT, NAME, WHAT, WISHES, WORDS, telling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

NAMED = telling(
    **{
        NAME: {"Q25": "yes"},
        CONTACT: {"Q26_name": "Amina", "Q26_how": "phone", "Q26_phone": "01632 960 123"},
        WISHES: {
            **AMINA[WISHES],
            "Q24_bar": "yes",
            "Q24_bar_org": ["melton-bc"],
            "Q24_bar_person": "My neighbour",
        },
    }
)


def copy_of(pages: dict[str, Any]) -> dict[str, Any]:
    with worker_scope():
        return as_data(Copy.of(report_of(sent_by(pages))))


def test_every_answer_comes_back_as_it_was_given_in_the_order_of_the_questions() -> None:
    data = copy_of(NAMED)
    answers = {row["id"]: row["answer"] for row in data["answers"]}
    given = {name: value for page in NAMED.values() for name, value in page.items()}
    assert answers == given
    assert list(answers) == [each.question.id for each in told(given)]
    assert data["schema"] == SCHEMA == "llr-report/1"


def test_a_row_says_question_page_code_and_words() -> None:
    row = next(row for row in copy_of(AMINA)["answers"] if row["id"] == "Q08")
    assert row == {
        "id": "Q08",
        "page": "why",
        "question": "Why do you think it happened?",
        "answer": ["race", "religion"],
        "in_words": "Race\nReligion or belief",
    }


@pytest.mark.parametrize("kind", ["pdf", "txt", "json"])
def test_amina_has_a_copy_from_her_own_page_under_a_name_that_says_nothing(kind: str) -> None:
    amina = visit_of(sent_by(NAMED))
    assert f"/back/v8/{kind}/" in amina.get("/back/v8/").content.decode()
    response = amina.get(f"/back/v8/{kind}/")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="copy.{kind}"'
    if kind == "pdf":
        assert response.content.startswith(b"%PDF")
    else:
        assert WORDS in response.content.decode("utf-8-sig")
    if kind == "json":
        assert json.loads(response.content)["answers"]


def test_what_was_said_later_stands_in_it_with_its_day() -> None:
    code = sent_by(AMINA)
    press(
        visit_of(code), "/back/d8/w5/", words="They came again.", key="7f5c2a30-0c59-4b0e-9a53-0f6e5b4a4d11"
    )
    with worker_scope():
        copy = Copy.of(report_of(code))
        assert [row.in_words for _day, said in copy.later for row in said] == ["They came again."]
        text = as_text(copy).decode("utf-8-sig")
    assert WORDS in text
    assert "They came again." in text


def test_hostile_words_do_no_harm_in_any_of_them() -> None:
    words = 'Ω\u202e#set text("x") </script> 😀 \ue000 = \\ $x$'
    amina = visit_of(sent_by(telling(**{WHAT: {**AMINA[WHAT], "Q07": words}})))
    for kind in ("pdf", "txt", "json"):
        assert amina.get(f"/back/v8/{kind}/").status_code == 200
    assert json.loads(amina.get("/back/v8/json/").content)["answers"]


def test_without_a_code_there_is_no_copy(client: Client) -> None:
    assert client.get("/back/v8/json/").status_code == 302
    assert client.get("/back/v8/").status_code == 302


def test_no_other_kind_of_file_is_made() -> None:
    assert visit_of(sent_by(AMINA)).get("/back/v8/exe/").status_code == 404
