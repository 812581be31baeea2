"""Who is asking is asked anew on every request, in one question, and it is the same that the models say."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.db import connection
from django.forms.models import model_to_dict
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.models import Membership, User
from partners.who_is_asking import SessionStore, StaffBackend
from tests.people import BACKEND, administrator, client_for, farah, ngozi

pytestmark = pytest.mark.django_db


def known(user: User) -> User:
    found = StaffBackend().get_user(user.pk)
    assert found is not None
    return found


def test_the_person_comes_with_their_work_of_today_in_one_question() -> None:
    farah()
    with CaptureQueriesContext(connection) as asked:
        person = known(farah())
        asked_before = len(asked.captured_queries)
        assert person.membership is not None
        assert (person.organisation_id, str(person.organisation)) == (
            person.membership.organisation_id,
            "County Council",
        )
        assert [role.code for role in person.roles] == ["officer", "delivery_group"]
        assert len(asked.captured_queries) == asked_before
    assert "LEFT JOIN" in asked.captured_queries[-1]["sql"]


def test_it_is_the_person_that_the_models_know() -> None:
    person, plainly = known(farah()), User.objects.get(pk=farah().pk)
    work, plain_work = person.membership, plainly.membership
    assert work is not None
    assert plain_work is not None
    assert model_to_dict(person) == model_to_dict(plainly)
    assert model_to_dict(work) == model_to_dict(plain_work)
    assert model_to_dict(work.organisation) == model_to_dict(plain_work.organisation)
    assert work.user is person
    assert not person._state.adding


def test_who_works_nowhere_now_comes_without_a_workplace() -> None:
    Membership.objects.filter(user=ngozi()).update(left_at=timezone.now())
    person = known(ngozi())
    assert person.membership is None
    assert person.organisation is None
    assert person.roles == []


def test_of_two_workplaces_only_todays_counts() -> None:
    before = Membership.objects.get(user=ngozi())
    Membership.objects.create(
        user=ngozi(),
        organisation=farah().membership.organisation,  # type: ignore[union-attr]
        role_codes=["officer"],
        joined_at=before.joined_at - timedelta(days=9),
        left_at=before.joined_at,
    )
    assert known(ngozi()).membership == before


def test_a_suspended_person_is_nobody_on_the_next_request() -> None:
    browser = client_for(ngozi())
    assert browser.get("/staff/queue/").status_code == 200
    ngozi().suspend(by=administrator(), now=timezone.now())
    assert StaffBackend().get_user(ngozi().pk) is None
    assert browser.get("/staff/queue/").status_code == 302


def test_nobody_is_there_under_an_unknown_number() -> None:
    assert StaffBackend().get_user(0) is None


def asking_with(key: str | None) -> HttpRequest:
    request = HttpRequest()
    request.session = SessionStore(key)
    return request


def test_a_session_that_has_ended_is_nobodys() -> None:
    key = client_for(ngozi()).cookies["llr_staff"].value
    assert get_user(asking_with(key)) == ngozi()
    Session.objects.filter(pk=key).update(expire_date=timezone.now())
    request = asking_with(key)
    assert get_user(request).is_anonymous
    assert request.session.session_key is None


def test_a_session_that_never_was_is_a_new_one() -> None:
    request = asking_with("never-was-there")
    assert get_user(request).is_anonymous
    assert request.session.session_key is None


def test_a_session_of_another_password_is_nobodys() -> None:
    key = client_for(ngozi()).cookies["llr_staff"].value
    User.objects.filter(pk=ngozi().pk).update(password="md5$other$another")
    assert get_user(asking_with(key)).is_anonymous


def test_it_is_the_only_way_in() -> None:
    assert BACKEND == "partners.who_is_asking.StaffBackend"
