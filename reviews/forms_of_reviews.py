"""What an officer is asked about an ASB Case Review, and about where else it happened."""

from typing import Any

from django import forms
from django.utils import timezone

from casework.forms import NOTE_LIMIT, ActForm, offer, organisation_choices
from casework.models import Case
from casework.permissions import may
from govuk.fields import Agreed, ChosenFrom, DateParts, OneOf, TextField, WordsField, YesNo
from partners.jag import review_outcomes
from partners.models import Organisation, User
from partners.standards import standard
from reviews.models import PlaceKind
from reviews.models.case_review import AskedBy

FOR_OFFICERS = "For officers. It stands on the timeline."


class DatedForm(ActForm):
    """An act's form that asks for a day, which is today or over."""

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        for field in self.fields.values():
            if isinstance(field, DateParts):
                field.today = timezone.localdate()


def _past_day(label: str, missing: str) -> DateParts:
    return DateParts(label=label, label_size="s", past=True, error_messages={"required": missing})


def _words(label: str, missing: str, **more: Any) -> WordsField:
    return WordsField(
        label=label, label_size="s", limit=NOTE_LIMIT, rows=4, error_messages={"required": missing}, **more
    )


class AskForm(DatedForm):
    """Who asks, when, and what they believe."""

    asked_by = OneOf(
        label="Who asks for it?",
        label_size="s",
        choices=AskedBy.choices,
        error_messages={"required": "Choose who asks for it"},
    )
    asked_on = _past_day("When did they ask?", "Enter the day on which they asked")
    believes = Agreed(
        label="They believe that no effective action was taken",
        error_messages={
            "required": "Ask them. A review is for people who believe that no effective action was taken"
        },
    )
    why = _words("What do they say?", "Write what they say", help_text=FOR_OFFICERS)


class ThresholdForm(ActForm):
    """Accepted or not, and with whom that was agreed."""

    is_met = YesNo(
        label="Is it accepted?",
        label_size="s",
        error_messages={"required": "Choose whether it is accepted"},
    )
    agreed_with = ChosenFrom(
        label="Which other organisation did you agree it with?",
        label_size="s",
        help_text="One that does not lead this case: nobody decides alone whether what they did was enough.",
        error_messages={"required": "Choose the organisation that you agreed it with"},
    )
    words = _words("Why?", "Write why", help_text=FOR_OFFICERS)

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        days = standard("case_review").amount
        offer(self, "is_met", [("yes", f"Yes: it is reviewed within {days} days"), ("no", "No")])
        barred = {pk for report in case.reports for pk in report.barred_organisations()}
        mine = {pk for pk in (user.organisation_id, case.lead_organisation_id) if pk}
        choices = organisation_choices(without=barred | mine)
        offer(self, "agreed_with", [("", "Choose an organisation"), *choices])

    def clean_agreed_with(self) -> Organisation:
        return Organisation.objects.get(pk=self.cleaned_data["agreed_with"])


class FinishForm(ActForm):
    """How it ended."""

    outcome = OneOf(
        label="How did it end?", label_size="s", error_messages={"required": "Choose how it ended"}
    )
    recommendations = _words(
        "What does it recommend, and to whom?", "Write what it recommends, or that nothing is"
    )

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        offer(self, "outcome", [(each.code, each.name) for each in review_outcomes()])


class AppealForm(DatedForm):
    """When, and what they say."""

    on = _past_day("When?", "Enter the day")
    words = _words("What do they say?", "Write what they say", help_text=FOR_OFFICERS)


class AnswerForm(DatedForm):
    """When, and what was answered."""

    on = _past_day("When?", "Enter the day")
    words = _words("What was the answer?", "Write what the answer was", help_text=FOR_OFFICERS)


class PlaceForm(ActForm):
    """Another case, and what it has in common with this one."""

    other = TextField(
        label="Reference of the other case",
        label_size="s",
        help_text="Such as LLR-7KQ4-M2XD. It must be one that you may see.",
        max_length=30,
        width=20,
        error_messages={"required": "Enter the reference of the other case"},
    )
    kind = OneOf(
        label="What do they have in common?",
        label_size="s",
        choices=[*((kind.value, kind.label.capitalize()) for kind in PlaceKind), ("neither", "Neither")],
        error_messages={"required": "Choose what they have in common"},
    )

    suggested = ""

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        if self.suggested:
            self.initial = {**self.initial, "other": self.suggested, "kind": PlaceKind.HOUSEHOLD.value}

    def clean_other(self) -> Case:
        reference = self.cleaned_data["other"].strip().upper()
        found = Case.objects.visible_to(self.user).filter(reference=reference).first()
        if found is None or not may(self.user, "link_place", found):
            raise forms.ValidationError("There is no case with this reference that you may see")
        return found
