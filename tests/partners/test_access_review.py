"""Each quarter every organisation says who still belongs; whoever nobody confirmed is suspended."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEvent
from outbox.models import OutboxEntry
from outbox.tasks import sweep
from partners import tasks
from partners.models import AccessReview, LastAdministrator, NotYoursToChange, User
from partners.models.access_review import ReviewIsOver, quarter_start
from tests import people

pytestmark = pytest.mark.django_db
# The first working day of a quarter; everybody below came in before.
OPENS = datetime(2026, 4, 1, 6, 0, tzinfo=UTC)
DUE = date(2026, 4, 29)


def tess() -> User:
    """The team manager of Charnwood, who confirms its people."""
    return people.member("Tess Vane", people.organisation("charnwood-bc"), "team_manager")


def charnwood(*, now: datetime = OPENS) -> AccessReview:
    AccessReview.open_for(people.organisation("charnwood-bc"), now=now)
    return AccessReview.objects.get(organisation__code="charnwood-bc")


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def recipients() -> set[str]:
    return {to for letter in mail.outbox for to in letter.to}


# The clock ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 3, 31), date(2026, 1, 1)),
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2026, 12, 31), date(2026, 10, 1)),
    ],
)
def test_a_quarter_begins_in_january_april_july_and_october(day: date, start: date) -> None:
    assert quarter_start(day) == start


def test_every_organisation_with_people_is_asked_once_a_quarter() -> None:
    people.ngozi(), people.gwen(), people.administrator()
    assert AccessReview.open_quarter(now=OPENS) == 3
    assert AccessReview.open_quarter(now=OPENS + timedelta(hours=1)) == 0
    assert AccessReview.objects.count() == 3
    assert {review.due_on for review in AccessReview.objects.all()} == {DUE}
    assert OutboxEntry.objects.filter(kind="partners.access_review").count() == 3
    assert AccessReview.open_quarter(now=OPENS + timedelta(days=91)) == 3


def test_a_portal_that_begins_in_the_middle_of_a_quarter_waits_for_the_next() -> None:
    people.ngozi()
    assert AccessReview.open_quarter(now=OPENS + timedelta(days=15)) == 0
    assert AccessReview.open_quarter(now=OPENS + timedelta(days=14)) == 1


def test_a_week_before_the_end_whoever_confirms_is_warned_once() -> None:
    ngozi, manager = people.ngozi(), tess()
    review = charnwood()
    assert not AccessReview.objects.to_warn(today=DUE - timedelta(days=8)).exists()
    assert AccessReview.objects.to_warn(today=DUE - timedelta(days=7)).get() == review
    sweep()
    mail.outbox.clear()
    other_worker = AccessReview.objects.get(pk=review.pk)
    assert review.warn(now=OPENS + timedelta(days=21))
    assert not other_worker.warn(now=OPENS + timedelta(days=21))
    sweep()
    assert recipients() == {manager.email}
    assert "29 April 2026" in mail.outbox[0].body
    assert "report" not in mail.outbox[0].body
    assert ngozi.name not in mail.outbox[0].body


def test_where_everybody_is_confirmed_nobody_is_warned() -> None:
    ngozi, manager = people.ngozi(), tess()
    review = charnwood()
    review.answer({ngozi.membership.pk: True}, by=manager, now=OPENS)
    review.answer({manager.membership.pk: True}, by=people.administrator(), now=OPENS)
    assert not review.warn(now=OPENS + timedelta(days=21))


def test_when_the_last_day_is_over_the_unconfirmed_are_suspended_and_it_is_said() -> None:
    ngozi, manager = people.ngozi(), tess()
    ewa = people.member("Ewa Sand", people.organisation("charnwood-bc"), "officer")
    review = charnwood()
    review.answer({ngozi.membership.pk: True}, by=manager, now=OPENS)
    review.answer({manager.membership.pk: True}, by=people.administrator(), now=OPENS)
    browser = people.client_for(ewa)
    assert not AccessReview.objects.overdue(today=DUE).exists()
    assert AccessReview.objects.overdue(today=DUE + timedelta(days=1)).get() == review
    sweep()
    mail.outbox.clear()
    other_worker = AccessReview.objects.get(pk=review.pk)
    assert review.close(now=OPENS + timedelta(days=29))
    assert not other_worker.close(now=OPENS + timedelta(days=29))
    assert [fresh(each).is_active for each in (ngozi, manager, ewa)] == [True, True, False]
    assert browser.get(reverse("home:today")).status_code == 302
    event = AuditEvent.objects.get(act="person.suspended")
    assert (event.actor_id, event.subject_id, event.facts["reason"]) == (None, str(ewa.pk), "not_confirmed")
    sweep()
    assert recipients() == {manager.email, people.administrator().email}
    assert "Suspended because nobody had confirmed them: 1" in mail.outbox[0].body
    assert ewa.name not in mail.outbox[0].body


def test_whoever_came_after_it_was_opened_is_not_asked_about() -> None:
    people.ngozi()
    review = charnwood()
    newcomer = people.member(
        "Late Comer", people.organisation("charnwood-bc"), "officer", now=OPENS + timedelta(days=40)
    )
    assert newcomer.membership not in review.asked_about()
    review.close(now=OPENS + timedelta(days=29))
    assert fresh(newcomer).is_active


def test_the_last_administrator_is_left_so_that_somebody_can_let_people_in_again() -> None:
    maud = people.administrator()
    orla = people.member("Orla Finch", people.organisation("lcc"), "administrator")
    AccessReview.open_for(people.organisation("lcc"), now=OPENS)
    review = AccessReview.objects.get(organisation__code="lcc")
    review.close(now=OPENS + timedelta(days=29))
    assert sorted(fresh(each).is_active for each in (maud, orla)) == [False, True]
    assert review.suspended == 1
    assert AuditEvent.objects.filter(act="access_review.left_last_administrator").count() == 1


def test_the_beat_does_all_of_it_however_often_it_beats(monkeypatch: pytest.MonkeyPatch) -> None:
    ngozi = people.ngozi()
    for day in (0, 0, 21, 21, 28, 29, 29):
        monkeypatch.setattr(timezone, "now", lambda day=day: OPENS + timedelta(days=day))
        tasks.keep_access_reviews()
    acts = AuditEvent.objects.filter(act__startswith="access_review.").values_list("act", flat=True)
    assert sorted(acts) == ["access_review.closed", "access_review.opened"]
    assert not fresh(ngozi).is_active
    told = OutboxEntry.objects.filter(kind="partners.access_review").order_by("created_at")
    assert [entry.payload["what"] for entry in told] == ["opened", "warned", "closed"]


# Who answers -------------------------------------------------------------------------------------------------------


def test_where_nobody_confirms_the_administrators_are_asked() -> None:
    ngozi, maud = people.ngozi(), people.administrator()
    review = charnwood()
    sweep()
    assert recipients() == {maud.email}
    assert review.answer({ngozi.membership.pk: True}, by=maud, now=OPENS) == 1


def test_beside_a_single_confirmer_the_administrators_are_asked_and_beside_two_they_are_not() -> None:
    manager, maud = tess(), people.administrator()
    review = charnwood()
    assert set(review.confirmers()) == {manager, maud}
    second = people.member("Lou Ames", people.organisation("charnwood-bc"), "team_manager")
    assert set(review.confirmers()) == {manager, second}


def test_nobody_confirms_themselves_or_another_organisations_people() -> None:
    ngozi, manager, gwen = people.ngozi(), tess(), people.gwen()
    review = charnwood()
    said = {manager.membership.pk: True, gwen.membership.pk: False, 999_999: False}
    assert review.answer(said, by=manager, now=OPENS) == 0
    with pytest.raises(NotYoursToChange):
        review.answer({manager.membership.pk: True}, by=ngozi, now=OPENS)
    with pytest.raises(NotYoursToChange):
        review.answer({ngozi.membership.pk: True}, by=gwen, now=OPENS)
    assert manager.membership in review.unanswered()


def test_another_confirmer_answers_for_a_confirmer() -> None:
    manager = tess()
    second = people.member("Lou Ames", people.organisation("charnwood-bc"), "team_manager")
    assert charnwood().answer({manager.membership.pk: True}, by=second, now=OPENS) == 1


def test_whoever_is_removed_is_out_at_once_and_the_first_answer_stays() -> None:
    ngozi, manager, maud = people.ngozi(), tess(), people.administrator()
    review = charnwood()
    browser = people.client_for(ngozi)
    assert review.answer({ngozi.membership.pk: False}, by=manager, now=OPENS) == 1
    assert browser.get(reverse("home:today")).status_code == 302
    assert review.answer({ngozi.membership.pk: True}, by=maud, now=OPENS) == 0
    acts = AuditEvent.objects.filter(facts__review=review.pk).values_list("act", flat=True)
    assert sorted(acts) == ["membership.not_confirmed", "person.suspended"]


def test_the_last_administrator_is_not_removed_and_nothing_else_is_kept() -> None:
    maud, farah = people.administrator(), people.farah()
    manager = people.member("Kit Lowe", people.organisation("lcc"), "team_manager")
    AccessReview.open_for(people.organisation("lcc"), now=OPENS)
    review = AccessReview.objects.get(organisation__code="lcc")
    with pytest.raises(LastAdministrator):
        review.answer({maud.membership.pk: False, farah.membership.pk: True}, by=manager, now=OPENS)
    assert not review.answers.exists()


def test_a_closed_review_takes_no_answers() -> None:
    ngozi, manager = people.ngozi(), tess()
    review = charnwood()
    review.close(now=OPENS + timedelta(days=29))
    with pytest.raises(ReviewIsOver):
        review.answer({ngozi.membership.pk: True}, by=people.administrator(), now=OPENS)
    assert not fresh(manager).is_active


# The pages ---------------------------------------------------------------------------------------------------------


def now_open() -> AccessReview:
    """Charnwood's review, opened today."""
    return charnwood(now=timezone.now())


def test_tess_answers_for_two_people_on_one_page() -> None:
    ngozi, manager = people.ngozi(), tess()
    ewa = people.member("Ewa Sand", people.organisation("charnwood-bc"), "officer")
    review = now_open()
    browser = people.client_for(manager)
    assert b"people to confirm by" in browser.get(reverse("home:today")).content
    path = reverse("partners:access_review", args=[review.pk])
    page = browser.get(path).content.decode()
    assert "Reads and acts on reports" in page
    assert "You cannot answer for yourself" in page
    answer = browser.post(
        path, {f"m{ngozi.membership.pk}": "keep", f"m{ewa.membership.pk}": "remove"}, follow=True
    )
    assert b"2 answers are kept" in answer.content
    assert b"Nobody waits for your answer" in answer.content
    assert not fresh(ewa).is_active
    assert fresh(ngozi).is_active


def test_sending_nothing_or_nonsense_keeps_nothing() -> None:
    ngozi, manager = people.ngozi(), tess()
    review = now_open()
    browser, path = people.client_for(manager), reverse("partners:access_review", args=[review.pk])
    for sent in ({}, {"mx": "keep"}, {f"m{ngozi.membership.pk}": "perhaps"}, {"m" + "9" * 40: "keep"}):
        assert b"Choose for at least one person" in browser.post(path, sent).content
    assert not review.answers.exists()


def test_administrators_see_how_every_organisation_stands_and_confirmers_their_own() -> None:
    people.ngozi(), people.gwen()
    manager, maud = tess(), people.administrator()
    now_open()
    AccessReview.open_for(people.organisation("leicester-city"), now=timezone.now())
    path = reverse("partners:access_reviews")
    everything = people.client_for(maud).get(path).content.decode()
    assert "0 of 2" in everything
    assert "0 of 1" in everything
    own = people.client_for(manager).get(path).content.decode()
    assert "0 of 2" in own
    assert "0 of 1" not in own
    foreign = AccessReview.objects.get(organisation__code="leicester-city")
    answer = people.client_for(manager).get(reverse("partners:access_review", args=[foreign.pk]))
    assert answer.status_code == 404


@pytest.mark.parametrize("who", [people.asha, people.gwen, people.sog_member])
def test_the_pages_are_missing_for_everybody_else(who) -> None:
    review, browser = now_open(), people.client_for(who())
    assert browser.get(reverse("partners:access_reviews")).status_code == 404
    assert browser.get(reverse("partners:access_review", args=[review.pk])).status_code == 404
