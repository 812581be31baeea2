"""What an officer is asked when a case ends."""

from typing import Any

from casework.ending import needs_the_police
from casework.forms import NOTE_LIMIT, TOLD_LIMIT, ActForm, offer
from casework.forms_of_messages import no_blank_left
from casework.models import Case
from govuk.fields import OneOf, WordsField
from partners.dispositions import outcomes, support_ends
from partners.models import User


class SupportForm(ActForm):
    """How support ended for the person."""

    support = OneOf(
        label="How did support end for them?",
        label_size="s",
        error_messages={"required": "Choose how support ended for them"},
    )
    note = WordsField(
        label="Note for officers",
        label_size="s",
        help_text="Who supported them, and what is left to do. The person does not see it.",
        limit=NOTE_LIMIT,
        rows=3,
        required=False,
    )

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        ends = support_ends()
        offer(
            self,
            "support",
            [(end.code, end.name) for end in ends],
            hints={end.code: end.help for end in ends},
        )
        self.initial["support"] = case.support


class CloseForm(ActForm):
    """How it ended, and what the reporter is told of it."""

    outcome = OneOf(
        label="How did it end?", label_size="s", error_messages={"required": "Choose how it ended"}
    )
    text = WordsField(
        label="Tell the reporter what was done",
        label_size="s",
        help_text="It shows on their page, under “We have finished”.",
        limit=TOLD_LIMIT,
        rows=6,
        error_messages={"required": "Write what the reporter is told"},
        validators=[no_blank_left],
    )
    why_no_police_outcome = WordsField(
        label="Why is there no answer from the police?",
        label_size="s",
        help_text="It is recorded as a crime. Say when you asked them, and what they said.",
        limit=NOTE_LIMIT,
        rows=3,
        error_messages={"required": "Write why there is no answer from the police"},
    )
    note = WordsField(label="Note for officers", label_size="s", limit=NOTE_LIMIT, rows=3, required=False)

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        offer(
            self,
            "outcome",
            [(outcome.code, outcome.name) for outcome in outcomes()],
            hints={outcome.code: f"To the person: “{outcome.public}”" for outcome in outcomes()},
        )
        if not needs_the_police(case):
            del self.fields["why_no_police_outcome"]

    def clean(self) -> dict[str, Any] | None:
        """A closure that says it was not hate is kept with its reason."""
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == "not_hate_after_review" and not cleaned.get("note"):
            self.add_error("note", "Write why it was not hate after review")
        return cleaned
