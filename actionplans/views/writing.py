"""Writing a plan: begin it, add priorities and actions, build it from the one before, start it, or throw it away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST

from actionplans import rolling, writing
from actionplans.forms_of_actions import NewActionForm
from actionplans.forms_of_plans import NextPlanForm, OwnerForm, PlanForm, PriorityForm, RollForm
from actionplans.models import ActionPlan
from actionplans.views.owned import own_action_or_404, own_draft_or_404, own_plan_or_404, plan_or_404
from partners.doors import StaffRequest, requires
from partners.roles import Permission

METHODS = ["GET", "HEAD", "POST"]
FORM = "actionplans/owners/form.html"


@requires(Permission.OWN_PLANS)
@require_http_methods(METHODS)
def new_plan(request: StaffRequest) -> HttpResponse:
    """A plan of one's own, begun as a draft."""
    form = PlanForm(_sent(request))
    if form.is_valid():
        plan = writing.write_plan(by=request.user, now=timezone.now(), **form.cleaned_data)
        return redirect("actionplans:start_plan", plan.code)
    context = {
        "title": "Write a plan",
        "button": "Begin the draft",
        "lead": "Nobody else sees it until it is started.",
    }
    return render(request, FORM, {"form": form, **context})


@requires(Permission.OWN_PLANS)
@require_http_methods(METHODS)
def next_plan(request: StaffRequest, code: str) -> HttpResponse:
    """The plan that follows: priorities copied, unfinished actions chosen."""
    plan = own_plan_or_404(request.user, code)
    if plan.is_draft:
        raise Http404
    there = ActionPlan.objects.filter(previous=plan).first()
    if there and there.is_owned_by(request.user):
        return redirect("actionplans:start_plan" if there.is_draft else "actionplans:plan", there.code)
    form = NextPlanForm(_sent(request), plan=plan)
    if form.is_valid():
        try:
            made = rolling.build_next(plan, form.chosen(), by=request.user, now=timezone.now(), **form.said())
        except (rolling.HasNextPlan, rolling.RolledAlready) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{made.title} is a draft with {made.actions.count()} actions.")
            return redirect("actionplans:start_plan", made.code)
    context = {
        "title": "Build the next plan",
        "button": "Build the draft",
        "lead": "Priorities are copied, and each measure begins where it stands now.",
    }
    return _page(request, form, plan, context)


@requires(Permission.OWN_PLANS)
@require_http_methods(METHODS)
def roll_action(request: StaffRequest, code: str, ref: str) -> HttpResponse:
    """Carries one action into a draft."""
    action = own_action_or_404(request.user, code, ref)
    if hasattr(action, "rolled_into") or action.plan.is_draft:
        raise Http404
    drafts = ActionPlan.objects.seen_by(request.user).filter(is_draft=True).order_by("order", "code")
    form = RollForm(_sent(request), drafts={each.code: each for each in drafts})
    if form.is_valid():
        into = form.drafts[form.cleaned_data["into"]]
        try:
            made = rolling.roll(action, into, by=request.user, now=timezone.now())
        except (rolling.RolledAlready, writing.NotADraft) as refusal:
            form.add_error("into", str(refusal))
        else:
            messages.success(request, f"{action.ref} goes on as {made.ref} in {into.title}.")
            return redirect("actionplans:action", into.code, made.ref)
    context = {
        "title": "Roll into another plan",
        "button": "Roll it on",
        "lead": "It stays here as it is. In the draft it begins anew, with its measure where it stands now.",
        "action": action,
        "nothing": ""
        if form.drafts
        else "No plan is being written. Build the next plan first, or write one.",
    }
    return _page(request, form, action.plan, context)


@requires(Permission.OWN_PLANS)
@require_http_methods(METHODS)
def add_priority(request: StaffRequest, code: str) -> HttpResponse:
    """A priority of a draft."""
    plan = own_draft_or_404(request.user, code)
    form = PriorityForm(_sent(request))
    if form.is_valid():
        name = form.cleaned_data["name"]
        short = slugify(name)[:50].strip("-")
        if not short or plan.priorities.filter(code=short).exists():
            form.add_error("name", "The plan has a priority of this name already, or it has no letters")
        else:
            writing.add_priority(plan, name, short, by=request.user, now=timezone.now())
            return redirect("actionplans:start_plan", plan.code)
    return _page(request, form, plan, {"title": "Add a priority", "button": "Add it"})


@requires(Permission.OWN_PLANS)
@require_http_methods(METHODS)
def add_action(request: StaffRequest, code: str) -> HttpResponse:
    """An action of a draft; how it is measured comes next."""
    plan = own_draft_or_404(request.user, code)
    if not plan.priorities.exists():
        return redirect("actionplans:add_priority", plan.code)
    form = NewActionForm(_sent(request), plan=plan)
    if form.is_valid():
        values = {"ref": form.cleaned_data["ref"], **form.values()}
        made = writing.add_action(plan, values, form.links(), by=request.user, now=timezone.now())
        return redirect("actionplans:edit_measure", plan.code, made.ref)
    return _page(request, form, plan, {"title": "Add an action", "button": "Go on to its measure"})


@requires(Permission.OWN_PLANS)
@require_POST
def remove_action(request: StaffRequest, code: str, ref: str) -> HttpResponse:
    """Takes an action out of a draft."""
    action = own_action_or_404(request.user, code, ref)
    if not action.plan.is_draft:
        raise Http404
    writing.remove_action(action, by=request.user, now=timezone.now())
    messages.success(request, f"{action.ref} is taken out of the draft.")
    return redirect("actionplans:start_plan", code)


@requires(Permission.OWN_PLANS)
@require_http_methods(METHODS)
def start_plan(request: StaffRequest, code: str) -> HttpResponse:
    """A draft as it stands, what it lacks in words, and the button that starts it."""
    plan = own_draft_or_404(request.user, code)
    if request.method == "POST":
        try:
            writing.start_plan(plan, by=request.user, now=timezone.now())
        except writing.NotReady as lacking:
            messages.warning(request, str(lacking))
            return redirect("actionplans:start_plan", code)
        messages.success(request, f"{plan.title} has started.")
        return redirect("actionplans:plan", code)
    context = {
        "plan": plan,
        "priorities": plan.priorities.order_by("order"),
        "actions": plan.actions.select_related("lead", "measure", "priority").order_by("order"),
        "lacks": writing.what_is_missing(plan),
    }
    return render(request, "actionplans/owners/draft.html", context)


@requires(Permission.OWN_PLANS)
@require_POST
def discard_plan(request: StaffRequest, code: str) -> HttpResponse:
    """Throws a draft away."""
    plan = own_draft_or_404(request.user, code)
    writing.discard(plan, by=request.user, now=timezone.now())
    messages.success(request, f"The draft {plan.title} is thrown away.")
    return redirect("actionplans:plans")


@requires(Permission.OWN_PLANS)
@require_http_methods(METHODS)
def name_owner(request: StaffRequest, code: str) -> HttpResponse:
    """Says who owns a plan: its owner does, and others where the owner no longer can."""
    plan = plan_or_404(request.user, code)
    if not writing.may_name_owner(request.user, plan):
        raise Http404
    form = OwnerForm(_sent(request), plan=plan)
    if form.is_valid():
        writing.change_plan(plan, by=request.user, now=timezone.now(), owner=form.chosen())
        messages.success(
            request, f"{form.chosen() or 'All plan owners together'} now answer for {plan.title}."
        )
        return redirect("actionplans:plan", plan.code)
    context = {"title": "Who owns the plan", "button": "Save"}
    return _page(request, form, plan, context)


def _sent(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _page(request: StaffRequest, form: Any, plan: ActionPlan, context: dict[str, Any]) -> HttpResponse:
    return render(request, FORM, {"form": form, "plan": plan, **context})
