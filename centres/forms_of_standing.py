"""What is asked when somebody checks a centre, suspends it or closes it."""

from datetime import date
from typing import Any

from django import forms

from centres.closing import WhyClosed
from centres.models import How
from centres.standing import WhySuspended
from govuk.fields import DateParts, OneOf

# What an overseer does; the centre's own word is its own button.
CHECKED = [(How.CALL.value, "I called them"), (How.VISIT.value, "I went there")]


class CheckForm(forms.Form):
    """A call or a visit."""

    how = OneOf(
        label="How did you check?",
        label_size="s",
        choices=CHECKED,
        error_messages={"required": "Choose how you checked"},
    )
    on = DateParts(
        label="On which day?", past=True, error_messages={"required": "Enter the day of the call or visit"}
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})
        on: Any = self.fields["on"]
        on.today = today


class SuspendForm(forms.Form):
    """Why the public is not sent there for the time being."""

    reason = OneOf(
        label="Why is it suspended?",
        label_size="s",
        choices=WhySuspended.choices,
        error_messages={"required": "Choose why it is suspended"},
    )


class CloseForm(forms.Form):
    """Why it closes for good."""

    reason = OneOf(
        label="Why does it close?",
        label_size="s",
        choices=WhyClosed.choices,
        error_messages={"required": "Choose why it closes"},
    )
