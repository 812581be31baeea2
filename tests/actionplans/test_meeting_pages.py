"""The pages of a meeting: agenda, meeting mode, closing, and the paper of it in three forms."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actionplans.agenda import fill
from actionplans.models import Action, Group, LogEntry, Meeting, MeetingItem
from audit.models import AuditEvent
from tests.actionplans.meeting_world import closed, entry, planned, rafferty, under_way
from tests.actionplans.world import plans_as_of, tight
from tests.people import client_for, farah, gwen, organisation, sog_member

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture
def browser():
    return client_for(farah(now=NOW))


def address(name, *args):
    return reverse(f"actionplans:{name}", args=args)


def page(browser, name, *args):
    response = browser.get(address(name, *args))
    assert response.status_code == 200
    return tight(response.content.decode())


def typed(item, **said):
    """What the form of one item sends."""
    empty = {"what": "", "given_to": "", "due-day": "", "due-month": "", "due-year": ""}
    return {"note": "", "decision": "", "seen": item.version, "sending": uuid4(), "go": "next"} | empty | said


def as_parts(day):
    return {"due-day": day.day, "due-month": day.month, "due-year": day.year}


def test_a_planned_meeting_comes_with_what_slips_what_is_asked_and_what_is_due(browser):
    plans_as_of(NOW)
    closed(now=NOW - timedelta(days=30))
    late = entry(what="Ring the school", due=TODAY - timedelta(days=2), now=NOW - timedelta(days=30))
    day = TODAY + timedelta(days=7)
    response = browser.post(
        address("plan_meeting"),
        {
            "group": "delivery",
            "held_on-day": day.day,
            "held_on-month": day.month,
            "held_on-year": day.year,
            "place": "A",
        },
    )
    meeting = Meeting.objects.get(closed_at=None)
    assert response["Location"] == address("meeting", meeting.pk)
    titles = [item.title for item in meeting.items.all()]
    assert titles[0].startswith("Minutes of ")
    assert titles[-1] == "Any other business"
    assert f"{late}: Ring the school" in titles
    off_track = Action.objects.off_track(TODAY)
    assert off_track.count()
    assert set(off_track) <= {item.action for item in meeting.items.all()}
    asked = Action.objects.running(TODAY).exclude(decision_needed="")
    assert set(asked) <= {item.action for item in meeting.items.all()}


def test_what_is_taken_off_is_proposed_again_and_what_is_on_is_not(browser):
    plans_as_of(NOW)
    meeting = planned(now=NOW, held_on=TODAY)
    fill(meeting, by=farah(now=NOW), now=NOW)
    item = meeting.items.exclude(action=None).first()
    assert f'value="action-{item.action_id}"' not in page(browser, "meeting", meeting.pk)
    browser.post(address("change_agenda", meeting.pk), {"off": item.pk})
    assert f'value="action-{item.action_id}"' in page(browser, "meeting", meeting.pk)
    browser.post(
        address("change_agenda", meeting.pk), {"proposed": "1", "item": [f"action-{item.action_id}", "x"]}
    )
    assert meeting.items.filter(action=item.action).count() == 1


def test_the_agenda_is_put_in_order_and_added_to_without_scripts(browser):
    meeting = planned(now=NOW, held_on=TODAY)
    first, second, _ = meeting.items.all()
    browser.post(address("change_agenda", meeting.pk), {"down": first.pk})
    browser.post(address("change_agenda", meeting.pk), {"topic": "1", "title": "A visit"})
    assert [item.title for item in meeting.items.all()] == [
        "Schools",
        "The bus project",
        "Any other business",
        "A visit",
    ]
    text = page(browser, "meeting", meeting.pk)
    places = [text.index(f">{item.title}</p>") for item in meeting.items.all()]
    assert places == sorted(places), "the page shows them in that order"
    assert "Enter what it is about" in tight(
        browser.post(address("change_agenda", meeting.pk), {"topic": "1", "title": " "}).content.decode()
    )
    before = list(meeting.items.values())
    for nothing in ({"sideways": second.pk}, {"up": "first"}, {}):
        assert browser.post(address("change_agenda", meeting.pk), nothing).status_code == 302
    assert browser.post(address("change_agenda", meeting.pk), {"off": 987_654}).status_code == 404
    assert list(meeting.items.values()) == before


def test_minutes_cost_the_same_however_long_they_are(browser):
    few, many = under_way(now=NOW), under_way(Group.SOG, now=NOW)
    many.add_items([MeetingItem(title=f"Topic {n}") for n in range(20)], by=farah(now=NOW), now=NOW)
    for item in many.items.all():
        asked = {
            "what": item.title,
            "organisation": organisation("police"),
            "due": TODAY,
            "person": gwen(now=NOW),
        }
        item.write(note="Said.", decision="", seen=0, by=farah(now=NOW), now=NOW, asked=asked)
    many.note_attendance([farah(now=NOW), gwen(now=NOW)], others="", apologies="", by=farah(now=NOW), now=NOW)
    few.note_attendance([farah(now=NOW)], others="", apologies="", by=farah(now=NOW), now=NOW)
    few.items.first().write(
        note="Said.",
        decision="",
        seen=0,
        by=farah(now=NOW),
        now=NOW,
        asked={"what": "Ring", "organisation": organisation("police"), "due": TODAY},
    )
    costs = []
    for meeting in (few, many):
        meeting.close(by=farah(now=NOW), now=NOW)
        page(browser, "meeting", meeting.pk)
        with CaptureQueriesContext(connection) as statements:
            page(browser, "meeting", meeting.pk)
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 12


def test_the_meeting_is_stepped_through_and_every_button_saves(browser):
    meeting = planned(now=NOW, held_on=TODAY)
    first, second, last = meeting.items.all()
    assert browser.post(address("open_meeting", meeting.pk))["Location"] == address(
        "minute", meeting.pk, first.pk
    )
    assert "1 of 3" in page(browser, "minute", meeting.pk, first.pk)
    for item, go, then in (
        (first, "next", second),
        (second, "previous", first),
        (second, "stay", second),
    ):
        item.refresh_from_db()
        sent = typed(item, note=f"Said {go}", go=go)
        answer = browser.post(address("minute", meeting.pk, item.pk), sent)
        assert answer["Location"] == address("minute", meeting.pk, then.pk)
    answer = browser.post(address("minute", meeting.pk, last.pk), typed(last, note="No other.", go="close"))
    assert answer["Location"] == address("meeting", meeting.pk)
    assert [item.note for item in meeting.items.all()] == ["Said next", "Said stay", "No other."]
    assert "3 of 3 written about" in page(browser, "meeting", meeting.pk)


def test_what_is_asked_for_goes_into_the_log_once_however_often_it_is_sent(browser):
    meeting = under_way(now=NOW)
    item = meeting.items.first()
    celandine = rafferty(now=NOW)
    sent = typed(
        item, note="Said.", what="Ring them", given_to=f"melton-bc/{celandine.pk}", **as_parts(TODAY)
    )
    for _ in range(2):
        assert browser.post(address("minute", meeting.pk, item.pk), sent).status_code == 302
    made = LogEntry.objects.get()
    assert (made.what, made.organisation, made.person, made.due, made.item) == (
        "Ring them",
        organisation("melton-bc"),
        celandine,
        TODAY,
        item,
    )


def test_half_a_log_entry_is_refused_in_words_and_nothing_typed_is_lost(browser):
    meeting = under_way(now=NOW)
    item = meeting.items.first()
    sent = typed(item, note="A long note.", what="Ring them")
    text = tight(browser.post(address("minute", meeting.pk, item.pk), sent).content.decode())
    assert "Choose who does it" in text
    assert "Enter the day by which it is to be done" in text
    assert "A long note." in text
    assert "Ring them" in text
    assert MeetingItem.objects.get(pk=item.pk).note == ""
    yesterday = as_parts(TODAY - timedelta(days=1))
    sent = typed(item, note="A long note.", what="Ring them", given_to="melton-bc", **yesterday)
    assert (
        "must be today or later"
        in browser.post(address("minute", meeting.pk, item.pk), sent).content.decode()
    )
    assert not LogEntry.objects.exists()


def test_two_note_takers_lose_nothing_that_either_typed(browser):
    meeting = under_way(now=NOW)
    item = meeting.items.first()
    other = client_for(rafferty(now=NOW))
    where = address("minute", meeting.pk, item.pk)
    both_saw = typed(item)
    assert other.post(where, both_saw | {"note": "Rafferty heard this."}).status_code == 302
    asked = {"what": "Ring them", "given_to": "police", **as_parts(TODAY)}
    mine = both_saw | {"note": "Farah heard that.", "decision": "Agreed."} | asked
    answer = browser.post(where, mine)
    text = tight(answer.content.decode())
    for words in ("Rafferty Oduya wrote about this", "Rafferty heard this.", "Farah heard that.", "Agreed."):
        assert words in text
    assert "Ring them" in text
    assert MeetingItem.objects.get(pk=item.pk).note == "Rafferty heard this."
    assert not LogEntry.objects.exists()
    seen = answer.context["form"]["seen"].value()
    assert browser.post(where, mine | {"seen": seen, "note": "Both heard."}).status_code == 302
    kept = MeetingItem.objects.get(pk=item.pk)
    assert (kept.note, kept.decision, LogEntry.objects.count()) == ("Both heard.", "Agreed.", 1)


def test_what_is_typed_while_somebody_else_closes_stays_on_the_page(browser):
    meeting = under_way(now=NOW)
    item = meeting.items.first()
    sent = typed(item, note="The last words.")
    meeting.close(by=rafferty(now=NOW), now=NOW)
    text = browser.post(address("minute", meeting.pk, item.pk), sent).content.decode()
    assert "its minutes stay as they are" in text
    assert "The last words." in text
    assert MeetingItem.objects.get(pk=item.pk).note == ""


def test_closing_says_what_nothing_was_written_about_and_then_the_minutes_stand(browser):
    meeting = under_way(now=NOW)
    meeting.items.first().write(note="Said.", decision="Agreed.", seen=0, by=farah(now=NOW), now=NOW)
    text = page(browser, "close_meeting", meeting.pk)
    assert "2 were not." in text
    assert "Nobody is noted as present" in text
    browser.post(
        address("attendance", meeting.pk), {"present": [farah(now=NOW).pk], "apologies": "Gwen Morrow"}
    )
    browser.post(address("close_meeting", meeting.pk))
    text = page(browser, "meeting", meeting.pk)
    for words in ("Minutes: Hate and Prevent", "Said.", "Agreed.", "Farah Whitlow", "Gwen Morrow"):
        assert words in text
    assert text.count("Nothing was written about this.") == 2


def test_the_minutes_are_the_same_on_the_page_on_paper_and_in_word(browser):
    meeting = closed(now=NOW)
    said = ("The company has not answered.", "Write again.", "Write to the bus company", "Melton")
    shown = page(browser, "meeting", meeting.pk)
    word = browser.get(address("minutes_word", meeting.pk))
    written = docx.Document(BytesIO(word.content))
    cells = [cell.text for table in written.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in written.paragraphs), *cells])
    for words in said:
        assert words in shown
        assert words in text
    pdf = browser.get(address("minutes_pdf", meeting.pk))
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Disposition"] == f'attachment; filename="minutes-delivery-{TODAY}.pdf"'
    exported = AuditEvent.objects.filter(act="meeting.exported")
    assert {event.facts["medium"] for event in exported} == {"pdf", "docx"}


def test_the_agenda_is_a_paper_before_the_meeting(browser):
    meeting = planned(now=NOW, held_on=TODAY)
    entry(what="Ring the school", now=NOW)
    word = docx.Document(BytesIO(browser.get(address("minutes_word", meeting.pk)).content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert "The bus project" in cells
    assert "Ring the school" in cells


def test_who_reads_minutes_sees_closed_meetings_only(browser):
    done, open_one = closed(now=NOW - timedelta(days=1)), under_way(now=NOW)
    ivor = client_for(sog_member(now=NOW))
    text = tight(ivor.get(address("meetings")).content.decode())
    assert address("meeting", done.pk) in text
    assert address("meeting", open_one.pk) not in text
    assert ivor.get(address("meeting", done.pk)).status_code == 200
    for name in ("meeting", "minutes_pdf", "minutes_word"):
        assert ivor.get(address(name, open_one.pk)).status_code == 404
    for name in ("attendance", "close_meeting", "meeting_details"):
        assert ivor.post(address(name, open_one.pk)).status_code == 404
    assert client_for(gwen(now=NOW)).get(address("meetings")).status_code == 404


def test_a_day_that_is_taken_is_said_beside_the_day(browser):
    planned(now=NOW, held_on=TODAY)
    day = {"held_on-day": TODAY.day, "held_on-month": TODAY.month, "held_on-year": TODAY.year}
    text = browser.post(address("plan_meeting"), {"group": "delivery", **day}).content.decode()
    assert "The group meets on" in text
    assert Meeting.objects.count() == 1


def test_meetings_are_narrowed_to_a_group(browser):
    closed(now=NOW)
    board = closed(Group.BOARD, now=NOW)
    text = browser.get(address("meetings"), {"group": "board"}).content.decode()
    assert text.count("Strategy Board, ") == 1
    assert address("meeting", board.pk) in text
