"""The pages of the action logs: the list, its files, one entry, and what each person may do with it."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from actionplans.models import Group, LogEntry
from audit.models import AuditEvent
from tests.actionplans.meeting_world import celandine, entry
from tests.actionplans.world import tight
from tests.people import client_for, farah, gwen, sog_member

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
LATE = TODAY - timedelta(days=3)


@pytest.fixture
def browser():
    return client_for(farah(now=NOW))


def address(name, *args):
    return reverse(f"actionplans:{name}", args=args)


def asked(what="Ring the school", **more):
    return entry(what=what, now=NOW, **{"due": TODAY + timedelta(days=7), **more})


def page(browser, **query):
    response = browser.get(address("log"), query)
    assert response.status_code == 200
    return tight(response.content.decode())


def of(made):
    return address("log_entry", made.group, made.number)


def test_open_entries_come_first_and_what_is_overdue_says_so(browser):
    done, later, late = asked("Done one"), asked("Later one"), asked("Late one", due=LATE)
    done.mark_done("It was done.", by=farah(now=NOW), now=NOW)
    text = page(browser)
    places = [text.index(f'"{of(made)}"') for made in (late, later, done)]
    assert places == sorted(places)
    assert "1 entry is overdue" in text
    assert text.count(">Overdue</strong>") == 1
    assert "It was done." in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"group": "board"}, {"For the Board"}),
        ({"state": "done"}, {"Done one"}),
        ({"state": "overdue"}, {"Late one"}),
        ({"given_to": "police"}, {"Of the police"}),
        ({"given_to": "nobody-at-all"}, {"For the Board", "Done one", "Late one", "Of the police"}),
    ],
)
def test_the_list_is_narrowed_by_its_address(browser, query, shown):
    asked("For the Board", group=Group.BOARD)
    asked("Done one").mark_done("Yes.", by=farah(now=NOW), now=NOW)
    asked("Late one", due=LATE)
    asked("Of the police", at="police")
    text = page(browser, **query)
    for what in ("For the Board", "Done one", "Late one", "Of the police"):
        assert (what in text) == (what in shown)


def test_an_empty_log_says_what_would_be_here_and_an_empty_search_leads_back(browser):
    assert "Nothing has been asked for yet" in page(browser)
    asked()
    assert "No entry fits these filters" in page(browser, group="sog")


def test_a_page_has_twenty_five_entries(browser):
    for number in range(27):
        asked(f"Entry {number}")
    assert page(browser).count('scope="row"') == 25
    assert page(browser, page=2).count('scope="row"') == 2


def test_the_files_hold_what_the_list_shows_all_of_it(browser):
    for number in range(27):
        asked(f"Entry {number}")
    asked("=1+1", at="police", group=Group.SOG)
    csv = browser.get(address("log_csv"))
    assert csv.content.decode("utf-8-sig").count("Hate and Prevent Delivery Group") == 27
    assert "'=1+1" in csv.content.decode("utf-8-sig")
    book = openpyxl.load_workbook(BytesIO(browser.get(address("log_xlsx"), {"group": "sog"}).content))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0][:4] == ("Log", "Number", "What", "Organisation")
    assert rows[1][:3] == ("Senior Officer Group", 1, "=1+1")
    assert len(rows) == 2
    exported = AuditEvent.objects.filter(act="action_log.exported")
    assert sorted(event.facts["entries"] for event in exported) == [1, 28]


def test_an_officer_sees_and_takes_out_only_what_was_asked_of_their_organisation():
    melton, police = asked("Of Melton"), asked("Of the police", at="police")
    officer = client_for(celandine(now=NOW))
    text = page(officer, given_to="police")
    assert "Of Melton" in text
    assert "Of the police" not in text
    assert "Of the police" not in officer.get(address("log_csv")).content.decode()
    assert officer.get(of(melton)).status_code == 200
    assert officer.get(of(police)).status_code == 404
    assert officer.get(address("log_act", police.group, police.number, "done")).status_code == 404


def test_whom_it_was_given_to_marks_it_done_on_its_page_and_is_offered_nothing_else():
    made = asked()
    officer = client_for(celandine(now=NOW))
    text = officer.get(of(made)).content.decode()
    assert "Mark as done" in text
    assert "Move the due date" not in text
    act = address("log_act", made.group, made.number, "done")
    assert "Write what came of it" in officer.post(act, {"words": " "}).content.decode()
    assert LogEntry.objects.get().is_open
    assert officer.post(act, {"words": "They rang back."})["Location"] == of(made)
    assert not LogEntry.objects.get().is_open
    assert "They rang back." in officer.get(of(made)).content.decode()
    for other in ("moved", "dropped", "reopened"):
        assert officer.post(address("log_act", made.group, made.number, other)).status_code == 404


def test_a_moved_date_stands_in_the_history_with_the_day_before(browser):
    made = asked()
    day = TODAY + timedelta(days=40)
    act = address("log_act", made.group, made.number, "moved")
    sent = {
        "words": "The school is closed.",
        "due-day": day.day,
        "due-month": day.month,
        "due-year": day.year,
    }
    assert browser.post(act, sent).status_code == 302
    text = tight(browser.get(of(made)).content.decode())
    was = TODAY + timedelta(days=7)
    for words in (f"from {was:%-d %B %Y} to {day:%-d %B %Y}", "The school is closed.", "Farah Whitlow"):
        assert words in text
    assert "due on that day already" in browser.post(act, sent).content.decode()


def test_an_act_that_came_too_late_says_so_and_keeps_what_was_typed(browser):
    made = asked()
    made.drop("Not needed.", by=farah(now=NOW), now=NOW)
    act = address("log_act", made.group, made.number, "done")
    text = browser.post(act, {"words": "It was done after all."}).content.decode()
    assert "This entry is dropped already." in text
    assert "It was done after all." in text


def test_who_steers_reads_all_and_changes_nothing():
    made = asked()
    ivor = client_for(sog_member(now=NOW))
    assert "Mark as done" not in ivor.get(of(made)).content.decode()
    assert ivor.post(address("log_act", made.group, made.number, "done"), {"words": "No"}).status_code == 404
    assert ivor.get(address("add_log_entry")).status_code == 404


def test_an_entry_of_the_board_is_added_outside_a_meeting(browser):
    day = TODAY + timedelta(days=30)
    sent = {
        "group": "board",
        "what": "Tell the Board how schools take part",
        "given_to": "lcc",
        "sending": uuid4(),
        **{"due-day": day.day, "due-month": day.month, "due-year": day.year},
    }
    for _ in range(2):
        browser.post(address("add_log_entry"), sent)
    made = LogEntry.objects.get()
    assert (made.group, made.number, made.organisation.code, made.meeting) == ("board", 1, "lcc", None)


def test_my_entries_wait_on_the_first_page():
    asked("Late one", due=LATE)
    asked("Of the police", at="police")
    text = tight(client_for(celandine(now=NOW)).get(reverse("home:today")).content.decode())
    assert "entry of an action log is past its day, and waits for you" in text
    assert f"{address('log')}?given_to=mine&amp;state=overdue" in text


def test_what_waits_for_another_is_not_on_the_first_page():
    asked("Of the police", at="police")
    text = client_for(gwen(now=NOW)).get(reverse("home:today")).content.decode()
    assert "given_to=mine" not in text
