"""A Joint Action Group's list on which everything can grow: for tests/growing_world.py."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casework.models import Case
from partners.models import User
from reviews.models import (
    CaseReviewRequest,
    JagAction,
    JagCase,
    JagDecision,
    JagIncident,
    JagItem,
    JagMeeting,
    SamePlace,
)
from scope.context import worker_scope
from tests.casework.world import opened, told
from tests.people import district
from vault.models import DataKey

LATER = date(2099, 6, 1)
LONG_AGO = date(1990, 1, 1)


@dataclass
class GrowingList:
    """An item on the agenda of a meeting; both, and what stands beside them, grow."""

    item: JagItem
    meeting: JagMeeting
    rows: int = 1

    def grow(self, me: User, case: Case, *, now: datetime) -> None:
        """One more item on the agenda and one on none, meeting, incident, decision, action, linked case, review."""
        self.rows += 1
        another = opened(told(now=now), by=me, now=now)
        with worker_scope():
            an_item(2 * self.rows, me, key=self.item.data_key, now=now, meeting=self.meeting)
            an_item(2 * self.rows + 1, me, key=self.item.data_key, now=now)
            JagMeeting.objects.create(
                district=self.meeting.district,
                meets_on=LONG_AGO + timedelta(days=self.rows),
                chair=me,
                planned_at=now,
                held_at=now,
            )
            self._more_of_the_item(me, another, now)
            self._more_of_the_case(me, another, case, now)

    def _more_of_the_item(self, me: User, another: Case, now: datetime) -> None:
        JagCase.objects.create(item=self.item, case=another)
        JagIncident.objects.create(item=self.item, case=another, month=now.date(), place_kind="home")
        about = {"item": self.item, "organisation": me.organisation}
        decision = JagDecision(**about, codes=["patrols"], decided_at=now, decided_by=me)
        decision.seal("why", "Go there.")
        decision.save()
        action = JagAction(**about, person=me, due_on=LATER, given_at=now, given_by=me)
        action.seal("what", "Go there.")
        action.save()

    def _more_of_the_case(self, me: User, another: Case, case: Case, now: datetime) -> None:
        SamePlace.decide(case, another, kind="household", is_same=True, by=me, now=now)
        review = CaseReviewRequest(
            case=case,
            asked_on=now.date(),
            asked_by="person",
            recorded_at=now,
            recorded_by=me,
            step="done",
            decided_at=now,
            agreed_with=me.organisation,
            done_at=now,
        )
        review.seal("why", "Nobody came.")
        review.save()


def growing_list(me: User, *, now: datetime) -> GrowingList:
    with worker_scope():
        meeting = JagMeeting.objects.create(
            district=district("charnwood"), meets_on=LATER, chair=me, planned_at=now
        )
        return GrowingList(an_item(1, me, key=DataKey.create(), now=now, meeting=meeting), meeting)


def an_item(
    number: int, me: User, *, key: DataKey, now: datetime, meeting: JagMeeting | None = None
) -> JagItem:
    """An item of Charnwood's, on the agenda of a meeting or on none."""
    return JagItem.objects.create(
        number=f"JAG-CHW-1990-{number:03}",
        district=district("charnwood"),
        council=me.organisation,
        reasons=["high"],
        level="high",
        state="on_agenda" if meeting else "listed",
        listed_at=now,
        due_on=LATER,
        meeting=meeting,
        data_key=key,
        visible_to=[me.organisation_id],
    )
