"""What an officer is asked about who is said to have done it."""

from typing import Any

from django import forms
from django.utils import timezone

from casework.comparing_suspects import Verdict
from casework.forms import NOTE_LIMIT, ActForm
from casework.matching import number
from casework.models.suspect import HowSure, WhyKept
from casework.suspects import WhyOpened
from govuk.fields import DateParts, OneOf, TextField, WordsField

NAME_LIMIT = 120
NOBODY = "Write at least their name, or what they look like"


class WhyOpenForm(forms.Form):
    """Why somebody opens it who does not work on the case."""

    why = OneOf(
        label="Why do you need to see it?",
        label_size="s",
        choices=WhyOpened.choices,
        error_messages={"required": "Choose why you need to see it"},
    )


class GroundForm(ActForm):
    """On what ground a person's data is kept."""

    why_kept = OneOf(
        label="Why may it be kept?",
        label_size="s",
        choices=WhyKept.choices,
        error_messages={
            "required": "Choose why it may be kept. Where neither is so, it must not be written down"
        },
    )


class SuspectForm(GroundForm):
    """What is known of them, how sure it is, and on what ground it is kept."""

    field_order = (
        *("name", "looks", "born", "relation", "address", "phone", "source"),
        *("how_sure", "why_kept", "seen"),
    )

    name = TextField(
        label="Name, if it is known",
        label_size="s",
        help_text="First name first. With a date of birth, a telephone number or a postcode, the portal can tell "
        "whether they may have been written down on another case.",
        max_length=NAME_LIMIT,
        required=False,
    )
    born = DateParts(label="Date of birth, if it is known", label_size="s", required=False, past=True)
    phone = TextField(label="Telephone", label_size="s", max_length=30, required=False, width=20)
    looks = WordsField(label="What they look like", label_size="s", limit=NOTE_LIMIT, rows=3, required=False)
    relation = TextField(
        label="How the person knows them",
        label_size="s",
        help_text="Such as a neighbour, or somebody from school",
        max_length=NAME_LIMIT,
        required=False,
    )
    address = TextField(
        label="Where they live or can be found",
        label_size="s",
        help_text="With the postcode, where it is a home",
        max_length=300,
        required=False,
    )
    source = WordsField(
        label="Who says so, and how they know",
        label_size="s",
        limit=NOTE_LIMIT,
        rows=3,
        error_messages={"required": "Write who says so, and how they know"},
    )
    how_sure = OneOf(
        label="What stands behind it?",
        label_size="s",
        choices=HowSure.choices,
        error_messages={"required": "Choose what stands behind it"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        born: Any = self.fields["born"]
        born.today = timezone.localdate()

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        if typed and not number(typed):
            raise forms.ValidationError("Enter a telephone number with its area code")
        return typed

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if not cleaned.get("name") and not cleaned.get("looks") and "name" not in self.errors:
            self.add_error("name", NOBODY)
        return cleaned


class KeepForm(GroundForm):
    """Why it stays, in words too."""

    note = WordsField(
        label="What shows it",
        label_size="s",
        help_text="For officers, on the timeline. Do not write their name here.",
        limit=NOTE_LIMIT,
        rows=3,
        error_messages={"required": "Write what shows it"},
    )


class CompareSuspectsForm(forms.Form):
    """Whether two records are of one person; what was said before can be taken back."""

    said = OneOf(
        label="Are they the same person?",
        label_size="m",
        choices=Verdict.choices,
        error_messages={"required": "Choose whether they are the same person"},
    )

    def __init__(self, data: Any = None, *, said_before: bool | None) -> None:
        super().__init__(data)
        question: Any = self.fields["said"]
        if said_before is None:
            question.choices = [each for each in Verdict.choices if each[0] != Verdict.TAKEN_BACK]
        else:
            self.initial = {"said": Verdict.SAME if said_before else Verdict.TWO}
