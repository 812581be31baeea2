"""Editing an action of one's own plan: its words and links, its measure, its milestones."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actionplans import editing
from actionplans.editing import ChangedMeanwhile, NotOpen, may_mark, version_of
from actionplans.forms_of_actions import ActionForm, MarkForm, MeasureForm, MilestoneForm
from actionplans.models import Action
from actionplans.views.owned import action_or_404, own_action_or_404
from partners.doors import StaffRequest, requires
from partners.roles import Permission

FORM = "actionplans/changes/form.html"
METHODS = ["GET", "HEAD", "POST"]


@requires(Permission.OWN_PLANS)
@require_http_methods(METHODS)
def edit_action(request: StaffRequest, code: str, ref: str) -> HttpResponse:
    """An action's words, people and links."""
    action, now = own_action_or_404(request.user, code, ref), timezone.now()
    form = ActionForm(_sent(request), plan=action.plan, action=action, seen=version_of(action))
    meanwhile = ""
    if form.is_valid():
        try:
            editing.edit(action, form.values(), form.links(), seen=_seen(form), by=request.user, now=now)
        except ChangedMeanwhile as changed:
            meanwhile, form = str(changed), _again(ActionForm, request, action, plan=action.plan)
        except NotOpen as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, action)
    return _page(request, form, action, "Edit the action", meanwhile)


@requires(Permission.OWN_PLANS)
@require_http_methods(METHODS)
def edit_measure(request: StaffRequest, code: str, ref: str) -> HttpResponse:
    """How an action is measured."""
    action, now = own_action_or_404(request.user, code, ref), timezone.now()
    form = MeasureForm(_sent(request), action=action, seen=version_of(action))
    meanwhile = ""
    if form.is_valid():
        try:
            editing.edit_measure(action, form.values(), seen=_seen(form), by=request.user, now=now)
        except ChangedMeanwhile as changed:
            meanwhile, form = str(changed), _again(MeasureForm, request, action)
        except NotOpen as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, action)
    return _page(request, form, action, "How it is measured", meanwhile)


@requires(Permission.OWN_PLANS)
@require_http_methods(METHODS)
def add_milestone(request: StaffRequest, code: str, ref: str) -> HttpResponse:
    """A new step on the way."""
    action, now = own_action_or_404(request.user, code, ref), timezone.now()
    form = MilestoneForm(_sent(request), today=timezone.localdate(now))
    if form.is_valid():
        try:
            said = form.cleaned_data
            editing.add_milestone(action, said["title"], said["due"], by=request.user, now=now)
        except NotOpen as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, action)
    return _page(request, form, action, "Add a step")


@requires(Permission.UPDATE_PLANS)
@require_http_methods(METHODS)
def milestone(request: StaffRequest, code: str, ref: str, milestone_id: int) -> HttpResponse:
    """One step: the plan's owner changes it, whoever has a part in the action says when it was done."""
    action, now = action_or_404(request.user, code, ref), timezone.now()
    if not may_mark(request.user, action):
        raise Http404
    step = get_object_or_404(action.milestones.select_related("action"), pk=milestone_id)
    owns = action.plan.is_owned_by(request.user)
    form: Any = (MilestoneForm if owns else MarkForm)(
        _sent(request), today=timezone.localdate(now), milestone=step
    )
    if form.is_valid():
        act = editing.change_milestone if owns else editing.mark_milestone
        try:
            act(step, **form.cleaned_data, by=request.user, now=now)
        except NotOpen as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, action)
    return _page(request, form, action, "Change the step" if owns else f"Done: {step.title}")


def _sent(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _seen(form: Any) -> int:
    """The version that stood on the page; a page that does not say saw none."""
    return form.cleaned_data["seen"] or 0


def _again(form: Any, request: StaffRequest, action: Action, **more: Any) -> Any:
    """The form as it was typed, on top of the version that stands now: sent again it counts."""
    data = request.POST.copy()
    newest = version_of(action)
    data["seen"] = str(newest)
    return form(data, action=action, seen=newest, **more)


def _page(request: StaffRequest, form: Any, action: Action, title: str, meanwhile: str = "") -> HttpResponse:
    context = {
        "form": form,
        "action": action,
        "title": title,
        "button": "Save",
        "meanwhile": meanwhile,
        "lead": ""
        if action.plan.is_draft
        else "Due date, target and lead are changed by a request; all else is changed here.",
    }
    return render(request, FORM, context)


def _saved(request: StaffRequest, action: Action) -> HttpResponse:
    messages.success(request, f"{action.ref} is saved.")
    return redirect("actionplans:action", action.plan.code, action.ref)
