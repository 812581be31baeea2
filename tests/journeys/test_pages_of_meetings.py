"""Every page of steering, meetings and action logs can be used by everybody; a whole meeting needs no mouse and no
scripts."""

import re
from datetime import date, timedelta

import pytest

from tests.journeys.keyboard import Keyboard
from tests.journeys.pages import Eyes
from tests.journeys.people import Visitor
from tests.journeys.walking import Visit, links, mistakes

pytestmark = pytest.mark.timeout(240)
MEETING = re.compile(r"/staff/plans/meetings/(\d+)/$")
ENTRY = re.compile(r"/staff/plans/log/delivery/(\d+)/$")
HOME = "/staff/plans/meetings/"


def test_the_pages_of_steering_and_of_the_logs(visit: Visit) -> None:
    morwenna = visit(1280)
    morwenna.becomes("delivery-chair")
    eyes = Eyes(morwenna.page)
    steering = "/staff/plans/steering/"
    eyes.look_at(steering, f"{steering}?show=overdue", f"{steering}since/", f"{steering}waiting/")
    log = "/staff/plans/log/"
    eyes.look_at(f"{log}?state=overdue", f"{log}?group=board", f"{log}?state=dropped&group=board", log)
    eyes.verdict()


def test_what_is_done_with_an_entry_of_the_log(visit: Visit) -> None:
    morwenna = visit(1280)
    morwenna.becomes("delivery-chair")
    eyes = Eyes(morwenna.page)
    log = "/staff/plans/log/"
    morwenna.go(log)
    entry = f"{log}delivery/{links(morwenna, ENTRY)[0]}/"
    eyes.look_at(entry)
    for act, button in (
        ("moved", "Move the due date"),
        ("dropped", "Drop it"),
        ("done", "Mark as done"),
        ("reopened", "Open it again"),
    ):
        morwenna.go(f"{entry}{act}/")
        mistakes(morwenna, eyes, f"log-{act}", button)
    morwenna.go(f"{log}add/")
    mistakes(morwenna, eyes, "log-add", "Add it")
    eyes.verdict()


def test_the_pages_of_a_meeting(visit: Visit) -> None:
    morwenna = visit(1280)
    morwenna.becomes("delivery-chair")
    eyes = Eyes(morwenna.page)
    eyes.look_at(f"{HOME}?group=board", HOME)
    to_come, closed = links(morwenna, MEETING)[0], links(morwenna, MEETING)[-1]
    eyes.look_at(f"{HOME}{closed}/")
    morwenna.go(f"{HOME}new/")
    mistakes(morwenna, eyes, "meeting-new", "Plan it")
    morwenna.go(f"{HOME}{to_come}/")
    mistakes(morwenna, eyes, "meeting-planned", "Add the topic")
    eyes.look_at(f"{HOME}{to_come}/attendance/", f"{HOME}{to_come}/details/")
    for part in ("Day", "Month", "Year"):
        morwenna.write(part, "")
    mistakes(morwenna, eyes, "meeting-details", "Save")
    morwenna.go(f"{HOME}{to_come}/")
    morwenna.onwards("Open the meeting")
    eyes.look("minute")
    morwenna.page.get_by_text("Ask somebody to do something").click()
    morwenna.write("What is to be done", "Ring the school")
    mistakes(morwenna, eyes, "minute-asks", "Save and stay")
    two_write_about_one_thing(morwenna, visit, eyes)
    eyes.look_at(f"{HOME}{to_come}/", f"{HOME}{to_come}/close/")
    eyes.verdict()


def two_write_about_one_thing(morwenna: Visitor, visit: Visit, eyes: Eyes) -> None:
    """Niamh has opened the same page before; what she then saves is told, and nothing of it is lost."""
    where = morwenna.page.url
    niamh = visit(360)
    niamh.becomes("district-officer")
    niamh.go(where)
    morwenna.go(where)
    for person, words in ((morwenna, "What Morwenna heard."), (niamh, "What Niamh heard.")):
        person.write("Note", words)
        person.onwards("Save and stay")
    told = Eyes(niamh.page)
    told.look("minute-written-meanwhile")
    assert "What Morwenna heard." in niamh.page.locator("main").inner_text()
    assert niamh.page.get_by_label("Note").input_value() == "What Niamh heard."
    niamh.onwards("Save and stay")
    assert niamh.page.get_by_label("Note").input_value() == "What Niamh heard."
    eyes.faults += told.faults


def test_a_whole_meeting_is_held_on_a_tablet_without_a_mouse_and_without_scripts(visit: Visit) -> None:
    morwenna = visit(360, scripts=False)
    morwenna.becomes("delivery-chair")
    keys, page = Keyboard(morwenna.page), morwenna.page
    morwenna.go(HOME)
    keys.follow("Plan a meeting")
    keys.pick("Hate and Prevent Delivery Group", "Strategy Board")
    day = date.today() + timedelta(days=4)
    for part, words in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        keys.write(part, str(words))
    keys.write("Where", "The library")
    keys.follow("Plan it")
    keys.write("A topic of its own", "A visit to the library")
    enter(morwenna, keys, "Add the topic")
    up_it_goes(morwenna, keys, "A visit to the library")
    topics = page.locator(".agenda__title").all_inner_texts()
    assert topics.index("A visit to the library") < topics.index("Any other business")
    keys.follow("Open the meeting")
    number = len(topics)
    for place in range(1, number + 1):
        assert f"{place} of {number}" in page.locator(".page-heading__caption").inner_text()
        keys.write("Note", f"Said about number {place}.")
        if page.locator("h1").inner_text() == "A visit to the library":
            keys.write("Decision", "Every school is written to.")
            keys.to("Ask somebody to do something")
            page.keyboard.press("Enter")
            keys.write("What is to be done", "Write to the schools")
            keys.write("By whom", "Melton Bor")
            for part, words in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
                keys.write(part, str(words))
        keys.follow("Save and finish" if place == number else "Save and go on")
    assert f"{number} of {number} written about" in page.locator("main").inner_text()
    keys.follow("Who is there")
    keys.tick("Morwenna Adeyemi-Cross")
    keys.write("Apologies", "Gwendal Hathersage")
    keys.follow("Save")
    keys.follow("Close the meeting")
    keys.follow("Close it")
    minutes = page.locator("main").inner_text()
    for words in (
        "Minutes: Strategy Board",
        "Said about number 1.",
        "Every school is written to.",
        "Write to the schools",
        "\tMelton\t",
        "Gwendal Hathersage",
    ):
        assert words in minutes


def up_it_goes(visitor: Visitor, keys: Keyboard, topic: str) -> None:
    """The topic's own button, of those that all say Up."""
    keys.to(f": {topic}")
    assert visitor.page.evaluate("document.activeElement.name") == "up"
    visitor.page.keyboard.press("Enter")
    # It was the last, and now can go down.
    visitor.page.locator(".agenda__one", has_text=topic).locator("button[name=down]").wait_for()


def enter(visitor: Visitor, keys: Keyboard, words: str) -> None:
    """A button whose page comes back under the same address."""
    keys.to(words)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
