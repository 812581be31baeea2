"""Change requests: asking for another due date, target or lead, deciding about it, and closing an action."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actionplans import changing, evidence
from actionplans.changing import Wanted, may_ask, may_change_alone, may_decide
from actionplans.editing import NotOpen, add_evidence
from actionplans.forms_of_changes import AskForm, CloseForm, DecideForm, ReasonForm, change_words, link_of
from actionplans.models import Action, ChangeKind, ChangeRequest, Decision, Evidence
from actionplans.views.owned import action_or_404, own_action_or_404
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission

REFUSALS = (changing.NothingToChange, changing.AskedAlready, changing.EvidenceMissing, NotOpen)
MOST_WAITING = 25
FORM = "actionplans/changes/form.html"


@requires(Permission.UPDATE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_change(request: StaffRequest, code: str, ref: str) -> HttpResponse:
    """Another due date, target or lead: asked for, or of the plan's owner made at once."""
    action = _to_ask_or_404(request.user, code, ref)
    form = AskForm(request.POST if request.method == "POST" else None, action=action)
    if form.is_valid():
        wanted = form.wanted()
        try:
            made = changing.ask(
                action, wanted, form.cleaned_data["reason"], by=request.user, now=timezone.now()
            )
        except REFUSALS as refusal:
            form.add_error(AskForm.PLACES[wanted.kind], str(refusal))
        else:
            return _said(request, made, action)
    alone = may_change_alone(request.user, action.plan)
    context = {
        "title": "Change what was promised" if alone else "Ask for a change",
        "button": "Change it" if alone else "Send the request",
        "lead": "You answer for this plan: what you enter counts at once, and stands as a change approved by you."
        if alone
        else f"{action.plan.owner or 'Whoever owns the plan'} decides. Until then everything stays as it is.",
    }
    return _form(request, form, action, context)


@requires(Permission.UPDATE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def close_action(request: StaffRequest, code: str, ref: str) -> HttpResponse:
    """Closes an action with what came of it and what shows it; the lead asks, the plan's owner does it."""
    action = _to_ask_or_404(request.user, code, ref)
    there = list(action.evidence.all())
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CloseForm(*sent, has_evidence=bool(there))
    if form.is_valid():
        try:
            made = _close(action, form, request.user)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            return _said(request, made, action)
    alone = may_change_alone(request.user, action.plan)
    context = {
        "title": "Close the action" if alone else "Ask to close the action",
        "button": "Close it" if alone else "Ask to close it",
        "lead": "It is no longer rated or asked about. It can be opened again.",
        "there": there,
    }
    return _form(request, form, action, context)


@transaction.atomic
def _close(action: Action, form: CloseForm, by: User) -> ChangeRequest:
    now, shown = timezone.now(), link_of(form)
    if file := form.cleaned_data["file"]:
        kept = evidence.keep(file.read(), file.name or "", now=now)
        shown.append(Evidence(title=kept.name, file_id=kept.id))
    add_evidence(action, shown, by=by, now=now)
    return changing.ask(action, Wanted(ChangeKind.CLOSE), form.cleaned_data["reason"], by=by, now=now)


@requires(Permission.OWN_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen_action(request: StaffRequest, code: str, ref: str) -> HttpResponse:
    """Opens a closed action again, with the reason."""
    action = own_action_or_404(request.user, code, ref)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = changing.ask(
                action,
                Wanted(ChangeKind.REOPEN),
                form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            return _said(request, made, action)
    context = {
        "title": "Open the action again",
        "button": "Open it again",
        "lead": "It is rated and asked about again. That it was closed stays in its history.",
    }
    return _form(request, form, action, context)


def _to_ask_or_404(user: User, code: str, ref: str) -> Action:
    action = action_or_404(user, code, ref)
    if not may_ask(user, action) or action.plan.is_draft:
        raise Http404
    return action


def _said(request: StaffRequest, made: ChangeRequest, action: Action) -> HttpResponse:
    done = made.decision == Decision.APPROVED
    words = "It is changed." if done else "Your request waits for whoever owns the plan."
    messages.success(request, f"{action.ref}: {words}")
    return redirect("actionplans:action", action.plan.code, action.ref)


def _form(request: StaffRequest, form: Any, action: Action, context: dict[str, Any]) -> HttpResponse:
    return render(request, FORM, {"form": form, "action": action, **context})


# Deciding ---------------------------------------------------------------------------------------------------------


@requires(Permission.UPDATE_PLANS)
@require_safe
def change_requests(request: StaffRequest) -> HttpResponse:
    """What waits for this person's decision, and all requests they may see, the newest first."""
    whole = ChangeRequest.objects.select_related(
        "action__plan", "action__measure", "old_lead", "new_lead", "asked_by", "decided_by"
    )
    mine = whole.to_be_decided_by(request.user).order_by("asked_at", "pk")
    page = page_of(whole.seen_by(request.user).exclude(pk__in=mine.order_by().values("pk")), request)
    context = {
        # The oldest; deciding about them brings the next.
        "waiting": [(each, change_words(each)) for each in mine[:MOST_WAITING]],
        "rows": [(each, change_words(each)) for each in page.object_list],
        "owns": request.user.may(Permission.OWN_PLANS),
        "page_obj": page,
    }
    return render(request, "actionplans/changes/requests.html", context)


@requires(Permission.UPDATE_PLANS)
@require_safe
def change_request(request: StaffRequest, request_id: int) -> HttpResponse:
    """One request, and what was decided about it."""
    asked = request_or_404(request.user, request_id)
    return _request(request, asked, None)


@requires(Permission.OWN_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide_change(request: StaffRequest, request_id: int) -> HttpResponse:
    """The same with the form to decide, for whoever may."""
    asked = request_or_404(request.user, request_id)
    if not may_decide(request.user, asked):
        raise Http404
    form = DecideForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        act = changing.approve if form.cleaned_data["decision"] == "approve" else changing.refuse
        try:
            act(asked, form.cleaned_data["words"], by=request.user, now=timezone.now())
        except changing.DecidedAlready as decided:
            messages.warning(request, f"{decided} What you wrote was not kept.")
            return redirect("actionplans:change_request", request_id)
        except REFUSALS as refusal:
            form.add_error("decision", f"It can’t be approved any more. {refusal}")
        else:
            return redirect("actionplans:change_requests")
    return _request(request, asked, form)


def _request(request: StaffRequest, asked: ChangeRequest, form: DecideForm | None) -> HttpResponse:
    is_waiting = asked.decision == Decision.WAITING
    context = {
        "asked": asked,
        "words": change_words(asked),
        "form": form if is_waiting else None,
        "may_decide": is_waiting and form is None and may_decide(request.user, asked),
        "may_withdraw": is_waiting and form is None and asked.asked_by_id == request.user.pk,
        "evidence": list(asked.action.evidence.all()) if asked.kind == ChangeKind.CLOSE else [],
    }
    return render(request, "actionplans/changes/request.html", context)


@requires(Permission.UPDATE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_change(request: StaffRequest, request_id: int) -> HttpResponse:
    """Takes back what one asked oneself, after one more question."""
    asked = request_or_404(request.user, request_id)
    if asked.asked_by_id != request.user.pk:
        raise Http404
    if request.method != "POST":
        return render(
            request, "actionplans/changes/take_back.html", {"asked": asked, "words": change_words(asked)}
        )
    try:
        changing.withdraw(asked, by=request.user, now=timezone.now())
    except changing.DecidedAlready as decided:
        messages.warning(request, str(decided))
    return redirect("actionplans:change_request", request_id)


def request_or_404(user: User, request_id: int) -> ChangeRequest:
    """A request that this person may see."""
    whole = ChangeRequest.objects.select_related(
        "action__plan__owner",
        "action__measure",
        "action__lead",
        "old_lead",
        "new_lead",
        "asked_by",
        "decided_by",
    )
    return get_object_or_404(whole.seen_by(user), pk=request_id)
