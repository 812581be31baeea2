"""What the rights desk is asked. Forms check; `casework.records` acts."""

from typing import Any

from django import forms

from casework.erasing import WhyErased
from casework.forms import offer
from casework.models.keeping import KeepLonger
from casework.models.legal_hold import HoldReason
from govuk.fields import ChosenFrom, OneOf, TextField, WordsField
from partners.retention import schedule
from reporting.reference import GROUP, as_written

NOTE_LIMIT = 1_000
MOST_YEARS = 25


class LookUpForm(forms.Form):
    """One record, by its reference."""

    reference = TextField(
        label="Look up a reference",
        help_text="Such as LLR-7KQ4-M2XD",
        width=20,
        spellcheck=False,
        required=True,
        error_messages={"required": "Enter a reference"},
    )

    def clean_reference(self) -> str:
        reference = as_written(self.cleaned_data["reference"])
        if any(len(group) != GROUP for group in reference.split("-")[-2:]):
            raise forms.ValidationError("Enter the whole reference, such as LLR-7KQ4-M2XD")
        return reference


class FallingDueFilter(forms.Form):
    """Which classes to show."""

    what = ChosenFrom(label="Class", required=False)

    def __init__(self, data: Any = None, *, found: list[tuple[str, str, int]]) -> None:
        super().__init__(data)
        offer(
            self,
            "what",
            [("", "All classes"), *((code, f"{name} ({number})") for code, name, number in found)],
        )

    def chosen(self) -> str:
        """The class; '' for all, and for what an old bookmark got wrong."""
        return str(self.cleaned_data["what"]) if self.is_valid() else ""


class HoldForm(forms.Form):
    """Why a record must not be erased."""

    reason = OneOf(
        label="What is it needed for?",
        label_size="s",
        choices=[(each.value, each.label.capitalize()) for each in HoldReason],
        error_messages={"required": "Choose what it is needed for"},
    )
    note = WordsField(
        label="Note, if you like",
        label_size="s",
        help_text="For the rights desk, such as who asked and their case number. Officers see only the reason.",
        limit=NOTE_LIMIT,
        rows=3,
        required=False,
    )


class KeepForm(forms.Form):
    """How much longer, and why."""

    years = ChosenFrom(
        label="Keep it for how many more years?",
        label_size="s",
        choices=[
            ("", "Choose"),
            *((str(n), "1 year" if n == 1 else f"{n} years") for n in range(1, MOST_YEARS + 1)),
        ],
        error_messages={"required": "Choose how many years"},
    )
    why = OneOf(
        label="Why?", label_size="s", choices=KeepLonger.choices, error_messages={"required": "Choose why"}
    )

    def clean_years(self) -> int:
        return int(self.cleaned_data["years"])


class EraseForm(forms.Form):
    """Why, and the reference once more: it cannot be undone."""

    why = OneOf(
        label="Why is it erased?",
        label_size="s",
        choices=WhyErased.choices,
        error_messages={"required": "Choose why it is erased"},
    )
    typed = TextField(
        label="Type the reference to erase it",
        width=20,
        spellcheck=False,
        error_messages={"required": "Type the reference, so that nothing is erased by mistake"},
    )

    def __init__(self, data: Any = None, *, reference: str) -> None:
        super().__init__(data)
        self.reference = reference

    def clean_typed(self) -> str:
        if as_written(self.cleaned_data["typed"]) != self.reference:
            raise forms.ValidationError("This is not the reference of this record")
        return self.reference


def schedule_in_words() -> list[dict[str, str]]:
    """The schedule as the pages show it."""
    return [
        {
            "name": rule.name,
            "covers": rule.covers,
            "keeps": rule.in_words,
            "then": "The rights desk decides" if rule.then == "review" else "Erased",
            "source": rule.source,
        }
        for rule in schedule().rules.values()
    ]
