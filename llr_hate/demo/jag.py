"""What Joint Action Groups of the demonstration look at: somebody to whom it happened three times in Charnwood, and
somebody else; a meeting that was held and one to come; an ASB Case Review. Made by the real acts."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.utils import timezone

from casework.matching import Details
from casework.models import Case
from llr_hate.demo.acts import WHY_AT_TRIAGE, Year
from llr_hate.demo.frame import Narrative
from llr_hate.demo.years import told
from partners.models import District, Organisation, User
from partners.models.person import holders_of
from partners.roles import Permission
from partners.working_days import add_working_days, is_working_day
from reporting.strands import PublicStatus
from reviews.deciding import decide, finish_action, give_action, put_on_agenda
from reviews.listing import bring_up_to_date
from reviews.models import JagItem, JagMeeting
from reviews.models.item import ItemState, JagItemQuerySet
from reviews.reviewing import ask_for_review, decide_threshold
from scope.context import worker_scope

COUNCIL = "charnwood-bc"
TOLD_DAYS_AGO, TOLD_SINCE_DAYS_AGO, GRAVE_DAYS_AGO = (97, 62, 38), (19, 5), 44
LISTED_DAYS_AGO, HELD_DAYS_AGO, MEETS_IN_DAYS = 34, 20, 6
FIRST = Details(given="Anneliese", family="Thorncroft", postcode="LE11 1AA")
SECOND = Details(given="Obadiah", family="Fennimore", postcode="LE12 8AA")
PLACE = "Committee room 2"
DECIDED = (
    ("support_plan", "patrols"),
    "It has happened three times in three months. One worker rings every week, and the police visit the places where "
    "it happened.",
)
TO_DO = (
    (
        "charnwood-bc",
        "Agree a support plan, and go through what to do if it happens again.",
        6,
        "Agreed on a visit.",
    ),
    ("police", "Visit the places where it happened on Friday and Saturday evenings for a month.", -12, ""),
    ("victim-first", "Ring once a week until the next meeting.", 9, ""),
)
HEARD = "I have read what you told us. I will ring you in the way you asked for, and write here again."
ASKED = "I have told you three times. Each time somebody wrote to me, and each time it happened again."
ACCEPTED = "Three incidents within half a year, the last one reported the same week."


def leave_for_the_jag(year: Year, *, now: datetime) -> None:
    """Somebody tells three times, and somebody else something grave: both are listed, and a meeting decides about the
    first. Then a case review is accepted, it happens to another person again, and a meeting is to come."""
    with worker_scope():
        officer, chair = _at(COUNCIL, Permission.WORK_CASES), _at(COUNCIL, Permission.CHAIR_JAG)
        first, second = _narratives(year)
        cases = _of_one_person(year, FIRST, first, TOLD_DAYS_AGO, officer, now=now)
        _worked_on(year, second[-1], GRAVE_DAYS_AGO, officer, now=now, urgency="high")
        bring_up_to_date(now=now - timedelta(days=LISTED_DAYS_AGO))
        _one_held(chair, officer, cases[0], now=now)
        _one_review(cases[0], officer, now=now)
        _of_one_person(year, SECOND, second, TOLD_SINCE_DAYS_AGO, officer, now=now)
        bring_up_to_date(now=now)
        to_come = _meeting(
            chair, _day_at_work(timezone.localdate(now) + timedelta(days=MEETS_IN_DAYS)), now=now
        )
        put_on_agenda(list(_waiting(to_come)), to_come, by=chair, now=now)


def _narratives(year: Year) -> tuple[list[Narrative], list[Narrative]]:
    """Of two strands, the two with the most: what somebody tells who gives a name, online, and bars nobody."""
    by_strand: dict[tuple[str, ...], list[Narrative]] = defaultdict(list)
    for each in year.frame.ordinary():
        barred = each.barred_organisation or each.barred_text
        if each.role == "victim" and not (each.anonymous or barred or each.channel == "centre"):
            by_strand[each.strands].append(each)
    first, second, *_others = sorted(by_strand.values(), key=len, reverse=True)
    return first, second


def _of_one_person(
    year: Year,
    person: Details,
    narratives: list[Narrative],
    days: Sequence[int],
    officer: User,
    *,
    now: datetime,
) -> list[Case]:
    """Told so many days ago, each of which was written down and said to be of one person."""
    cases = [_worked_on(year, *each, officer, now=now) for each in zip(narratives, days, strict=False)]
    at = now - timedelta(days=days[-1] - 2)
    for case in cases:
        case.write_down(person, by=officer, now=at)
    for one, other in pairwise(cases):
        one.compare(other, is_same=True, by=officer, now=at)
    return cases


def _worked_on(
    year: Year, narrative: Narrative, days: int, officer: User, *, now: datetime, urgency: str = "medium"
) -> Case:
    """Told so many days ago, and worked on since."""
    at = now - timedelta(days=days)
    report = year.tell(told(narrative, at, "charnwood")).report
    read_at = at + timedelta(hours=20)
    report.note_read(officer, now=read_at)
    case = Case.open_for(report, by=officer, now=read_at)
    assert officer.organisation
    case.triage(
        recorded_strands=list(narrative.strands),
        recorded_as="undecided",
        urgency=urgency,
        lead=officer.organisation,
        note=WHY_AT_TRIAGE[urgency],
        by=officer,
        now=read_at,
    )
    case.assign(to=officer, by=officer, now=read_at)
    case.tell_reporter(HEARD, status=PublicStatus.BEING_LOOKED_AT, by=officer, now=read_at)
    return case


def _one_review(case: Case, officer: User, *, now: datetime) -> None:
    """Asked for two weeks ago, and accepted last week."""
    asked_at, decided_at = now - timedelta(days=15), now - timedelta(days=8)
    asked_on = timezone.localdate(asked_at)
    review = ask_for_review(case, asked_on=asked_on, asked_by="person", why=ASKED, by=officer, now=asked_at)
    other = Organisation.objects.get(code="opcc")
    decide_threshold(review, is_met=True, agreed_with=other, words=ACCEPTED, by=officer, now=decided_at)


def _one_held(chair: User, officer: User, about: Case, *, now: datetime) -> None:
    """A meeting of three weeks ago, which decided about one case's item and asked for three things."""
    held_at = now - timedelta(days=HELD_DAYS_AGO)
    meeting = _meeting(chair, timezone.localdate(held_at), now=held_at - timedelta(days=9))
    item = JagItem.objects.select_related("data_key").get(jag_cases__case=about)
    put_on_agenda([item], meeting, by=chair, now=held_at)
    for code, what, days, done in TO_DO:
        doer, due = Organisation.objects.get(code=code), timezone.localdate(now) + timedelta(days=days)
        action = give_action(item, what=what, organisation=doer, due_on=due, by=chair, now=held_at)
        if done:
            finish_action(action, words=done, by=officer, now=now - timedelta(days=3))
    codes, why = DECIDED
    decide(item, codes=codes, why=why, by=chair, now=held_at)
    meeting.hold(by=chair, now=held_at + timedelta(hours=2))


def _meeting(chair: User, day: date, *, now: datetime) -> JagMeeting:
    """Of Charnwood's group."""
    district = District.objects.get(code="charnwood")
    return JagMeeting.plan(district, meets_on=day, place=PLACE, by=chair, now=now)


def _day_at_work(day: date) -> date:
    return day if is_working_day(day) else add_working_days(day, 1)


def _waiting(meeting: JagMeeting) -> JagItemQuerySet:
    return JagItem.objects.filter(state=ItemState.LISTED, district=meeting.district)


def _at(code: str, permission: Permission) -> User:
    """Whoever may do that at an organisation, and came first."""
    return holders_of(permission).filter(memberships__organisation__code=code).order_by("pk")[0]
