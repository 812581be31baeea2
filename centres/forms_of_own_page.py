"""What is asked on a centre's own pages."""

from collections.abc import Sequence
from typing import Any

from django import forms

from govuk.fields import ChosenFrom
from partners.models import User


class NameChampionForm(forms.Form):
    """Who of the centre's people is a champion from now on."""

    person = ChosenFrom(
        choices=[],
        label="Who is a champion from now on?",
        label_size="s",
        help_text="Somebody who works here and whom colleagues can ask.",
        error_messages={
            "required": "Choose who is a champion",
            "invalid_choice": "Choose somebody who works here",
        },
    )

    def __init__(self, data: Any = None, *, people: Sequence[User]) -> None:
        super().__init__(data)
        self._people = {str(person.pk): person for person in people}
        chosen: Any = self.fields["person"]
        chosen.choices = [("", "Choose a person"), *((key, each.name) for key, each in self._people.items())]

    def clean_person(self) -> User:
        return self._people[self.cleaned_data["person"]]
