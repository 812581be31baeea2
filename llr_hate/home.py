"""The first page after signing in: what needs doing first, for each thing that this person may do."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.models import Action, ChangeRequest, LogEntry
from audit.checking import last_check
from audit.sealing import waiting as waiting_to_be_sealed
from casework.hearing import for_other_eyes
from casework.records import reviews_waiting
from casework.surveys import asked_by_centre, asked_by_officer
from centres.directory import directory
from centres.models import WarningStage
from centres.overseen import overseen
from centres.warning import last_day, stage_of
from llr_hate.days_work import (
    LEFT_BEHIND,
    MINE,
    OURS,
    REVIEWS,
    Waiting,
    due_first,
    of_cases,
    of_referrals,
    of_second_person,
    of_tasks,
    reports_to_read,
)
from partners.doors import StaffRequest
from partners.models import AccessReview, Invitation, ReportingCentre, SecondFactorReset, User
from partners.models.access_review import WARNED_BEFORE
from partners.roles import Permission
from reporting.models import Draft, Report
from reporting.passing_on import to_pass_on
from reporting.survey import to_ask
from reviews.models import JagAction, JagItem, SampledCase
from rights.models import RightsRequest


@require_safe
def today(request: StaffRequest) -> HttpResponse:
    """What waits, the late first; with nothing waiting, what would be here."""
    user, now = request.user, timezone.now()
    works_on_cases = user.may(Permission.WORK_CASES)
    lines = [line for line in _all_lines(user, now) if line.figure]
    return render(
        request,
        "home/today.html",
        {
            "lines": sorted(lines, key=lambda line: not line.is_late),
            "duties": _duties(user),
            "works_on_cases": works_on_cases,
            "due_first": due_first(user, now) if works_on_cases else [],
        },
    )


def _all_lines(user: User, now: datetime) -> Iterator[Waiting]:
    for permission, lines in LINES.items():
        if user.may(permission):
            yield from lines(user, now)


def _other_looks(user: User, now: datetime) -> Iterator[Waiting]:
    waiting, looks = for_other_eyes(user).filter(answered_at=None), reverse("casework:looks_again")
    late = waiting.filter(due_on__lt=_day(now)).count()
    one, many = (
        "answer to a person is late: they asked for another look",
        "answers about another look are late",
    )
    yield Waiting(late, one, many, looks, is_late=True)
    one, many = "person asked for another look", "people asked for another look"
    yield Waiting(waiting.count(), one, many, looks)


def _case_work(user: User, now: datetime) -> Iterator[Waiting]:
    yield from of_cases(user, now, MINE)
    yield from of_referrals(user, now)
    yield from of_tasks(user, now)
    yield from of_cases(user, now, OURS)
    yield from _other_looks(user, now)
    yield from _jag_actions(user, now)
    yield from _asked_of_us(user, now)


def _asked_of_us(user: User, now: datetime) -> Iterator[Waiting]:
    """What others ask of the officers of an organisation."""
    asked = len(to_ask(asked_by_officer(user), today=_day(now)))
    one, many = "person may be asked how we did", "people may be asked how we did"
    yield Waiting(asked, one, many, reverse("casework:how_we_did"))
    one, many = (
        "closed case to retell for the scrutiny panel",
        "closed cases to retell for the scrutiny panel",
    )
    waiting = SampledCase.objects.to_retell_by(user).count()
    yield Waiting(waiting, one, many, reverse("reviews:to_retell"))


def _for_the_panel(user: User, now: datetime) -> Iterator[Waiting]:
    ready = SampledCase.objects.ready().exclude(answers__member=user).count()
    one, many = "closed case waits for your answers", "closed cases wait for your answers"
    yield Waiting(ready, one, many, reverse("reviews:samples"))


def _team(user: User, now: datetime) -> Iterator[Waiting]:
    yield from of_second_person(user, now)
    yield from of_cases(user, now, REVIEWS + LEFT_BEHIND)


def _to_confirm(user: User, now: datetime) -> Iterator[Waiting]:
    review = AccessReview.objects.open().filter(organisation=user.organisation_id).first()
    if review:
        waiting, last_day = review.answerable_by(user).count(), f"{review.due_on:%-d %B}"
        one, many = "person to confirm by", "people to confirm by"
        address = reverse("partners:access_review", args=[review.pk])
        is_late = review.due_on <= _day(now) + WARNED_BEFORE
        yield Waiting(waiting, f"{one} {last_day}", f"{many} {last_day}", address, is_late=is_late)


def _updates(user: User, now: datetime) -> Iterator[Waiting]:
    owed = Action.objects.owed_by(user.organisation, _day(now)).count() if user.organisation else 0
    one, many = "action waits for your organisation's update", "actions wait for your organisation's update"
    yield Waiting(owed, one, many, reverse("actionplans:updates"))


def _log_entries(user: User, now: datetime) -> Iterator[Waiting]:
    mine, log = LogEntry.objects.given_to(user).waiting(), reverse("actionplans:log")
    late = mine.overdue(today=_day(now)).count()
    one = "entry of an action log is past its day, and waits for you"
    many = "entries of action logs are past their day, and wait for you"
    yield Waiting(late, one, many, f"{log}?given_to=mine&state=overdue", is_late=True)
    one, many = "entry of an action log waits for you", "entries of action logs wait for you"
    yield Waiting(mine.count(), one, many, f"{log}?given_to=mine&state=open")


def _change_requests(user: User, now: datetime) -> Iterator[Waiting]:
    asked = ChangeRequest.objects.to_be_decided_by(user).count()
    one, many = "request to change an action waits for you", "requests to change actions wait for you"
    yield Waiting(asked, one, many, reverse("actionplans:change_requests"))


def _off_track(user: User, now: datetime) -> Iterator[Waiting]:
    off = Action.objects.off_track(_day(now)).count()
    yield Waiting(
        off,
        "action is overdue or off track",
        "actions are overdue or off track",
        reverse("actionplans:sog_dashboard"),
    )


def _our_reports(user: User, now: datetime) -> Iterator[Waiting]:
    told = to_pass_on(user).count()
    one = "person waits to hear through your centre that there is something new"
    many = "people wait to hear through your centre that there is something new"
    yield Waiting(told, one, many, reverse("centres:our_centre") + "#to-pass-on", is_late=True)
    asked = len(to_ask(asked_by_centre(user), today=_day(now)))
    one, many = "person may be asked how we did", "people may be asked how we did"
    yield Waiting(asked, one, many, reverse("casework:how_we_did_at_centre"))
    begun = Draft.objects.unfinished_of(user, today=_day(now)).count()
    one, many = "report that you began and have not sent", "reports that you began and have not sent"
    yield Waiting(begun, one, many, reverse("centres:our_centre") + "#unfinished")
    recorded = Report.objects.visible_to(user).filter(recorded_by=user).count()
    one, many = "report that you recorded", "reports that you recorded"
    yield Waiting(recorded, one, many, reverse("reporting_staff:centre"))


def _doors(user: User, now: datetime) -> Iterator[Waiting]:
    invitations, people = Invitation.objects.waiting(), reverse("partners:people")
    too_old = invitations.filter(expires_at__lte=now).count()
    one, many = "invitation has run out unused", "invitations have run out unused"
    yield Waiting(too_old, one, many, people, is_late=True)
    open_ones = invitations.filter(expires_at__gt=now).count()
    one, many = "invitation has not been taken up", "invitations have not been taken up"
    yield Waiting(open_ones, one, many, people)
    resets = SecondFactorReset.objects.waiting(now=now).exclude(asked_by=user).exclude(user=user).count()
    one = "request to reset a second step waits for your answer"
    many = "requests to reset a second step wait for your answer"
    yield Waiting(resets, one, many, people, is_late=True)
    ending = AccessReview.objects.open().filter(due_on__lte=_day(now) + WARNED_BEFORE).count()
    one, many = "review of people ends within a week", "reviews of people end within a week"
    yield Waiting(ending, one, many, reverse("partners:access_reviews"))


def _own_listing(user: User, now: datetime) -> Iterator[Waiting]:
    """From two weeks before the public is not shown the centre any more."""
    centre = ReportingCentre.objects.active().filter(organisation=user.organisation_id).first()
    stage = stage_of(centre, _day(now)) if centre else None
    if centre is None or stage is None:
        return
    words = "listing to confirm: people can’t find your centre until you do"
    if stage != WarningStage.HIDDEN:
        words = (
            f"listing to confirm by {last_day(centre):%-d %B}: after that day people can’t find your centre"
        )
    yield Waiting(1, words, words, reverse("centres:confirm_own"), is_late=stage != WarningStage.SOON)


def _centres(user: User, now: datetime) -> Iterator[Waiting]:
    """Of the centres that the person's organisation looks after; of all, where it looks after none."""
    ours = {"by": user.organisation.code} if user.organisation else {}
    if ours and not overseen().filter(looked_after_by=user.organisation_id).exists():
        ours = {}
    for to_do, one, many, is_late in CENTRES_TO_DO:
        rows = directory(today=_day(now), to_do=to_do, **ours)
        url = f"{reverse('centres:centres')}?{urlencode({'to_do': to_do, **ours})}"
        yield Waiting(rows.count(), one, many, url, is_late=is_late)


def _records(user: User, now: datetime) -> Iterator[Waiting]:
    one, many = "record waits for your decision", "records wait for your decision"
    yield Waiting(reviews_waiting(today=_day(now)), one, many, reverse("casework:records_reviews"))


def _rights(user: User, now: datetime) -> Iterator[Waiting]:
    asked, requests = RightsRequest.objects.of_desk(user), reverse("rights:requests")
    one = "person or authority has waited for an answer longer than the law allows"
    many = "people or authorities have waited for an answer longer than the law allows"
    yield Waiting(asked.late(today=_day(now)).count(), one, many, requests, is_late=True)
    one = "request about data that we hold waits for your answer"
    many = "requests about data that we hold wait for your answer"
    yield Waiting(asked.waiting().count(), one, many, requests)


def _wrong_in_the_trail() -> int:
    check = last_check()
    return len(check.findings) if check and not check.is_good else 0


def _trail_for_administrators(user: User, now: datetime) -> Iterator[Waiting]:
    one = "thing is wrong in the audit trail: find who is auditor, and tell them"
    many = "things are wrong in the audit trail: find who is auditor, and tell them"
    yield Waiting(_wrong_in_the_trail(), one, many, reverse("partners:people"), is_late=True)


def _trail(user: User, now: datetime) -> Iterator[Waiting]:
    trail = reverse("trail:look")
    one, many = "thing is wrong in the audit trail", "things are wrong in the audit trail"
    yield Waiting(_wrong_in_the_trail(), one, many, trail, is_late=True)
    tail = waiting_to_be_sealed(now=now)
    one, many = "event has waited too long for its seal", "events have waited too long for their seal"
    yield Waiting(tail.events if tail.is_late else 0, one, many, trail, is_late=True)


# What is looked for in the list of centres, the line about it, and whether it is late.
CENTRES_TO_DO = (
    (
        "check",
        "reporting centre has not been checked for 90 days: the public does not see it",
        "reporting centres have not been checked for 90 days: the public does not see them",
        True,
    ),
    (
        "overdue",
        "reporting centre has not improved in its 90 days",
        "reporting centres have not improved in their 90 days",
        True,
    ),
    (
        "agreement",
        "agreement with a reporting centre is missing, or due for review within 60 days",
        "agreements with reporting centres are missing, or due for review within 60 days",
        False,
    ),
    (
        "champions",
        "reporting centre has fewer than two champions trained in the last 12 months",
        "reporting centres have fewer than two champions trained in the last 12 months",
        False,
    ),
)


def _jag_list(user: User, now: datetime) -> Iterator[Waiting]:
    """For who runs a Joint Action Group's list."""
    mine, items = JagItem.objects.chaired_by(user), reverse("reviews:items")
    one = "repeat victim is past the day by which your Joint Action Group decides"
    many = "repeat victims are past the day by which your Joint Action Group decides"
    yield Waiting(mine.late(today=_day(now)).count(), one, many, f"{items}?show=late", is_late=True)
    one = "repeat victim waits for your Joint Action Group’s decision"
    many = "repeat victims wait for your Joint Action Group’s decision"
    yield Waiting(mine.to_decide().count(), one, many, items)


def _jag_actions(user: User, now: datetime) -> Iterator[Waiting]:
    """What Joint Action Groups asked of the person's organisation."""
    ours, items = JagAction.objects.not_done().of_house(user), f"{reverse('reviews:items')}?show=ours"
    one = "action for a Joint Action Group is late, and your organisation’s to do"
    many = "actions for Joint Action Groups are late, and your organisation’s to do"
    yield Waiting(ours.late(today=_day(now)).count(), one, many, items, is_late=True)


LINES: dict[Permission, Callable[[User, datetime], Iterator[Waiting]]] = {
    Permission.RECORD_REPORT: _our_reports,
    Permission.SEE_QUEUE: reports_to_read,
    Permission.WORK_CASES: _case_work,
    Permission.RUN_CENTRE: _own_listing,
    Permission.OVERSEE_CENTRES: _centres,
    Permission.SCRUTINISE: _for_the_panel,
    Permission.UPDATE_PLANS: _updates,
    Permission.OWN_PLANS: _change_requests,
    Permission.SEE_PLANS: _log_entries,
    Permission.SEE_DASHBOARD: _off_track,
    Permission.INVITE_PEOPLE: _doors,
    Permission.MANAGE_TEAM: _team,
    Permission.CONFIRM_PEOPLE: _to_confirm,
    Permission.KEEP_RECORDS: _records,
    Permission.ANSWER_RIGHTS: _rights,
    Permission.SEE_AUDIT: _trail,
    Permission.KEEP_REFERENCE_DATA: _trail_for_administrators,
    Permission.CHAIR_JAG: _jag_list,
}

# What would be here: the sentence for a day on which nothing waits.
DUTIES = {
    Permission.RECORD_REPORT: "reports that you record for people at your centre, and news to pass on to them",
    Permission.SEE_QUEUE: "new reports from your area that nobody has read yet",
    Permission.WORK_CASES: "your open cases and tasks, first those where a person waits for you",
    Permission.RUN_CENTRE: "your centre’s listing, which you confirm every 90 days",
    Permission.OVERSEE_CENTRES: "reporting centres to check, to train and to sign with",
    Permission.SCRUTINISE: "closed cases that were retold for the panel",
    Permission.UPDATE_PLANS: "actions that wait for your organisation's update",
    Permission.OWN_PLANS: "requests to change due dates, targets and leads",
    Permission.SEE_PLANS: "entries of action logs that were given to you or your organisation",
    Permission.SEE_DASHBOARD: "actions of the plans that are off track",
    Permission.INVITE_PEOPLE: "invitations that nobody took up",
    Permission.MANAGE_TEAM: "cases whose risk is to be looked at again, and open cases of people who have left",
    Permission.CONFIRM_PEOPLE: "people of your organisation whom you are asked to confirm each quarter",
    Permission.SEE_AUDIT: "what is wrong in the audit trail, if a check finds anything",
    Permission.CHAIR_JAG: "repeat victims about whom your Joint Action Group decides",
    Permission.ANSWER_RIGHTS: "what people and authorities ask about data that we hold",
    Permission.KEEP_RECORDS: "records whose time is over and about which you decide",
}


def _duties(user: User) -> list[str]:
    return [words for permission, words in DUTIES.items() if user.may(permission)]


def _day(now: datetime) -> date:
    return timezone.localdate(now)
