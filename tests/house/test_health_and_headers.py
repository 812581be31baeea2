"""What watches the portal gets a true answer, and every answer carries the safe headers."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from csp.decorators import csp_update
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from llr_hate.headers import OnePolicyMiddleware
from llr_hate.logs import QuietJsonFormatter
from vault.keys import MissingKey

HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.django_db
def test_health_is_ok_when_database_and_keys_are_there(client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "faults": {}})


@pytest.mark.django_db
def test_health_says_which_part_fails(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_keys() -> None:
        raise MissingKey("There is no key file.")

    monkeypatch.setattr("llr_hate.health.keyring", no_keys)
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json()["faults"] == {"keys": "There is no key file."}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/health/", "/nothing-here/", "/staff/queue/", "/accounts/login/"])
def test_every_answer_carries_the_safe_headers(client: Client, path: str) -> None:
    answer = client.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "no-store" in answer.headers["Cache-Control"]
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_an_answer_gets_the_policy_of_the_settings_unless_its_view_asks_for_another() -> None:
    @csp_update({"img-src": ["data:"]})
    def with_a_picture(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def policy_of(view: Callable[[HttpRequest], Any]) -> str:
        answer: Any = OnePolicyMiddleware(view)(RequestFactory().get("/"))
        return answer.headers["Content-Security-Policy"]

    usual = policy_of(lambda _request: HttpResponse())
    assert usual == build_policy()
    assert "img-src 'self' data:" in policy_of(with_a_picture)
    assert policy_of(lambda _request: HttpResponse()) == usual
    own = {"Content-Security-Policy": "default-src 'none'"}
    assert policy_of(lambda _request: HttpResponse(headers=own)) == "default-src 'none'"


@pytest.mark.django_db
def test_files_carry_the_safe_headers_and_may_be_kept(client: Client) -> None:
    answer = client.get("/static/public.css")
    assert answer.status_code == 200
    assert {name: answer.headers.get(name) for name in HEADERS if name != "X-Frame-Options"} == {
        name: value for name, value in HEADERS.items() if name != "X-Frame-Options"
    }
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "no-store" not in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_the_log_names_no_invitation_and_calls_nothing_unexpected_that_is_only_missing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/invitation/a-way-in/", {"password": "x"}).status_code == 403
    assert strict.get("/p/nothing-here/").status_code == 404
    text = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "a-way-in" not in text
    assert "unexpected error" not in text


def test_an_error_in_the_log_says_where_and_never_what_was_typed() -> None:
    try:
        int("They shouted at me")
    except ValueError as error:
        record = logging.LogRecord(
            "llr",
            logging.ERROR,
            __file__,
            1,
            "unexpected error",
            None,
            (type(error), error, error.__traceback__),
        )
    line = QuietJsonFormatter().format(record)
    assert "shouted" not in line
    assert "ValueError" in json.loads(line)["exc_info"]
