"""Six actions are told about in under two minutes, without a mouse; interrupted half way, nothing is lost.

The seconds are a person's: so many for each key that is pressed, and for reading and thinking about each action. What
this machine needs is no matter.
"""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.journeys.keyboard import FAR, FOCUSED
from tests.journeys.people import Visitor
from tests.journeys.walking import Visit

pytestmark = pytest.mark.timeout(120)
A_KEY_SECONDS, AN_ACTION_SECONDS, SIGNING_IN_SECONDS, AT_MOST_SECONDS = 0.2, 5.0, 15.0, 120.0
# What each of six actions is told: '' is “no change”.
SENTENCES = (
    "Two more depots have had it.",
    "",
    "The school dates are fixed.",
    "",
    "",
    "All shifts are briefed.",
)
UPDATES = "/staff/plans/updates/"


@dataclass
class Typist:
    """Presses keys and counts them; what they look at takes them their time."""

    page: Page
    seconds: float = 0.0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.seconds += A_KEY_SECONDS

    def write(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.seconds += A_KEY_SECONDS * len(words)

    def to(self, name: str) -> None:
        """Tabs on to the field of this name."""
        for _ in range(FAR):
            self.press("Tab")
            focused = self.page.evaluate(FOCUSED)
            assert focused["shown"], f"{focused} has the focus and cannot be seen"
            if focused["name"] == name:
                return
        raise AssertionError(f"{name} is not reached")

    def tell(self, action: str, sentence: str) -> None:
        """One action: thinking about it, then a tick, or a sentence and how much is done."""
        self.seconds += AN_ACTION_SECONDS
        if not sentence:
            self.to(f"a-{action}-no_change")
            self.press("Space")
            return
        self.to(f"a-{action}-what_changed")
        self.press("Control+a")
        self.write(sentence)
        self.to(f"a-{action}-percent")
        self.press("Control+a")
        self.write("61")


def waiting(visitor: Visitor) -> list[str]:
    """The first six actions that wait, by their numbers in the form."""
    jumps = visitor.page.locator(".jumps a").all()[:6]
    return [re.sub(r"\D", "", jump.get_attribute("href") or "") for jump in jumps]


def signs_in(visit: Visit, persona: str, *, scripts: bool, typist: Typist | None = None) -> Typist:
    visitor = visit(1280, scripts=scripts)
    visitor.becomes(persona)
    visitor.go(UPDATES)
    return Typist(visitor.page, (typist.seconds if typist else 0.0) + SIGNING_IN_SECONDS)


def sends(typist: Typist) -> str:
    """From the last field on to the button; gives what the next page says."""
    for _ in range(FAR):
        typist.press("Tab")
        if typist.page.evaluate(FOCUSED)["words"].startswith("Send updates"):
            break
    with typist.page.expect_navigation():
        typist.press("Enter")
    return typist.page.locator("main").inner_text()


def skip_to_the_first(typist: Typist, action: str) -> None:
    """The skip link, and the link to the first action that waits."""
    typist.press("Tab")
    typist.press("Enter")
    for _ in range(FAR):
        typist.press("Tab")
        if typist.page.evaluate("() => document.activeElement.hash") == f"#action-{action}":
            typist.press("Enter")
            return
    raise AssertionError(f"no link leads to {action}")


def stands_there(typist: Typist, action: str, sentence: str) -> bool:
    field = typist.page.locator(f"[name=a-{action}-{'what_changed' if sentence else 'no_change'}]")
    return field.input_value() == sentence if sentence else field.is_checked()


@pytest.mark.parametrize(
    ("scripts", "persona"),
    [(True, "district-officer"), (False, "council-officer")],
    ids=["scripts on, and the browser dies", "scripts off, and saved for later"],
)
def test_six_actions_in_two_minutes_without_a_mouse_and_interrupted_half_way(
    visit: Visit, scripts: bool, persona: str
) -> None:
    typist = signs_in(visit, persona, scripts=scripts)
    six = waiting(Visitor(typist.page))
    assert len(six) == 6
    skip_to_the_first(typist, six[0])
    for action, sentence in zip(six[:3], SENTENCES[:3], strict=True):
        typist.tell(action, sentence)
    if scripts:
        # The last word is kept without leaving its field.
        typist.page.locator(f"#action-{six[2]} [data-kept]").wait_for()
        typist.page.get_by_text("not sent yet").last.wait_for()
        typist.page.wait_for_function(
            "() => document.querySelector('[data-saved]').textContent.startsWith('Saved')"
        )
    else:
        saves_for_later(typist)
    typist.page.context.close()

    typist = signs_in(visit, persona, scripts=scripts, typist=typist)
    assert waiting(Visitor(typist.page)) == six, "what was not sent still waits"
    assert [stands_there(typist, *each) for each in zip(six[:3], SENTENCES[:3], strict=True)] == [True] * 3
    skip_to_the_first(typist, six[3])
    for action, sentence in zip(six[3:], SENTENCES[3:], strict=True):
        typist.tell(action, sentence)
    said = sends(typist)
    assert "Recorded: 6 updates" in said
    assert all(sentence in said for sentence in SENTENCES)
    assert typist.seconds < AT_MOST_SECONDS, f"{typist.seconds:.0f} seconds"


def saves_for_later(typist: Typist) -> None:
    for _ in range(FAR):
        typist.press("Tab")
        if typist.page.evaluate(FOCUSED)["words"].startswith("Save for later"):
            break
    with typist.page.expect_navigation():
        typist.press("Enter")
    assert "Saved for later, not sent yet" in typist.page.locator("main").inner_text()
