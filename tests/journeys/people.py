"""What people do in front of the portal, in their own terms."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

REFERENCE = re.compile(r"LLR-[A-Z0-9]{4}-[A-Z0-9]{4}")
WORDS = "They shouted at us from a car and threw a bottle. It broke on the wall beside my son."


@dataclass
class Visitor:
    """Somebody with a browser."""

    page: Page

    def go(self, path: str) -> None:
        self.page.goto(path)

    def heading(self) -> str:
        return self.page.locator("h1").first.inner_text()

    def choose(self, *labels: str) -> None:
        """Ticks the boxes or radios with these labels."""
        for label in labels:
            self.page.get_by_label(label, exact=True).check()

    def write(self, label: str, text: str) -> None:
        self.page.get_by_label(label).fill(text)

    def onwards(self, button: str = "Continue") -> None:
        self.press(self.page.get_by_role("button", name=button))

    def press(self, leads_on: Locator) -> None:
        """Presses what leads to another page, and waits until that page is there."""
        with self.page.expect_navigation():
            leads_on.click()

    def becomes(self, persona: str) -> None:
        """Signs in as one of the demonstration's people, past the browser's pages with its cookies; no page opens."""
        page = self.page.request.get("/demo/").text()
        form = re.search(
            rf'action="([^"]*/{persona}/)"><input type="hidden" name="(\w+)" value="(\w+)"', page
        )
        assert form, f"{persona} is none of the demonstration's people"
        action, name, token = form.groups()
        answer = self.page.request.post(action, form={name: token}, max_redirects=0)
        assert answer.status == 302, f"nobody becomes {persona}: {answer.status}"

    def arrives_as(self, persona: str) -> None:
        """As `becomes`, by pressing the button, on the page that opens then."""
        self.go("/demo/")
        self.press(self.page.locator(f"form[action$='/{persona}/'] button"))

    def tells_anonymously(self, words: str = WORDS, *, area: str = "Leicester") -> tuple[str, str]:
        """The whole journey of somebody who gives no name; gives reference and code."""
        self.answers_until_check(words, area=area)
        self.onwards("Send my report")
        return self.reference_and_code()

    def answers_until_check(self, words: str = WORDS, *, area: str = "Leicester") -> None:
        self.go("/p/a3/")
        self.choose("No, not now")
        self.onwards()
        self.choose("It happened to me")
        self.onwards()
        self.choose("Name-calling or insults")
        self.write("Tell us what happened, in your own words", words)
        self.onwards()
        self.choose("Race", "Religion or belief")
        self.onwards()
        self.choose("I know about when")
        self.page.get_by_label("About when was it?").select_option("week")
        self.onwards()
        self.choose(area)
        self.page.locator("input[name=Q13][value=street]").check()
        self.onwards()
        self.page.locator("input[name=Q19][value=maybe]").check()
        self.onwards()
        self.choose("No, stay anonymous")
        self.onwards()
        self.page.locator("input[name=Q23][value=record_only]").check()
        self.page.locator("input[name=Q24][value=council]").check()
        self.onwards()
        self.page.wait_for_url("**/z4/", wait_until="load")

    def reference_and_code(self) -> tuple[str, str]:
        self.page.locator("#code").wait_for()
        text = self.page.locator("main").inner_text()
        found = REFERENCE.search(text)
        assert found, text
        return found.group(), self.page.locator("#code").inner_text()
