"""A meeting is planned, opened, written and closed; what is closed stays, and two who write at once lose nothing."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from actionplans.models import Action, Group, LogEntry, Meeting, MeetingItem
from actionplans.models.meeting import MeetingThatDay, NotNow, Standing, WrittenMeanwhile
from audit.models import AuditEvent
from tests.actionplans.meeting_world import TODAY, closed, planned, rafferty, under_way
from tests.actionplans.world import plans_as_of
from tests.people import NOW, farah, gwen, organisation

pytestmark = pytest.mark.django_db


def acts_on(meeting):
    events = AuditEvent.objects.filter(subject_type="actionplans.meeting", subject_id=str(meeting.pk))
    return set(events.values_list("act", flat=True))


def titles(meeting):
    return [item.title for item in meeting.items.all()]


def test_a_meeting_goes_from_planned_through_under_way_to_closed_and_each_step_is_in_the_trail():
    meeting = planned()
    assert meeting.standing is Standing.PLANNED
    meeting.open(by=farah(), now=NOW)
    assert meeting.standing is Standing.UNDER_WAY
    meeting.close(by=farah(), now=NOW + timedelta(hours=1))
    assert Meeting.objects.get().standing is Standing.CLOSED
    assert acts_on(meeting) == {
        "meeting.planned",
        "meeting.agenda_changed",
        "meeting.opened",
        "meeting.closed",
    }


def test_a_group_meets_once_a_day_and_another_may_meet_on_that_day_too():
    planned()
    with pytest.raises(MeetingThatDay, match="10 March 2026"):
        Meeting.plan(Group.DELIVERY_GROUP, held_on=TODAY, place="", by=farah(), now=NOW)
    Meeting.plan(Group.SOG, held_on=TODAY, place="", by=farah(), now=NOW)
    assert Meeting.objects.count() == 2


def test_a_meeting_moved_to_a_day_that_is_taken_stays_where_it_was():
    planned()
    other = Meeting.plan(
        Group.DELIVERY_GROUP, held_on=TODAY + timedelta(days=30), place="A", by=farah(), now=NOW
    )
    with pytest.raises(MeetingThatDay):
        other.change(held_on=TODAY, place="B", by=farah(), now=NOW)
    kept = Meeting.objects.get(pk=other.pk)
    assert (kept.held_on, kept.place) == (TODAY + timedelta(days=30), "A")
    assert "meeting.changed" not in acts_on(other)


@pytest.mark.parametrize("act", ["open", "close", "call_off"])
def test_a_step_that_does_not_fit_is_refused_in_words_and_changes_nothing(act):
    meeting = closed()
    before = (Meeting.objects.values().get(), acts_on(meeting))
    with pytest.raises(NotNow, match="its minutes stay as they are"):
        getattr(meeting, act)(by=farah(), now=NOW)
    assert (Meeting.objects.values().get(), acts_on(meeting)) == before


def test_a_planned_meeting_is_not_closed_and_one_under_way_not_called_off():
    with pytest.raises(NotNow, match="not been opened"):
        planned().close(by=farah(), now=NOW)
    meeting = Meeting.objects.get()
    meeting.open(by=farah(), now=NOW)
    with pytest.raises(NotNow, match="under way"):
        meeting.call_off(by=farah(), now=NOW)
    assert Meeting.objects.count() == 1


def test_a_meeting_called_off_is_gone_with_its_agenda_and_the_trail_keeps_that():
    meeting = planned()
    number = meeting.pk
    meeting.call_off(by=farah(), now=NOW)
    assert not Meeting.objects.exists()
    assert not MeetingItem.objects.exists()
    assert AuditEvent.objects.get(act="meeting.called_off").subject_id == str(number)


def test_things_move_up_and_down_the_agenda_and_stop_at_its_ends():
    meeting = planned()
    bus, schools, other = meeting.items.all()
    meeting.move(schools, up=True, by=farah(), now=NOW)
    assert titles(meeting) == ["Schools", "The bus project", "Any other business"]
    meeting.move(schools, up=True, by=farah(), now=NOW)
    meeting.move(other, up=False, by=farah(), now=NOW)
    assert titles(meeting) == ["Schools", "The bus project", "Any other business"]
    meeting.take_off(bus, by=farah(), now=NOW)
    assert titles(meeting) == ["Schools", "Any other business"]


def test_an_action_is_on_the_agenda_once():
    plans_as_of()
    meeting, action = planned(), first_action()
    for _ in range(2):
        meeting.add_items([MeetingItem(title="C1", action=action)], by=farah(), now=NOW)
    assert meeting.items.filter(action=action).count() == 1


def first_action():
    return Action.objects.get(plan__code="appendix-c", ref="C1")


def test_what_was_written_about_stays_on_the_agenda():
    meeting = under_way()
    item = meeting.items.first()
    item.write(note="Said.", decision="", seen=0, by=farah(), now=NOW)
    with pytest.raises(NotNow, match="stays on the agenda"):
        meeting.take_off(item, by=farah(), now=NOW)
    assert meeting.items.count() == 3


def test_what_was_said_is_kept_with_who_wrote_it_and_what_was_asked_becomes_an_entry():
    meeting = under_way()
    item = meeting.items.first()
    asked = {"what": "Ring them", "organisation": organisation("police"), "due": TODAY}
    made = item.write(note="Said.", decision="Ring.", seen=0, by=farah(), now=NOW, asked=asked)
    item = MeetingItem.objects.get(pk=item.pk)
    assert (item.note, item.decision, item.noted_by, item.version) == ("Said.", "Ring.", farah(), 1)
    assert (made.number, made.meeting, made.item, made.group) == (1, meeting, item, Group.DELIVERY_GROUP)


def test_a_later_save_from_an_older_page_is_told_and_overwrites_nothing():
    meeting = under_way()
    hers, his = MeetingItem.objects.filter(meeting=meeting).first(), meeting.items.first()
    hers.write(note="What Farah heard.", decision="", seen=0, by=farah(), now=NOW)
    asked = {"what": "Ring them", "organisation": organisation("police"), "due": TODAY}
    with pytest.raises(WrittenMeanwhile, match="Farah Whitlow") as told:
        his.write(note="What Rafferty heard.", decision="", seen=0, by=rafferty(), now=NOW, asked=asked)
    assert told.value.item.note == "What Farah heard."
    assert not LogEntry.objects.exists(), "with the refused words goes the entry that came with them"
    assert MeetingItem.objects.get(pk=his.pk).note == "What Farah heard."
    his.write(note="Both.", decision="", seen=1, by=rafferty(), now=NOW)
    assert MeetingItem.objects.get(pk=his.pk).version == 2


def test_the_same_words_from_an_older_page_are_no_conflict():
    item = under_way().items.first()
    for _ in range(2):
        item.write(note="Said.", decision="", seen=0, by=farah(), now=NOW)
    assert MeetingItem.objects.get(pk=item.pk).version == 1


@pytest.mark.parametrize("make", [planned, closed])
def test_nothing_is_written_before_a_meeting_is_opened_or_after_it_is_closed(make):
    item = make().items.last()
    with pytest.raises(NotNow):
        item.write(note="Too late.", decision="", seen=item.version, by=farah(), now=NOW)
    assert MeetingItem.objects.get(pk=item.pk).note == ""


def test_closed_minutes_are_refused_by_every_verb():
    meeting = closed()
    item = meeting.items.last()
    for act in (
        lambda: meeting.change(held_on=TODAY, place="B", by=farah(), now=NOW),
        lambda: meeting.note_attendance([gwen()], others="", apologies="", by=farah(), now=NOW),
        lambda: meeting.add_items([MeetingItem(title="More")], by=farah(), now=NOW),
        lambda: meeting.take_off(item, by=farah(), now=NOW),
        lambda: meeting.move(item, up=True, by=farah(), now=NOW),
    ):
        with pytest.raises(NotNow):
            act()
    assert titles(meeting) == ["The bus project", "Schools", "Any other business"]


def test_the_database_refuses_to_change_closed_minutes_whoever_asks():
    meeting = closed()
    item = meeting.items.first()
    for statement in (
        f"UPDATE actionplans_meetingitem SET note = 'Otherwise' WHERE id = {item.pk}",
        f"DELETE FROM actionplans_meetingitem WHERE id = {meeting.items.last().pk}",
        f'INSERT INTO actionplans_meetingitem (meeting_id, "order", title, why, note, decision, version)'
        f" VALUES ({meeting.pk}, 9, 'More', '', '', '', 0)",
        f"UPDATE actionplans_meeting SET apologies = 'Nobody' WHERE id = {meeting.pk}",
        f"UPDATE actionplans_meeting SET closed_at = NULL, closed_by_id = NULL WHERE id = {meeting.pk}",
        f"INSERT INTO actionplans_meeting_present (meeting_id, user_id) VALUES ({meeting.pk}, {gwen().pk})",
    ):
        with (
            pytest.raises((IntegrityError, InternalError), match="stay as they are"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert MeetingItem.objects.get(pk=item.pk).note == "The company has not answered."


def test_attendance_names_who_was_there_and_who_sent_apologies():
    meeting = planned()
    meeting.note_attendance(
        [farah(), rafferty()], others="A visitor", apologies="Gwen Morrow", by=farah(), now=NOW
    )
    kept = Meeting.objects.get()
    assert {person.name for person in kept.present.all()} == {"Farah Whitlow", "Rafferty Oduya"}
    assert (kept.others_present, kept.apologies) == ("A visitor", "Gwen Morrow")
