"""Whatever is typed, what is stored is what was sent, and no page breaks."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporting.forms import form_for, keepable
from reporting.journey import route
from reporting.models import Draft
from tests.people import NOW
from tests.reporting.walking import CHECK, WHAT, WHO, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

ODD = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\x00\r\n\t\u202e\u2066\u200f\ue000\ue001\ufeff'\"<>&{}%😀𐍈\u0301"),
    ),
    min_size=1,
    max_size=300,
)
EASY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def as_stored(typed: str) -> str:
    """What has to arrive: all but NUL, with one kind of line end."""
    text = typed.replace("\x00", "").replace("\r\n", "\n")
    return text if text.strip() else ""


@pytest.mark.slow
@EASY
@given(words=ODD)
def test_words_are_stored_as_they_were_sent(words: str) -> None:
    client = Client()
    Draft.objects.all().delete()
    walk(client, {WHO: {"Q02": "victim"}})
    response = client.post(f"/p/{WHAT}/", {"Q06": ["theft"], "Q07": words})
    if not as_stored(words):
        assert response.status_code == 200
        return
    assert response.status_code == 302
    assert Draft.objects.get().read()["Q07"] == as_stored(words)
    assert client.get(f"/p/{WHAT}/").status_code == 200
    assert client.get(f"/p/{CHECK}/").status_code == 302


@EASY
@given(data=st.data())
def test_no_page_breaks_over_what_is_sent_to_it(data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(route.PAGES))
    names = [question.id for question in page.questions] + [
        "Q11_date-day",
        "Q11_date-month",
        "Q11_date-year",
        "as",
    ]
    typed = data.draw(st.dictionaries(st.sampled_from(names), st.one_of(ODD, st.lists(ODD, max_size=3))))
    client = Client()
    walk(client, {WHO: {"Q02": data.draw(st.sampled_from(["victim", "witness", "on_behalf"]))}})
    assert client.post(f"/p/{page.code}/", typed).status_code in (200, 302)


def test_halves_of_characters_never_reach_the_database() -> None:
    assert keepable("a\ud83db\x00c") == "abc"
    form = form_for(
        route.BY_CODE[WHAT],
        {"Q02": "victim"},
        today=NOW.date(),
        data={"Q06": ["theft"], "Q07": "x\udc00y\x00"},
    )
    assert form.is_valid()
    assert form.given()["Q07"] == "xy"


def test_very_long_words_are_refused_kindly_and_kept_on_the_page(client: Client) -> None:
    walk(client, {WHO: {"Q02": "victim"}})
    response = client.post(f"/p/{WHAT}/", {"Q06": ["theft"], "Q07": "ń" * 40_000})
    assert response.status_code == 200
    assert "You have 36,000 too many" in response.content.decode()
    assert "ń" * 40_000 in response.content.decode()
