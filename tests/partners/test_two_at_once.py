"""Two administrators, or two workers, in two transactions: what must stay stays, and nothing is done twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from audit.models import AuditEvent
from outbox.models import OutboxEntry
from partners import tasks
from partners.models import AccessReview, LastAdministrator, SecondFactorReset, User
from partners.models.granting import NotYoursToChange
from partners.models.membership import Membership
from partners.models.second_factor_reset import CannotReset, HowKnown, WhyReset
from tests import people

pytestmark = pytest.mark.usefixtures("committed")
OPENS = datetime(2026, 4, 1, 6, 0, tzinfo=UTC)


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """What came of each act: 'done' or the name of the refusal."""
    together = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> str:
        try:
            together.wait(timeout=20)
            act()
            return "done"
        except (LastAdministrator, NotYoursToChange, CannotReset) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(one, acts))


def test_of_two_administrators_who_end_each_other_one_stays() -> None:
    maud = people.administrator()
    orla = people.member("Orla Finch", people.organisation("opcc"), "administrator")
    came = at_once(
        lambda: orla.suspend(by=User.objects.get(pk=maud.pk), now=people.NOW),
        lambda: maud.membership.end(by=User.objects.get(pk=orla.pk), now=people.NOW),
    )
    # The second finds out before or after the first has ended, as it happens.
    assert came in (["LastAdministrator", "done"], ["NotYoursToChange", "done"])
    assert Membership.objects.administrators().count() == 1


def test_two_beats_at_once_open_warn_and_close_each_review_once(monkeypatch: pytest.MonkeyPatch) -> None:
    people.ngozi(), people.gwen()
    for day in (0, 22, 30):
        monkeypatch.setattr(timezone, "now", lambda day=day: OPENS + timedelta(days=day))
        assert at_once(tasks.keep_access_reviews, tasks.keep_access_reviews) == ["done", "done"]
    assert AccessReview.objects.count() == 2
    for act in ("access_review.opened", "access_review.closed", "person.suspended"):
        assert AuditEvent.objects.filter(act=act).count() == 2, act
    assert OutboxEntry.objects.filter(kind="partners.access_review").count() == 6


def test_two_who_agree_at_once_take_a_second_step_away_once() -> None:
    gwen, maud = people.gwen(), people.administrator()
    others = [
        people.member(name, people.organisation("opcc"), "administrator")
        for name in ("Orla Finch", "Bea Holm")
    ]
    asked = {"reason": WhyReset.LOST, "how_known": HowKnown.VIDEO}
    reset = SecondFactorReset.ask(gwen, **asked, by=maud, now=people.NOW)

    def agree(by: User) -> None:
        SecondFactorReset.objects.get(pk=reset.pk).approve(by=by, now=people.NOW)

    assert at_once(*(lambda by=by: agree(by) for by in others)) == ["CannotReset", "done"]
    assert AuditEvent.objects.filter(act="second_factor.reset").count() == 1
