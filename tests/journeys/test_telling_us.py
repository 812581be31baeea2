"""Somebody frightened on a phone: back, twice, away, and a mistake on the way."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.people import WORDS, Visitor

Visit = Callable[..., Visitor]
KILOBYTE = 1024


def test_the_first_page_is_light(visit: Visit) -> None:
    amina = visit(360)
    devtools = amina.page.context.new_cdp_session(amina.page)
    devtools.send("Network.enable")
    received: list[float] = []
    asked: list[str] = []
    devtools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    devtools.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    amina.go("/")
    amina.page.wait_for_load_state("networkidle")
    assert len(asked) <= 6, asked
    assert sum(received) <= 60 * KILOBYTE, sum(received)
    assert all(url.startswith(("http://127.0.0.1", "data:")) for url in asked), asked


def test_back_goes_back_a_question_and_nothing_is_lost(visit: Visit) -> None:
    amina = visit(360)
    amina.answers_until_check()
    amina.page.go_back()
    expect(amina.page.locator("input[name=Q24][value=council]")).to_be_checked()
    amina.press(amina.page.get_by_role("link", name="Back", exact=True))
    expect(amina.page.get_by_label("No, stay anonymous")).to_be_checked()


def test_a_page_with_a_mistake_says_so_and_keeps_what_was_typed(visit: Visit) -> None:
    amina = visit(360)
    amina.go("/p/a3/")
    amina.choose("No, not now")
    amina.onwards()
    amina.choose("It happened to me")
    amina.onwards()
    amina.write("Tell us what happened, in your own words", WORDS)
    amina.onwards()
    summary = amina.page.get_by_role("alert")
    assert "Choose at least one thing" in summary.inner_text()
    assert amina.page.get_by_label("Tell us what happened, in your own words").input_value() == WORDS
    summary.get_by_role("link").first.click()
    assert amina.page.evaluate("document.activeElement.name") == "Q06"


def test_sending_twice_and_reloading_is_one_report(visit: Visit) -> None:
    amina = visit(360)
    amina.answers_until_check()
    amina.page.get_by_role("button", name="Send my report").dblclick()
    first = amina.reference_and_code()
    amina.page.wait_for_load_state()
    amina.page.reload()
    assert amina.reference_and_code() == first
    amina.page.wait_for_load_state()
    amina.page.go_back()
    amina.page.go_forward()
    assert amina.reference_and_code() == first


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_exit_leaves_nothing_to_come_back_to(visit: Visit, scripts: bool) -> None:
    amina = visit(360, scripts=scripts)
    amina.answers_until_check()
    # Where it leads is not of this machine: that it is asked for is all that can be seen.
    with amina.page.expect_request("**/*bbc*/**"):
        amina.page.get_by_role("button", name="Exit this page").or_(
            amina.page.get_by_role("link", name="Exit this page")
        ).first.click(no_wait_after=True)
    assert not [cookie for cookie in amina.page.context.cookies() if "draft" in cookie["name"]]
    back = amina.page.context.new_page()
    back.goto("/p/z4/")
    assert WORDS not in back.content()


def test_titles_and_addresses_say_nothing(visit: Visit) -> None:
    amina = visit(360)
    seen: list[str] = []
    amina.page.on("framenavigated", lambda frame: seen.append(frame.url))
    amina.answers_until_check()
    titles = amina.page.title()
    assert "hate" not in (titles + " ".join(seen)).lower()
    assert titles == "Part 5 of 5"
