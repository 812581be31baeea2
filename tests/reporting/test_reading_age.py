"""Every English page that the public meets can be read by somebody of nine; what cannot is named with its reason."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from reporting.journey import route
from reporting.journey.question import SEEN
from reporting.models import Draft
from reporting.walk import PUBLIC
from tests.access_matrix import ALL, MATRIX
from tests.people import NOW
from tests.reading_age import reading_of
from tests.reporting.visiting import sent_by, visit_of
from tests.reporting.walking import AMINA, CHECK, WHAT, WHO, send, url, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

READING_AGE = 9
# Read by somebody older, and why that has to be so.
OLDER: dict[str, tuple[float, str]] = {}
# Public, but not a page of ours to somebody who tells us something.
NOT_MEASURED = {
    "plans/": "shows the plans that the partnership agreed, in their own words",
    "accounts/": "staff sign in there",
    "api/": "for machines",
    "health/": "for machines",
    "demo/": "for whoever tries the portal",
}

Pages = Iterator[tuple[str, str]]
TELLERS: dict[str, dict[str, Any]] = {
    "victim": {"Q02": "victim"},
    "witness": {"Q02": "witness", "W02": "yes"},
    "on behalf": {"Q02": "on_behalf", "Q03": "no"},
    "community": {"Q02": "community"},
}
EVERYTHING_ELSE: dict[str, Any] = {"Q07_person": "yes", "Q25": "yes", "Q12": "once", "Q08": ["other"]}


def shown(client: Client, address: str, data: dict[str, Any] | None = None) -> str:
    response = client.get(address) if data is None else client.post(address, data)
    if response.status_code == 302:
        response = client.get(response["Location"])
    assert response.status_code in (200, 404, 410, 429), (address, response.status_code)
    return response.content.decode()


def telling_as(answers: dict[str, Any]) -> Client:
    """Somebody who has come to the end of the questions."""
    seen = [page.name for page in route.ALL]
    draft = Draft.begin({**answers, **EVERYTHING_ELSE, SEEN: seen}, today=NOW.date())
    client = Client()
    client.cookies[PUBLIC.cookie] = PUBLIC._signer.sign(str(draft.pk))
    return client


def pages_round_the_questions() -> Pages:
    client = Client()
    for address in (
        "/",
        "/safety/",
        "/p/b8/",
        "/back/",
        "/back/g5/",
        "/back/m3/",
        "/nothing-here/",
        "/p/k9/",
    ):
        yield address, shown(client, address)
    yield "a wrong code", shown(client, "/back/", {"reference": "LLR-2222-2222", "code": "no such code"})
    yield "a wrong code of what was saved", shown(client, "/back/m3/", {"code": "no such code"})
    client.cookies.clear()
    yield "sent", send(client).content.decode()
    saving = Client()
    walk(saving, {WHO: AMINA[WHO]})
    saving.post(url(WHAT), {**AMINA[WHAT], "later": "1"})
    yield "saved", shown(saving, "/p/d5/")
    yield "saved and deleted", shown(saving, "/p/d5/", {"erase": "1"})


def questions_to(who: str) -> Pages:
    answers = TELLERS[who]
    client = telling_as(answers)
    for page in route.ALL:
        if page.applies({**answers, **EVERYTHING_ELSE}):
            yield f"{page.name}, {who}", shown(client, url(page.code))
            yield f"{page.name}, {who}, with its mistakes", shown(client, url(page.code), {"Q02": ""})
    yield f"check, {who}", shown(client, url(CHECK))
    for name, told in (("crisis", {"Q16": ["self_harm"]}), ("a child", {"Q28": "under_13"})):
        yield f"help, {name}, {who}", shown(telling_as({**answers, **told}), "/p/n5/")


def pages_of_the_way_back() -> Pages:
    amina = visit_of(sent_by())
    home = shown(amina, "/back/h3/")
    yield "/back/h3/", home
    for address in sorted(set(re.findall(r'href="(/back/[a-z0-9/]+/)"', home)) - {"/back/h3/", "/back/f9/"}):
        yield address, shown(amina, address)


def every_other_public_page() -> Pages:
    """Whatever opens for everybody: a new page is measured without a word here."""
    for row in MATRIX:
        if (
            row.letters == ALL
            and row.get == 200
            and not row.out
            and not row.at.startswith(tuple(NOT_MEASURED))
        ):
            response = Client().get(f"/{row.at}")
            if response["Content-Type"].startswith("text/html"):
                yield f"/{row.at}", response.content.decode()


def assert_somebody_of_nine_can_read(pages: Pages) -> None:
    too_hard = []
    for name, page in pages:
        reading = reading_of(page)
        allowed, _reason = OLDER.get(name, (READING_AGE, ""))
        if reading.age > allowed:
            hardest = "\n".join(f"    {age:.0f}: {words}" for age, words in reading.hardest)
            too_hard.append(f"{name}: {reading.age:.1f}\n{hardest}")
    assert too_hard == [], "\n".join(["read by somebody older than nine:", *too_hard])


@pytest.mark.parametrize("who", TELLERS)
def test_somebody_of_nine_can_read_the_questions(who: str) -> None:
    assert_somebody_of_nine_can_read(questions_to(who))


@pytest.mark.parametrize("pages", [pages_round_the_questions, pages_of_the_way_back, every_other_public_page])
def test_somebody_of_nine_can_read_all_else(pages: Any) -> None:
    assert_somebody_of_nine_can_read(pages())


def test_plain_and_hard_words_are_told_apart() -> None:
    plain = "<main><p>You can tell us what they did. You do not have to say who you are.</p></main>"
    hard = "<main><p>Notification of circumstances necessitates authentication of particulars.</p></main>"
    assert reading_of(plain).age < READING_AGE < reading_of(hard).age
    assert (
        reading_of("<main><p>Yes, I agree</p></main><footer>Notwithstanding everything else</footer>").words
        == 0
    )


def test_every_exception_has_its_reason() -> None:
    assert all(age > READING_AGE and reason for age, reason in OLDER.values())
    assert all(NOT_MEASURED.values())
