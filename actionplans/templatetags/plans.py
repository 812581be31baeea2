"""How figures and names of plans are put into words on a page."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django import forms, template
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from actionplans.computed import COMPUTED, Computed
from actionplans.models import ActionPlan, Measure
from govuk.rendering import error_summary_html
from partners.models import User
from partners.roles import Permission
from reporting.strands import Strand

register = template.Library()

# What belongs to the plans, in the order of the tabs: its key, its name, where it is, what one must be allowed to do.
AROUND_THE_PLANS = (
    ("plans", "Plans", "actionplans:plans", Permission.SEE_PLANS),
    ("updates", "My updates", "actionplans:updates", Permission.UPDATE_PLANS),
    ("steering", "Delivery group", "actionplans:steering", Permission.SEE_DASHBOARD),
    ("calendar", "Calendar", "actionplans:calendar", Permission.SEE_PLANS),
    ("sessions", "Training", "actionplans:sessions", Permission.SEE_PLANS),
    ("log", "Action log", "actionplans:log", Permission.SEE_PLANS),
)

OWNING = {
    "start_plan": "Write and start the draft",
    "publish_plan": "What the public sees",
    "next_plan": "Build the next plan",
    "name_owner": "Who owns the plan",
}


@register.filter
def figure(value: Decimal | None, measure: Measure) -> str:
    """A figure in the words of its measure."""
    return measure.words_for(value)


@register.filter
def strand_name(code: str) -> str:
    """A strand as people call it."""
    return str(Strand(code).label)


@register.simple_tag
def count_of(measure: Measure) -> Computed | None:
    """The portal's own count behind a measure, with its definition; None for what people enter."""
    return COMPUTED.get(measure.indicator) if measure.is_computed else None


@register.filter
def named(code: str, names: Mapping[str, str]) -> str:
    """What a code is called; the code itself where nobody gave it a name."""
    return names.get(code, code)


@register.simple_tag
def errors_of(forms_on_page: Sequence[forms.BaseForm]) -> SafeString:
    """One summary of what is wrong in all of them."""
    return error_summary_html(*forms_on_page)


@register.simple_tag
def around_the_plans(user: User, here: str) -> list[dict[str, object]]:
    """The tabs that this person may open; `here` is the key of the one that the page stands under."""
    return [
        {"text": text, "url": url, "current": key == here}
        for key, text, name, permission in AROUND_THE_PLANS
        if user.may(permission) and (url := _address(name))
    ]


@register.simple_tag
def owning(user: User, plan: ActionPlan) -> list[tuple[str, str]]:
    """What this person may do with a plan as its owner: words and address."""
    if not plan.is_owned_by(user):
        return []
    names = ["start_plan"] if plan.is_draft else ["publish_plan", "next_plan"]
    acts = [
        (OWNING[name], reverse(f"actionplans:{name}", args=[plan.code])) for name in [*names, "name_owner"]
    ]
    return acts if plan.is_draft else [*acts, ("Change requests", reverse("actionplans:change_requests"))]


@register.simple_tag
def owning_all(user: User) -> list[tuple[str, str]]:
    """Links about all plans, for who may ask for changes and for who owns plans: words and address."""
    if not user.may(Permission.UPDATE_PLANS):
        return []
    links = [("Change requests", reverse("actionplans:change_requests"))]
    owners = [
        ("Write a plan", reverse("actionplans:new_plan")),
        ("Bring in a plan", reverse("actionplans:import")),
    ]
    return links + owners if user.may(Permission.OWN_PLANS) else links


def _address(name: str) -> str:
    """'' for a page that this installation does not have."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
