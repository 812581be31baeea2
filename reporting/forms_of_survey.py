"""The survey as a form: the same questions whoever types the answers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from govuk.fields import OneOf
from reporting.forms import KeepableWords
from reporting.survey import CHANGE, IN_WORDS, LONGEST, QUESTIONS


class SurveyForm(forms.Form):
    """How did we do? Nothing of it is needed."""

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="%s", label_suffix="")
        for each in QUESTIONS:
            self.fields[each.id] = OneOf(
                label=each.words, choices=each.choices, required=False, inline=False, label_size="s"
            )
        self.fields[IN_WORDS] = KeepableWords(
            label=CHANGE,
            label_size="m",
            help_text=_("Do not write names here."),
            limit=LONGEST,
            rows=6,
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """Says so when nothing was answered."""
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise ValidationError(_("Answer at least one question"), code="missing")
        return cleaned


def marks_of(form: SurveyForm) -> dict[str, str]:
    """What was chosen, by question; what was left out is not there."""
    return {each.id: form.cleaned_data[each.id] for each in QUESTIONS if form.cleaned_data[each.id]}
