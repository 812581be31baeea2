"""What a school or landlord is asked, and what is asked when a link is made."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.formats import date_format

from centres.models import GoingOn, HeardKind, PlaceKind, Source, Worry
from centres.models.heard_there import LONGEST_WORDS, monday_of
from centres.no_names import perhaps_naming, refused_in
from govuk.fields import Agreed, ChosenFrom, ManyOf, OneOf, TextField, WordsField
from partners.models import District
from reporting.strands import Strand

WEEKS_BACK = 9
NOT_SURE = "not_sure"


def weeks(today: date) -> list[tuple[str, str]]:
    """The Mondays of this week and of those before, and what each is called."""
    monday = monday_of(today)
    mondays = [monday - timedelta(weeks=back) for back in range(WEEKS_BACK)]
    called = ["This week", "Last week"]
    return [
        (day.isoformat(), f"{called[back] if back < len(called) else 'The week'} from {_said(day)}")
        for back, day in enumerate(mondays)
    ]


def _said(day: date) -> str:
    return date_format(day, "j F")


class TellForm(forms.Form):
    """One minute: no names, and a few words only if they help."""

    week = ChosenFrom(
        label="When was it?",
        choices=[],
        error_messages={"required": "Choose a week", "invalid_choice": "Choose a week"},
    )
    kinds = ManyOf(
        label="What was it?",
        help_text="Choose all that fit.",
        choices=HeardKind.choices,
        error_messages={"required": "Choose what it was"},
    )
    strands = ManyOf(
        label="What was it about?",
        help_text="Choose all that fit.",
        choices=[*Strand.choices, (NOT_SURE, "Not sure")],
        exclusive=NOT_SURE,
        error_messages={"required": "Choose what it was about, or “Not sure”"},
    )
    is_going_on = OneOf(
        label="Is it going on?",
        choices=GoingOn.choices,
        inline=True,
        error_messages={"required": "Say whether it is going on"},
    )
    source = OneOf(
        label="How do you know?",
        choices=Source.choices,
        error_messages={"required": "Say how you know"},
    )
    worry = OneOf(
        label="How worried are you?",
        choices=Worry.choices,
        error_messages={"required": "Say how worried you are"},
    )
    words = WordsField(
        label="A few words, if they help (optional)",
        help_text="Please no names, of anybody: nobody who was hurt, nobody who did it, no colleague.",
        required=False,
        limit=LONGEST_WORDS,
        rows=4,
    )
    sure = Agreed(label="These are not the names of people, or of their homes", required=False)
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, sent: Any = None, *, today: date) -> None:
        super().__init__(sent, initial={"once": uuid4()})
        self.fields["week"].choices = [("", "Choose a week"), *weeks(today)]  # type: ignore[attr-defined]
        self.perhaps: list[str] = []
        if not self._is_asked_to_be_sure():
            del self.fields["sure"]

    def _is_asked_to_be_sure(self) -> bool:
        return self.is_bound and bool(perhaps_naming(self.data.get("words", "")))

    def clean_week(self) -> date:
        return date.fromisoformat(self.cleaned_data["week"])

    def clean_worry(self) -> int:
        return int(self.cleaned_data["worry"])

    def clean_strands(self) -> list[str]:
        return [code for code in self.cleaned_data["strands"] if code != NOT_SURE]

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"].strip()
        if said := refused_in(words):
            raise forms.ValidationError(said)
        return words

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self.perhaps = perhaps_naming(said.get("words", ""))
        if self.perhaps and not said.get("sure"):
            self.add_error("words", _asks_to_be_sure(self.perhaps))
        return said

    def told(self) -> dict[str, Any]:
        """What is kept; `form` is the form's own key, by which sent twice it is once."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("sure", "once")}
        return {**said, "form": self.cleaned_data["once"]}


def _asks_to_be_sure(perhaps: list[str]) -> str:
    shown = " and ".join(f"“{each}”" for each in perhaps[:3])
    return f"{shown} could name a person. Please take names out, or tick the box below."


class LinkForm(forms.Form):
    """Which place gets a link, and whether it is sent there."""

    place = TextField(
        label="School, college or landlord",
        max_length=120,
        error_messages={"required": "Enter the name of the place"},
    )
    kind = OneOf(
        label="Kind",
        choices=PlaceKind.choices,
        error_messages={"required": "Choose what kind of place it is"},
    )
    area = ChosenFrom(
        label="Area",
        choices=[],
        error_messages={"required": "Choose an area", "invalid_choice": "Choose an area"},
    )
    sent_to = forms.EmailField(
        label="E-mail address (optional)",
        help_text="Of an office or a safeguarding lead. The link is sent there.",
        required=False,
        max_length=254,
        error_messages={"invalid": "Enter an e-mail address, such as office@school.example"},
    )

    def __init__(self, *sent: Any, **more: Any) -> None:
        super().__init__(*sent, **more)
        areas = [(each.code, each.name) for each in District.objects.all()]
        self.fields["area"].choices = [("", "Choose an area"), *areas]  # type: ignore[attr-defined]

    def clean_area(self) -> District:
        return District.objects.get(code=self.cleaned_data["area"])

    def wanted(self) -> dict[str, Any]:
        """What a link is made of."""
        said = dict(self.cleaned_data)
        return {
            "place": said["place"],
            "district": said["area"],
            "kind": said["kind"],
            "sent_to": said["sent_to"],
        }


class HeardFilters(forms.Form):
    """Which of what was heard is shown."""

    area = ChosenFrom(label="Area", choices=[], required=False)
    kind = ChosenFrom(label="What", choices=[("", "All"), *HeardKind.choices], required=False)
    week = ChosenFrom(label="Week", choices=[], required=False)

    def __init__(self, *sent: Any, today: date, **more: Any) -> None:
        super().__init__(*sent, **more)
        areas = [(each.code, each.name) for each in District.objects.all()]
        self.fields["area"].choices = [("", "All"), *areas]  # type: ignore[attr-defined]
        self.fields["week"].choices = [("", "All"), *weeks(today)]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        """The filters that mean something; what an old bookmark got wrong is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
