"""Which pages and questions each teller meets, and what each rule says: read from the journey's data alone."""

from typing import Any

import pytest

from reporting.forms import form_for
from reporting.journey import route
from reporting.journey.question import SEEN, Page
from reporting.journey.summary import told
from reporting.journey.urgency import needs_same_day_look
from tests.people import NOW

TODAY = NOW.date()
BY_NAME: dict[str, Page] = {page.name: page for page in route.PAGES}
EVERYTHING_SEEN = {SEEN: list(BY_NAME)}


def asked(page: str, answers: dict[str, Any]) -> list[str]:
    return [question.id for question in BY_NAME[page].asked(answers)]


def errors(page: str, typed: dict[str, Any], answers: dict[str, Any] | None = None) -> dict[str, list[str]]:
    form = form_for(BY_NAME[page], answers or {"Q02": "victim"}, today=TODAY, data=typed)
    return {name: [str(each) for each in found] for name, found in form.errors.items()}


def kept(page: str, typed: dict[str, Any], answers: dict[str, Any] | None = None) -> dict[str, Any]:
    form = form_for(BY_NAME[page], answers or {"Q02": "victim"}, today=TODAY, data=typed)
    assert form.is_valid(), form.errors
    return form.given()


VICTIM = "danger who what why when where safety name wishes"
WITNESS = "danger who agreement what why when where name wishes"
ON_BEHALF = "danger who agreement what why when where safety name wishes"


def at_a_centre(pages: str) -> str:
    return pages.replace("safety name", "safety risk name done")


@pytest.mark.parametrize(
    ("answers", "pages"),
    [
        ({"Q02": "victim"}, VICTIM),
        ({"Q02": "witness"}, WITNESS),
        ({"Q02": "on_behalf"}, ON_BEHALF),
        ({"Q02": "victim", "channel": "centre"}, at_a_centre(VICTIM)),
        ({"Q02": "on_behalf", "channel": "centre"}, at_a_centre(ON_BEHALF)),
        ({"Q02": "victim", "Q25": "yes"}, VICTIM.replace("name", "name contact")),
        ({"Q02": "victim", "Q25": "contact_only"}, VICTIM.replace("name", "name contact")),
        ({"Q02": "victim", "Q25": "no"}, VICTIM),
    ],
)
def test_each_teller_meets_their_own_pages(answers: dict[str, Any], pages: str) -> None:
    assert [page.name for page in route.pages_for(answers)] == pages.split()


def test_an_anonymous_victim_has_told_everything_after_ten_pages() -> None:
    assert len(route.pages_for({"Q02": "victim", "Q25": "no"})) + 1 <= 10  # and the check


@pytest.mark.parametrize(
    ("page", "answers", "there", "not_there"),
    [
        ("agreement", {"Q02": "witness"}, {"W02", "Q03"}, {"Q04"}),
        ("agreement", {"Q02": "on_behalf"}, {"Q03", "Q04"}, {"W02"}),
        ("wishes", {"Q02": "witness"}, {"Q24_bar"}, {"Q23", "Q24"}),
        ("wishes", {"Q02": "victim"}, {"Q23", "Q24_bar", "Q24"}, {"C02", "C06"}),
        ("wishes", {"Q02": "victim", "channel": "centre"}, {"C02", "C06", "Q24"}, set()),
        ("who", {"channel": "centre"}, {"Q02", "C01", "C01_on", "C01_paper"}, set()),
        ("who", {}, {"Q02"}, {"C01", "C01_on", "C01_paper"}),
    ],
)
def test_a_page_asks_only_what_this_teller_can_answer(
    page: str, answers: dict[str, Any], there: set[str], not_there: set[str]
) -> None:
    assert there <= set(asked(page, answers))
    assert not not_there & set(asked(page, answers))


RATHER_TELLS = {"Q02": "victim", "Q07_person": "yes"}


@pytest.mark.parametrize(
    ("page", "typed", "answers", "wrong"),
    [
        ("danger", {}, {}, {"Q01"}),
        ("who", {}, {}, {"Q02"}),
        ("who", {"Q02": "nobody"}, {}, {"Q02"}),
        ("agreement", {}, {"Q02": "on_behalf"}, {"Q03"}),
        ("agreement", {}, {"Q02": "witness"}, set()),
        ("what", {}, None, {"Q06", "Q07"}),
        ("what", {"Q06": ["threats"]}, None, {"Q07"}),
        ("what", {"Q07_person": "on"}, None, set()),
        ("what", {"Q06": ["theft"], "Q07": "x" * 4001}, None, {"Q07"}),
        ("what", {"Q06": ["theft"], "Q07": "x" * 4000}, None, set()),
        ("why", {}, None, {"Q08"}),
        ("why", {}, RATHER_TELLS, set()),
        ("why", {"Q08": ["race", "not_sure"]}, None, {"Q08"}),
        ("why", {"Q08": ["not_sure"]}, None, set()),
        ("why", {"Q08": ["race", "religion", "disability"]}, None, set()),
        ("when", {}, None, {"Q11"}),
        ("when", {"Q11": "not_sure"}, None, set()),
        ("when", {"Q11": "about"}, None, {"Q11_about"}),
        ("when", {"Q11": "exact"}, None, {"Q11_date"}),
        ("when", {"Q11": "going_on"}, None, set()),
        ("where", {"Q14": "melton"}, None, {"Q13"}),
        ("where", {"Q14": "online"}, None, set()),
        ("where", {"Q14": "outside", "Q13": "street"}, None, set()),
        ("where", {"Q14": "atlantis", "Q13": "street"}, None, {"Q14"}),
        ("where", {}, RATHER_TELLS, set()),
        ("safety", {}, None, set()),
        ("name", {}, None, {"Q25"}),
        ("name", {"Q25": "no"}, None, set()),
        ("name", {"Q25": "no"}, RATHER_TELLS, {"Q25"}),
        ("name", {"Q25": "contact_only"}, RATHER_TELLS, set()),
        ("contact", {}, {"Q25": "yes"}, {"Q26_name", "Q26_how"}),
        ("contact", {"Q26_how": "text"}, {"Q25": "contact_only"}, {"Q26_mobile"}),
        ("contact", {"Q26_how": "phone", "Q26_phone": "ring me"}, {"Q25": "contact_only"}, {"Q26_phone"}),
        ("contact", {"Q26_how": "email", "Q26_email": "amina"}, {"Q25": "contact_only"}, {"Q26_email"}),
        ("contact", {"Q26_how": "email", "Q26_email": "a@example.org"}, {"Q25": "contact_only"}, set()),
        ("contact", {"Q26_how": "centre"}, {"Q25": "contact_only"}, {"Q26_how"}),
        ("wishes", {"Q23": ["police"]}, None, {"Q24"}),
        ("wishes", {"Q23": ["police"], "Q24": ["police", "no_one"]}, None, {"Q24"}),
        ("wishes", {"Q23": ["police"], "Q24": ["centre"]}, None, {"Q24"}),
        ("wishes", {"Q23": ["police"], "Q24": ["police"], "Q24_bar": "yes"}, None, {"Q24_bar_org"}),
        (
            "wishes",
            {"Q23": ["police"], "Q24": ["police"]},
            {"Q02": "victim", "channel": "centre"},
            {"C02", "C06"},
        ),
    ],
)
def test_a_page_refuses_what_does_not_fit_and_takes_what_does(
    page: str, typed: dict[str, Any], answers: dict[str, Any] | None, wrong: set[str]
) -> None:
    assert set(errors(page, typed, answers)) == wrong


@pytest.mark.parametrize(
    ("day", "month", "year", "says"),
    [
        ("31", "2", "2026", "real date"),
        ("", "2", "2026", "must include a day"),
        ("1", "2", "26", "4 numbers"),
        ("11", "3", "2026", "in the past"),
        ("1", "1", "1066", "too long ago"),
        ("9" * 40, "1", "2026", "real date"),
        ("1\x00", "1", "2026", "real date"),
    ],
)
def test_an_impossible_date_is_refused_in_plain_words(day: str, month: str, year: str, says: str) -> None:
    typed = {"Q11": "exact", "Q11_date-day": day, "Q11_date-month": month, "Q11_date-year": year}
    assert says in errors("when", typed)["Q11_date"][0]


def test_a_date_may_be_written_with_the_name_of_the_month() -> None:
    typed = {"Q11": "exact", "Q11_date-day": "4", "Q11_date-month": "March", "Q11_date-year": "2026"}
    assert kept("when", typed)["Q11_date"] == "2026-03-04"


def test_what_stands_under_a_choice_that_was_not_made_is_neither_checked_nor_kept() -> None:
    typed = {"Q08": ["race"], "Q08b": "muslim", "Q08a": ["age"], "Q08a_text": "green hair"}
    assert kept("why", typed) == {"Q08": ["race"]}


def test_nobody_can_bar_every_organisation_at_once() -> None:
    everybody = [option.code for option in BY_NAME["wishes"].questions[2].options_for("V")]
    typed = {"Q23": ["police"], "Q24": ["no_one"], "Q24_bar": "yes", "Q24_bar_org": everybody}
    assert "at least one organisation" in errors("wishes", typed)["Q24_bar_org"][0]
    assert not errors("wishes", {**typed, "Q24_bar_org": everybody[1:]})


def test_changing_who_tells_asks_for_what_is_now_missing_and_drops_what_no_longer_counts() -> None:
    as_victim = {
        **EVERYTHING_SEEN,
        "Q02": "victim",
        "Q06": ["threats"],
        "Q07": "They shouted.",
        "Q08": ["race"],
        "Q11": "not_sure",
        "Q14": "online",
        "Q25": "no",
        "Q23": ["police"],
        "Q24": ["police"],
        "Q16": ["frightened"],
    }
    assert route.unfinished(as_victim) == []
    as_friend = {**as_victim, "Q02": "on_behalf"}
    assert [page.name for page in route.unfinished(as_friend)] == ["agreement"]
    as_witness = {**as_victim, "Q02": "witness"}
    assert not {"Q16", "Q23", "Q24"} & set(route.that_count(as_witness))


def test_somebody_who_now_rather_tells_a_person_is_asked_again_for_a_way_to_reach_them() -> None:
    answers = {
        **EVERYTHING_SEEN,
        "Q02": "victim",
        "Q07_person": "yes",
        "Q25": "no",
        "Q23": ["support"],
        "Q24": ["no_one"],
    }
    assert [page.name for page in route.unfinished(answers)] == ["name"]


@pytest.mark.parametrize(
    ("answers", "is_urgent"),
    [
        ({}, False),
        ({"Q19": "yes"}, True),
        ({"Q19": "maybe"}, False),
        ({"Q16": ["self_harm", "frightened"]}, True),
        ({"Q06": ["attacked"]}, True),
        ({"Q06": ["sexual"]}, True),
        ({"Q06": ["threats"]}, False),
        ({"Q06": ["threats"], "Q13": "home"}, True),
        ({"Q06": ["threats"], "Q19": "maybe"}, True),
        ({"Q06": ["harassment"], "Q12": "all_the_time"}, True),
        ({"Q06": ["harassment"], "Q11": "going_on"}, True),
        ({"Q06": ["name_calling"], "Q12": "all_the_time"}, False),
        ({"Q06": ["threats"], "Q28": "13_15"}, True),
        ({"Q03": "not_possible", "Q28": "under_13"}, True),
    ],
)
def test_some_answers_ask_for_a_look_on_the_same_day(answers: dict[str, Any], is_urgent: bool) -> None:
    assert needs_same_day_look(answers) is is_urgent


def test_answers_are_read_back_in_words() -> None:
    answers = {"Q02": "victim", "Q08": ["race", "religion"], "Q11": "exact", "Q11_date": "2026-03-04"}
    rows = {row.question.id: row.answer for row in told(answers)}
    assert rows["Q02"] == "It happened to me"
    assert rows["Q08"] == "Race\nReligion or belief"
    assert rows["Q11_date"] == "4 March 2026"


def test_addresses_of_pages_say_nothing() -> None:
    codes = [page.code for page in route.PAGES]
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 2 for code in codes)
