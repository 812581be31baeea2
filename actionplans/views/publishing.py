"""What the public sees of a plan: chosen by its owner, looked at first, and the pages themselves."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.forms_of_plans import PublishForm
from actionplans.models import ActionPlan
from actionplans.publishing import previewed, public_plan, publish, published, tallies_of_published
from actionplans.views.owned import own_plan_or_404
from partners.doors import StaffRequest, requires
from partners.roles import Permission


@requires(Permission.OWN_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def publish_plan(request: StaffRequest, code: str) -> HttpResponse:
    """Choose what the public sees; look at it; publish it."""
    plan = own_plan_or_404(request.user, code)
    if plan.is_draft:
        raise Http404
    form = PublishForm(request.POST if request.method == "POST" else None, plan=plan)
    button = request.POST.get("button", "")
    if not form.is_valid() or button == "change":
        return render(request, "actionplans/owners/publish.html", {"form": form, "plan": plan})
    said = dict(form.cleaned_data)
    shown = said.pop("actions")
    if button == "publish":
        publish(plan, said, shown, by=request.user, now=timezone.now())
        messages.success(request, "The public sees it so from now on.")
        return redirect("actionplans:plan", plan.code)
    return _preview(request, form, plan, said, shown)


def _preview(
    request: StaffRequest, form: PublishForm, plan: ActionPlan, said: dict[str, Any], shown: list[str]
) -> HttpResponse:
    """The public page as it would be; nothing is saved, what was chosen goes on in hidden fields."""
    tried = previewed(plan)
    for name, value in said.items():
        setattr(tried, name, value)
    context = {
        "form": form,
        "plan": plan,
        "public": public_plan(tried, today=timezone.localdate(), shown=shown),
        "kept": [
            (name, value) for name, values in request.POST.lists() for value in values if name in form.fields
        ],
    }
    return render(request, "actionplans/owners/preview.html", context)


@login_not_required
@require_safe
def public_plans(request: HttpRequest) -> HttpResponse:
    """All plans that the partnership publishes, and how many of their actions stand how."""
    today = timezone.localdate()
    tallies = tallies_of_published(today)
    rows = [
        (plan, plan.has_ended(today=today), tallies.get(plan.pk, ()))
        for plan in ActionPlan.objects.published()
    ]
    return render(request, "actionplans/open/plans.html", {"rows": rows, "today": today})


@login_not_required
@require_safe
def one_public_plan(request: HttpRequest, code: str) -> HttpResponse:
    """One published plan, by its priorities."""
    today: date = timezone.localdate()
    plan = published().filter(code=code).first()
    if plan is None:
        raise Http404
    context = {"public": public_plan(plan, today=today), "plan": plan, "today": today}
    return render(request, "actionplans/open/plan.html", context)
