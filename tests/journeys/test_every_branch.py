"""Each way through the questions from end to end on a phone, with scripts and without, and without a mouse: what a
victim, a witness, somebody who tells for another and somebody from a mosque are asked and told."""

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.keyboard import Keyboard
from tests.journeys.pages import Eyes
from tests.journeys.people import REFERENCE, Visitor
from tests.journeys.test_six_updates import Typist
from tests.journeys.walking import Said, Visit, says

pytestmark = pytest.mark.timeout(240, func_only=True)
on_and_off = pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])

# A person's own time for reading a page and thinking about it, and for each key that is pressed.
A_PAGE_SECONDS, AT_MOST_SECONDS, AT_MOST_PAGES = 12.0, 240.0, 10
FURTHEST = 20

TO_BEGIN: Said = {"Q01": "no"}
NAIMA: Said = {
    **TO_BEGIN,
    "Q02": "victim",
    "Q06": ["name_calling", "online"],
    "Q06a": "facebook",
    "Q06a_link": "https://posts.example/1",
    "Q06a_username": "user1",
    "Q07": "They wrote it under my picture, and said it at the bus stop.",
    "Q08": ["religion", "other"],
    "Q08b": "muslim",
    "Q08a": ["job"],
    "Q08a_text": "I am a nurse",
    "Q11": "going_on",
    "Q11_since": "last summer",
    "Q11_often": "weekly",
    "Q12": "four_or_more",
    "Q14": "leicester",
    "Q13": "transport",
    "Q13_operator": "Blue buses",
    "Q13_route": "Line 12",
    "Q16": ["frightened", "self_harm"],
    "Q19": "yes",
    "Q28": "16_17",
    "Q25": "yes",
    "Q26_name": "Naima",
    "Q26_how": "phone",
    "Q26_phone": "01632 960 014",
    "Q26_message": "no",
    "Q23": ["support"],
    "Q24_bar": "yes",
    "Q24_bar_person": "My uncle at the town hall",
    "Q24": ["victim_first"],
    # More.
    "Q12_same": "yes",
    "Q12_told": "yes",
    "Q12_told_whom": ["education"],
    "Q10": "They used a word for my faith.",
    "Q09": "yes",
    "Q15": "treated",
    "Q17": "yes",
    "Q17_what": "My scarf",
    "Q18": "name",
    "Q18a_name": "Ray Nettle",
    "Q18a_how": "neighbour",
    "Q18b": "A red car",
    "Q18_staff": "yes",
    "Q18_org": ["blaby-dc"],
    "Q18_org_bar": "yes",
    "Q20": "yes",
    "Q20_who": "The driver",
    "Q21": "cctv",
    "Q21_camera": "On the bus",
    "Q22": "no",
    "Q22a": ["afraid", "language"],
    "Q27": ["interpreter", "woman"],
    "Q27_language": "Somali",
    "Q29": "yes",
    "Q30_sex": "female",
    "Q30_ethnicity": "black_african",
    "Q30_religion": "muslim",
    "Q31": "school",
    "Q32": "yes",
}
# The pages that are offered to somebody to whom it happened before.
OFFERED = ["c4", "d7", "e2", "g9", "j6", "l3", "q8", "s5", "u2", "b3"]

IMAM: Said = {
    **TO_BEGIN,
    "Q02": "community",
    "Q02a": ["worship"],
    "Q02a_name": "The mosque in Mill Lane",
    "Q06": ["damage"],
    "Q07": "Somebody wrote on our door.",
    "Q08": ["religion"],
    "Q08b": "muslim",
    "Q11": "not_sure",
    "Q14": "outside",
    "Q13": "worship",
    "Q19": "maybe",
    "Q25": "no",
    "Q23": ["police"],
    "Q24": ["police"],
}


@dataclass
class Teller:
    """Somebody who answers what they are asked."""

    visitor: Visitor
    said: Said

    @property
    def page(self) -> Page:
        return self.visitor.page

    def answers(self) -> None:
        """What stands on this page, in their words; what a choice opens comes after it."""
        names = set(
            self.page.eval_on_selector_all("main [name]", "fields => fields.map((field) => field.name)")
        )
        for name, value in self.said.items():
            if name in names:
                says(self.page, {name: value})

    def to_the_check(self) -> dict[str, str]:
        """Answers all that everybody is asked; gives what stood on each page on the way."""
        self.visitor.go("/p/a3/")
        been: dict[str, str] = {}
        for _ in range(FURTHEST):
            code = self.page.url.rstrip("/").rsplit("/", 1)[-1]
            been[code] = self.main()
            if code == "z4":
                return been
            self.answers()
            self.visitor.press(self.page.get_by_role("button", name="Continue"))
        raise AssertionError(been)

    def adds(self, code: str) -> str:
        """One of the pages that are offered; gives the address that it leads to."""
        self.visitor.press(self.page.locator(f"a[href='/p/{code}/']"))
        self.answers()
        self.visitor.press(self.page.get_by_role("button", name="Continue"))
        return self.page.url

    def main(self) -> str:
        return self.page.locator("main").inner_text()


@on_and_off
def test_somebody_to_whom_it_happened_tells_everything(visit: Visit, scripts: bool) -> None:
    naima = Teller(visit(360, scripts=scripts), NAIMA)
    been = naima.to_the_check()
    assert list(been) == ["a3", "f6", "k9", "m4", "p7", "r5", "t8", "n5", "v3", "y9", "x6", "z4"]
    for words in ("Samaritans", "116 123", "Childline", "0800 1111", "not your fault"):
        assert words in been["n5"], "crisis and children's help come at once"
    for code in OFFERED:
        onwards = naima.adds(code)
        if code == "s5":  # who needs care is told of help before going on
            assert "adult social care" in naima.main()
            naima.visitor.press(naima.page.get_by_role("button", name="Continue"))
        else:
            assert onwards.endswith("/p/z4/#more")
    told = naima.main()
    for words in ("Ray Nettle", "Blue buses", "Somali", "My scarf", "Black: African", "The driver"):
        assert words in told, words
    assert "Add" not in [link.inner_text().split()[0] for link in naima.page.locator("main dl a").all()]
    naima.visitor.onwards("Send my report")
    assert "61016" in naima.main()
    assert naima.visitor.reference_and_code()


@on_and_off
def test_somebody_from_a_mosque_outside_the_area_tells_and_is_shown_where_else(
    visit: Visit, scripts: bool
) -> None:
    imam = Teller(visit(360, scripts=scripts), IMAM)
    assert list(imam.to_the_check()) == ["a3", "f6", "k9", "m4", "p7", "r5", "t8", "v3", "x6", "z4"]
    assert "The mosque in Mill Lane" in imam.main()
    assert "Questions about equality" not in imam.main()
    imam.visitor.onwards("Send my report")
    assert imam.page.get_by_role("link", name="police.uk").count() == 1
    assert "Stop Hate UK" in imam.main()


def test_an_anonymous_victim_needs_ten_pages_and_four_minutes_without_a_mouse(visit: Visit) -> None:
    """The seconds are a person's, whatever this machine needs: so many a key, and for each page to read and think."""
    amina = visit(360)
    keys, typist = Keyboard(amina.page), Typist(amina.page)
    counted = CountedKeys(amina.page)
    keys.page = counted  # type: ignore[assignment]
    amina.go("/p/a3/")
    pages = []
    for said in WITHOUT_A_MOUSE:
        pages.append(amina.page.url)
        for how, *words in said:
            getattr(keys, how)(*words)
        keys.follow("Continue")
    pages.append(amina.page.url)
    assert amina.page.url.endswith("/p/z4/")
    keys.follow("Send my report")
    assert amina.reference_and_code()
    assert len(set(pages)) == len(pages) <= AT_MOST_PAGES
    typist.seconds = counted.pressed * 0.2 + len(pages) * A_PAGE_SECONDS
    assert typist.seconds < AT_MOST_SECONDS, f"{typist.seconds:.0f} seconds, {counted.pressed} keys"


# What is done on each of the nine pages before the check, by keys alone.
WITHOUT_A_MOUSE: list[list[tuple[str, ...]]] = [
    [("pick", "Yes, someone is in danger", "No, not now")],
    [("pick", "It happened to me")],
    [
        ("tick", "Name-calling or insults"),
        ("write", "in your own words", "A man in a car shouted at me to go home. He threw a bottle at me."),
    ],
    [("tick", "Race")],
    [("pick", "Yes, I know the date", "Not sure")],
    [("pick", "Leicester", "Blaby"), ("pick", "At or near home", "Street")],
    [],
    [("pick", "Yes", "No, stay anonymous")],
    [("tick", "Just record it"), ("tick", "No one with my name on it")],
]


class CountedKeys:
    """A page whose keys are counted as they are pressed."""

    def __init__(self, page: Page) -> None:
        self._page, self.pressed = page, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._page, name)

    @property
    def keyboard(self) -> "CountedKeys":
        return self

    def press(self, key: str) -> None:
        self.pressed += 1
        self._page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.pressed += len(words)
        self._page.keyboard.type(words)


def test_a_witness_tells_without_a_mouse_and_says_whether_the_police_may_ask(visit: Visit) -> None:
    wiktor = visit(360)
    keys = Keyboard(wiktor.page)
    wiktor.go("/p/f6/")
    keys.pick("It happened to me", "I saw or heard it")
    keys.follow("Continue")
    keys.pick("Yes", "No")
    keys.follow("Continue")
    keys.tick("Threats or intimidation")
    keys.write("in your own words", "He stood over her.")
    keys.follow("Continue")
    keys.tick("Not sure")
    keys.follow("Continue")
    keys.pick("Yes, I know the date", "Not sure")
    keys.follow("Continue")
    keys.pick("Leicester", "Rutland")
    keys.pick("At or near home", "Park")
    keys.follow("Continue")
    keys.pick("Yes", "No, stay anonymous")
    keys.follow("Continue")
    assert wiktor.heading() == "Is there a person or an organisation who must not see this?"
    keys.follow("Continue")
    keys.follow("Who saw it?")
    keys.pick("Yes", "Maybe")
    keys.follow("Continue")
    assert "Maybe. Ask me first" in wiktor.page.locator("main").inner_text()
    keys.follow("Send my report")
    assert REFERENCE.search(wiktor.page.locator("main").inner_text())


def test_somebody_tells_for_a_child_without_a_mouse(visit: Visit) -> None:
    ewa = visit(360, scripts=False)
    keys = Keyboard(ewa.page)
    ewa.go("/p/f6/")
    keys.pick("It happened to me", "I am telling you for someone else")
    keys.follow("Continue")
    keys.pick("Yes, and they agree", "It is not possible to ask them")
    keys.follow("Continue")
    assert "Please leave out the person's name" in ewa.page.locator("main").inner_text()
    keys.tick("I would rather tell a person")
    for _ in range(4):
        keys.follow("Continue")
    keys.pick("Under 13", "13 to 15")
    keys.follow("Continue")
    assert "Childline" in ewa.page.locator("main").inner_text()
    keys.follow("Continue")
    keys.pick("Yes", "No, but here is a safe way to contact me")
    keys.follow("Continue")
    keys.pick("Phone call", "Text message")
    keys.write("Mobile number", "07700 900 014")
    keys.follow("Continue")
    keys.tick("Someone to talk to, or support")
    keys.tick("No one with my name on it")
    keys.follow("Continue")
    keys.follow("Send my report")
    assert ewa.reference_and_code()


def test_what_may_be_added_can_be_used_by_everybody(visit: Visit) -> None:
    naima = Teller(visit(), {**NAIMA, "Q25": "no", "Q16": "frightened", "Q28": "25_44"})
    naima.to_the_check()
    eyes = Eyes(naima.page)
    eyes.look("check-more")
    for code in OFFERED:
        naima.visitor.go(f"/p/{code}/")
        naima.answers()
        eyes.look(f"more-{code}")
    naima.visitor.go("/p/g9/")
    naima.page.locator("input[name=Q18_staff][value=yes]").check()
    naima.page.locator("input[name=Q18_org_bar][value=yes]").check()
    naima.visitor.onwards()
    assert "Choose which organisation" in naima.main()
    eyes.look("more-g9-wrong")
    naima.visitor.go("/p/s5/")
    naima.answers()
    naima.visitor.onwards()
    eyes.look("more-help")
    eyes.verdict()
