"""Amina, to whom it happens again and again in Charnwood, on cases that Ngozi opened."""

from datetime import datetime, timedelta
from typing import Any

from casework.models import Case
from partners.models import User
from reviews.deciding import decide, finish_action, give_action
from reviews.linking import link_place
from reviews.listing import bring_up_to_date
from reviews.models import JagItem, JagMeeting
from reviews.reviewing import (
    answer_appeal,
    appeal,
    ask_for_review,
    decide_threshold,
    finish_review,
)
from scope.context import staff_scope, worker_scope
from tests.casework.test_matching import AMINA
from tests.casework.world import told, triaged
from tests.people import NOW, member, ngozi, organisation


def cases_of(
    number: int, *, by: User | None = None, now: datetime = NOW, urgency: str = "standard", **changes: Any
) -> list[Case]:
    """So many cases of the same person, a week apart, the last one today; confirmed to be of one person."""
    officer = by or ngozi(now=now)
    days = [now - timedelta(days=7 * back) for back in reversed(range(number))]
    cases = [triaged(told(now=day, **changes), by=officer, now=day, urgency=urgency) for day in days]
    with staff_scope(officer.organisation_id or 0):
        for case in cases:
            case.write_down(AMINA, by=officer, now=now)
        for one, other in zip(cases, cases[1:], strict=False):
            one.compare(other, is_same=True, by=officer, now=now)
    return cases


def listed(number: int = 3, *, now: datetime = NOW, **more: Any) -> JagItem:
    """The item that the rule makes of so many cases of one person."""
    cases = cases_of(number, now=now, **more)
    bring_up_to_date(now=now)
    with worker_scope():
        return JagItem.objects.select_related("district", "council", "data_key", "meeting").get(
            jag_cases__case=cases[0], jag_cases__is_open=True
        )


def chair(*, now: datetime = NOW) -> User:
    """Odette chairs Charnwood's Joint Action Group."""
    return member("Odette Vane", organisation("charnwood-bc"), "jag_chair", now=now)


def police_chair(*, now: datetime = NOW) -> User:
    """Inspector Barnaby chairs wherever he is asked to."""
    return member("Barnaby Thorne", organisation("police"), "jag_chair", now=now)


def put_on_the_lists(records: dict[str, dict[str, str]], *, by: User, now: datetime = NOW) -> None:
    """For the access matrix: each relation's case is at high risk, so that it stands on a list; with a meeting, and
    something to do for the organisation of `by`, about their own and about the foreign one."""
    with worker_scope():
        cases = {whose: Case.objects.get(reference=known["case"]) for whose, known in records.items()}
        Case.objects.filter(pk__in=[case.pk for case in cases.values()]).update(urgency="high")
        bring_up_to_date(now=now)
        for whose, case in cases.items():
            item = JagItem.objects.select_related("data_key", "district").get(jag_cases__case=case)
            records[whose]["jag"] = item.number
            if whose in ("own", "foreign"):
                doer = by.organisation if whose == "own" else organisation("opcc")
                given = give_action(item, what="Ring.", organisation=doer, due_on=now.date(), by=by, now=now)
                meeting = JagMeeting.plan(item.district, meets_on=now.date(), by=by, now=now)
                records[whose] |= {"jag_action": str(given.pk), "jag_meeting": str(meeting.pk)}


def everything_of_reviews(
    case: Case, other: Case | None = None, *, by: User, words: str = "Nobody came."
) -> JagItem:
    """A case that is on a list, decided about and followed up, at the same place as another if there is one, and
    reviewed after an appeal; with `words` wherever somebody writes any."""
    around = {"by": by, "now": NOW}
    with staff_scope(by.organisation_id or 0):
        if other:
            link_place(case, other, kind="premises", is_same=True, **around)
        review = ask_for_review(case, asked_on=NOW.date(), asked_by="person", why=words, **around)
        decide_threshold(review, is_met=True, agreed_with=organisation("opcc"), words=words, **around)
        item = JagItem.objects.select_related("data_key").get(jag_cases__case=case)
        given = {"what": words, "organisation": by.organisation, "due_on": NOW.date()}
        action = give_action(item, **given, **around)
        finish_action(action, words=words, **around)
        decide(item, codes=["support_plan"], why=words, **around)
        finish_review(review, outcome="recommendations", recommendations=words, **around)
        appeal(review, on=NOW.date(), words=words, **around)
        answer_appeal(review, on=NOW.date(), words=words, **around)
    return item
