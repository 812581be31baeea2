"""Lists of cases: mine, my organisation's, what is due, what nobody has read or taken, all that we may see.

Whoever filters or saves a view gets an address that says it all; nothing that a person said is opened for a list.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils import timezone

from casework.clock import how_long
from casework.clocks import NEXT_DUE, nearest, soon
from casework.handing_over import left_behind
from casework.models import Case, CaseReport, Urgency
from casework.models.case import CaseQuerySet
from casework.queue import strand_names
from casework.states import CaseState
from partners.models import Absence, User
from partners.roles import Permission

Which = Callable[[CaseQuerySet, User, datetime], CaseQuerySet]
NOBODY = "nobody"
BY_NEXT_DUE = (NEXT_DUE.asc(), "-opened_at", "-id")


def stood_in_for(cases: CaseQuerySet, user: User, now: datetime) -> CaseQuerySet:
    """Cases of colleagues who are away today and named this person as their deputy."""
    away = Absence.objects.on(timezone.localdate(now)).covered_by(user)
    return cases.filter(assigned_to__in=away.values("user"))


def ours_to_answer(cases: CaseQuerySet, user: User) -> CaseQuerySet:
    """Cases for which this person or their organisation answers to the reporter, as `casework.permissions.leads` has
    it: where the one that led may not see it any more, whoever may does."""
    lead = Func(F("lead_organisation"), template="ARRAY[%(expressions)s]")
    ours = Q(lead_organisation=user.organisation_id) | Q(assigned_to=user)
    return cases.filter(ours | ~Q(visible_to__contains=lead))


def _due(cases: CaseQuerySet, user: User, now: datetime) -> CaseQuerySet:
    return by_clock(ours_to_answer(cases, user), "due", now=now)


def _unread(cases: CaseQuerySet, user: User, now: datetime) -> CaseQuerySet:
    """Closed ones too: who writes on a closed case must be heard."""
    unread = CaseReport.objects.filter(report__has_unread_word=True)
    return ours_to_answer(cases, user).filter(pk__in=unread.values("case"))


def _nobodys(cases: CaseQuerySet, user: User, now: datetime) -> CaseQuerySet:
    return cases.led_by(user.organisation_id).filter(assigned_to=None)


def _of_who_left(cases: CaseQuerySet, user: User, now: datetime) -> CaseQuerySet:
    return cases.filter(pk__in=left_behind(user.organisation_id).values("pk"))


# code in the address: (what the tab says, which cases)
LISTS: dict[str, tuple[str, Which]] = {
    "mine": ("My cases", lambda cases, user, now: cases.assigned_to(user)),
    "ours": ("My organisation’s", lambda cases, user, now: cases.led_by(user.organisation_id)),
    "due": ("Due soon or late", _due),
    "unread": ("Unread", _unread),
    "unassigned": ("Nobody’s yet", _nobodys),
    "overdue": ("Contact is late", lambda cases, user, now: cases.contact_overdue(now=now)),
    "standing_in": ("I stand in for", stood_in_for),
    "left_behind": ("Of people who left", _of_who_left),
    "all": ("All we may see", lambda cases, user, now: cases),
}
WITH_CLOSED = {"unread"}
# Filters of any list say the same: who kept the address of an old list still gets it.
NO_TAB = {"overdue"}


def lists_for(user: User, *, now: datetime) -> list[tuple[str, str]]:
    """The tabs: what only a deputy or a team manager needs is offered only to them."""
    hidden = NO_TAB | (set() if user.may(Permission.MANAGE_TEAM) else {"left_behind"})
    if not Absence.objects.on(timezone.localdate(now)).covered_by(user).exists():
        hidden.add("standing_in")
    return [(code, words) for code, (words, _) in LISTS.items() if code not in hidden]


# code in the address: what the filter says
CLOCKS = {
    "due": "Due soon or late",
    "late": "Late",
    "soon": "Due by the end of the next working day",
    "contact_late": "First contact is late",
    "update_late": "Update is late",
    "review_late": "Review of the risk is late",
}


def by_clock(cases: CaseQuerySet, clock: str, *, now: datetime) -> CaseQuerySet:
    """Those of these open cases whose clocks stand as `clock` of CLOCKS says."""
    if clock == "contact_late":
        return cases.contact_overdue(now=now)
    if clock in ("update_late", "review_late"):
        return cases.not_closed().filter(**{f"{clock.removesuffix('_late')}_due_at__lt": now})
    cases = cases.not_closed().alias(next_due=NEXT_DUE)
    if clock == "late":
        return cases.filter(next_due__lt=now)
    found = cases.filter(next_due__lte=soon(now))
    return found.filter(next_due__gte=now) if clock == "soon" else found


def cases_for(
    user: User,
    which: str,
    *,
    now: datetime,
    state: str = "",
    strand: str = "",
    urgency: str = "",
    district: str = "",
    clock: str = "",
    worker: str = "",
) -> CaseQuerySet:
    """The cases of one list; closed ones only when asked for, or in a list that has them. What is due first comes
    first; then the newest."""
    cases = LISTS[which][1](Case.objects.visible_to(user), user, now)
    if state:
        cases = cases.filter(state=state)
    elif which not in WITH_CLOSED:
        cases = cases.not_closed()
    if strand:
        cases = cases.filter(recorded_strands__contains=[strand])
    if urgency:
        cases = cases.filter(urgency=urgency)
    if district:
        cases = cases.filter(_told_of(district))
    if clock:
        cases = by_clock(cases, clock, now=now)
    if worker:
        cases = cases.filter(assigned_to=None if worker == NOBODY else int(worker))
    return cases.order_by("-opened_at", "-id") if state == CaseState.CLOSED else cases.order_by(*BY_NEXT_DUE)


def _told_of(district: str) -> Exists:
    """Cases with a report of what happened in this district."""
    return Exists(CaseReport.objects.filter(case=OuterRef("pk"), report__district__code=district))


@dataclass(frozen=True)
class Row:
    """One line of a list of cases, in words."""

    reference: str
    strands: str
    state: str
    urgency: str
    is_high: bool
    clock: str
    is_late: bool
    lead: str
    assigned_to: str
    opened: str
    has_news: bool


def row(case: Case, *, now: datetime) -> Row:
    """What a list says about a case."""
    return Row(
        reference=case.reference,
        strands=strand_names(case.recorded_strands),
        state="Erased" if case.erased_at else CaseState(case.state).label.capitalize(),
        urgency=Urgency(case.urgency).label.capitalize(),
        is_high=case.urgency == Urgency.HIGH,
        clock=clock_words(case, now=now),
        is_late=is_late(case, now=now),
        lead=case.lead_organisation.short_name,
        assigned_to=case.assigned_to.name if case.assigned_to else "",
        opened=f"{how_long(case.opened_at, now=now)} ago",
        has_news=getattr(case, "has_unread_word", False),
    )


def clock_words(case: Case, *, now: datetime) -> str:
    """The clock that runs out first: 'contact due tomorrow', 'update 2 working days late'; where none runs, when
    contact was made, or ''."""
    first = nearest(case)
    if first:
        return first.words(now=now)
    return f"contacted {how_long(case.first_contact_at, now=now)} ago" if case.first_contact_at else ""


def is_late(case: Case, *, now: datetime) -> bool:
    """Whether the clock that runs out first has run out."""
    first = nearest(case)
    return first is not None and first.is_late(now=now)
