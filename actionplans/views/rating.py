"""The plan's owner says something else than the rule, or lets the rule stand alone again."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actionplans.models import Action, NothingToOverride
from actionplans.rag import OVERRIDABLE, SAYABLE, RagRating
from actionplans.views.action import action_seen_by
from govuk.fields import OneOf, WordsField
from partners.doors import StaffRequest, requires
from partners.roles import Permission

LONGEST = 600


class RatingForm(forms.Form):
    """What the owner says, and why."""

    rag = OneOf(label="How does it stand?", choices=[(rag.value, rag.word) for rag in SAYABLE])
    reason = WordsField(
        label="Why?",
        help_text="It stands beside the rating wherever the action is shown.",
        limit=LONGEST,
        rows=4,
    )


@requires(Permission.OWN_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def rating(request: StaffRequest, code: str, ref: str) -> HttpResponse:
    """Shows what the rule says and asks for the owner's word and reason."""
    action = action_seen_by(request.user, code, ref)
    if not action.plan.is_owned_by(request.user):
        raise Http404
    if "end" in request.POST:
        return _end(request, action)
    form = RatingForm(request.POST or None)
    if form.is_valid() and _say(request, action, form):
        return redirect("actionplans:action", code=code, ref=ref)
    today = timezone.localdate()
    by_rule = action.rating(today=today)
    context = {
        "action": action,
        "form": form,
        "rating": by_rule,
        "can_say": by_rule.rag in OVERRIDABLE,
        "override": action.override(today=today),
        "standing_words": next((each for each in action.overrides.all() if each.ended_at is None), None),
    }
    return render(request, "actionplans/rating/rating.html", context)


def _say(request: StaffRequest, action: Action, form: RatingForm) -> bool:
    said = form.cleaned_data
    try:
        action.override_rating(RagRating(said["rag"]), said["reason"], by=request.user, now=timezone.now())
    except NothingToOverride as why:
        form.add_error("rag", str(why))
        return False
    messages.success(request, "Your word stands beside the rule's rating now.")
    return True


def _end(request: StaffRequest, action: Action) -> HttpResponse:
    try:
        action.end_override(by=request.user, now=timezone.now())
    except NothingToOverride:
        messages.info(request, "The rule's rating stands alone already.")
    else:
        messages.success(request, "The rule's rating stands alone again.")
    return redirect("actionplans:action", code=action.plan.code, ref=action.ref)
