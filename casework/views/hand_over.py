"""Somebody leaves, or has too much: what they hold, who takes it over, and what becomes of their access."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.forms_of_leaving import HandOverForm
from casework.handing_over import HandedOver, Then, hand_over, movable
from casework.models import Case
from casework.models.case import CannotBeAssigned
from casework.states import CaseState
from casework.worklist import clock_words
from govuk.paging import page_of
from partners.doors import LOOKS_AFTER_PEOPLE, StaffRequest, requires
from partners.models import HasLeft, LastAdministrator, NotYoursToChange, User
from partners.models.granting import looks_after, may_change
from partners.roles import Permission
from scope.context import worker_scope

REFUSALS = (CannotBeAssigned, HasLeft, LastAdministrator, NotYoursToChange)


@requires(*LOOKS_AFTER_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_page(request: StaffRequest, person_id: int) -> HttpResponse:
    """Shows what a person holds by reference and clock alone, gives it all to others, and ends their work."""
    user, person = request.user, _person_or_404(request.user, person_id)
    may_end = _may_end(user, person)
    # Only references and clocks are shown: whoever lets people out need not see their cases.
    with worker_scope():
        held = movable(person, _only_of(user))
        page = page_of(held.select_related("lead_organisation"), request)
        rows = [_row(case) for case in page.object_list]
        count = held.count()
    posted = request.POST if request.method == "POST" else None
    form = HandOverForm(posted, person=person, by=user, holds=count, may_end=may_end)
    if form.is_valid() and (done := _done(form, person, user)):
        messages.success(request, _words(person, done, form.cleaned_data["then"]))
        # A person whom the manager may see no longer has no page for them.
        return redirect("partners:people")
    context = {
        "person": person,
        "form": form,
        "rows": rows,
        "page_obj": page,
        "count": count,
        "may_end": may_end,
    }
    return render(request, "casework/hand_over.html", context)


def _person_or_404(user: User, person_id: int) -> User:
    """Somebody who works or worked where this person lets people in and out: their cases may have stayed there."""
    person = get_object_or_404(User, pk=person_id)
    places = person.memberships.values_list("organisation", flat=True)
    if not any(looks_after(user, place) for place in places):
        raise Http404
    return person


def _may_end(user: User, person: User) -> bool:
    here = person.membership
    return here is not None and looks_after(user, here.organisation_id) and may_change(user, here)


def _only_of(user: User) -> int | None:
    return None if user.may(Permission.INVITE_PEOPLE) else user.organisation_id


def _row(case: Case) -> dict[str, str]:
    return {
        "reference": case.reference,
        "state": str(CaseState(case.state).label).capitalize(),
        "clock": clock_words(case, now=timezone.now()),
        "lead": case.lead_organisation.short_name,
    }


def _done(form: HandOverForm, person: User, user: User) -> HandedOver | None:
    asked = {"to": form.takers(), "then": form.cleaned_data["then"], "only_of": _only_of(user)}
    try:
        return hand_over(person, **asked, by=user, now=timezone.now())
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return None


def _words(person: User, done: HandedOver, then: str) -> str:
    cases = "1 case is" if done.given == 1 else f"{done.given:,} cases are"
    words = [f"{cases} in other hands."] if done.given else []
    if done.left_open:
        words.append(f"Nobody has {done.left_open:,} of them now: their organisation gives them out.")
    words += {
        Then.LEAVES.value: [f"{person.name} has left, and their account opens nothing any more."],
        Then.SUSPENDED.value: [f"{person.name} cannot sign in any more."],
    }.get(then, [])
    return " ".join(words) or "Nothing was to be handed over."
