"""What is asked about a session that was delivered; and the filters above their list."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from actionplans.computed import OF_SESSIONS
from actionplans.models import Action, SessionKind
from actionplans.models.training import IN_SCHOOLS
from govuk.fields import ChosenFrom, DateParts, OneOf, TextField, WordsField
from govuk.widgets import GovukText
from partners.directory import directory
from partners.models import District, Organisation, User

MOST_PEOPLE = 100_000
MANY = [("", "People of many organisations")]
EVERYWHERE = [("", "Online, or in many districts")]


def whole_number(
    label: str, *, hint: str = "", required: bool = True, missing: str = ""
) -> forms.IntegerField:
    """A count of people."""
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=required,
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=GovukText({"inputmode": "numeric", "autocomplete": "off"}, width=5),
        error_messages={
            "required": missing,
            "invalid": "Enter a whole number, such as 24",
            "min_value": "Enter a number from 0 up",
            "max_value": f"Enter a number up to {MOST_PEOPLE:,}",
        },
    )


def organisations() -> list[Organisation]:
    """Those that plans are about: no reporting centres, none retired."""
    return [each for each in directory().organisations.values() if each.retired_on is None]


def districts() -> list[District]:
    """The nine, in their order."""
    return list(directory().districts.values())


def by_code(rows: Any) -> list[tuple[str, str]]:
    """The choices of a select."""
    return [(each.code, str(each)) for each in rows]


class SessionForm(forms.Form):
    """One session. What most sessions share stands first; the rest may stay empty."""

    kind = OneOf(
        label="What was it?",
        choices=SessionKind.choices,
        small=True,
        error_messages={"required": "Choose what kind of session it was"},
    )
    title = TextField(
        label="What was it called?",
        max_length=160,
        error_messages={
            "required": "Enter what the session was called",
            "max_length": "Use 160 characters or fewer",
        },
    )
    held_on = DateParts(
        label="Which day was it?",
        help_text="For e-learning, record one number for each month, with the last day that it covers.",
        past=True,
        error_messages={"required": "Enter the day of the session"},
    )
    people_reached = whole_number("How many people took part?", missing="Enter how many people took part")
    delivered_by = ChosenFrom(
        label="Who delivered it?", error_messages={"required": "Choose who delivered it"}
    )
    organisation = ChosenFrom(label="Whose people were they?", required=False)
    district = ChosenFrom(label="In which district?", required=False)
    venue = TextField(
        label="School or other place",
        help_text="Needed for workshops and performances in schools: each school counts once. Name no pupils or staff.",
        max_length=160,
        required=False,
    )
    action = ChosenFrom(
        label="Which action does it count for?",
        help_text="The portal adds it to that action's measure at once.",
        required=False,
    )
    answers = whole_number(
        "How many people answered the feedback question?",
        required=False,
        hint="Leave this empty where nobody was asked.",
    )
    answers_better = whole_number("How many of them said that it helped?", required=False)
    what_people_said = WordsField(
        label="What people said", help_text="Without names.", limit=1000, rows=3, required=False
    )

    def __init__(self, data: Any, *, user: User, today: date) -> None:
        own = user.organisation
        super().__init__(data, initial={"held_on": today, "delivered_by": own.code if own else ""})
        self.houses = {each.code: each for each in organisations()}
        self.districts = {each.code: each for each in districts()}
        self.actions = {str(each.pk): each for each in counting_actions(today)}
        self.fields["held_on"].today = today  # type: ignore[attr-defined]
        self._choices("delivered_by", [("", "Choose one"), *by_code(self.houses.values())])
        self._choices("organisation", [*MANY, *by_code(self.houses.values())])
        self._choices("district", [*EVERYWHERE, *by_code(self.districts.values())])
        self._choices(
            "action", [("", "None of these"), *((pk, str(each)) for pk, each in self.actions.items())]
        )

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        field.choices = choices  # type: ignore[attr-defined]
        field.varies = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("kind") in IN_SCHOOLS and not said.get("venue", "x"):
            self.add_error("venue", ValidationError("Enter the name of the school", code="required"))
        answers, better = said.get("answers") or 0, said.get("answers_better") or 0
        if better > answers:
            self.add_error("answers_better", "This is more than the people who answered")
        if answers > (said.get("people_reached") or answers):
            self.add_error("answers", "This is more than the people who took part")
        return said

    def values(self) -> dict[str, Any]:
        """The fields of the session."""
        said = self.cleaned_data
        return {
            **{
                name: said[name]
                for name in ("kind", "title", "held_on", "people_reached", "what_people_said")
            },
            "venue": " ".join(said["venue"].split()),
            "delivered_by": self.houses[said["delivered_by"]],
            "organisation": self.houses.get(said["organisation"]),
            "district": self.districts.get(said["district"]),
            "action": self.actions.get(said["action"]),
            "answers": said["answers"] or 0,
            "answers_better": said["answers_better"] or 0,
        }


def counting_actions(today: date) -> list[Action]:
    """Actions of running plans whose measure counts the sessions that were recorded for them."""
    keys = [each.indicator.key for each in OF_SESSIONS]
    found = Action.objects.filter(
        measure__indicator__in=keys,
        measure__indicator_facts__own=True,
        plan__is_draft=False,
        plan__period_end__gte=today,
        closed_on=None,
    )
    return list(found)


class TakeBackForm(forms.Form):
    """Why a session should count no longer."""

    why = TextField(
        label="Why do you take it back?",
        help_text="It stays in the list with your reason, and counts nowhere any more.",
        max_length=200,
        error_messages={
            "required": "Say why, such as: entered twice",
            "max_length": "Use 200 characters or fewer",
        },
    )


class SessionsFilter(forms.Form):
    """What the list of sessions is narrowed to."""

    kind = ChosenFrom(label="Kind", choices=[("", "All"), *SessionKind.choices], required=False)
    district = ChosenFrom(label="District", required=False)
    partner = ChosenFrom(label="Organisation", required=False)
    year = ChosenFrom(label="Year from April", required=False)

    def __init__(self, data: Any, *, years: list[int]) -> None:
        super().__init__(data)
        choices = {
            "district": by_code(districts()),
            "partner": by_code(organisations()),
            "year": [(str(year), f"{year}/{(year + 1) % 100:02d}") for year in years],
        }
        for name, found in choices.items():
            self.fields[name].choices = [("", "All"), *found]  # type: ignore[attr-defined]
            self.fields[name].varies = True  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """What was chosen; a value that is no choice says nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
