"""The device keeps nothing: whoever opens the browser later finds neutral addresses and titles, and no word.

Amina goes as far as each step in a profile that stays on disk, types, and presses “Exit this page” with what she typed
still on the page. Then the browser is closed and every file of its profile is searched.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Route

from tests import browsers, sent_files
from tests.journeys.conftest import LAUNCH
from tests.journeys.people import Visitor

# What a search of the profile must find, or it looks in the wrong place: the site to which the exit leads.
ELSEWHERE = "https://www.bbc.co.uk/weather"
FOUND_IF_LOOKED_FOR = "Thundersnowflurry"
GIVES_AWAY = re.compile(
    r"hate|crime|incident|report|police|victim|witness|leicester|race|religio|faith|disab|gender|refer|code|danger|999|safe",
    re.IGNORECASE,
)
NEUTRAL_PATH = re.compile(
    r"(?:/|/safety/|/back/|/(?:p|back)/[a-z]\d/|/back/[a-z]\d/[a-z]\d/|/q/[a-z2-7]+/|/leave/|/l/[a-z-]+/)"
    r"(?:\?(?:[a-z]\d|added|removed|over|done|change))?"
)
WORD = "Quillbracken"
# Each step begins a journey of its own.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

Step = Callable[["Amina"], None]
Said = dict[str, str | float | bool]


class Amina(Visitor):
    """Somebody who types words that can be found again, at each step others."""

    typed: list[str]

    def word(self, step: str) -> str:
        """A word that stands nowhere else."""
        said = f"{WORD}{step}{len(self.typed)}"
        self.typed.append(said)
        return said

    def writes_everywhere(self, step: str) -> None:
        """Types into every field of the page for words, seen or not yet opened."""
        for field in self.page.locator("main input[type=text]:visible, main textarea:visible").all():
            field.fill(f"{self.word(step)} 07700 900 123")

    def exits(self) -> None:
        """By the button that stands on every page of the public; then looks whether Back shows what was typed."""
        self.page.locator(".govuk-js-exit-this-page-button").first.click()
        self.page.wait_for_url(ELSEWHERE)
        self.page.go_back()
        self.page.wait_for_load_state()
        seen = self.page.content() + "".join(
            field.input_value() for field in self.page.locator("input[type=text], textarea").all()
        )
        assert WORD not in seen, self.page.url

    def answers_everything(self) -> None:
        """The whole journey, named, so that there is most to type."""
        self.go("/p/a3/")
        for page in PAGES:
            page(self)
            self.onwards()
        self.page.wait_for_url("**/z4/")

    def comes_to(self, step: int) -> None:
        """One page of the journey. Those before it were typed into and left at their own steps: they are answered past
        the browser's pages, with its cookies."""
        for code, said in list(ANSWERS.items())[:step]:
            self.sends(f"/p/{code}/", said)
        self.go(f"/p/{[*ANSWERS, CHECK][step]}/")

    def sends(self, path: str, said: Said) -> None:
        """A page's form, as a browser would that shows and keeps nothing."""
        form = dict(HIDDEN.findall(self.page.request.get(path).text()))
        answer = self.page.request.post(path, form={**form, **said}, max_redirects=0)
        assert answer.status == 302, f"{path} does not take {said}"


def _what(amina: Amina) -> None:
    amina.choose("Name-calling or insults")
    amina.writes_everywhere("what")


def _when(amina: Amina) -> None:
    amina.choose("I know about when")
    amina.page.get_by_label("About when was it?").select_option("week")


def _where(amina: Amina) -> None:
    amina.choose("Leicester")
    amina.page.locator("input[name=Q13][value=street]").check()
    for name in ("Q05", "Q13_address"):
        if amina.page.locator(f"[name={name}]:visible").count():
            amina.page.locator(f"[name={name}]:visible").first.fill(amina.word("where"))


def _contact(amina: Amina) -> None:
    amina.page.locator("input[name=Q26_how][value=text]").check()
    amina.writes_everywhere("contact")


def _wishes(amina: Amina) -> None:
    amina.page.locator("input[name=Q23][value=record_only]").check()
    amina.page.locator("input[name=Q24][value=council]").check()


PAGES: tuple[Step, ...] = (
    lambda amina: amina.choose("No, not now"),
    lambda amina: amina.choose("It happened to me"),
    _what,
    lambda amina: amina.choose("Race"),
    _when,
    _where,
    lambda amina: amina.page.locator("input[name=Q19][value=maybe]").check(),
    lambda amina: amina.page.locator("input[name=Q25][value=yes]").check(),
    _contact,
    _wishes,
)
# The same pages, and what they take.
ANSWERS: dict[str, Said] = {
    "a3": {"Q01": "no"},
    "f6": {"Q02": "victim"},
    "k9": {"Q06": "name_calling", "Q07": "They shouted."},
    "m4": {"Q08": "race"},
    "p7": {"Q11": "about", "Q11_about": "week"},
    "r5": {"Q14": "leicester", "Q13": "street"},
    "t8": {"Q19": "maybe"},
    "v3": {"Q25": "yes"},
    "y9": {"Q26_name": "Naima", "Q26_how": "text", "Q26_mobile": "07700 900 123"},
    "x6": {"Q23": "record_only", "Q24": "council"},
}
CHECK = "z4"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def amina(browser: Browser, portal: str, profile: Path) -> Iterator[Amina]:
    """A browser whose profile stays."""
    context = browser.browser_type.launch_persistent_context(
        profile,
        executable_path=browsers.whole(),
        args=LAUNCH,
        base_url=portal,
        viewport={"width": 360, "height": 780},
    )
    context.route(f"{ELSEWHERE}**", _weather)
    page = context.pages[0]
    page.set_default_timeout(20_000)
    visitor = Amina(page)
    visitor.typed = []
    yield visitor
    _close(context)


def _weather(route: Route) -> None:
    page = f"<title>{FOUND_IF_LOOKED_FOR}</title><script>localStorage.x = '{FOUND_IF_LOOKED_FOR}'</script>"
    route.fulfill(body=page, content_type="text/html")


def _close(context: BrowserContext) -> None:
    if context.pages:
        context.close()


def test_whoever_leaves_at_any_step_leaves_nothing_on_the_device(
    amina: Amina, profile: Path, portal: str
) -> None:
    for step, fill in enumerate(PAGES):
        amina.comes_to(step)
        fill(amina)
        amina.exits()
    secrets = sends_and_comes_back(amina)
    saves_for_later(amina, secrets)
    amina.page.goto(ELSEWHERE)
    amina.page.context.close()

    assert len(amina.typed) > 20
    assert where_found(profile, [FOUND_IF_LOOKED_FOR]), "the search finds nothing at all"
    assert where_found(profile, [WORD, *secrets]) == []
    assert tells(profile, portal) == []


def sends_and_comes_back(amina: Amina) -> list[str]:
    """Leaves from the page of checking, the receipt, and each page of the way back; what may stand nowhere."""
    amina.comes_to(len(PAGES))
    amina.exits()
    amina.answers_everything()
    amina.onwards("Send my report")
    reference, code = amina.reference_and_code()
    amina.exits()
    for path in ("m7", "c9", "r6", "d8", "d8/w5", "d8/g9", "e2", "t6", "k4", "n8", "s4"):
        amina.sends("/back/", {"reference": reference, "code": code})
        amina.go(f"/back/{path}/")
        amina.writes_everywhere(f"back{path.replace('/', '')}")
        amina.exits()
    sends_a_file_and_takes_a_copy(amina, reference, code)
    return [*answers_the_survey(amina), reference, code, code.replace(" ", "-"), code.replace(" ", "+")]


def comes_back(amina: Amina, reference: str, code: str) -> None:
    amina.go("/back/")
    amina.write("Reference", reference)
    amina.write("Code", code)
    amina.onwards("Show me")


def sends_a_file_and_takes_a_copy(amina: Amina, reference: str, code: str) -> None:
    """Leaves from the page of files with one sent and one chosen, and from that of copies: what somebody saves on
    purpose is theirs, and the page says so; opening the page leaves nothing."""
    comes_back(amina, reference, code)
    amina.go("/back/w7/")
    for name in ("filesent", "filechosen"):
        amina.page.locator("input[type=file]").set_input_files([a_picture_called(amina.word(name))])
        if name == "filesent":
            amina.onwards("Add these files")
    amina.exits()
    comes_back(amina, reference, code)
    amina.go("/back/v8/")
    amina.exits()


def a_picture_called(name: str) -> FilePayload:
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": sent_files.jpeg()}


def answers_the_survey(amina: Amina) -> list[str]:
    """Leaves from it half answered, as the demonstration's person of whom it is due; what may stand nowhere."""
    # Asked past the browser: this page is no page of the public, and says what the site is.
    page = amina.page.request.get("/demo/").text()
    reference, code = (
        re.findall(rf'id="demo-{name}"[^>]*>([^<]+)<', page)[0] for name in ("reference", "code")
    )
    comes_back(amina, reference, code)
    amina.go("/back/q5/")
    amina.writes_everywhere("survey")
    amina.exits()
    amina.go(re.findall(r'id="demo-survey" href="([^"]+)"', page)[0])
    amina.writes_everywhere("surveylink")
    amina.exits()
    return [reference, code]


def saves_for_later(amina: Amina, secrets: list[str]) -> None:
    """Leaves from the page that shows the code of saved answers."""
    amina.comes_to(3)
    amina.onwards("Save and come back later")
    secrets.append(amina.page.locator("#code").inner_text())
    amina.exits()


def where_found(profile: Path, needles: list[str]) -> list[str]:
    """The files of the profile in which one of these stands, as Chromium writes text."""
    forms = [form for each in needles for form in (each.encode(), each.encode("utf-16-le"))]
    found = []
    for path in sorted(profile.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            found += [f"{path.relative_to(profile)}: {form!r}" for form in forms if form in content]
    return found


def tells(profile: Path, portal: str) -> list[str]:
    """Addresses and titles in the browser's history that say what the site is for."""
    with sqlite3.connect(f"file:{profile / 'Default' / 'History'}?immutable=1", uri=True) as history:
        seen = history.execute("SELECT url, title FROM urls").fetchall()
        searched = history.execute("SELECT term FROM keyword_search_terms").fetchall()
    assert [title for _url, title in seen if title == FOUND_IF_LOOKED_FOR], "nothing is in the history"
    ours = [(url.removeprefix(portal), title) for url, title in seen if url.startswith(portal)]
    assert ours, "none of our pages is in the history"
    loud = [
        f"{path} “{title}”"
        for path, title in ours
        if not NEUTRAL_PATH.fullmatch(path) or GIVES_AWAY.search(title)
    ]
    return loud + [term for (term,) in searched]
