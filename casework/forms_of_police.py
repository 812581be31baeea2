"""What an officer is asked when a case goes to the police, and when the police say what became of it."""

from typing import Any

from django import forms
from django.utils import timezone

from casework.deciding import NotAChoiceNow
from casework.forms import NOTE_LIMIT, ActForm, offer
from casework.models import Case, NumberKind
from casework.parts import in_words
from casework.police import AnswerIncomplete, Said, forces_that_see, police_choices, refuse_incomplete
from casework.sharing import still_shared
from govuk.fields import ChosenFrom, DateParts, OneFile, OneOf, TextField, WordsField
from partners.models import User
from partners.police_outcomes import outcome_groups, police_outcomes

MAX_BYTES = 1024 * 1024
SAID = ("number", "number_kind", "recorded_as", "outcome", "outcome_on")


class HandOffForm(ActForm):
    """To which force."""

    force = OneOf(
        label="Who is it for?",
        label_size="s",
        help_text="They get what is shared with them now, and nothing else.",
        error_messages={"required": "Choose which force it is for"},
    )

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        self.forces = {str(force.pk): force for force in forces_that_see(case)}
        choices = [(pk, force.name) for pk, force in self.forces.items()]
        hints = {pk: in_words(still_shared(case, force)) for pk, force in self.forces.items()}
        offer(self, "force", choices, hints=hints)
        self.has_choices = bool(choices)
        if len(choices) == 1:
            self.initial["force"] = choices[0][0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("force"):
            cleaned["chosen"] = self.forces[cleaned["force"]]
        return cleaned


class PoliceAnswerForm(ActForm):
    """What the police said: at least one thing of it."""

    number_kind = ChosenFrom(
        label="Kind of number",
        choices=[("", "None yet"), *((each.value, each.label.capitalize()) for each in NumberKind)],
        required=False,
    )
    number = TextField(
        label="Number",
        help_text="As the police write it. It is kept locked, and you can find the case by it.",
        max_length=60,
        required=False,
        width=20,
    )
    recorded_as = ChosenFrom(label="The police record it as", required=False)
    outcome = ChosenFrom(label="Outcome", required=False)
    outcome_on = DateParts(label="Day of the outcome", required=False, past=True)
    note = WordsField(
        label="Note for officers",
        help_text="Who said it, if you were told. The person does not see it.",
        limit=NOTE_LIMIT,
        rows=3,
        required=False,
    )

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        today = timezone.localdate()
        day: Any = self.fields["outcome_on"]
        day.today = today
        choices = police_choices(on=today)
        offer(self, "recorded_as", [("", "Not said"), *((each.code, each.name) for each in choices)])
        offer(self, "outcome", [("", "None yet"), *_outcomes()])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            cleaned["said"] = Said(**{name: cleaned[name] for name in SAID})
            try:
                refuse_incomplete(cleaned["said"], today=timezone.localdate())
            except AnswerIncomplete as refusal:
                self.add_error(refusal.field, str(refusal))
            except NotAChoiceNow as refusal:
                self.add_error("recorded_as", str(refusal))
        return cleaned


def _outcomes() -> list[tuple[str, str]]:
    """By groups, as figures put them together; the national number first, because it is what the police say."""
    order = {group.code: place for place, group in enumerate(outcome_groups())}
    found = sorted(police_outcomes(), key=lambda each: order[each.group])
    return [(each.code, f"{each.code}: {each.name}") for each in found]


class AnswerFileForm(forms.Form):
    """A file of answers."""

    paper = OneFile(at_most=MAX_BYTES, help_text="A JSON file as the police’s system writes it. Up to 1 MB.")
