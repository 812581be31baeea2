"""Lena has a learning disability: she is told in short sentences, one idea a line, with a picture on each page."""

import io
import re
from datetime import date
from typing import Any

import polib
import pytest
from django.conf import settings as installed
from django.test import Client
from django.utils.translation import gettext, override
from pypdf import PdfReader

from partners.languages import COOKIE, known
from reporting.journey import route
from reporting.journey.question import SEEN
from reporting.models import Draft, Report
from reporting.paper import paper_form
from reporting.translating import catalogue_path, folders, phrases, wanted
from reporting.walk import PUBLIC
from tests.people import NOW
from tests.reading_age import reading_of
from tests.reporting.visiting import sent_by, visit_of
from tests.reporting.walking import AMINA, CHECK, DANGER, SENT, WHAT, WHO, send, url, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

EASY = "en-easy"
READING_AGE = 7
MOST_WORDS = 12
PICTURE = re.compile(r'<img class="page-picture" src="[^"]*pictures/(\w+)[^"]*\.svg" alt="" ')
TAG = re.compile(r"<[^>]+>")
TOLD = {"W02": "yes", "Q03": "no", "Q07_person": "yes", "Q23": ["not_sure"], "Q24": ["no_one"]}
TOLD |= {"Q25": "yes", "Q26_name": "Lena", "Q26_how": "email", "Q26_email": "lena@mail.example"}
TELLERS = ("victim", "witness", "on_behalf", "community")
PUBLIC_PAGES = [page for page in route.PAGES if any(each.who != "C" for each in page.questions)]


@pytest.fixture(autouse=True)
def _drafts_are_offered(settings: Any) -> None:
    settings.IS_DEMO = True


def reads_easy_words(client: Client | None = None) -> Client:
    lena = client or Client()
    lena.cookies[COOKIE] = EASY
    return lena


def telling_as(who: str, client: Client, **said: Any) -> Client:
    """Somebody who has come to the end of the questions."""
    answers = {**TOLD, "Q02": who, SEEN: [page.name for page in route.ALL]}
    draft = Draft.begin({**answers, **said}, today=NOW.date())
    client.cookies[PUBLIC.cookie] = PUBLIC._signer.sign(str(draft.pk))
    return client


def shown(client: Client, address: str, data: dict[str, Any] | None = None) -> str:
    response = client.get(address) if data is None else client.post(address, data, follow=True)
    assert response.status_code in (200, 410), (address, response.status_code)
    return response.content.decode()


def pages_round_the_questions(client: Client) -> dict[str, str]:
    """The pages before, beside and after the questions, by what the list of pictures calls them."""
    found = {
        name: shown(client, address)
        for name, address in (
            ("start", "/"),
            ("before", "/safety/"),
            ("danger", url(DANGER)),
            ("emergency", "/p/b8/"),
            ("gone", url(WHAT)),
            ("back", "/back/"),
            ("come_back", "/back/m3/"),
            ("lost_code", "/back/g5/"),
        )
    }
    send(client)
    found["sent"] = shown(client, url(SENT))
    client.cookies.pop(PUBLIC.cookie)
    walk(client, {WHO: AMINA[WHO]})
    found["saved"] = shown(client, url(WHAT), {**AMINA[WHAT], "later": "1"})
    return found


def questions(client: Client, who: str) -> dict[str, str]:
    telling_as(who, client)
    asked = [page for page in route.PAGES if page.applies({"Q02": who, "Q25": "yes"})]
    return {page.name: shown(client, url(page.code)) for page in asked} | {"check": shown(client, url(CHECK))}


def all_pages(client: Client) -> dict[str, str]:
    found = pages_round_the_questions(client)
    for who in TELLERS:
        found |= {f"{name}, {who}": page for name, page in questions(client, who).items()}
    telling_as("victim", client, Q16=["self_harm"], Q28="under_13")
    return {**found, "help_now": shown(client, "/p/n5/")}


@pytest.fixture(scope="module")
def seen() -> dict[str, str]:
    """What was looked at once, for all who look at it."""
    return {}


@pytest.fixture
def easy(seen: dict[str, str]) -> dict[str, str]:
    """Every page of the journey in Easy Read."""
    if not seen:
        seen |= all_pages(reads_easy_words())
    return seen


def sizes_of(pdf: bytes) -> set[float]:
    """How large the letters are on the first pages, in points."""
    sizes: set[float] = set()

    def note(text: str, at: Any, within: Any, _font: Any, size: float) -> None:
        if text.strip():
            sizes.add(round(size * abs(within[3]) * abs(at[3]), 1))

    for page in PdfReader(io.BytesIO(pdf)).pages[:3]:
        page.extract_text(visitor_text=note)
    return sizes


def easy_words() -> list[tuple[polib.POEntry, str]]:
    entries = [e for folder in folders() for e in polib.pofile(str(catalogue_path(folder, EASY)))]
    said = [
        (e, e.msgstr_plural.values() if e.msgid_plural else [e.msgstr]) for e in entries if not e.obsolete
    ]
    return [(entry, text) for entry, texts in said for text in texts]


def test_each_page_has_its_picture_and_says_it_to_nobody_twice(easy: dict[str, str]) -> None:
    drawn = known()[EASY].pictures
    found = {name: PICTURE.findall(page) for name, page in easy.items()}
    assert found == {name: [drawn[name.partition(",")[0]]] for name in easy}
    assert {page.name for page in PUBLIC_PAGES} <= {name.partition(",")[0] for name in easy}


def test_no_page_in_english_has_one_or_loads_anything_for_it() -> None:
    pages = pages_round_the_questions(Client()) | questions(Client(), "victim")
    assert [name for name, page in pages.items() if "pictures/" in page or "easy_read" in page] == []


def test_screen_readers_are_told_that_it_is_english(easy: dict[str, str]) -> None:
    for page in (easy["start"], easy["sent"]):
        assert '<html lang="en"\n      dir="ltr"' in page
        assert 'lang="en" aria-current="true">Easy Read' in page
        assert "easy_read.css" in page


def test_it_says_that_nobody_with_a_learning_disability_has_checked_it(easy: dict[str, str]) -> None:
    assert [name for name, page in easy.items() if "No person with a learning disability" not in page] == []


def test_somebody_of_seven_can_read_it(easy: dict[str, str]) -> None:
    ages = {name: reading_of(page) for name, page in easy.items()}
    assert {name: (each.age, each.hardest) for name, each in ages.items() if each.age > READING_AGE} == {}


def test_the_way_back_begins_with_easy_words() -> None:
    home = shown(reads_easy_words(visit_of(sent_by())), "/back/h3/")
    assert PICTURE.findall(home) == [known()[EASY].pictures["home"]]
    assert "A person who knows how to help will read it." in home
    assert reading_of(home).age <= READING_AGE


def test_each_idea_has_its_own_line(easy: dict[str, str]) -> None:
    assert "You can write a lot or a little.<br>Your spelling does not matter.<br>" in easy["what, victim"]
    assert "Was someone cruel to you because of who you are?\nOr were they" in easy["start"]


def test_no_sentence_is_long() -> None:
    said = [(text, re.split(r"\n|(?<=[.!?:]) ", TAG.sub("", text))) for _entry, text in easy_words()]
    long = [part for _text, parts in said for part in parts if len(part.split()) > MOST_WORDS]
    assert long == []


def test_what_needs_easy_words_has_them_or_is_marked_as_easy_enough() -> None:
    done = {entry.msgid for entry, text in easy_words() if text != entry.msgid or "same" in entry.flags}
    needed = {phrase.words for phrase in wanted(EASY)}
    assert needed - done == set()
    asked = {question.id for page in route.PAGES for question in page.questions if question.who != "C"}
    places = known()[EASY].words_at
    assert asked | {f"page {page.name}" for page in PUBLIC_PAGES} <= places
    assert {phrase.at for phrase in phrases()} >= places - {"templates/reporting/asides/evidence.html"}


def test_everything_else_is_read_in_plain_english() -> None:
    assert "Hurt or damage" not in {phrase.words for phrase in wanted(EASY)}
    with override(EASY):
        assert gettext("Hurt or damage") == "Hurt or damage"
        assert gettext("Carer") == "Carer"
    assert wanted("ar") == phrases()


def test_every_picture_that_is_named_is_there_and_does_nothing() -> None:
    folder = installed.BASE_DIR / "static" / "pictures"
    drawn = {path.stem: path.read_text() for path in folder.glob("*.svg")}
    assert set(known()[EASY].pictures.values()) == set(drawn)
    assert [name for name, svg in drawn.items() if re.search(r"script|style|href|\bon\w+=|url\(", svg)] == []
    assert {
        name: (installed.BASE_DIR / "assets" / "pictures" / f"{name}.svg").read_text() for name in drawn
    } == drawn


def test_on_paper_it_has_the_same_questions_with_pictures_in_large_print() -> None:
    with override(EASY):
        form = paper_form(today=date(2026, 11, 2), language=EASY)
    plain = paper_form(today=date(2026, 11, 2), language="en-gb")
    ids = [[asked.id for part in each.parts for asked in part.asked] for each in (form, plain)]
    assert ids[0] == ids[1]
    assert (form.in_large_print, form.language, plain.in_large_print) == (True, "en", False)
    asked_of_all = {str(part.heading): part.picture for part in form.parts}
    assert asked_of_all["When did it happen?"].startswith("<svg")
    assert not any(part.picture for part in plain.parts)
    assert min(sizes_of(reads_easy_words().get("/form/").content)) >= 16


def test_who_reads_the_report_sees_that_easy_words_are_needed() -> None:
    assert Report(language=EASY).told_in == "Easy Read"


def test_where_it_is_not_offered_yet_it_says_how_to_ask_for_easy_words(settings: Any) -> None:
    settings.IS_DEMO = False
    page = shown(Client(), f"/l/{EASY}/")
    assert "“Easy Read, please.”" in page
    assert "Ask them to use easy words." in page
    assert "interpreter, who helps" not in page
