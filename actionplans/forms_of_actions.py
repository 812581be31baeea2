"""What is asked for to write or edit an action, its measure and its milestones."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from actionplans.computed import COMPUTED, NotCounted, computed
from actionplans.forms_of_campaigns import one_line, set_choices
from actionplans.forms_of_changes import decimal, words_field
from actionplans.forms_of_sessions import by_code, organisations
from actionplans.models import Action, ActionPlan, CountedBy, Course, Importance, Milestone, Total
from govuk.fields import Agreed, ChosenFrom, DateParts, ManyOf, OneOf
from govuk.forms import RevealMixin
from partners.models import District, User
from partners.models.person import holders_of
from partners.roles import Permission
from reporting.strands import Strand

RUNS = "timed"
# A code of its own for “runs from start to due”, which is '' in the database and could not be told from no answer.
COURSES = [
    (RUNS, "Runs from its start to its due date"),
    (Course.ONGOING, "Ongoing"),
    (Course.DEFERRED, "Deferred"),
]
REF = re.compile(r"[A-Za-z]{1,3}[0-9]{1,4}[a-z]?")


class ActionForm(RevealMixin, forms.Form):
    """An action's words, people and links. In a draft also what is promised: lead, start and due date."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = one_line("What is to be done", "Enter what is to be done", longest=250)
    lead = ChosenFrom(label="Who leads it?", error_messages={"required": "Choose who leads it"})
    starts = DateParts(label="Starts on", error_messages={"required": "Enter the day it starts"})
    due = DateParts(label="Due on", error_messages={"required": "Enter the day it is due"})
    priority = ChosenFrom(label="Priority", error_messages={"required": "Choose a priority"})
    importance = OneOf(
        label="How important is it?",
        choices=Importance.choices,
        inline=True,
        small=True,
        error_messages={"required": "Choose how important it is"},
    )
    why = words_field("Why it matters", "", required=False, rows=3)
    good_looks_like = words_field("What good looks like", "", required=False, rows=3)
    owner = ChosenFrom(label="Who sees to it at the lead?", required=False)
    deputy = ChosenFrom(label="Who does while they can’t?", required=False)
    supporting = ManyOf(label="Who supports it?", small=True, required=False)
    supporting_text = one_line(
        "Others who support it", longest=250, hint="Without an account here, such as a college."
    )
    strands = ManyOf(
        label="Which strands?",
        help_text="None ticked means all of them.",
        choices=Strand.choices,
        small=True,
        required=False,
    )
    districts = ManyOf(
        label="Which districts?", help_text="None ticked means all of them.", small=True, required=False
    )
    blocked_by = one_line(
        "Which actions does it wait for?",
        longest=250,
        hint="Their refs, such as C3. For another plan with its code before it: appendix-d D2. Commas between them.",
    )
    blocked_by_text = one_line("What else does it wait for?", longest=250)
    decision_needed = words_field(
        "Decision needed from the Senior Officer Group",
        "",
        required=False,
        rows=2,
        hint="Leave it empty if none is.",
    )
    course = OneOf(
        label="Its course",
        choices=COURSES,
        small=True,
        reveals={Course.ONGOING: ["why_ongoing"], Course.DEFERRED: ["why_deferred"]},
        error_messages={"required": "Choose its course"},
    )
    why_ongoing = one_line("Why is it ongoing?", "Write why it is ongoing", longest=250)
    why_deferred = one_line("Why is it deferred?", "Write why it is deferred", longest=250)

    PROMISED = ("lead", "starts", "due")

    def __init__(
        self, data: Any = None, *, plan: ActionPlan, action: Action | None = None, seen: int = 0
    ) -> None:
        super().__init__(data, initial=self._initial(action, seen))
        self.plan, self.action = plan, action
        self.houses = {each.code: each for each in organisations()}
        self.nine = {each.code: each for each in District.objects.all()}
        self.priorities = {each.code: each for each in plan.priorities.all()}
        if not plan.is_draft:
            for name in self.PROMISED:
                del self.fields[name]
        self._offer()

    @staticmethod
    def _initial(action: Action | None, seen: int) -> dict[str, Any]:
        if action is None:
            return {"seen": seen, "importance": Importance.MEDIUM, "course": RUNS}
        same = (
            "title",
            "starts",
            "due",
            "importance",
            "why",
            "good_looks_like",
            "supporting_text",
            "strands",
        )
        more = ("blocked_by_text", "decision_needed")
        return {
            **{name: getattr(action, name) for name in (*same, *more)},
            "seen": seen,
            "lead": action.lead.code,
            "priority": action.priority.code,
            "owner": str(action.owner_id or ""),
            "deputy": str(action.deputy_id or ""),
            "supporting": [each.code for each in action.supporting.all()],
            "districts": [each.code for each in action.districts.all()],
            "blocked_by": ", ".join(
                _ref(each, action.plan) for each in action.blocked_by.select_related("plan")
            ),
            "course": action.course or RUNS,
            f"why_{action.course}": action.course_reason,
        }

    def _offer(self) -> None:
        houses = by_code(self.houses.values())
        if "lead" in self.fields:
            set_choices(self, "lead", [("", "Choose one"), *houses])
        set_choices(
            self,
            "priority",
            [("", "Choose one"), *((each.code, each.name) for each in self.priorities.values())],
        )
        leads = {self.action.lead.code} if self.action else set()
        set_choices(self, "supporting", [each for each in houses if each[0] not in leads])
        set_choices(self, "districts", by_code(self.nine.values()))
        self.people = {str(each.pk): each for each in _people_of(self.action)}
        people = [("", "Nobody named"), *((pk, str(each)) for pk, each in self.people.items())]
        for name in ("owner", "deputy"):
            if self.action is None:
                del self.fields[name]
            else:
                set_choices(self, name, people)

    def clean_blocked_by(self) -> list[Action]:
        """The actions that the refs name."""
        return _named(self.cleaned_data["blocked_by"], self.plan, self.action)

    def clean(self) -> dict[str, Any]:
        """Dates in order and within the plan, and two different people."""
        said = super().clean() or {}
        starts, due = said.get("starts"), said.get("due")
        if starts and due and due <= starts:
            self.add_error("due", "It must be due after it starts")
        for name, day in (("starts", starts), ("due", due)):
            if day and not self.plan.period_start <= day <= self.plan.period_end:
                self.add_error(
                    name, f"The plan runs from {_day(self.plan.period_start)} to {_day(self.plan.period_end)}"
                )
        if said.get("owner") and said.get("owner") == said.get("deputy"):
            self.add_error("deputy", "Choose somebody else as deputy")
        return said

    def values(self) -> dict[str, Any]:
        """The action's own fields."""
        said = self.cleaned_data
        plain = (
            "title",
            "starts",
            "due",
            "importance",
            "why",
            "good_looks_like",
            "supporting_text",
            "strands",
        )
        course = "" if said["course"] == RUNS else said["course"]
        found = {name: said[name] for name in (*plain, "blocked_by_text", "decision_needed") if name in said}
        found |= {
            "priority": self.priorities[said["priority"]],
            "course": course,
            "course_reason": said[f"why_{course}"] if course else "",
        }
        if "lead" in said:
            found["lead"] = self.houses[said["lead"]]
        return found | {name: self.people.get(said[name]) for name in ("owner", "deputy") if name in said}

    def links(self) -> dict[str, list[Any]]:
        """What it is linked with."""
        said = self.cleaned_data
        lead = said.get("lead") or (self.action.lead.code if self.action else "")
        return {
            "supporting": [self.houses[code] for code in said["supporting"] if code != lead],
            "districts": [self.nine[code] for code in said["districts"]],
            "blocked_by": said["blocked_by"],
        }


class NewActionForm(ActionForm):
    """The same for an action that is not there yet: with its ref."""

    ref = one_line(
        "Its ref", "Enter its ref, such as C13", longest=10, hint="Letters and a number, such as C13."
    )
    field_order = ("seen", "ref")

    def clean_ref(self) -> str:
        """Letters and a number that the plan has not given yet."""
        ref = self.cleaned_data["ref"].upper()
        if not REF.fullmatch(ref):
            raise forms.ValidationError("Enter letters and a number, such as C13")
        if self.plan.actions.filter(ref__iexact=ref).exists():
            raise forms.ValidationError(f"{ref} is in the plan already")
        return ref


def _people_of(action: Action | None) -> Iterable[User]:
    """People at work for the lead who may report on its actions, and whoever is named already."""
    if action is None:
        return []
    at_work = holders_of(Permission.UPDATE_PLANS).filter(
        memberships__organisation=action.lead_id, memberships__left_at=None
    )
    return User.objects.filter(
        Q(pk__in=at_work.values("pk")) | Q(pk__in=[action.owner_id or 0, action.deputy_id or 0])
    ).order_by("name")


def _named(text: str, plan: ActionPlan, action: Action | None) -> list[Action]:
    found = []
    for word in filter(None, (each.strip() for each in text.split(","))):
        code, _, ref = word.rpartition(" ")
        there = Action.objects.filter(plan__code=code.strip() or plan.code, ref__iexact=ref)
        there = there.filter(Q(plan__is_draft=False) | Q(plan=plan))
        named = there.exclude(pk=action.pk if action else 0).first()
        if named is None:
            raise forms.ValidationError(f"There is no other action {word}")
        found.append(named)
    return found


def _ref(action: Action, plan: ActionPlan) -> str:
    return action.ref if action.plan_id == plan.pk else f"{action.plan.code} {action.ref}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


# Measure and milestones -------------------------------------------------------------------------------------------

ENTERED = ""


class MeasureForm(forms.Form):
    """How an action is measured. In a running plan only its words: the rest says whether the promise is kept."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = one_line("What is measured", "Enter what is measured", longest=200)
    unit = one_line(
        "Counted in", "Enter what it is counted in", longest=80, hint="For example: sessions, % of staff."
    )
    indicator = ChosenFrom(
        label="Who counts it?",
        required=False,
        help_text="What the portal can count itself, nobody needs to type.",
    )
    baseline = decimal("At the start", required=False, hint="Leave it empty where it is not known.")
    target = decimal("Target", required=False, hint="Leave it empty while there is none.")
    is_lower_better = Agreed(label="Lower is better", required=False)
    counted_by = ChosenFrom(
        label="Whose figures is it made of?",
        required=False,
        choices=[("", "One figure, which the lead gives"), *CountedBy.choices[1:]],
    )
    total = ChosenFrom(label="How are they put together?", choices=Total.choices)
    source = one_line("Source", "Enter where the figures come from", longest=60)
    note = words_field("Note", "", required=False, rows=2)

    PROMISED = ("unit", "indicator", "baseline", "target", "is_lower_better", "counted_by", "total")

    def __init__(self, data: Any = None, *, action: Action, seen: int) -> None:
        measure = getattr(action, "measure", None)
        names = [name for name in self.base_fields if name != "seen"]
        initial = {name: getattr(measure, name) for name in names} if measure else {"total": Total.SINGLE}
        super().__init__(data, initial={**initial, "seen": seen})
        self.measure = measure
        set_choices(
            self,
            "indicator",
            [
                (ENTERED, "The partners enter it"),
                *((key, f"The portal: {each.indicator.title.lower()}") for key, each in COMPUTED.items()),
            ],
        )
        if not action.plan.is_draft and measure:
            for name in self.PROMISED:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Only what the portal can count so; and a total that fits the grid."""
        said = super().clean() or {}
        if said.get("indicator"):
            try:
                computed(said["indicator"], self._facts(said), said.get("counted_by", ""))
            except NotCounted as not_counted:
                self.add_error("indicator", str(not_counted))
        if "counted_by" in said and said.get("total"):
            if not said["counted_by"] and said["total"] != Total.SINGLE:
                self.add_error("total", "One figure needs no sum or average")
            if said["counted_by"] and said["total"] == Total.SINGLE:
                self.add_error("total", "Choose the sum or the average")
        if str(said.get("unit", "")).startswith("%") and (said.get("target") or 0) > 100:
            self.add_error("target", "It is a percentage: it can’t be above 100")
        return said

    def _facts(self, said: dict[str, Any]) -> dict[str, Any]:
        kept = self.measure and self.measure.indicator == said["indicator"]
        return self.measure.indicator_facts if kept and self.measure else {}

    def values(self) -> dict[str, Any]:
        """The measure's fields."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        if "indicator" in said:
            said["indicator_facts"] = self._facts(said)
        return said


class MilestoneForm(forms.Form):
    """A step on the way: what, by when, and when it was done."""

    title = one_line("The step", "Enter what the step is", longest=200)
    due = DateParts(label="Due on", required=False)
    done_on = DateParts(
        label="Done on", past=True, required=False, help_text="Leave it empty while it is not done."
    )

    def __init__(self, data: Any = None, *, today: date, milestone: Milestone | None = None) -> None:
        names = ("title", "due", "done_on")
        super().__init__(
            data, initial={name: getattr(milestone, name) for name in names} if milestone else {}
        )
        self.fields["done_on"].today = today  # type: ignore[attr-defined]
        if milestone is None:
            del self.fields["done_on"]


class MarkForm(forms.Form):
    """When a step was done, and nothing else."""

    done_on = DateParts(
        label="Done on", past=True, required=False, help_text="Leave it empty while it is not done."
    )

    def __init__(self, data: Any = None, *, today: date, milestone: Milestone) -> None:
        super().__init__(data, initial={"done_on": milestone.done_on or today})
        self.fields["done_on"].today = today  # type: ignore[attr-defined]
