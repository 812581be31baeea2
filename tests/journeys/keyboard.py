"""Somebody who uses no mouse: Tab, Space, Enter and the arrows, and never a thing hidden that has the focus."""

from dataclasses import dataclass

from playwright.sync_api import Page

FOCUSED = """() => {
  const focused = document.activeElement;
  const labels = [...(focused.labels || [])].map((label) => label.innerText);
  // The first line of it, where it wraps.
  const box = focused.getClientRects()[0] || focused.getBoundingClientRect();
  const near = (one, other) => one && other && (one.contains(other) || other.contains(one));
  const shown = [0.1, 0.5, 0.9].some((part) => {
    const there = document.elementFromPoint(box.left + part * box.width, box.top + part * box.height);
    return near(focused, there) || [...(focused.labels || [])].some((label) => near(label, there));
  });
  // Lists of choices and regions that scroll are called by their labels, whatever stands in them.
  const own = ["A", "BUTTON", "SUMMARY"].includes(focused.tagName) ? focused.innerText : "";
  return {words: [own, focused.ariaLabel || "", ...labels].join(" "), kind: focused.type || focused.tagName,
          shown: Boolean(shown) || focused === document.body, name: focused.name || ""};
}"""
FAR = 120


@dataclass
class Keyboard:
    """The keys, and what has the focus."""

    page: Page

    def to(self, words: str, kind: str = "") -> None:
        """Tabs on until something with these words has the focus."""
        for _ in range(FAR):
            self.page.keyboard.press("Tab")
            focused = self.page.evaluate(FOCUSED)
            for _ in range(10):  # a page that has just come may still be moving
                if focused["shown"]:
                    break
                self.page.wait_for_timeout(100)
                focused = self.page.evaluate(FOCUSED)
            assert focused["shown"], f"{focused} has the focus on {self.page.url} and cannot be seen"
            if words in focused["words"] and (not kind or focused["kind"] == kind):
                return
        raise AssertionError(f"“{words}” is not reached on {self.page.url}")

    def follow(self, words: str) -> None:
        """A link or button: to it, and Enter."""
        self.to(words)
        before = self.page.url
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: url != before)

    def send(self, words: str) -> None:
        """As `follow`, where the next page may have the same address."""
        self.to(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def open(self, words: str) -> None:
        """What unfolds on the same page."""
        self.to(words)
        self.page.keyboard.press("Enter")

    def tick(self, *labels: str) -> None:
        """Checkboxes in the page's order."""
        for label in labels:
            self.to(label, "checkbox")
            self.page.keyboard.press("Space")

    def pick(self, first: str, wanted: str = "") -> None:
        """A radio: Tab comes to the first of its group, the arrows to the others."""
        self.to(first, "radio")
        self.page.keyboard.press("Space")
        for _ in range(FAR):
            if (wanted or first) in self.page.evaluate(FOCUSED)["words"]:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"“{wanted}” is not reached by arrows on {self.page.url}")

    def write(self, label: str, words: str) -> None:
        """Into a field, whose old words Tab has chosen; in a list of choices the first letters choose."""
        self.to(label)
        self.page.keyboard.type(words)

    def day(self, day: str, month: str, year: str) -> None:
        for label, number in (("Day", day), ("Month", month), ("Year", year)):
            self.write(label, number)
