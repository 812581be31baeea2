"""Trying codes: a guesser has to wait, and nobody else has."""

import pytest
from django.core.cache import cache
from django.test import Client

from reporting.tries import MOST_WRONG
from tests.people import asha, client_for
from tests.reporting.walking import given, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

WRONG = {"reference": "LLR-2222-2222", "code": "six words that are no code"}
GUESSER = "203.0.113.9"


def guess(times: int, **extra: str) -> None:
    for _turn in range(times):
        assert Client(REMOTE_ADDR=GUESSER, **extra).post("/back/", WRONG).status_code == 200


def test_after_many_wrong_tries_the_network_waits_and_a_right_code_gets_the_same_answer(
    client: Client,
) -> None:
    sent = send(client)
    right = {"reference": given(sent).reference, "code": given(sent).words}
    guess(MOST_WRONG)
    answers = [Client(REMOTE_ADDR=GUESSER).post("/back/", typed) for typed in (WRONG, right)]
    assert [answer.status_code for answer in answers] == [429, 429]
    assert answers[0].content == answers[1].content
    assert "999" in answers[0].content.decode()
    # Somebody elsewhere does not notice.
    assert Client().post("/back/", right, follow=True).context["report"].reference == right["reference"]


def test_right_codes_and_unfinished_forms_do_not_count(client: Client) -> None:
    sent = send(client)
    right = {"reference": given(sent).reference, "code": given(sent).words}
    for typed in [right, {"reference": "", "code": ""}] * MOST_WRONG:
        assert Client(REMOTE_ADDR=GUESSER).post("/back/", typed).status_code in (200, 302)


def test_asha_at_her_centre_is_not_counted_with_the_strangers_on_its_network() -> None:
    volunteer = client_for(asha())
    volunteer.defaults["REMOTE_ADDR"] = GUESSER
    guess(MOST_WRONG)
    assert Client(REMOTE_ADDR=GUESSER).post("/back/", WRONG).status_code == 429
    assert volunteer.post("/back/", WRONG).status_code == 200


def test_no_address_stands_in_what_is_counted() -> None:
    guess(1)
    kept = list(cache._cache)  # type: ignore[attr-defined]
    assert kept
    assert not any(GUESSER in key for key in kept)
