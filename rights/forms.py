"""What the rights desk is asked. Forms check; `rights.answering`, `rights.packs` and `rights.register` act."""

from datetime import date
from typing import Any

from django import forms

from casework.parts import PARTS
from casework.records_forms import LookUpForm
from govuk.fields import ChosenFrom, DateParts, ManyOf, OneOf, TextField, WordsField
from reporting.reference import GROUP, as_written
from rights.models.disclosure import DisclosureBasis, ToWhom
from rights.models.request import AskedBy, HowChecked, Kind, Outcome
from rights.redacting import SHORTEST_NAME, WORDS, Cover, Passage, Why

LIMIT = 4_000
NOT_WHOLE = "no"
# Who may have everything of themselves asks about themselves; anything else is asked by somebody else.
OF_THE_PERSON = {AskedBy.PERSON, AskedBy.FOR_THEM}


class DatedForm(forms.Form):
    """A form with a day that is not in the future."""

    day = ""

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={self.day: today})
        self.fields[self.day].today = today  # type: ignore[attr-defined]


class TakeUpForm(DatedForm):
    """What somebody asks."""

    day = "received_on"

    kind = OneOf(
        label="What do they ask for?",
        label_size="s",
        choices=Kind.choices,
        error_messages={"required": "Choose what they ask for"},
    )
    asked_by = OneOf(
        label="Who asks?",
        label_size="s",
        choices=AskedBy.choices,
        error_messages={"required": "Choose who asks"},
    )
    who = WordsField(
        label="Their name, and how to answer them",
        label_size="s",
        help_text="Sealed, and seen by the rights desk alone.",
        limit=LIMIT,
        rows=3,
        error_messages={"required": "Write who asks, and how to answer them"},
    )
    words = WordsField(
        label="What they ask, in their words",
        label_size="s",
        limit=LIMIT,
        rows=4,
        error_messages={"required": "Write what they ask"},
    )
    received_on = DateParts(
        label="When did it come in?",
        label_size="s",
        past=True,
        error_messages={"required": "Enter the day on which it came in"},
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        by_them = cleaned.get("asked_by") in OF_THE_PERSON
        if (
            cleaned.get("kind")
            and cleaned.get("asked_by")
            and by_them == (cleaned["kind"] == Kind.DISCLOSURE)
        ):
            self.add_error("asked_by", "Who asks does not fit what they ask for")
        return cleaned


class CheckForm(DatedForm):
    """How we know that it is them."""

    day = "checked_on"

    how = OneOf(
        label="How do you know that it is them?",
        label_size="s",
        choices=[each for each in HowChecked.choices if each[0]],
        error_messages={"required": "Choose how you know"},
    )
    checked_on = DateParts(
        label="When was it known?",
        label_size="s",
        past=True,
        error_messages={"required": "Enter the day on which it was known"},
    )


class LongerForm(forms.Form):
    """Why it takes longer."""

    why = WordsField(
        label="Why does it take longer?",
        label_size="s",
        help_text="Tell the person so too, before the first month is over.",
        limit=LIMIT,
        rows=4,
        error_messages={"required": "Write why it takes longer"},
    )


class AddReportForm(LookUpForm):
    """Which report it is about."""


class AnswerForm(forms.Form):
    """How it was answered."""

    outcome = OneOf(
        label="How was it answered?",
        label_size="s",
        choices=Outcome.choices,
        error_messages={"required": "Choose how it was answered"},
    )
    words = WordsField(
        label="What they were told",
        label_size="s",
        help_text="With the reason, where it was not done in full.",
        limit=LIMIT,
        rows=6,
        error_messages={"required": "Write what they were told"},
    )


class CoverForm(forms.Form):
    """What is covered in one passage."""

    keep = ManyOf(
        label="Covered now",
        label_size="s",
        help_text="Take the tick away from what may be read.",
        required=False,
    )
    more = WordsField(
        label="Cover these words as well",
        label_size="s",
        help_text="One name or phrase a line, exactly as it stands above.",
        limit=LIMIT,
        rows=3,
        required=False,
    )
    why = OneOf(
        label="Why are they covered?",
        label_size="s",
        choices=[(why.value, words.capitalize()) for why, words in WORDS.items()],
        required=False,
    )
    whole = OneOf(
        label="The whole passage",
        label_size="s",
        choices=[(NOT_WHOLE, "Only the words above")]
        + [(why.value, f"Covered: {words}") for why, words in WORDS.items()],
        required=False,
    )

    def __init__(self, data: Any = None, *, passage: Passage, cover: Cover) -> None:
        super().__init__(data, initial={"keep": list(cover.words), "whole": cover.whole or NOT_WHOLE})
        self.passage, self.cover = passage, cover
        shown: Any = self.fields["keep"]
        shown.choices = [(word, f"{word}: {WORDS[why]}") for word, why in cover.words.items()]
        shown.varies = True
        if not cover.words:
            del self.fields["keep"]

    def clean_more(self) -> list[str]:
        """Each must stand in the passage, or nothing would be covered and nobody notice."""
        wanted = [" ".join(line.split()) for line in self.cleaned_data["more"].splitlines() if line.strip()]
        there = " ".join(self.passage.text.split()).casefold()
        for words in wanted:
            if len(words) < SHORTEST_NAME or words.casefold() not in there:
                raise forms.ValidationError(
                    "Something here does not stand in the passage. Copy it as it stands there"
                )
        return wanted

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if cleaned.get("more") and not cleaned.get("why"):
            self.add_error("why", "Choose why these words are covered")
        return cleaned

    def chosen(self) -> Cover:
        """What is covered from now on."""
        words = {
            word: why for word, why in self.cover.words.items() if word in self.cleaned_data.get("keep", [])
        }
        words |= {word: Why(self.cleaned_data["why"]) for word in self.cleaned_data["more"]}
        whole = self.cleaned_data["whole"]
        return Cover(words, Why(whole) if whole in set(Why) else None)


class DiscloseForm(DatedForm):
    """One entry of the register."""

    day = "told_on"

    to_whom = OneOf(
        label="To whom?",
        label_size="s",
        choices=ToWhom.choices,
        error_messages={"required": "Choose to whom"},
    )
    recipient = TextField(
        label="Their name, office and reference",
        label_size="s",
        help_text="Sealed. It does not go into the spreadsheet.",
        max_length=300,
        error_messages={"required": "Enter who got it"},
    )
    reference = TextField(
        label="Which report was it about?",
        label_size="s",
        help_text="Such as LLR-7KQ4-M2XD. Leave it empty where it was about no one report.",
        width=20,
        spellcheck=False,
        required=False,
    )
    parts = ManyOf(
        label="What was told?",
        label_size="s",
        help_text="Tick nothing where it was figures or records without personal data.",
        choices=[(part.code, part.name) for part in PARTS],
        required=False,
    )
    basis = OneOf(
        label="On what basis?",
        label_size="s",
        choices=DisclosureBasis.choices,
        error_messages={"required": "Choose the basis"},
    )
    reason = WordsField(
        label="Why was it decided so?",
        label_size="s",
        help_text="Sealed.",
        limit=LIMIT,
        rows=4,
        error_messages={"required": "Write why it was decided so"},
    )
    told_on = DateParts(
        label="When was it told?",
        label_size="s",
        past=True,
        error_messages={"required": "Enter the day on which it was told"},
    )

    def clean_reference(self) -> str:
        typed = self.cleaned_data["reference"]
        reference = as_written(typed) if typed else ""
        if typed and any(len(group) != GROUP for group in reference.split("-")[-2:]):
            raise forms.ValidationError("Enter the whole reference, such as LLR-7KQ4-M2XD")
        return reference

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if cleaned.get("parts") and not cleaned.get("reference") and "reference" not in self.errors:
            self.add_error("reference", "Enter the report that this was about")
        return cleaned


class RegisterFilter(forms.Form):
    """Which entries to show."""

    to_whom = ChosenFrom(label="To whom", required=False, choices=[("", "Anybody"), *ToWhom.choices])
    basis = ChosenFrom(label="Basis", required=False, choices=[("", "Any"), *DisclosureBasis.choices])
    year = ChosenFrom(label="Year", required=False)

    def __init__(self, data: Any = None, *, years: list[int]) -> None:
        super().__init__(data)
        shown: Any = self.fields["year"]
        shown.choices = [("", "All"), *((str(year), str(year)) for year in years)]

    def chosen(self) -> dict[str, str]:
        """The filters that mean something; what an old bookmark got wrong is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
