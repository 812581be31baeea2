"""The list of a Joint Action Group, one item of it, and what is decided and done about it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.forms import chosen
from casework.models import Case
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission
from reviews.deciding import (
    DecidedAlready,
    DoneAlready,
    NotYours,
    StandsAlone,
    decide,
    finish_action,
    give_action,
)
from reviews.doors import item_or_404
from reviews.forms import ActionForm, DecideForm, DoneForm, ItemsFilter
from reviews.models import JagAction, JagDecision, JagItem
from reviews.models.item import ItemState
from reviews.shown import (
    clock,
    incidents_for,
    narrowed,
    reasons,
    row,
    runs,
    who_works_on,
    with_counts,
)

GET_OR_POST = ["GET", "HEAD", "POST"]
SEES_ITEMS = (Permission.SEE_QUEUE, Permission.CHAIR_JAG)


@requires(*SEES_ITEMS)
@require_safe
def items(request: StaffRequest) -> HttpResponse:
    """What the group looks at, the late first, 25 a page; it names nobody."""
    user, today = request.user, timezone.localdate()
    filters = ItemsFilter(request.GET)
    wanted = chosen(filters)
    which = wanted.get("show", "to_decide")
    found = narrowed(JagItem.objects.visible_to(user), which, user, today=today)
    if "district" in wanted:
        found = found.filter(district__code=wanted["district"])
    page = page_of(with_counts(found).in_order(), request, found=min(found.count(), 1_001))
    context = {
        "rows": [row(item, today=today) for item in page.object_list],
        "page_obj": page,
        "filters": filters,
        "is_filtered": bool(wanted),
        "runs": user.may(Permission.CHAIR_JAG),
    }
    return render(request, "reviews/jag/items.html", context)


@requires(*SEES_ITEMS)
@require_safe
def item_page(request: StaffRequest, number: str) -> HttpResponse:
    """One item: why it is listed, what may be known of its incidents, what was decided and is to be done."""
    item, user, today = item_or_404(request.user, number), request.user, timezone.localdate()
    shown, hidden = incidents_for(item, user)
    is_run = runs(item, user)
    cases = (
        Case.objects.visible_to(user).filter(jag_cases__item=item) if user.may(Permission.SEE_QUEUE) else []
    )
    context = {
        "item": item,
        "clock": clock(item, today=today),
        "is_late": item.is_late(today=today),
        "reasons": reasons(item),
        "incidents": shown,
        "hidden": hidden,
        "works_on": who_works_on(item),
        "cases": sorted(case.reference for case in cases),
        "decisions": _decisions(item),
        "actions": _actions(item, user, runs_it=is_run),
        "may_decide": is_run and item.is_to_decide,
        "may_give": is_run and item.state != ItemState.CLOSED,
    }
    return render(request, "reviews/jag/item.html", context)


def _decisions(item: JagItem) -> list[tuple[JagDecision, str]]:
    """What was decided, with why."""
    found = list(item.decisions.select_related("meeting", "decided_by", "organisation"))
    for each in found:
        each.item = item  # one key opens them all
    return [(each, each.unseal("why")) for each in found]


def _actions(item: JagItem, user: User, *, runs_it: bool) -> list[dict[str, object]]:
    """What is to be done, and was."""
    actions = list(item.actions.select_related("organisation", "person", "done_by"))
    today = timezone.localdate()
    for each in actions:
        each.item = item  # one key opens them all
    return [
        {
            "action": action,
            "what": action.unseal("what"),
            "done": action.unseal("what_was_done"),
            "is_late": action.done_at is None and action.due_on < today,
            "may_finish": action.done_at is None
            and (runs_it or action.organisation_id == user.organisation_id),
        }
        for action in actions
    ]


@requires(Permission.CHAIR_JAG)
@require_http_methods(GET_OR_POST)
def decide_item(request: StaffRequest, number: str) -> HttpResponse:
    """What the group decided."""
    item = item_or_404(request.user, number, to_run=True)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            decide(item, **form.cleaned_data, by=request.user, now=timezone.now())
        except (DecidedAlready, StandsAlone) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{number} is decided, and it stands on each of its cases.")
            return redirect("reviews:item", number=number)
    return render(request, "reviews/jag/decide.html", {"item": item, "form": form})


@requires(Permission.CHAIR_JAG)
@require_http_methods(GET_OR_POST)
def give(request: StaffRequest, number: str) -> HttpResponse:
    """Who does what by when."""
    item = item_or_404(request.user, number, to_run=True)
    form = ActionForm(
        request.POST if request.method == "POST" else None, item=item, today=timezone.localdate()
    )
    if form.is_valid():
        try:
            give_action(item, **form.cleaned_data, by=request.user, now=timezone.now())
        except (DecidedAlready, NotYours) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is written down, and stands on that organisation’s list.")
            return redirect("reviews:item", number=number)
    return render(request, "reviews/jag/give.html", {"item": item, "form": form})


@requires(Permission.WORK_CASES, Permission.CHAIR_JAG)
@require_http_methods(GET_OR_POST)
def finish(request: StaffRequest, number: str, action_id: UUID) -> HttpResponse:
    """An action is done: said by the organisation that was to do it, or by whoever runs the list."""
    item = item_or_404(request.user, number)
    actions = item.actions.select_related("organisation", "item__data_key")
    action = actions.filter(pk=action_id, done_at=None).first()
    if action is None or not _may_finish(request.user, action, item):
        raise Http404
    form = DoneForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            finish_action(action, words=form.cleaned_data["words"], by=request.user, now=timezone.now())
        except DoneAlready as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is written down as done.")
            return redirect("reviews:item", number=number)
    context = {"item": item, "action": action, "what": action.unseal("what"), "form": form}
    return render(request, "reviews/jag/finish.html", context)


def _may_finish(user: User, action: JagAction, item: JagItem) -> bool:
    is_theirs = action.organisation_id == user.organisation_id and user.may(Permission.WORK_CASES)
    return is_theirs or runs(item, user)
