"""The form on which one organisation tells how one of its actions goes; a page carries many of them."""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator, URLValidator
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from actionplans.evidence import FileRefused, Kept
from actionplans.models import Action, Confidence, Contribution, ProgressUpdate
from actionplans.models.measure import Holder
from files.models import media_type_of
from govuk.fields import Agreed, OneOf, WordsField
from govuk.widgets import GovukText

MOST_WORDS = 1000
LONGEST_LINK = 500
PREFIX = "a"
WORDS = ("what_changed", "next_step", "risk")
# What only the page itself needs: the update that stood on it, and a mark of what it was filled with.
OF_THE_PAGE = frozenset({"seen", "was"})
# What goes with an update and is not one alone.
BESIDE = frozenset({"evidence_file", "drop_file"})


class UpdateForm(forms.Form):
    """What changed on one action since the update that the person saw (`seen`); untouched, it says nothing.

    `said` is what they typed before and did not send (UpdateDraft.said). Every error names the action, because the
    page's summary lists those of all actions together.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    was = forms.CharField(widget=forms.HiddenInput, required=False)
    no_change = Agreed(label="No change", required=False)
    percent = forms.IntegerField(
        label="How much is done",
        required=False,
        widget=GovukText({"inputmode": "numeric"}, width=3, suffix="%"),
    )
    what_changed = WordsField(label="What changed", required=False, rows=2)
    next_step = WordsField(label="Next step", required=False, rows=2)
    risk = WordsField(label="Risk", required=False, rows=2)
    confidence = OneOf(
        label="How sure are you that it will be done in time?",
        choices=[("high", "Sure"), ("medium", "Fairly sure"), ("low", "Not sure")],
        inline=True,
        small=True,
        required=False,
    )
    evidence_link = forms.URLField(
        label="Link to something that shows it",
        required=False,
        max_length=LONGEST_LINK,
        assume_scheme="https",
        widget=GovukText({"inputmode": "url", "spellcheck": "false"}),
    )
    evidence_file = forms.FileField(
        label="Photo or PDF that shows it",
        required=False,
        help_text="Up to 10 MB. No faces, no names of victims.",
    )
    drop_file = Agreed(label="Take the file away", required=False)

    def __init__(
        self,
        action: Action,
        seen: ProgressUpdate | None,
        figures: Mapping[Holder, Contribution | None],
        data: QueryDict | None = None,
        *,
        files: MultiValueDict[str, UploadedFile] | None = None,
        said: Mapping[str, Any] | None = None,
    ) -> None:
        self.action, self.holders = action, list(figures)
        said = said or {}
        self.kept = Kept.of(said.get("file"))
        self._from_draft = set(said)
        initial = {
            "seen": seen.pk if seen else None,
            "percent": seen.percent_done if seen else 0,
            "next_step": seen.next_step if seen else "",
            "risk": seen.risk if seen else "",
            "confidence": seen.confidence if seen else Confidence.MEDIUM,
        }
        super().__init__(data, files, prefix=f"{PREFIX}-{action.pk}", initial=initial)
        for holder, last in figures.items():
            self.fields[self.figure_name(holder)] = self._figure_field(holder, last)
        self._name_the_action_in_errors()
        if data is None:
            self.initial.update({name: value for name, value in said.items() if name in self.fields})
            self.initial["was"] = self._mark(lambda name: _as_sent(self.initial.get(name)))

    @staticmethod
    def figure_name(holder: Holder) -> str:
        """The field of a holder's own figure."""
        return f"figure_{holder.code}"

    def figure_fields(self) -> list[forms.BoundField]:
        """The organisation's own cells of the measure."""
        return [self[self.figure_name(holder)] for holder in self.holders]

    def figures(self) -> dict[Holder, Decimal]:
        """The cells that were filled in."""
        typed = {holder: self.cleaned_data.get(self.figure_name(holder)) for holder in self.holders}
        return {holder: value for holder, value in typed.items() if value is not None}

    @property
    def was_touched(self) -> bool:
        """Whether it differs from what the page was filled with, so that this page decides what is kept of it."""
        was = self.data.get(self.add_prefix("was"), "")
        return bool(self.chosen_file) or was != self._mark(
            lambda name: self.data.get(self.add_prefix(name), "")
        )

    @property
    def says_something(self) -> bool:
        """Whether anything is told: something differs from the update that was seen, or a file waits to go with it."""
        return bool(set(self.changed_data) - OF_THE_PAGE - {"drop_file"}) or self.file_that_stays is not None

    @property
    def chosen_file(self) -> UploadedFile | None:
        """The file that came with this sending, good or not."""
        return self.files.get(self.add_prefix("evidence_file"))

    @property
    def file_that_stays(self) -> Kept | None:
        """The file of the draft, unless it is taken away."""
        return None if self.data.get(self.add_prefix("drop_file")) else self.kept

    def typed(self) -> dict[str, str]:
        """What differs from the update that was seen, as it was typed, right or wrong."""
        names = [name for name in self.changed_data if name not in OF_THE_PAGE | BESIDE]
        # What the database can't hold is left out; sending says so.
        return {name: self.data.get(self.add_prefix(name), "").replace("\0", "") for name in names}

    @property
    def is_open_below(self) -> bool:
        """Whether something is wrong or typed in the part of the form that is closed at first."""
        below = {"next_step", "risk", "confidence", "evidence_link", "evidence_file"}
        if self.kept:
            return True
        return bool(below & (self.errors.keys() if self.is_bound else self._from_draft))

    def clean_percent(self) -> int:
        """Nothing typed is what it was before."""
        percent = self.cleaned_data["percent"]
        if percent is None:
            raise forms.ValidationError(self._say("enter how much is done, from 0 to 100"))
        if not 0 <= percent <= 100:
            raise forms.ValidationError(str(self.fields["percent"].error_messages["invalid"]))
        return percent

    def clean_evidence_file(self) -> UploadedFile | None:
        """A photo or a PDF, by its first bytes."""
        file = self.cleaned_data["evidence_file"]
        if file:
            try:
                media_type_of(file.read())
            except FileRefused as refused:
                raise forms.ValidationError(self._say(f"{file.name}: {refused}")) from None
            file.seek(0)
        return file

    def clean(self) -> dict[str, Any]:
        """“No change” stands alone; everything else needs its sentence."""
        cleaned = super().clean() or {}
        told = set(self.changed_data) - OF_THE_PAGE - {"no_change", "drop_file"}
        told -= {self.figure_name(each) for each in self.holders}
        told |= {"evidence_file"} if self.file_that_stays else set()
        if cleaned.get("no_change") and told:
            self.add_error("no_change", self._say("untick “No change”, or take back what you changed"))
        elif told and not cleaned.get("what_changed") and "what_changed" not in self.errors:
            self.add_error("what_changed", self._say("say in a sentence or two what changed"))
        return cleaned

    def _mark(self, value_of: Callable[[str], str]) -> str:
        names = [name for name in self.fields if name not in OF_THE_PAGE | {"evidence_file"}]
        values = [[name, " ".join(value_of(name).split())] for name in names]
        return sha256(json.dumps(values).encode()).hexdigest()[:16]

    def _name_the_action_in_errors(self) -> None:
        for name in WORDS:
            label = str(self.fields[name].label).lower()
            self.fields[name].validators.append(
                MaxLengthValidator(MOST_WORDS, self._say(f"{label}: use {MOST_WORDS:,} characters or fewer"))
            )
        wrong = self._say("how much is done must be a whole number from 0 to 100")
        self.fields["percent"].error_messages["invalid"] = wrong
        link = self._say("the link must be a whole web address, such as https://www.example.org/page")
        self.fields["evidence_link"].error_messages["invalid"] = link
        self.fields["evidence_link"].validators = [
            URLValidator(schemes=["http", "https"], message=link),
            MaxLengthValidator(LONGEST_LINK, link),
        ]
        for problem in ("empty", "invalid", "missing"):
            self.fields["evidence_file"].error_messages[problem] = self._say(
                "the file is empty; choose another"
            )

    def _figure_field(self, holder: Holder, last: Contribution | None) -> forms.DecimalField:
        measure = self.action.measure
        most = 100 if measure.is_percentage else None
        field = forms.DecimalField(
            label=f"{holder}: {measure.unit}",
            help_text=f"{measure.words_for(last.value)} last time; empty is the same" if last else "",
            required=False,
            min_value=0,
            max_value=most,
            max_digits=10,
            decimal_places=2,
            widget=GovukText({"inputmode": "decimal"}, width=5),
        )
        wrong = self._say(
            "the figure must be a number from 0 to 100" if most else "the figure must be a number, 0 or more"
        )
        field.error_messages |= {"invalid": wrong, "max_digits": wrong, "max_decimal_places": wrong}
        for validator in field.validators:
            setattr(validator, "message", wrong)  # noqa: B010
        return field

    def _say(self, sentence: str) -> str:
        return f"{self.action.ref}: {sentence}"


def _as_sent(value: Any) -> str:
    """A field's first value as a browser would send it untouched."""
    if value is None or value is False:
        return ""
    return "on" if value is True else str(value)
