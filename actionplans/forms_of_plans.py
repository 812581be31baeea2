"""What is asked for to write a plan, to build the next one, and to choose what the public sees of it."""

import re
from typing import Any

from django import forms

from actionplans.forms_of_campaigns import one_line, set_choices
from actionplans.forms_of_changes import words_field
from actionplans.models import Action, ActionPlan
from actionplans.rolling import a_year_on, unfinished
from actionplans.writing import NO_CODES
from govuk.fields import Agreed, ChosenFrom, DateParts, ManyOf, TextField
from partners.models import User
from partners.models.person import holders_of
from partners.roles import Permission

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"


def code_field(label: str, hint: str) -> TextField:
    return TextField(
        label=label,
        help_text=hint,
        max_length=50,
        spellcheck=False,
        error_messages={"required": "Enter a code"},
    )


def free_code(code: str) -> str:
    """A plan's code, given to no other plan and no page. Raises ValidationError."""
    said = code.strip().lower()
    if not re.fullmatch(SLUG, said):
        raise forms.ValidationError("Use small letters, numbers and dashes, such as hate-2027")
    if said in NO_CODES:
        raise forms.ValidationError(f"“{said}” is the address of a page. Choose another code")
    if ActionPlan.objects.filter(code=said).exists():
        raise forms.ValidationError(f"There is a plan with the code {said} already")
    return said


class PlanForm(forms.Form):
    """A plan's title and period, and what it is about."""

    title = one_line("Title", "Enter the plan’s title")
    code = code_field("Code", "It stands in the plan’s address, such as hate-2027.")
    period_start = DateParts(label="First day", error_messages={"required": "Enter the first day"})
    period_end = DateParts(label="Last day", error_messages={"required": "Enter the last day"})
    about = words_field("What it is about", "", required=False, rows=3)

    def clean_code(self) -> str:
        """Not another plan's."""
        return free_code(self.cleaned_data["code"])

    def clean(self) -> dict[str, Any]:
        """Its last day after its first."""
        said = super().clean() or {}
        first, last = said.get("period_start"), said.get("period_end")
        if first and last and last <= first:
            self.add_error("period_end", "The last day must come after the first")
        return said


class NextPlanForm(PlanForm):
    """The plan that follows: its period a year on unless said otherwise, and which actions go on."""

    actions = ManyOf(label="Which actions go on?", small=True, required=False)

    def __init__(self, data: Any = None, *, plan: ActionPlan) -> None:
        initial = {
            "title": plan.title,
            "period_start": a_year_on(plan.period_start),
            "period_end": a_year_on(plan.period_end),
        }
        self.unfinished = {each.ref: each for each in unfinished(plan)}
        super().__init__(data, initial=initial | {"actions": list(self.unfinished)})
        del self.fields["about"]
        set_choices(self, "actions", [(ref, str(each)) for ref, each in self.unfinished.items()])
        self.fields["actions"].help_text = (
            "Their dates move with the plan’s first day and stay within it. Their progress begins anew."
            if self.unfinished
            else "All are complete, closed or carried on already."
        )

    def chosen(self) -> list[Action]:
        """The actions that were ticked, in the plan's order."""
        return [self.unfinished[ref] for ref in self.unfinished if ref in self.cleaned_data["actions"]]

    def said(self) -> dict[str, Any]:
        """What building is given."""
        return {name: self.cleaned_data[name] for name in ("title", "code", "period_start", "period_end")}


class RollForm(forms.Form):
    """The draft that an action goes on in."""

    into = ChosenFrom(label="Into which plan?", error_messages={"required": "Choose a plan"})

    def __init__(self, data: Any = None, *, drafts: dict[str, ActionPlan]) -> None:
        super().__init__(data)
        self.drafts = drafts
        set_choices(
            self, "into", [("", "Choose one"), *((code, each.title) for code, each in drafts.items())]
        )


class PriorityForm(forms.Form):
    """A priority of a draft."""

    name = one_line("Name of the priority", "Enter the priority’s name", longest=120)


class OwnerForm(forms.Form):
    """Who answers for a plan."""

    owner = ChosenFrom(
        label="Who owns the plan?",
        required=False,
        help_text="The owner approves changes and is told when updates are missing.",
    )

    def __init__(self, data: Any = None, *, plan: ActionPlan) -> None:
        super().__init__(data, initial={"owner": str(plan.owner_id or "")})
        self.people = {str(each.pk): each for each in holders_of(Permission.OWN_PLANS).order_by("name")}
        everybody = [("", "All plan owners together")]
        set_choices(self, "owner", [*everybody, *((pk, str(each)) for pk, each in self.people.items())])

    def chosen(self) -> User | None:
        """Who was chosen."""
        return self.people.get(self.cleaned_data["owner"])


class PublishForm(forms.Form):
    """What the public sees of a plan."""

    is_published = Agreed(label="Show this plan to everybody", required=False)
    public_words = words_field(
        "What you say about it", "", required=False, rows=4, hint="It stands above the actions. Name nobody."
    )
    publishes_progress = Agreed(
        label="Show how the actions stand",
        required=False,
        help_text="By the rule that rates all plans; where you say something else, that stands beside it.",
    )
    publishes_figures = Agreed(
        label="Show the figures of the measures",
        required=False,
        help_text="One figure a measure. What the portal counts of reports is shown only where it may be published.",
    )
    actions = ManyOf(label="Which actions does the public see?", small=True, required=False)

    def __init__(self, data: Any = None, *, plan: ActionPlan) -> None:
        self.offered = {each.ref: each for each in plan.actions.order_by("order")}
        names = ("is_published", "public_words", "publishes_progress", "publishes_figures")
        shown = [ref for ref, each in self.offered.items() if each.is_public]
        super().__init__(data, initial={name: getattr(plan, name) for name in names} | {"actions": shown})
        set_choices(self, "actions", [(ref, str(each)) for ref, each in self.offered.items()])
