"""The scripts in a real browser under the strict policy: leaving at once, reveals with and without scripts."""

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template import engines
from playwright.sync_api import Browser, Page, sync_playwright

from tests import browsers
from tests.govuk.forms_for_tests import Everything, Why

pytestmark = [pytest.mark.journey]
ROOT = Path(__file__).resolve().parents[2]
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'"
SOURCE = """{% extends "base_public.html" %}{% load govuk %}
{% block content %}{% if not form.why %}<h1>All</h1>{% endif %}
{% govuk_error_summary form %}
<form method="post" action="/counted/" novalidate>{% govuk_fields form %}{% govuk_button "Continue" %}</form>
{% endblock %}"""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
# The design system keeps aria-expanded on radios and checkboxes that reveal, on purpose.
KNOWN_UPSTREAM = {"aria-allowed-attr"}


class Site(http.server.SimpleHTTPRequestHandler):
    """A few pages from memory, and static/ from the disk."""

    pages: dict[str, str] = {}
    posted: list[str] = []

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def do_GET(self) -> None:
        if self.path.startswith("/static/"):
            return super().do_GET()
        return self._answer(self.pages.get(self.path, "<title>Weather</title>"))

    def do_POST(self) -> None:
        self.posted.append(self.path)
        self.rfile.read(int(self.headers["Content-Length"]))
        threading.Event().wait(0.3)
        self._answer("<title>Next</title>")

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def _answer(self, html: str) -> None:
        body = html.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    render = engines["django"].from_string(SOURCE).render
    Site.pages = {
        "/question/": render({"form": Why(), "exit_this_page": True}),
        "/wrong/": render({"form": Why({"why": ["other"]})}),
        "/everything/": render({"form": Everything({"name": "<b>", "contact": "phone", "words": "x" * 60})}),
    }
    handler = functools.partial(Site, directory=str(ROOT))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="module")
def seen(site: str) -> Iterator[Callable[..., Any]]:
    """Do something on a page, in a thread that has a browser: its event loop stays out of everyone's way."""
    with ThreadPoolExecutor(1) as thread:
        playwright = thread.submit(lambda: sync_playwright().start()).result()
        launch = functools.partial(
            playwright.chromium.launch, executable_path=browsers.light(), args=ARGUMENTS
        )
        browser = thread.submit(launch).result()

        def do(scenario: Callable[[Page], Any], path: str, scripts: bool = True, width: int = 360) -> Any:
            return thread.submit(_look, browser, scenario, site + path, scripts, width).result()

        yield do
        thread.submit(browser.close).result()
        thread.submit(playwright.stop).result()


def _look(browser: Browser, scenario: Callable[[Page], Any], url: str, scripts: bool, width: int) -> Any:
    page = browser.new_page(java_script_enabled=scripts, viewport={"width": width, "height": 740})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(url)
    result = scenario(page)
    page.close()
    assert complaints == []
    return result


def test_shift_three_times_leaves_and_the_page_cannot_be_gone_back_to(seen):
    def leave(page):
        page.wait_for_selector("[data-leave-page-init]")
        for _press in range(3):
            page.keyboard.press("Shift")
        page.wait_for_url("**/leave/")
        left = page.title()
        page.go_back()
        return left, page.url

    left, after_back = seen(leave, "/question/")
    assert left == "Weather"
    assert not after_back.endswith("/question/")


def test_the_button_leaves_too_and_lies_within_reach_of_a_thumb(seen):
    def press(page):
        button = page.get_by_role("button", name="Exit this page")
        box = button.bounding_box()
        button.click()
        page.wait_for_url("**/leave/")
        return box["y"] + box["height"], box["height"]

    bottom, height = seen(press, "/question/")
    assert 640 < bottom <= 740
    assert height >= 44


def test_the_button_leaves_without_scripts(seen):
    def press(page):
        page.get_by_role("button", name="Exit this page").click()
        page.wait_for_url("**/leave/")

    seen(press, "/question/", scripts=False)


def test_what_a_choice_reveals_is_hidden_until_it_is_chosen(seen):
    def choose(page):
        question = page.get_by_label("Which difference?")
        before = question.is_visible()
        page.get_by_label("Any other difference").check()
        chosen = question.is_visible()
        page.get_by_label("Not sure").check()
        return before, chosen, page.get_by_label("Any other difference").is_checked()

    assert seen(choose, "/question/") == (False, True, False)


def test_without_scripts_every_question_shows(seen):
    assert seen(lambda page: page.get_by_label("Which difference?").is_visible(), "/question/", scripts=False)


def test_an_error_line_puts_the_cursor_into_its_input(seen):
    def follow(page):
        page.get_by_role("link", name="Enter an answer").click()
        return page.evaluate("document.activeElement.name")

    assert seen(follow, "/wrong/") == "which"


def test_two_quick_clicks_send_once(seen):
    def click_twice(page):
        page.wait_for_selector("[data-govuk-button-init]")
        page.get_by_role("button", name="Continue").dblclick(no_wait_after=True)
        page.wait_for_url("**/counted/")
        return list(Site.posted)

    Site.posted.clear()
    assert seen(click_twice, "/question/") == ["/counted/"]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["/question/", "/wrong/", "/everything/"])
def test_axe_finds_nothing(seen, path, width):
    def look(page):
        page.wait_for_selector("[data-leave-page-init]")
        found = {violation["id"] for violation in Axe().run(page).response["violations"]}
        return found, page.evaluate("document.documentElement.scrollWidth - window.innerWidth")

    found, sideways = seen(look, path, width=width)
    assert found - KNOWN_UPSTREAM == set()
    assert sideways <= 0
