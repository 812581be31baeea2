"""What an officer is asked before a pack is made for another organisation."""

from typing import Any

from casework.forms import ActForm, offer
from casework.models import Case, PackPurpose
from casework.packs import recipients
from casework.parts import in_words
from govuk.fields import Agreed, OneOf
from partners.models import Organisation, User


class PackForm(ActForm):
    """For whom, and why."""

    organisation = OneOf(
        label="Who is it for?",
        label_size="s",
        help_text="The pack holds what is shared with them now, and nothing else.",
        error_messages={"required": "Choose who it is for"},
    )
    purpose = OneOf(
        label="What is it made for?",
        label_size="s",
        help_text="It stands on every page.",
        choices=[choice for choice in PackPurpose.choices if choice[0] != PackPurpose.POLICE],
        error_messages={"required": "Choose what it is made for"},
    )
    without_words = Agreed(
        label="Leave out their own words, because they name somebody else",
        required=False,
    )

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        found = recipients(case)
        offer(
            self,
            "organisation",
            [(str(each.pk), each.name) for each, _ in found],
            hints={str(each.pk): in_words(parts) for each, parts in found},
        )
        self.has_choices = bool(found)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("organisation"):
            cleaned["chosen"] = Organisation.objects.get(pk=cleaned["organisation"])
        return cleaned
