"""What an officer is asked about a list of cases: which to show, and under which name to keep a view of it."""

from typing import Any

from django import forms

from casework.forms import offer
from casework.models import Urgency
from casework.models.saved_view import NAME_LIMIT
from casework.states import CaseState
from casework.tasklist import DUE
from casework.worklist import CLOCKS, NOBODY
from govuk.fields import ChosenFrom, TextField
from partners.directory import directory
from partners.models import User
from partners.models.person import holders_of
from partners.roles import Permission
from reporting.strands import Strand

# They stand behind one line, so that on a phone the list begins on the first screen.
MORE_FILTERS = {"urgency", "strand", "district"}


class CasesFilter(forms.Form):
    """Which cases to show."""

    clock = ChosenFrom(label="Clock", required=False)
    worker = ChosenFrom(label="Works on it", required=False)
    state = ChosenFrom(label="State", required=False)
    urgency = ChosenFrom(label="Risk", required=False)
    strand = ChosenFrom(label="About", required=False)
    district = ChosenFrom(label="District", required=False)

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        states = [(state.value, state.label.capitalize()) for state in CaseState]
        levels = [(level.value, level.label.capitalize()) for level in Urgency]
        districts = [(each.code, each.name) for each in directory().districts.values()]
        offer(self, "clock", [("", "Any"), *CLOCKS.items()])
        offer(self, "worker", [("", "Anybody"), (NOBODY, "Nobody yet"), *colleagues(user)])
        offer(self, "state", [("", "Any that is not closed"), *states])
        offer(self, "urgency", [("", "Any"), *levels])
        offer(self, "strand", [("", "Any"), *Strand.choices])
        offer(self, "district", [("", "Any"), *districts])


def colleagues(user: User) -> list[tuple[str, str]]:
    """Who works on cases where this person does, by name."""
    at_work = holders_of(Permission.WORK_CASES).filter(
        memberships__left_at=None, memberships__organisation=user.organisation_id
    )
    return [(str(pk), name) for pk, name in at_work.order_by("name").values_list("pk", "name")]


class ViewName(forms.Form):
    """Under which name to keep a list with its filters."""

    name = TextField(
        label="Name of this view",
        help_text="Only you see it. Do not write anybody’s name.",
        max_length=NAME_LIMIT,
        error_messages={"required": "Write a name for this view"},
    )


class TasksFilter(forms.Form):
    """Which tasks to show."""

    due = ChosenFrom(label="Due", required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        offer(self, "due", [("", "Any day"), *DUE.items()])
