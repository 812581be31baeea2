"""Views of lists that an officer keeps: theirs alone, twenty at most, and back again when they were removed."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from casework.models import SavedView
from casework.models.saved_view import MOST_VIEWS, NameTaken, TooManyViews
from tests.database import standing
from tests.people import NOW, client_for, mona, ngozi

LATE = {"name": "Late in Charnwood", "list": "ours", "query": "clock=late&district=charnwood"}


@pytest.fixture(scope="module")
def _people(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with standing(django_db_blocker, lambda: (ngozi(), mona())):
        yield


@pytest.fixture
def browser(_people: None, db: None) -> Client:
    return client_for(ngozi())


def page(browser: Client, address: str) -> str:
    return browser.get(address, follow=True).content.decode()


def kept(name: str = "Late", **other: Any) -> SavedView:
    return SavedView.keep(
        ngozi(), **({"name": name, "which": "mine", "query": "clock=late", "now": NOW} | other)
    )


def test_ngozi_keeps_what_stands_in_front_of_her_and_finds_it_above_her_lists(browser: Client) -> None:
    shown = page(browser, f"/staff/cases/?list=ours&{LATE['query']}")
    assert 'value="clock=late&amp;district=charnwood"' in shown
    answer = browser.post("/staff/cases/views/", LATE, follow=True)
    assert answer.request["QUERY_STRING"] == f"list=ours&{LATE['query']}"
    text = answer.content.decode()
    assert re.search(r'aria-current="page">Late in Charnwood<', text)
    assert "Late in Charnwood" not in page(client_for(mona()), "/staff/cases/")


def test_what_means_nothing_is_not_kept(browser: Client) -> None:
    query = urlencode({"clock": "late", "strand": "gone", "page": "7", "next": "//elsewhere.example"})
    browser.post("/staff/cases/views/", LATE | {"query": query})
    assert SavedView.objects.get().query == "clock=late"
    assert browser.post("/staff/cases/views/", LATE | {"list": "gone"}).status_code == 404


def test_a_view_without_a_name_is_asked_for_one_and_loses_nothing(browser: Client) -> None:
    text = browser.post("/staff/cases/views/", LATE | {"name": " "}).content.decode()
    assert "Write a name for this view" in text
    assert 'value="clock=late&amp;district=charnwood"' in text
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("address", ["", "{other}/"])
def test_two_views_have_two_names(browser: Client, address: str) -> None:
    kept(LATE["name"].upper())
    other = kept("Another")
    address = f"/staff/cases/views/{address.format(other=other.pk)}"
    assert "Choose another name" in browser.post(address, LATE).content.decode()
    assert SavedView.objects.count() == 2


def test_nobody_has_more_than_twenty(browser: Client) -> None:
    for number in range(MOST_VIEWS):
        kept(f"View {number}")
    assert "Remove one" in browser.post("/staff/cases/views/", LATE).content.decode()
    with pytest.raises(TooManyViews):
        kept("One more")


def test_a_view_gets_another_name(browser: Client) -> None:
    view = kept()
    browser.post(f"/staff/cases/views/{view.pk}/", {"name": "Late, mine"})
    assert SavedView.objects.get().name == "Late, mine"
    assert "Late, mine" in page(browser, "/staff/cases/views/")


def test_what_was_removed_is_put_back_by_one_button_until_the_next_is_removed(browser: Client) -> None:
    first, second = kept("First"), kept("Second")
    text = browser.post(f"/staff/cases/views/{first.pk}/remove/", follow=True).content.decode()
    assert "“First” is removed" in text
    assert f"/staff/cases/views/{first.pk}/put-back/" in text
    assert ">First<" not in page(browser, "/staff/cases/")
    assert (
        "“First” is back"
        in browser.post(f"/staff/cases/views/{first.pk}/put-back/", follow=True).content.decode()
    )
    first.refresh_from_db()
    first.remove(now=NOW)
    second.remove(now=NOW)
    assert browser.post(f"/staff/cases/views/{first.pk}/put-back/").status_code == 404


def test_a_name_that_was_taken_meanwhile_is_said(browser: Client) -> None:
    view = kept()
    view.remove(now=NOW)
    kept()
    with pytest.raises(NameTaken):
        view.put_back()


@pytest.mark.parametrize("act", ["", "remove/", "put-back/"])
def test_nobody_touches_anothers_views(browser: Client, act: str) -> None:
    view = kept()
    if act == "put-back/":
        view.remove(now=NOW)
    before = SavedView.objects.values().get()
    assert client_for(mona()).post(f"/staff/cases/views/{view.pk}/{act}", {"name": "Mine"}).status_code == 404
    assert SavedView.objects.values().get() == before


@pytest.mark.parametrize("removed", ["9" * 30, "x", "-1"])
def test_a_forged_number_breaks_nothing(browser: Client, removed: str) -> None:
    assert browser.get(f"/staff/cases/views/?removed={removed}").status_code == 200
