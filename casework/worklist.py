"""Lists of cases: mine, my organisation's, those whose first contact is late, all that we may see."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from casework.clock import due_words, how_long
from casework.handing_over import left_behind
from casework.models import Case, Urgency
from casework.models.case import CaseQuerySet
from casework.queue import strand_names
from casework.states import CaseState
from partners.models import Absence, User
from partners.roles import Permission

Which = Callable[[CaseQuerySet, User, datetime], CaseQuerySet]


def stood_in_for(cases: CaseQuerySet, user: User, now: datetime) -> CaseQuerySet:
    """Cases of colleagues who are away today and named this person as their deputy."""
    away = Absence.objects.on(timezone.localdate(now)).covered_by(user)
    return cases.filter(assigned_to__in=away.values("user"))


def _of_who_left(cases: CaseQuerySet, user: User, now: datetime) -> CaseQuerySet:
    return cases.filter(pk__in=left_behind(user.organisation_id).values("pk"))


# code in the address: (what the tab says, which cases)
LISTS: dict[str, tuple[str, Which]] = {
    "mine": ("My cases", lambda cases, user, now: cases.assigned_to(user)),
    "ours": ("My organisation’s", lambda cases, user, now: cases.led_by(user.organisation_id)),
    "overdue": ("Contact is late", lambda cases, user, now: cases.contact_overdue(now=now)),
    "standing_in": ("I stand in for", stood_in_for),
    "left_behind": ("Of people who left", _of_who_left),
    "all": ("All we may see", lambda cases, user, now: cases),
}


def lists_for(user: User, *, now: datetime) -> list[tuple[str, str]]:
    """The tabs: what only a deputy or a team manager needs is offered only to them."""
    hidden = set() if user.may(Permission.MANAGE_TEAM) else {"left_behind"}
    if not Absence.objects.on(timezone.localdate(now)).covered_by(user).exists():
        hidden.add("standing_in")
    return [(code, words) for code, (words, _) in LISTS.items() if code not in hidden]


def cases_for(
    user: User, which: str, *, now: datetime, state: str = "", strand: str = "", urgency: str = ""
) -> CaseQuerySet:
    """The cases of one list; closed ones only when asked for. Those that wait for first contact come first, by when
    it is due; then the newest."""
    cases = LISTS[which][1](Case.objects.visible_to(user), user, now)
    cases = cases.filter(state=state) if state else cases.not_closed()
    if strand:
        cases = cases.filter(recorded_strands__contains=[strand])
    if urgency:
        cases = cases.filter(urgency=urgency)
    if state == CaseState.CLOSED:
        return cases.order_by("-opened_at", "-id")
    return cases.order_by(F("first_contact_at").asc(nulls_first=True), "contact_due_at", "-opened_at", "-id")


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
    """How first contact stands: 'contact due tomorrow', 'contacted 3 days ago', or '' where no clock runs."""
    if case.first_contact_at:
        return f"contacted {how_long(case.first_contact_at, now=now)} ago"
    if case.contact_due_at is None or case.closed_at:
        return ""
    return f"contact {due_words(case.contact_due_at, now=now)}"


def is_late(case: Case, *, now: datetime) -> bool:
    """Whether first contact should have been made by now."""
    waits = case.first_contact_at is None and case.closed_at is None
    return waits and case.contact_due_at is not None and case.contact_due_at < now
