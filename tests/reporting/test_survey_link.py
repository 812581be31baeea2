"""The survey by a link: these questions and nothing else, once; and every link that does not work says the same."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from reporting import tries
from reporting.models import Report, SurveyAnswer, SurveyInvitation, SurveyLink
from reporting.survey import LinkOver, answer_by_link
from scope.context import public_scope, worker_scope
from tests.casework.world import told

pytestmark = pytest.mark.django_db
GOOD = {"S1": "5", "S8_change": "Ring back sooner."}


@pytest.fixture
def report() -> Report:
    return told()


@pytest.fixture
def token(report: Report) -> str:
    return given(report)


def given(report: Report, *, days_ago: int = 0) -> str:
    now = timezone.now()
    with worker_scope():
        invitation = SurveyInvitation.objects.create(report=report, kind="contact", due_on=now.date())
        return SurveyLink.give(invitation, now=now - timedelta(days=days_ago))


def answers() -> list[dict[str, Any]]:
    with worker_scope():
        return [each.marks | {"S8_change": each.unseal("words")} for each in SurveyAnswer.objects.all()]


def send(client: Client, token: str, *, key: object = None, **said: str) -> HttpResponse:
    return client.post(f"/q/{token}/", {**(said or GOOD), "key": str(key or uuid4())})


def test_the_page_shows_the_questions_and_nothing_of_the_report(
    client: Client, report: Report, token: str
) -> None:
    for _twice in range(2):  # what looks at links before a person does uses nothing up
        page = client.get(f"/q/{token}/")
        text = page.content.decode()
        assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
        assert "How easy was it to tell us?" in text
        assert "Exit this page" in text
        assert not [each for each in (report.reference, "Zaynab", str(report.pk)) if each in text]
        assert not page.cookies.keys() - {"llr_form"}


def test_it_is_answered_once_and_sent_twice_is_once(client: Client, token: str) -> None:
    key = uuid4()
    for _twice in range(2):
        sent = send(client, token, key=key)
        assert (sent.status_code, sent["Location"]) == (302, "/back/y4/")
    assert answers() == [GOOD]
    assert send(client, token, S1="1").status_code == 410
    assert answers() == [GOOD]
    assert "Thank you" in client.get("/back/y4/").content.decode()


def test_whoever_is_second_at_the_same_moment_changes_nothing(token: str) -> None:
    now = timezone.now()
    first, second = (SurveyLink.by_token(token, form=uuid4(), now=now) for _ in range(2))
    assert first
    assert second
    answer_by_link(first, {"S1": "5"}, "", form=uuid4(), now=now)
    with pytest.raises(LinkOver):
        answer_by_link(second, {"S1": "1"}, "", form=uuid4(), now=now)
    assert [each["S1"] for each in answers()] == ["5"]


def test_with_nothing_answered_it_says_so_and_is_not_used_up(client: Client, token: str) -> None:
    page = send(client, token, S1="")
    assert "Answer at least one question" in page.content.decode()
    assert send(client, token).status_code == 302


def test_wrong_used_old_and_taken_back_say_the_same(client: Client, report: Report) -> None:
    token = given(report)
    send(client, token)
    old, back = given(told(), days_ago=28), given(told())
    with worker_scope():
        SurveyLink.take_back(found_by=SurveyLink.objects.latest("ends_at").found_by)
    pages = {
        client.get(f"/q/{each}/").content.decode().replace(each, "")
        for each in (token, old, back, "no-such-link", token[:-1])
    }
    assert len(pages) == 1
    assert 'href="/back/"' in pages.pop()


def test_who_comes_by_a_link_is_in_a_scope_in_which_nothing_else_exists(token: str) -> None:
    link = SurveyLink.by_token(token, form=uuid4(), now=timezone.now())
    assert link
    told()
    with public_scope(receipt=bytes(link.found_by)):
        assert SurveyLink.objects.count() == 1
        assert not Report.objects.exists()
        assert not SurveyInvitation.objects.exists()
        assert not SurveyAnswer.objects.exists()
        assert not SurveyLink.objects.update(used_with=uuid4())
    with public_scope():
        assert not SurveyLink.objects.exists()


def test_what_is_kept_of_a_link_does_not_open_it(client: Client, token: str) -> None:
    with worker_scope():
        link = SurveyLink.objects.get()
    kept = {bytes(link.found_by).hex(), str(link.pk), str(link.invitation_id)}
    assert token not in kept
    assert len(token) == 26  # 128 bits, five a letter
    assert {client.get(f"/q/{each}/").status_code for each in kept} == {410}


def test_guessing_has_an_end_and_then_a_right_link_gets_no_answer_either(
    client: Client, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "MOST_WRONG", 2)
    assert [client.get(f"/q/{each}/").status_code for each in ("a", "b", "c")] == [410, 410, 429]
    assert client.get(f"/q/{token}/").status_code == 429
