"""The page of one act on a case: load, ask, act once, redirect."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from casework.assessing import CannotBeLower, NeedsSomebodyElse, NothingToDo
from casework.conflicts import ConflictRefused
from casework.contacting import AgainstPlan, CannotHaveHappened
from casework.deciding import NotAChoiceNow, NotTheirsToDecide
from casework.doors import case_for_act_or_404
from casework.ending import NotReadyToClose
from casework.forms import ActForm
from casework.joining import CannotTakeOut
from casework.models import Case
from casework.models.case import CannotBeAssigned, ChangedMeanwhile
from casework.sharing import CannotShare
from casework.states import ActNotAllowed
from casework.suspects import SuspectGone
from casework.timeline import news
from partners.doors import StaffRequest
from partners.models import User

REFUSALS = (
    ActNotAllowed,
    AgainstPlan,
    CannotBeAssigned,
    CannotBeLower,
    CannotHaveHappened,
    CannotShare,
    CannotTakeOut,
    ChangedMeanwhile,
    ConflictRefused,
    SuspectGone,
    NeedsSomebodyElse,
    NotAChoiceNow,
    NotReadyToClose,
    NotTheirsToDecide,
    NothingToDo,
)
CONFLICT = 409

Do = Callable[[Case, dict[str, Any], User, datetime, int | None], None]


def one_act(
    request: StaffRequest,
    reference: str,
    *,
    act: str,
    form_class: Callable[..., ActForm],
    template: str,
    do: Do,
    done: str,
    is_rehearsal: bool = False,
    then: str = "casework:case",
    **more: Any,
) -> HttpResponse:
    """Shows the form of `act`, does it, and goes back to the case, or to `then`, saying `done`.

    When the act is refused, because another officer was quicker for example, the page says what happened and keeps
    everything that was typed. A rehearsal only shows.
    """
    case = case_for_act_or_404(request.user, reference, act)
    form = form_class(request.POST if request.method == "POST" else None, case=case, user=request.user)
    happened: list[dict[str, str]] = []
    if form.is_valid() and not is_rehearsal:
        try:
            do(case, form.cleaned_data, request.user, timezone.now(), form.cleaned_data["seen"])
        except Case.DoesNotExist:
            raise Http404 from None  # taken from the officer's sight while they were writing
        except REFUSALS as refusal:
            happened = _what_happened(case, form)
            form.add_error(None, str(refusal))
            form.look_again()
        else:
            messages.success(request, done)
            return redirect(then, reference=case.reference)
    context = {"case": case, "form": form, "happened": happened, "act": act, "then": then, **more}
    return render(request, f"casework/case/{template}.html", context, status=CONFLICT if happened else 200)


def _what_happened(case: Case, form: ActForm) -> list[dict[str, str]]:
    seen = form.cleaned_data["seen"]
    return news(list(case.happened_since(seen))) if seen is not None else []
