"""Guessers wait; the person whose account it is comes in from their own network all the same."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from partners.models import User
from partners.refusing import MOST_REFUSED
from partners.tries import MOST_ON_THE_ACCOUNT
from tests import people
from tests.partners.authenticator import code_shown

pytestmark = pytest.mark.django_db
WAIT = b"Too many tries. Wait five minutes, then try again."


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    cache.clear()


@pytest.fixture
def gwen() -> User:
    return people.gwen()


def password(user: User, text: str, *, network: str) -> bytes:
    browser = Client(REMOTE_ADDR=network)
    answer = browser.post(reverse("account_login"), {"login": user.email, "password": text})
    return answer.content or answer.headers["Location"].encode()


def guess_everywhere(user: User) -> None:
    """A guesser with many networks: more wrong tries than an account has in an hour."""
    for number in range(MOST_ON_THE_ACCOUNT // 5 + 1):
        for _ in range(5):
            password(user, "wrong grey herons", network=f"198.51.100.{number}")


def test_a_guesser_waits_after_five_tries(gwen: User) -> None:
    for _ in range(5):
        assert WAIT not in password(gwen, "wrong grey herons", network="198.51.100.1")
    assert WAIT in password(gwen, people.PASSWORD, network="198.51.100.1")


def test_meanwhile_gwen_comes_in_from_her_own_network(gwen: User) -> None:
    for _ in range(9):
        password(gwen, "wrong grey herons", network="198.51.100.1")
    assert WAIT not in password(gwen, people.PASSWORD, network="192.0.2.20")


def test_a_guesser_with_many_networks_gets_one_try_from_each_and_gwen_still_comes_in(gwen: User) -> None:
    guess_everywhere(gwen)
    assert WAIT not in password(gwen, "wrong grey herons", network="203.0.113.9")
    assert WAIT in password(gwen, people.PASSWORD, network="203.0.113.9")
    assert WAIT not in password(gwen, people.PASSWORD, network="192.0.2.20")


def test_right_passwords_use_up_nothing(gwen: User) -> None:
    for _ in range(12):
        assert WAIT not in password(gwen, people.PASSWORD, network="192.0.2.20")


def test_an_account_that_does_not_exist_makes_a_guesser_wait_just_the_same() -> None:
    nobody = User(email="nobody@lcc.example")
    answers = [password(nobody, "wrong", network="198.51.100.1") for _ in range(6)]
    assert [WAIT in each for each in answers] == [False] * 5 + [True]


def test_wrong_codes_are_counted_for_person_and_network(gwen: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(gwen, secret)

    def code(text: str, network: str) -> Client:
        browser = Client(REMOTE_ADDR=network)
        browser.post(reverse("account_login"), {"login": gwen.email, "password": people.PASSWORD})
        browser.post(reverse("mfa_authenticate"), {"code": text})
        return browser

    for _ in range(5):
        code("000000x", "198.51.100.1")
    assert code(code_shown(secret), "198.51.100.1").get("/staff/").status_code == 302
    assert code(code_shown(secret), "192.0.2.20").get("/staff/").status_code == 200


def test_neither_account_nor_network_can_be_read_from_the_cache(gwen: User) -> None:
    password(gwen, "wrong grey herons", network="198.51.100.1")
    kept = " ".join(cache._cache)  # type: ignore[attr-defined]
    assert "tries." in kept
    assert gwen.email not in kept
    assert "198.51.100" not in kept


def test_who_goes_on_trying_is_answered_without_a_look_at_the_database(
    gwen: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(MOST_REFUSED + 6):
        password(gwen, "wrong grey herons", network="198.51.100.1")
    browser = Client(REMOTE_ADDR="198.51.100.1")
    with django_assert_num_queries(0):
        answer = browser.post(reverse("account_login"), {"login": gwen.email, "password": people.PASSWORD})
    assert answer.status_code == 429
    assert b"Wait a few minutes, then try again" in answer.content
    assert browser.get(reverse("account_login")).status_code == 200
    assert WAIT not in password(gwen, people.PASSWORD, network="192.0.2.20")
