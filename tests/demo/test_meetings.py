"""The demonstration's meetings and logs, built by the real acts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from actionplans.models import Group, LogEntry, Meeting
from actionplans.models.meeting import Standing
from llr_hate.demo.meetings import leave_meetings
from llr_hate.demo.staff import PEOPLE
from partners.data import entries, installed
from partners.models import Membership, Organisation, User
from tests.actionplans.world import plans_as_of
from tests.people import NOW

TODAY = timezone.localdate(NOW)


@pytest.mark.django_db
def test_a_meeting_is_closed_one_is_to_come_and_each_log_has_what_it_needs() -> None:
    plans_as_of(NOW)
    make_staff_quickly()
    leave_meetings(now=NOW)
    to_come, done = Meeting.objects.order_by("-held_on")
    assert (to_come.standing, to_come.held_on) == (Standing.PLANNED, TODAY + timedelta(days=7))
    assert (done.standing, done.log.count()) == (Standing.CLOSED, 3)
    assert done.present.count() == 8
    assert to_come.items.filter(entry__isnull=False).exists(), "what is overdue is on the next agenda"
    assert to_come.items.filter(action__isnull=False).exists()
    of_the_group = LogEntry.objects.filter(group=Group.DELIVERY_GROUP)
    assert sorted(of_the_group.values_list("number", "state")) == [(1, "open"), (2, "done"), (3, "open")]
    assert of_the_group.overdue(today=TODAY).count() == 1
    assert LogEntry.objects.filter(group=Group.BOARD).count() == 3


def make_staff_quickly() -> None:
    """The demonstration's people without their passwords, whose making takes its time."""
    houses = {each.code: each for each in Organisation.objects.all()}
    for said in entries(installed(PEOPLE), "people", file=PEOPLE):
        name = f"{said['first_name']} {said['last_name']}"
        person = User.objects.create(email=said["email"], name=name, date_joined=NOW, password="!")
        Membership.objects.create(
            user=person, organisation=houses[said["organisation"]], role_codes=said["roles"], joined_at=NOW
        )
