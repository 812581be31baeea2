"""What an officer is asked about a task on a case."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from casework.forms import NOTE_LIMIT, ActForm, offer, officer_choices
from casework.models import Case
from govuk.fields import ChosenFrom, DateParts, WordsField
from partners.models import Organisation, User
from partners.working_days import add_working_days

WORDS_LIMIT = 500
LONGEST = timedelta(days=366)
PERSON, HOUSE = "person", "anybody"


class TaskForm(ActForm):
    """What is to be done, by whom and by when."""

    words = WordsField(
        label="What is to be done?",
        label_size="s",
        help_text="For officers of every organisation that sees this case. The person does not see it.",
        limit=WORDS_LIMIT,
        rows=3,
        error_messages={"required": "Write what is to be done"},
    )
    whom = ChosenFrom(
        label="Who should do it?", label_size="s", error_messages={"required": "Choose who should do it"}
    )
    due_on = DateParts(
        label="By when?",
        label_size="s",
        error_messages={"required": "Enter the day by which it is to be done"},
    )

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        self.today = timezone.localdate()
        people = [(f"{PERSON}-{pk}", name) for pk, name in officer_choices(case, today=self.today)]
        houses = Organisation.objects.filter(pk__in=case.visible_to)
        anybody = [(f"{HOUSE}-{each.pk}", f"Anybody at {each.short_name}") for each in houses]
        offer(self, "whom", [("", "Choose who"), *people, *anybody])
        self.initial["whom"] = f"{PERSON}-{user.pk}"
        self.initial["due_on"] = add_working_days(self.today, 1)

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < self.today:
            raise forms.ValidationError("The day must be today or later")
        if due_on > self.today + LONGEST:
            raise forms.ValidationError("The day must be within a year")
        return due_on

    def clean(self) -> dict[str, Any] | None:
        """Who it is for, as `set_task` is told."""
        cleaned = super().clean() or {}
        kind, _, number = cleaned.get("whom", "").partition("-")
        if kind == PERSON:
            person = User.objects.get(pk=number)
            cleaned |= {"person": person, "organisation": person.organisation}
        elif kind == HOUSE:
            cleaned |= {"person": None, "organisation": Organisation.objects.get(pk=number)}
        return cleaned


class DoneForm(ActForm):
    """That it is done."""

    note = WordsField(
        label="What came of it?",
        label_size="s",
        help_text="For officers. It stands on the timeline. You can leave it empty.",
        limit=NOTE_LIMIT,
        rows=3,
        required=False,
    )
