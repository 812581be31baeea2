"""A question that is added to the journey's data, and nowhere else, is everywhere: on the page, in the check of all
answers, on the paper form, at a centre, on the page of a case, in the export, and among what is not translated yet."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils.translation import gettext_lazy, override

from casework.sight import answers_of, what_was_told
from reporting.export import Copy, as_data, as_text
from reporting.journey.happened import WHERE as WHERE_PAGE
from reporting.journey.more import HARM
from reporting.journey.question import Kind, Page, Question
from reporting.models import Report
from reporting.paper import paper_form
from reporting.translating import untranslated
from scope.context import worker_scope
from tests.people import NOW, asha, client_for
from tests.reporting.walking import AMINA, AMINA_AT_A_CENTRE, CHECK, WHERE, telling, url, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

WORDS = "Was there snow on the ground?"
NEW = Question("Q99", Kind.LINE, gettext_lazy(WORDS), limit=80)
SAID = "Up to the knee"
AT_A_CENTRE = "/staff/record/"


def with_one_more(page: Page, question: Question) -> Iterator[None]:
    """The page as if somebody had written one more question into the journey's data."""
    before = page.questions
    object.__setattr__(page, "questions", (*before, question))
    yield
    object.__setattr__(page, "questions", before)


@pytest.fixture
def one_more(partnership: None) -> Iterator[None]:
    yield from with_one_more(WHERE_PAGE, NEW)


@pytest.fixture
def one_more_to_add(partnership: None) -> Iterator[None]:
    yield from with_one_more(HARM, NEW)


def sent(client: Client) -> Report:
    client.post(url(CHECK))
    with worker_scope():
        return Report.objects.select_related("data_key").get()


@pytest.mark.usefixtures("one_more")
def test_it_stands_on_the_page_and_in_the_check(client: Client) -> None:
    walk(client, {code: AMINA[code] for code in list(AMINA)[:4]})
    assert WORDS in client.get(url(WHERE)).content.decode()
    walk(client, telling(**{WHERE: AMINA[WHERE] | {"Q99": SAID}}))
    page = client.get(url(CHECK)).content.decode()
    assert WORDS in page
    assert SAID in page


@pytest.mark.usefixtures("one_more")
def test_it_is_kept_shown_to_officers_and_exported(client: Client) -> None:
    walk(client, telling(**{WHERE: AMINA[WHERE] | {"Q99": SAID}}))
    report = sent(client)
    with worker_scope():
        rows = [row for _topic, facts in what_was_told(answers_of(report)) for row in facts]
        assert {"key": WORDS, "value": SAID} in rows
        copy = Copy.of(report)
    exported = {row["id"]: row for row in as_data(copy)["answers"]}
    assert exported["Q99"]["question"] == WORDS
    assert exported["Q99"]["answer"] == exported["Q99"]["in_words"] == SAID
    assert SAID in as_text(copy).decode()


@pytest.mark.usefixtures("one_more")
def test_it_stands_on_the_paper_form() -> None:
    with override("en-gb"):
        asked = [each for part in paper_form(today=NOW.date(), language="en-gb").parts for each in part.asked]
    assert [(each.id, each.label) for each in asked if each.id == "Q99"] == [("Q99", WORDS)]


@pytest.mark.usefixtures("one_more")
def test_it_stands_on_the_centres_form() -> None:
    client = client_for(asha())
    pages = telling(AMINA_AT_A_CENTRE)
    walk(client, {code: pages[code] for code in list(pages)[:3]}, at=AT_A_CENTRE)
    assert WORDS in client.get(url(WHERE, at=AT_A_CENTRE)).content.decode()


@pytest.mark.usefixtures("one_more")
def test_it_is_listed_as_untranslated() -> None:
    assert [phrase.words for phrase in untranslated("ar") if phrase.at == "Q99"] == [WORDS]


def test_before_there_was_none() -> None:
    assert not [phrase for phrase in untranslated("ar") if phrase.at == "Q99"]


@pytest.mark.usefixtures("one_more_to_add")
def test_so_it_is_on_a_page_that_nobody_has_to_open(client: Client) -> None:
    walk(client, AMINA)
    assert WORDS in client.get(url(HARM.code)).content.decode()
    client.post(url(HARM.code), {"Q99": SAID})
    assert SAID in client.get(url(CHECK)).content.decode()
    assert sent(client).told()["Q99"] == SAID
