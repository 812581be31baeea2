"""How a centre stands: what leads where, and that a refused act leaves nothing behind."""

from datetime import timedelta
from functools import partial

import pytest

from audit.models import AuditEvent
from centres.management.commands.write_standing import PAGE
from centres.models import CentreEvent
from centres.standing import (
    ACT_WORDS,
    TRANSITIONS,
    NameTaken,
    NotCheckedYet,
    NotInThisStanding,
    acts_in,
    as_markdown,
    lift,
    list_,
    propose,
    suspend,
)
from centres.verifying import DayDoesNotCount, verify
from partners.models import CentreStanding, Organisation, ReportingCentre, User
from tests.people import NOW, centre, district, member, organisation

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def maud() -> User:
    """Maud of the county council looks after centres."""
    return member("Maud Alder", organisation("lcc"), "centre_lead")


def proposed() -> ReportingCentre:
    return propose(
        "Larkmere Library",
        code="larkmere-library",
        district=district("melton"),
        looked_after_by=organisation("lcc"),
        by=maud(),
        now=NOW,
        address="2 Larkmere Lane",
        opening_hours="Monday 10am to 2pm",
    )


def test_the_page_about_standing_is_the_one_that_the_table_makes() -> None:
    assert PAGE.read_text() == as_markdown(), "run: manage.py write_standing"
    assert set(ACT_WORDS) == set(TRANSITIONS)


def test_a_centre_is_proposed_checked_listed_suspended_and_listed_again() -> None:
    larkmere, by = proposed(), maud()
    assert not ReportingCentre.objects.shown_to_the_public(today=TODAY).filter(pk=larkmere.pk).exists()
    verify(larkmere, how="visit", by=by, now=NOW)
    list_(larkmere, by=by, now=NOW)
    assert larkmere.opened_on == TODAY
    assert larkmere.is_shown_to_the_public(today=TODAY)
    suspend(larkmere, reason="not_reached", by=by, now=NOW)
    assert not larkmere.is_shown_to_the_public(today=TODAY)
    lift(larkmere, by=by, now=NOW + timedelta(days=3))
    larkmere.refresh_from_db()
    assert larkmere.is_shown_to_the_public(today=TODAY)
    assert larkmere.opened_on == TODAY
    acts = ["lifted", "suspended", "listed", "verified", "proposed"]
    assert list(CentreEvent.objects.filter(centre=larkmere).values_list("act", flat=True)) == acts
    trail = AuditEvent.objects.filter(subject_type="partners.reportingcentre", subject_id=str(larkmere.pk))
    assert set(trail.values_list("act", "actor_id")) == {(f"centre.{act}", by.pk) for act in acts}


def test_nobody_is_sent_where_nobody_has_looked() -> None:
    larkmere = proposed()
    with pytest.raises(NotCheckedYet, match="Record a call or a visit first"):
        list_(larkmere, by=maud(), now=NOW)
    larkmere.refresh_from_db()
    assert larkmere.standing == CentreStanding.PROPOSED
    assert CentreEvent.objects.filter(centre=larkmere).count() == 1


@pytest.mark.parametrize("standing", CentreStanding)
def test_what_does_not_fit_is_refused_in_words_and_leaves_nothing_behind(standing: CentreStanding) -> None:
    rooms = centre()
    rooms.standing, rooms.closed_on = standing, TODAY if standing == "closed" else None
    rooms.save()
    by, verbs = maud(), {"list": list_, "lift": lift, "suspend": partial(suspend, reason="concern")}
    for act in verbs.keys() - set(acts_in(standing)):
        with pytest.raises(NotInThisStanding, match=f"This centre is {standing.label}, so you can’t"):
            verbs[act](rooms, by=by, now=NOW)
    rooms.refresh_from_db()
    assert rooms.standing == standing
    assert not CentreEvent.objects.exists()


def test_two_who_suspend_at_once_suspend_once() -> None:
    rooms = centre()
    the_same = ReportingCentre.objects.get(pk=rooms.pk)
    suspend(rooms, reason="concern", by=maud(), now=NOW)
    with pytest.raises(NotInThisStanding, match="is suspended"):
        suspend(the_same, reason="concern", by=maud(), now=NOW)


def test_a_centre_has_a_name_of_its_own() -> None:
    proposed()
    with pytest.raises(NameTaken, match="Larkmere Library already"):
        proposed()
    assert Organisation.objects.filter(name="Larkmere Library").count() == 1


# Checking ---------------------------------------------------------------------------------------------------


def test_a_check_of_an_earlier_day_is_kept_and_the_newest_day_counts() -> None:
    rooms, by = centre(), maud()
    verify(rooms, how="call", on=TODAY - timedelta(days=20), by=by, now=NOW)
    rooms.refresh_from_db()
    assert rooms.verified_on == TODAY
    verify(rooms, how="by_centre", by=by, now=NOW + timedelta(days=2))
    rooms.refresh_from_db()
    assert rooms.verified_on == TODAY + timedelta(days=2)
    assert rooms.verifications.count() == 2


@pytest.mark.parametrize(("days", "why"), [(1, "still to come"), (-91, "more than 90 days ago")])
def test_a_day_that_says_nothing_about_today_is_refused(days: int, why: str) -> None:
    rooms = centre()
    with pytest.raises(DayDoesNotCount, match=why):
        verify(rooms, how="visit", on=TODAY + timedelta(days=days), by=maud(), now=NOW)
    assert not rooms.verifications.exists()


def test_the_ninetieth_day_before_still_counts_and_a_closed_centre_is_not_checked() -> None:
    rooms = centre()
    verify(rooms, how="visit", on=TODAY - timedelta(days=90), by=maud(), now=NOW)
    rooms.standing, rooms.closed_on = CentreStanding.CLOSED, TODAY
    rooms.save()
    with pytest.raises(NotInThisStanding, match="so you can’t record a check of it now"):
        verify(rooms, how="visit", by=maud(), now=NOW)
