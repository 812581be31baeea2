"""The standing action logs: numbered without a gap, answered by those asked, each change kept with its words."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from actionplans.models import Group, LogChange, LogEntry, LogState
from actionplans.models.log import NoOtherDay, NotInThatState, NotYours
from audit.models import AuditEvent
from tests.actionplans.meeting_world import TODAY, celandine, entry, rafferty
from tests.people import NOW, farah, gwen, member, organisation, sog_member

LATER = TODAY + timedelta(days=30)


def numbers(group):
    return sorted(LogEntry.objects.filter(group=group).values_list("number", flat=True))


def as_kept(made):
    events = AuditEvent.objects.filter(subject_type="actionplans.logentry", subject_id=str(made.pk))
    return LogEntry.objects.values().get(pk=made.pk), LogChange.objects.count(), events.count()


@pytest.mark.django_db
def test_each_group_counts_its_own_entries():
    for group in (Group.DELIVERY_GROUP, Group.SOG, Group.DELIVERY_GROUP, Group.BOARD):
        entry(group)
    assert [numbers(group) for group in Group] == [[1, 2], [1], [1]]


@pytest.mark.django_db
def test_an_entry_that_came_to_nothing_leaves_no_gap():
    entry()
    with transaction.atomic():
        entry()
        transaction.set_rollback(True)
    entry()
    assert numbers(Group.DELIVERY_GROUP) == [1, 2]


@pytest.mark.django_db
def test_a_form_sent_twice_is_one_entry():
    sending = uuid4()
    asked = {"what": "Ring", "organisation": organisation("police"), "due": TODAY, "sending": sending}
    first, second = (LogEntry.add(Group.SOG, **asked, by=farah(), now=NOW) for _ in range(2))
    assert (first, LogEntry.objects.count()) == (second, 1)


def test_two_at_once_get_the_next_two_numbers(committed):
    people, police = [farah(), rafferty()], organisation("police")
    together = Barrier(len(people))

    def one(person):
        try:
            with transaction.atomic():
                together.wait(timeout=10)
                LogEntry.add(
                    Group.BOARD, what=person.name, organisation=police, due=TODAY, by=person, now=NOW
                )
        finally:
            connection.close()

    for _ in range(5):
        with ThreadPoolExecutor(len(people)) as pool:
            list(pool.map(one, people))
    assert numbers(Group.BOARD) == list(range(1, 11))


@pytest.mark.django_db
def test_whom_it_was_given_to_marks_it_done_and_says_what_came_of_it():
    made = entry()
    made.mark_done("The school rang back.", by=celandine(), now=NOW)
    kept = LogEntry.objects.get()
    assert (kept.state, kept.outcome, kept.ended_by) == (
        LogState.DONE,
        "The school rang back.",
        celandine(),
    )
    line = kept.changes.get()
    assert (line.act, line.words, line.by) == ("done", "The school rang back.", celandine())
    assert AuditEvent.objects.filter(act="log_entry.done", subject_id=str(made.pk)).count() == 1


@pytest.mark.django_db
def test_the_person_it_was_given_to_may_answer_without_updating_plans():
    made = entry(at="opcc", person=sog_member())
    made.mark_done("Agreed.", by=sog_member(), now=NOW)
    assert not LogEntry.objects.get().is_open


@pytest.mark.django_db
def test_another_organisation_answers_for_nothing():
    made = entry()
    before = as_kept(made)
    for act in (
        lambda: made.mark_done("Done.", by=gwen(), now=NOW),
        lambda: made.drop("No.", by=gwen(), now=NOW),
        lambda: made.put_off(LATER, "Later.", by=gwen(), now=NOW),
    ):
        with pytest.raises(NotYours):
            act()
    assert as_kept(made) == before


@pytest.mark.django_db
def test_who_was_asked_neither_drops_it_nor_moves_its_day():
    made = entry()
    before = as_kept(made)
    for act in (
        lambda: made.drop("No.", by=celandine(), now=NOW),
        lambda: made.put_off(LATER, "Later.", by=celandine(), now=NOW),
    ):
        with pytest.raises(NotYours):
            act()
    assert as_kept(made) == before


@pytest.mark.django_db
def test_a_moved_due_date_keeps_the_day_before_who_moved_it_and_why():
    made = entry()
    made.put_off(LATER, "The school is closed.", by=rafferty(), now=NOW)
    line = LogEntry.objects.get().changes.get()
    assert (line.due_before, line.due_after) == (TODAY + timedelta(days=7), LATER)
    assert (line.words, line.by) == ("The school is closed.", rafferty())
    assert LogEntry.objects.get().due == LATER
    with pytest.raises(NoOtherDay):
        made.put_off(LATER, "Again.", by=rafferty(), now=NOW)
    assert LogChange.objects.count() == 1


@pytest.mark.django_db
def test_what_is_dropped_says_why_and_can_be_opened_again():
    made = entry()
    made.drop("The school was merged.", by=farah(), now=NOW)
    assert LogEntry.objects.get().state == LogState.DROPPED
    made.reopen("The new school asks for it.", by=farah(), now=NOW)
    kept = LogEntry.objects.get()
    assert (kept.state, kept.outcome, kept.ended_at, kept.ended_by) == (LogState.OPEN, "", None, None)
    assert [(line.act, line.words) for line in kept.changes.all()] == [
        ("dropped", "The school was merged."),
        ("reopened", "The new school asks for it."),
    ]


@pytest.mark.django_db
def test_an_entry_that_has_ended_does_not_end_again():
    made = entry()
    made.mark_done("Done.", by=farah(), now=NOW)
    before = as_kept(made)
    for act in (
        lambda: made.mark_done("Done again.", by=farah(), now=NOW),
        lambda: made.drop("No.", by=farah(), now=NOW),
        lambda: made.put_off(LATER, "Later.", by=farah(), now=NOW),
    ):
        with pytest.raises(NotInThatState, match="done already"):
            act()
    assert as_kept(made) == before


@pytest.mark.django_db
def test_the_history_of_an_entry_is_only_added_to():
    entry().mark_done("Done.", by=farah(), now=NOW)
    for change in (lambda: LogChange.objects.update(words="Otherwise"), LogChange.objects.all().delete):
        with pytest.raises((IntegrityError, InternalError), match="only be added to"), transaction.atomic():
            change()


@pytest.mark.django_db
def test_only_what_is_open_and_past_its_day_is_overdue():
    late, today, done = entry(due=TODAY - timedelta(days=1)), entry(due=TODAY), entry(due=TODAY)
    done.mark_done("Done.", by=farah(), now=NOW)
    assert list(LogEntry.objects.overdue(today=TODAY)) == [late]
    assert set(LogEntry.objects.waiting()) == {late, today}
    assert list(LogEntry.objects.open_first()) == [late, today, done]


@pytest.mark.django_db
def test_officers_see_what_their_organisation_was_asked_and_those_who_steer_see_all():
    melton, police = entry(), entry(at="police")
    assert list(LogEntry.objects.visible_to(celandine())) == [melton]
    assert set(LogEntry.objects.visible_to(sog_member())) == {melton, police}
    assert set(LogEntry.objects.visible_to(farah())) == {melton, police}


@pytest.mark.django_db
def test_waiting_for_somebody_is_their_own_and_what_nobody_of_their_house_was_named_for():
    other = member("Ngozi Underhay", organisation("melton-bc"), "officer")
    nobodys, hers, others = entry(), entry(person=celandine()), entry(person=other)
    assert set(LogEntry.objects.given_to(celandine())) == {nobodys, hers}
    assert others in LogEntry.objects.given_to(other)
