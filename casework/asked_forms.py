"""What is asked of who answers a person's wish."""

from typing import Any

from django import forms

from govuk.fields import OneOf, WordsField
from reporting.models import ReporterRequest

ANSWER_LIMIT = 2_000


class AnswerForm(forms.Form):
    """Yes, in part or no, and why; the person reads it as it is written."""

    outcome = OneOf(
        label="Your answer",
        choices=ReporterRequest.Outcome.choices,
        label_size="s",
        error_messages={"required": "Choose your answer"},
    )
    text = WordsField(
        label="Your reasons",
        label_size="s",
        help_text="Plain words. The person reads them on their page. Say what happens next.",
        limit=ANSWER_LIMIT,
        error_messages={"required": "Write your reasons"},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="%s", label_suffix="")
