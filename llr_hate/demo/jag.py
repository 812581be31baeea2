"""What Joint Action Groups of the demonstration look at: somebody to whom it happened three times in Charnwood, two
neighbours, a meeting that was held and one to come, and an ASB Case Review. Made by the real acts."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from casework.matching import Details
from casework.models import Case
from llr_hate.demo.acts import WHY_AT_TRIAGE, Year
from llr_hate.demo.frame import Narrative
from llr_hate.demo.years import told
from partners.models import District, Organisation, User
from partners.models.person import holders_of
from partners.roles import Permission
from reporting.strands import PublicStatus
from reviews.deciding import decide, finish_action, give_action, put_on_agenda
from reviews.linking import link_place
from reviews.listing import bring_up_to_date
from reviews.models import JagItem, JagMeeting
from reviews.models.item import ItemState, JagItemQuerySet
from reviews.reviewing import ask_for_review, decide_threshold
from scope.context import worker_scope

COUNCIL = "charnwood-bc"
TOLD_DAYS_AGO = (97, 62, 38)
LISTED_DAYS_AGO, HELD_DAYS_AGO, MEETS_IN_DAYS = 34, 20, 6
SOMEBODY = Details(given="Anneliese", family="Thorncroft", postcode="LE11 1AA")
PLACE = "Committee room 2"
DECIDED = (
    ("support_plan", "patrols"),
    "It comes closer to the home each time. One worker rings every week, and the street is visited at the weekend.",
)
TO_DO = (
    (
        "charnwood-bc",
        "Agree a support plan, and go through what to do if it happens again.",
        6,
        "Agreed on a visit.",
    ),
    ("police", "Visit the street on Friday and Saturday evenings for a month.", -12, ""),
    ("victim-first", "Ring once a week until the next meeting.", 9, ""),
)
HEARD = "I have read what you told us. I will ring you in the way you asked for, and write here again."
ASKED = "I have told you three times. Each time somebody wrote to me, and each time it happened again."
ACCEPTED = "Three incidents within half a year, the last one reported the same week."


def leave_for_the_jag(year: Year, *, now: datetime) -> None:
    """Somebody tells three times; it is listed as the rule asked five weeks ago, and a meeting is held. Then more is
    linked, and listed as it asks today."""
    with worker_scope():
        officer = _at(COUNCIL, Permission.WORK_CASES)
        chair = _at(COUNCIL, Permission.CHAIR_JAG)
        cases = [
            _worked_on(year, narrative, days, officer, now=now)
            for days, narrative in zip(TOLD_DAYS_AGO, _narratives(year), strict=False)
        ]
        recent = _recent(officer, now=now)
        _one_person(cases, officer, now=now)
        if len(recent) > 1:
            link_place(*recent[:2], kind="premises", is_same=True, by=officer, now=now - timedelta(hours=4))
        bring_up_to_date(now=now - timedelta(days=LISTED_DAYS_AGO))
        _one_review(cases[0], officer, now=now)
        bring_up_to_date(now=now)
        _one_held(chair, officer, now=now)
        to_come = _meeting(chair, timezone.localdate(now) + timedelta(days=MEETS_IN_DAYS), now=now)
        put_on_agenda(list(_waiting(to_come)), to_come, by=chair, now=now)


def _narratives(year: Year) -> list[Narrative]:
    """What somebody tells who gives a name, online, of what comes to their home; none of high risk."""
    return [
        each
        for each in year.frame.narratives
        if each.role == "victim"
        and each.place == "home"
        and each.risk != "high"
        and not (each.anonymous or each.barred_organisation or each.barred_text or each.channel == "centre")
    ]


def _worked_on(year: Year, narrative: Narrative, days: int, officer: User, *, now: datetime) -> Case:
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
        urgency="medium",
        lead=officer.organisation,
        note=WHY_AT_TRIAGE["medium"],
        by=officer,
        now=read_at,
    )
    case.assign(to=officer, by=officer, now=read_at)
    case.tell_reporter(HEARD, status=PublicStatus.BEING_LOOKED_AT, by=officer, now=read_at)
    return case


def _recent(officer: User, *, now: datetime) -> list[Case]:
    """Two open cases of the council's that were told since."""
    mine = Case.objects.visible_to(officer).led_by(officer.organisation_id)
    since = mine.filter(opened_at__gt=now - timedelta(days=LISTED_DAYS_AGO - 2))
    return list(since.not_closed().exclude(urgency="high").order_by("-opened_at")[:2])


def _one_person(cases: Sequence[Case], officer: User, *, now: datetime) -> None:
    """Somebody is written down on each, and said to be one."""
    at = now - timedelta(days=LISTED_DAYS_AGO + 1)
    for case in cases:
        case.write_down(SOMEBODY, by=officer, now=max(at, case.opened_at))
    for one, other in zip(cases, cases[1:], strict=False):
        one.compare(other, is_same=True, by=officer, now=max(at, other.opened_at))


def _one_review(case: Case, officer: User, *, now: datetime) -> None:
    """Asked for two weeks ago, and accepted last week."""
    asked_at, decided_at = now - timedelta(days=15), now - timedelta(days=8)
    asked_on = timezone.localdate(asked_at)
    review = ask_for_review(case, asked_on=asked_on, asked_by="person", why=ASKED, by=officer, now=asked_at)
    other = Organisation.objects.get(code="opcc")
    decide_threshold(review, is_met=True, agreed_with=other, words=ACCEPTED, by=officer, now=decided_at)


def _one_held(chair: User, officer: User, *, now: datetime) -> None:
    """A meeting of three weeks ago, which decided about the first item of the list and asked for three things."""
    held_at = now - timedelta(days=HELD_DAYS_AGO)
    meeting = _meeting(chair, timezone.localdate(held_at), now=held_at - timedelta(days=9))
    item = _waiting(meeting).filter(listed_at__lt=held_at).order_by("listed_at", "number").first()
    if item:
        put_on_agenda([item], meeting, by=chair, now=held_at)
        for code, what, days, done in TO_DO:
            doer = Organisation.objects.get(code=code)
            if code != "victim-first" and doer.pk not in item.visible_to:
                continue
            due = timezone.localdate(now) + timedelta(days=days)
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


def _waiting(meeting: JagMeeting) -> JagItemQuerySet:
    return JagItem.objects.filter(state=ItemState.LISTED, district=meeting.district)


def _at(code: str, permission: Permission) -> User:
    """Whoever may do that at an organisation, and came first."""
    return holders_of(permission).filter(memberships__organisation__code=code).order_by("pk")[0]
