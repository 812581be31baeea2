"""What an officer is asked about a message to the reporter, and the messages they may begin with."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casework.forms import TOLD_LIMIT, ActForm, chosen, offer
from casework.models import Case
from govuk.fields import ChosenFrom, OneOf, WordsField
from partners.message_templates import MessageTemplate, blanks_in, message_templates
from partners.models import User
from partners.wording import statuses

# Set by the portal or by the person themselves, never by an officer.
NOT_FOR_OFFICERS = {"received", "withdrawn"}


class TemplateForm(forms.Form):
    """With which message to begin."""

    template = ChosenFrom(
        label="Begin with a message",
        help_text="It takes the place of what is in the box below.",
        required=False,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        known = message_templates().values()
        offer(self, "template", [("", "Choose a message"), *((each.code, each.title) for each in known)])

    def chosen(self) -> MessageTemplate | None:
        """The message, or None where none was chosen."""
        return message_templates().get(chosen(self).get("template", ""))


def no_blank_left(text: str) -> None:
    """Refuses a message in which something is still to be filled in, and says what."""
    if left := blanks_in(text):
        raise ValidationError(f"Fill in or take out {', '.join(left)}")


class TellForm(ActForm):
    """What the reporter will read."""

    status = OneOf(
        label="What will their page say?",
        label_size="s",
        error_messages={"required": "Choose what their page will say"},
    )
    text = WordsField(
        label="Your message",
        label_size="s",
        help_text="Plain words. Say what was done, what comes next and by when. Do not name the person who did it.",
        limit=TOLD_LIMIT,
        error_messages={"required": "Write your message"},
        validators=[no_blank_left],
    )

    def __init__(
        self, data: Any = None, *, case: Case, user: User, template: MessageTemplate | None = None
    ) -> None:
        super().__init__(data, case=case, user=user)
        if template:
            self.initial.update(status=template.status, text=template.text)
        said = [status for status in statuses().values() if status.code not in NOT_FOR_OFFICERS]
        offer(
            self,
            "status",
            [(status.code, status.title) for status in said],
            hints={status.code: f"{status.text} {status.next}" for status in said},
        )
