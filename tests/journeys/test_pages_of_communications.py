"""The calendar, the library and training, looked at by everybody: on a phone and on a desk, mistakes included."""

import re

import pytest

from tests.journeys.pages import Eyes
from tests.journeys.walking import Visit, links, mistakes

pytestmark = pytest.mark.timeout(180, func_only=True)
CALENDAR = "/staff/plans/calendar/"
SESSIONS = "/staff/plans/sessions/"
LIBRARY = "/staff/plans/materials/"


def test_the_pages_of_the_calendar(visit: Visit) -> None:
    niamh = visit(1280)
    niamh.becomes("district-officer")
    eyes = Eyes(niamh.page)
    eyes.look_at(CALENDAR, CALENDAR + "?from=2010-01&strand=race&district=rutland", CALENDAR + "weeks/")
    eyes.look_at(CALENDAR + "contacts/", CALENDAR + "contacts/charnwood-bc/")
    mistakes(niamh, eyes, "contact", "Name in their place")
    niamh.go(CALENDAR + "add/")
    mistakes(niamh, eyes, "campaign-add", "Put it into the calendar")
    at = f"{CALENDAR}hate-crime-week-2018/"
    eyes.look_at(at)
    for act, button in (
        ("edit/", "Save"),
        ("cancel/", "Cancel the campaign"),
        ("events/add/", "Add the event"),
        ("reach/", "Enter it"),
    ):
        niamh.go(at + act)
        for box in niamh.page.locator("main form input[type=text]").all():
            box.fill("")
        mistakes(niamh, eyes, f"campaign-{act.strip('/').replace('/', '-')}", button)
    eyes.look_at(LIBRARY, LIBRARY + "?language=ur", LIBRARY + "?language=so&easy_read=on")
    niamh.go(LIBRARY)
    eyes.look_at(f"{LIBRARY}{links(niamh, re.compile(LIBRARY + r'([0-9]+)/$'))[0]}/")
    niamh.go(LIBRARY + "add/")
    mistakes(niamh, eyes, "material-add", "Add it")
    eyes.verdict()


def test_the_days_of_an_awareness_week(visit: Visit) -> None:
    idris = visit(1280)
    idris.becomes("administrator")
    eyes = Eyes(idris.page)
    eyes.look_at(CALENDAR + "weeks/")
    idris.go(CALENDAR + "weeks/2018/")
    for box in idris.page.locator("main form input[type=text]").all():
        box.fill("")
    mistakes(idris, eyes, "awareness-week", "Save")
    eyes.verdict()


def test_the_pages_of_training(visit: Visit) -> None:
    niamh = visit(1280)
    niamh.becomes("district-officer")
    eyes = Eyes(niamh.page)
    eyes.look_at(SESSIONS, SESSIONS + "?kind=theatre&district=rutland")
    niamh.go(SESSIONS)
    niamh.page.get_by_text("Totals by kind, district, organisation and quarter").click()
    eyes.look("sessions-totals")
    niamh.go(SESSIONS + "record/")
    mistakes(niamh, eyes, "session-record", "Record it")
    niamh.go(SESSIONS + "?partner=charnwood-bc")
    session = links(niamh, re.compile(SESSIONS + r"([0-9]+)/$"))[0]
    eyes.look_at(f"{SESSIONS}{session}/", f"{SESSIONS}{session}/take-back/")
    mistakes(niamh, eyes, "session-take-back", "Take it back")
    eyes.verdict()


def test_a_session_is_recorded_with_few_words(visit: Visit) -> None:
    niamh = visit(360)
    niamh.becomes("district-officer")
    niamh.go(SESSIONS)
    niamh.press(niamh.page.get_by_role("button", name="Record a session"))
    niamh.choose("Briefing or training day")
    niamh.write("What was it called?", "Front desk briefing")
    niamh.write("How many people took part?", "12")
    niamh.onwards("Record it")
    assert "“Front desk briefing” is recorded." in niamh.page.locator("main").inner_text()
