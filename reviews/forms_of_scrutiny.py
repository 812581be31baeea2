"""What is asked where a panel looks at closed cases."""

from datetime import date
from typing import Any

from django import forms

from casework.forms import offer
from govuk.fields import ChosenFrom, DateParts, OneOf, WordsField
from partners.scrutiny import answers, most_cases, questions

LONGEST = 4_000


class DrawForm(forms.Form):
    """From which days, and how many."""

    closed_from = DateParts(label="Closed from", label_size="s", past=True)
    closed_until = DateParts(label="Closed until", label_size="s", past=True)
    how_many = ChosenFrom(label="How many cases?", label_size="s")

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"how_many": str(most_cases()), "closed_until": today})
        for name in ("closed_from", "closed_until"):
            field: Any = self.fields[name]
            field.today = today
        offer(self, "how_many", [(str(number), str(number)) for number in range(1, most_cases() + 1)])

    def clean(self) -> dict[str, Any]:
        """The first day comes before the last."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("closed_from"), cleaned.get("closed_until")
        if first and last and first > last:
            self.add_error("closed_until", "The last day must not be before the first")
        return cleaned


class RetellForm(forms.Form):
    """One case, without anybody's details."""

    summary = WordsField(
        label="What happened, and what was done",
        label_size="s",
        help_text="Write no names, streets, schools, firms or dates. Say “the person”, “a neighbour”, “an officer”. "
        "Say what was done well and what was not.",
        limit=LONGEST,
        rows=14,
        error_messages={"required": "Write what happened and what was done"},
    )


class PanelForm(forms.Form):
    """The fixed questions, and two in words."""

    done_well = WordsField(label="What was done well?", label_size="s", limit=LONGEST, rows=4, required=False)
    to_change = WordsField(
        label="What should be done otherwise next time?",
        label_size="s",
        limit=LONGEST,
        rows=4,
        required=False,
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        asked = {}
        for question in questions():
            asked[question.code] = OneOf(
                label=question.words,
                label_size="s",
                error_messages={"required": f"Choose an answer: {question.words}"},
            )
        self.fields = asked | self.fields
        for question in questions():
            offer(self, question.code, [(answer.code, answer.words) for answer in answers()])

    def marks(self) -> dict[str, str]:
        """What was chosen, by question."""
        return {question.code: self.cleaned_data[question.code] for question in questions()}
