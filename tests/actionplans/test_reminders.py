"""Whoever has not told hears of it once a stage; nobody is reminded of what is done."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from actionplans import tasks
from actionplans.models import Action, ActionPlan, Reminder, UpdateCycle
from actionplans.owing import who_hears
from actionplans.reminders import KIND, put_reminders
from actionplans.rounds import Audience, rule
from outbox.models import OutboxEntry
from partners.models import Absence
from tests.actionplans.world import plans_as_of
from tests.people import member, organisation

pytestmark = pytest.mark.django_db
PLANS_STAND_AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SOON, DUE, LATE = (datetime(2026, 3, day, 9, 0, tzinfo=UTC) for day in (10, 15, 18))
TO_OWNERS, TO_GROUP = (datetime(2026, 3, day, 9, 0, tzinfo=UTC) for day in (20, 24))
HOUR = timedelta(hours=1)
CHARNWOOD = "charnwood-bc"


@pytest.fixture
def ngozi():
    plans_as_of(PLANS_STAND_AT)
    return member("Ngozi Bell", organisation(CHARNWOOD), "officer")


def colleague(name: str, *roles: str, at: str = CHARNWOOD):
    return member(name, organisation(at), *(roles or ("officer",)))


def deliver(now: datetime) -> None:
    for entry in OutboxEntry.objects.filter(kind=KIND).due(now=now):
        assert OutboxEntry.deliver_one(entry.pk, now=now)


def an_hour_passes(now: datetime) -> list[str]:
    """What the beat and a worker do; gives who got mail, by address."""
    mail.outbox.clear()
    put_reminders(now=now)
    deliver(now)
    return sorted(message.to[0] for message in mail.outbox)


def tell_everything(person, *, now: datetime) -> None:
    for action in Action.objects.owed_by(person.organisation, now.date()):
        action.record_update(
            percent_done=action.percent_now or 0,
            what_changed="",
            is_no_change=True,
            by=person,
            organisation=person.organisation,
            now=now,
        )


def test_ngozi_hears_before_on_and_after_the_due_date_once_each(ngozi):
    for now in (SOON, DUE, LATE):
        assert an_hour_passes(now) == [ngozi.email]
        assert an_hour_passes(now + HOUR) == [], "once a stage"
        assert an_hour_passes(now + timedelta(days=1)) == []
    assert list(Reminder.objects.order_by("at").values_list("stage", flat=True)) == ["soon", "due", "late"]
    assert an_hour_passes(DUE - timedelta(days=2)) == [], "and on no other day"


def test_the_message_says_how_many_by_when_and_where_and_nothing_of_what_they_are_about(ngozi):
    an_hour_passes(SOON)
    owed = Action.objects.owed_by(ngozi.organisation, SOON.date())
    message = mail.outbox[0]
    assert message.subject == "Updates for March: due by 15 March"
    assert f"{owed.count()} actions of your organisation wait" in message.body
    assert "/staff/plans/updates/\n" in message.body
    assert not [action for action in owed if action.title in message.body or action.ref in message.body]
    assert message.extra_headers["Message-ID"].startswith(f"<updates-2026-03-soon-{ngozi.pk}@")


def test_nobody_is_reminded_of_what_is_done(ngozi):
    tell_everything(ngozi, now=SOON - HOUR)
    assert an_hour_passes(SOON) == []
    assert not Reminder.objects.exists()


def test_what_is_told_between_asking_and_sending_is_not_asked_for(ngozi):
    put_reminders(now=SOON)
    assert OutboxEntry.objects.filter(kind=KIND).count() == 1
    tell_everything(ngozi, now=SOON)
    deliver(SOON + HOUR)
    assert (mail.outbox, Reminder.objects.count()) == ([], 0)


def test_a_colleagues_update_is_the_organisations(ngozi):
    tell_everything(colleague("Leif Aston"), now=SOON - HOUR)
    assert an_hour_passes(SOON) == []


def test_what_was_told_last_month_does_not_count_for_this_one(ngozi):
    tell_everything(ngozi, now=PLANS_STAND_AT - timedelta(days=1))
    assert an_hour_passes(SOON) == [ngozi.email]


def test_nobody_is_written_to_before_eight_in_the_morning(ngozi):
    early = SOON.replace(hour=7)
    assert an_hour_passes(early) == []
    assert UpdateCycle.objects.get().month == date(2026, 3, 1), "the round is open all the same"
    assert an_hour_passes(early + HOUR) == [ngozi.email]


def test_a_reminder_that_waits_until_the_next_round_is_not_sent(ngozi):
    put_reminders(now=LATE)
    deliver(datetime(2026, 4, 2, 9, 0, tzinfo=UTC))
    assert mail.outbox == []


def test_a_worker_that_died_after_sending_sends_the_same_message_again_and_not_another(ngozi):
    an_hour_passes(SOON)
    first = mail.outbox[0].extra_headers["Message-ID"]
    # What the dying worker's transaction takes back.
    Reminder.objects.all().delete()
    OutboxEntry.objects.update(delivered_at=None)
    deliver(SOON)
    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == [first, first]


def test_asked_twice_the_same_person_is_reminded_once(ngozi):
    payload = {"cycle": UpdateCycle.of(SOON.date()).pk, "stage": "soon", "person": ngozi.pk}
    for _ in range(2):
        tasks.send_reminder(payload, SOON)
    assert (len(mail.outbox), Reminder.objects.count()) == (1, 1)


def test_the_named_owner_hears_alone_of_their_action_and_the_deputy_while_they_are_away(ngozi):
    leif = colleague("Leif Aston")
    other = organisation("blaby-dc")
    Action.objects.exclude(lead=ngozi.organisation).update(course="deferred")
    Action.objects.filter(lead=ngozi.organisation).update(owner=ngozi, deputy=leif)
    assert Action.objects.owed_by(ngozi.organisation, SOON.date()).exists()
    hears = who_hears(Audience.CONTRIBUTORS, SOON.date())
    assert (ngozi.pk in hears, leif.pk in hears) == (True, False)
    absent(ngozi, instead=leif)
    hears = who_hears(Audience.CONTRIBUTORS, SOON.date())
    assert (ngozi.pk in hears, leif.pk in hears) == (False, True)
    assert not [each for digest in hears.values() for each in digest.owed if each.organisation == other.pk]


def absent(person, *, instead) -> None:
    Absence.objects.create(
        user=person,
        organisation=person.organisation,
        starts_on=PLANS_STAND_AT.date(),
        ends_on=date(2026, 4, 30),
        deputy=instead,
    )


def test_whoever_stands_in_hears_for_those_who_are_away(ngozi):
    leif = colleague("Leif Aston")
    absent(ngozi, instead=leif)
    assert an_hour_passes(SOON) == [leif.email]


def test_where_everybody_is_away_without_anybody_here_they_hear_all_the_same(ngozi):
    auditor = colleague("Osric Vale", "auditor")
    absent(ngozi, instead=auditor)
    assert an_hour_passes(SOON) == [ngozi.email], "a deputy who may not tell is none"


def test_then_the_plans_owner_hears_and_then_the_delivery_group(ngozi):
    orla = colleague("Orla Fenn", "plan_owner", at="opcc")
    farah = colleague("Farah Whitlow", "delivery_group", at="lcc")
    ActionPlan.objects.update(owner=orla)
    assert an_hour_passes(TO_OWNERS) == [orla.email]
    text = mail.outbox[0]
    assert text.subject == "Updates for March that nobody has told"
    assert "/staff/plans/updates/waiting/" in text.body
    assert an_hour_passes(TO_GROUP) == sorted([farah.email, orla.email])


def test_a_plan_without_an_owner_is_everybodys_who_may_own_plans_or_the_groups(ngozi):
    farah = colleague("Farah Whitlow", "delivery_group", at="lcc")
    assert an_hour_passes(TO_OWNERS) == [farah.email]
    orla = colleague("Orla Fenn", "plan_owner", at="opcc")
    assert set(who_hears(Audience.PLAN_OWNERS, TO_OWNERS.date())) == {orla.pk}


def test_what_has_lost_its_lead_is_told_to_the_plans_owner_in_the_leads_place(ngozi):
    orla = colleague("Orla Fenn", "plan_owner", at="opcc")
    ActionPlan.objects.update(owner=orla)
    led = Action.objects.owed_by(ngozi.organisation, SOON.date()).filter(lead=ngozi.organisation).count()
    assert led
    ngozi.memberships.get().end(by=None, now=SOON)
    assert an_hour_passes(SOON) == [orla.email]
    before = who_hears(Audience.CONTRIBUTORS, SOON.date())[orla.pk]
    # Nobody else has people in this world: every lead but her own has left.
    assert before.left > led
    assert f"{before.left} actions have no lead any more" in mail.outbox[0].body


def test_a_retired_organisation_owes_nothing_itself(ngozi):
    house = ngozi.organisation
    house.retired_on = SOON.date()
    house.save()
    assert ngozi.pk not in who_hears(Audience.CONTRIBUTORS, SOON.date())


def test_one_persons_digest_is_the_same_asked_alone(ngozi):
    orla = colleague("Orla Fenn", "plan_owner", at="opcc")
    for audience in Audience:
        everybody = who_hears(audience, SOON.date())
        for person in (ngozi, orla):
            alone = who_hears(audience, SOON.date(), person=person.pk).get(person.pk)
            assert alone == everybody.get(person.pk)


def test_asking_costs_the_same_for_one_person_and_for_many(ngozi, django_assert_num_queries):
    for number in range(8):
        colleague(f"Officer {number}")
    with django_assert_num_queries(6):
        assert len(who_hears(Audience.CONTRIBUTORS, SOON.date())) == 9


def test_drafts_of_plans_deferred_closed_and_complete_actions_are_asked_of_nobody(ngozi):
    ActionPlan.objects.update(is_draft=True)
    assert an_hour_passes(SOON) == []
    ActionPlan.objects.update(is_draft=False)
    Action.objects.update(closed_on=SOON.date(), closed_by=ngozi)
    assert an_hour_passes(DUE) == []
    assert {stage.code for stage in rule().stages} >= {"soon", "due", "late"}
