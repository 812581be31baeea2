"""The form on which one organisation tells how one of its actions goes; a page carries many of them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict

from actionplans.models import Action, Confidence, Contribution, ProgressUpdate
from actionplans.models.measure import Holder
from govuk.fields import Agreed, OneOf, WordsField
from govuk.widgets import GovukText

MOST_WORDS = 1000
PREFIX = "a"


class UpdateForm(forms.Form):
    """What changed on one action since the update that the person saw (`seen`); untouched, it says nothing.

    Every error names the action, because the page's summary lists those of all actions together.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
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

    def __init__(
        self,
        action: Action,
        seen: ProgressUpdate | None,
        figures: Mapping[Holder, Contribution | None],
        data: QueryDict | None = None,
    ) -> None:
        self.action, self.holders = action, list(figures)
        initial = {
            "seen": seen.pk if seen else None,
            "percent": seen.percent_done if seen else 0,
            "next_step": seen.next_step if seen else "",
            "risk": seen.risk if seen else "",
            "confidence": seen.confidence if seen else Confidence.MEDIUM,
        }
        super().__init__(data, prefix=f"{PREFIX}-{action.pk}", initial=initial)
        for name in ("what_changed", "next_step", "risk"):
            label = str(self.fields[name].label).lower()
            self.fields[name].validators.append(
                MaxLengthValidator(MOST_WORDS, self._say(f"{label}: use {MOST_WORDS:,} characters or fewer"))
            )
        wrong = self._say("how much is done must be a whole number from 0 to 100")
        self.fields["percent"].error_messages["invalid"] = wrong
        for holder, last in figures.items():
            self.fields[self.figure_name(holder)] = self._figure_field(holder, last)

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
    def is_wrong_below(self) -> bool:
        """Whether something is wrong in the part of the form that is closed at first."""
        return self.is_bound and bool({"next_step", "risk", "confidence"} & self.errors.keys())

    def clean_percent(self) -> int:
        """Nothing typed is what it was before."""
        percent = self.cleaned_data["percent"]
        if percent is None:
            raise forms.ValidationError(self._say("enter how much is done, from 0 to 100"))
        if not 0 <= percent <= 100:
            raise forms.ValidationError(str(self.fields["percent"].error_messages["invalid"]))
        return percent

    def clean(self) -> dict[str, Any]:
        """“No change” stands alone; everything else needs its sentence."""
        cleaned = super().clean() or {}
        told = (
            set(self.changed_data) - {"seen", "no_change"} - {self.figure_name(each) for each in self.holders}
        )
        if cleaned.get("no_change") and told:
            self.add_error("no_change", self._say("untick “No change”, or take back what you changed"))
        elif told and not cleaned.get("what_changed") and "what_changed" not in self.errors:
            self.add_error("what_changed", self._say("say in a sentence or two what changed"))
        return cleaned

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
