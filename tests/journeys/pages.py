"""Looking at a page with everybody's eyes: on a phone and on a desk, with axe, for what would keep somebody out."""

import os
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.journeys.focus import faults_of_focus

AXE = Axe().axe_script
WIDTHS = (360, 1280)
# The addresses that were looked at in this run.
SEEN: set[str] = set()
# What of the public's pages was looked at with axe, in each language: addresses, those with a form, those on which
# something was wrong, what was then said, and the names of fields.
SHOWN: defaultdict[str, set[str]] = defaultdict(set)
FORMS: defaultdict[str, set[str]] = defaultdict(set)
WRONG: defaultdict[str, set[str]] = defaultdict(set)
SAID: defaultdict[str, set[str]] = defaultdict(set)
ASKED: defaultdict[str, set[str]] = defaultdict(set)
HEIGHT = 780
# What is brought to each page for looking is refused by the frames in which a page shows another.
REFUSED = "Blocked script execution in 'about:srcdoc'"
# The design system says which choice opens something with an attribute that radios may not have; screen readers
# gain by it, and its makers keep it. Nothing else is let pass.
UPSTREAM = {
    "aria-allowed-attr": ".govuk-radios__input[aria-expanded], .govuk-checkboxes__input[aria-expanded]",
}
# Whether links in a text stand out is asked by style first: one with a line beneath it is told apart, whatever the
# colours behind, and measuring those takes a third of the rest. Where style does not do, all is asked again with them.
# Only what is wrong is made ready to be told.
AXE_RUN = """async ([upstream, measuresContrast]) => {
  const bad = (results) => results.map((each) => ({...each, passes: [], incomplete: [], inapplicable: []}));
  axe.addReporter("bad", (results, options, tell) => axe.getReporter("v1")(bad(results), options, tell));
  const run = (checks) => axe.run(document, {reporter: "bad", resultTypes: ["violations"], preload: false, checks,
    rules: {"color-contrast": {enabled: measuresContrast}}});
  let result = await run({"link-in-text-block": {enabled: false}});
  if (result.violations.some((rule) => rule.id === "link-in-text-block")) result = await run({});
  const isUpstream = (rule, node) =>
    upstream[rule] && document.querySelector(node.target.at(-1))?.matches(upstream[rule]);
  return result.violations.flatMap((rule) => rule.nodes
    .filter((node) => !isUpstream(rule.id, node))
    .map((node) => `${rule.id} at ${node.target.join(" ")}: ${node.failureSummary}`));
}"""
FOR_STAFF = ("/staff/", "/accounts/")
# Colours, grounds and sizes whose contrast was measured in this run.
MEASURED: set[str] = set()
STATE = """() => ({
  language: document.documentElement.lang,
  path: location.pathname,
  names: [...document.querySelectorAll("main [name]")].map((each) => each.name.split("-")[0]),
  asks: Boolean(document.querySelector("form#asked")),
  said: [...document.querySelectorAll(".govuk-error-summary__list li")].map((each) => each.textContent.trim()),
})"""
# All that the contrast of a page's texts depends on: measuring it takes longer than everything else together.
COLOURS = """() => {
  const seen = new Set();
  const note = (part) => {
    const style = getComputedStyle(part);
    let behind = part, opacity = 1, ground = null;
    for (; behind; behind = behind.parentElement) {
      const its = getComputedStyle(behind);
      opacity *= its.opacity;
      if (ground === null && (its.backgroundImage !== "none" || !/, 0\\)$/.test(its.backgroundColor)))
        ground = `${its.backgroundColor} ${its.backgroundImage}`;
    }
    seen.add([style.color, ground, opacity, style.fontSize, style.fontWeight, style.textShadow].join());
  };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const part = words.currentNode.parentElement;
    if (words.currentNode.data.trim() && part.checkVisibility({visibilityProperty: true})) note(part);
  }
  document.querySelectorAll("input, select, textarea").forEach(note);
  return [...seen];
}"""
FRAME = """() => ({
  title: document.title.trim(),
  h1: document.querySelectorAll("h1").length,
  main: document.querySelectorAll("main, [role=main]").length,
  wide: document.documentElement.scrollWidth,
})"""


def faults_at(page: Page, width: int) -> list[str]:
    """What would keep somebody out of this page at this width.

    Contrast is measured on every page of the public as it is on a phone; on a desk and on pages of those who work here
    where a colour, a ground or a size is there that was not measured yet."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    seen = page.evaluate(FRAME)
    colours = set(page.evaluate(COLOURS))
    is_measured_always = width == WIDTHS[0] and not urlsplit(page.url).path.startswith(FOR_STAFF)
    is_measured = colours <= MEASURED and not is_measured_always
    faults = list(page.evaluate(AXE_RUN, [UPSTREAM, not is_measured]))
    MEASURED.update(colours)
    faults += ["has no title"] if not seen["title"] else []
    faults += [f"has {seen['h1']} first headings"] if seen["h1"] != 1 else []
    faults += [f"has {seen['main']} main parts"] if seen["main"] != 1 else []
    faults += [f"scrolls sideways, {seen['wide']} pixels wide"] if seen["wide"] > width else []
    return [f"{urlsplit(page.url).path} at {width} {fault}" for fault in faults]


def note_state(page: Page) -> None:
    """Remembers which page this is, in which language, and which mistakes it names: the last of the journeys compares
    it with all that there are."""
    state = page.evaluate(STATE)
    language, path = state["language"], state["path"]
    SHOWN[language].add(path)
    SAID[language].update(state["said"])
    ASKED[language].update(state["names"])
    if state["asks"]:
        FORMS[language].add(path)
    if state["said"]:
        WRONG[language].add(path)


def faults_of(page: Page) -> list[str]:
    """What would keep somebody out of this page, on a phone, on a desk or without a mouse; it is loaded once."""
    if not page.evaluate("() => Boolean(window.axe)"):
        # Evaluated, not added as a script: the pages allow no script but their own.
        page.evaluate(AXE)
    note_state(page)
    faults = [fault for width in WIDTHS for fault in faults_at(page, width)]
    return faults + [f"{urlsplit(page.url).path} {fault}" for fault in faults_of_focus(page)]


def assert_everybody_can_use(page: Page) -> None:
    """Looks at one page and says at once what is wrong with it."""
    SEEN.add(urlsplit(page.url).path)
    assert faults_of(page) == []


@dataclass
class Eyes:
    """Looks at page after page of one browser, and keeps every fault until the end."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(AXE)  # quicker than bringing it to each page
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("request", self._request)

    def look(self, name: str) -> None:
        """At the page that is open now; `name` is what its pictures are called."""
        SEEN.add(urlsplit(self.page.url).path)
        self.faults += [f"{name}: {fault}" for fault in faults_of(self.page)]
        self._picture(name)

    def glance(self, name: str) -> None:
        """At a page that was looked at before, with another mistake on it: the same parts in the same places."""
        note_state(self.page)
        self.faults += [f"{name}: {fault}" for fault in faults_at(self.page, WIDTHS[0])]
        self._picture(name)

    def look_at(self, *paths: str) -> None:
        for path in paths:
            self.page.goto(path)
            self.look(re.sub(r"\W+", "-", path).strip("-") or "start")

    def verdict(self) -> None:
        assert self.faults == [], "\n" + "\n".join(self.faults)

    def _console(self, message: ConsoleMessage) -> None:
        # A page that says 404 or 410 says so in the console too; a part of a page that is missing is a fault.
        is_the_page = message.location.get("url", "") == self.page.url
        if message.type in ("error", "warning") and not is_the_page and not message.text.startswith(REFUSED):
            self.faults.append(f"{self.page.url} says in the console: {message.text}")

    def _request(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme in ("http", "https") and asked.hostname != "127.0.0.1":
            self.faults.append(f"{self.page.url} asks {asked.hostname}")

    def _picture(self, name: str) -> None:
        """With LLR_LOOK=<folder>, every page seen is kept as a picture there, at both widths."""
        if folder := os.environ.get("LLR_LOOK"):
            for width in WIDTHS:
                self.page.set_viewport_size({"width": width, "height": HEIGHT})
                self.page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
