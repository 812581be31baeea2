"""What is asked of somebody who looks for a place near them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from centres.finder import Wanted
from govuk.fields import ChosenFrom, ManyOf, TextField
from partners.models import District
from partners.postcodes import OUTSIDE, area_of

STEP_FREE, PRIVATE_ROOM = "step_free", "private_room"


class FindForm(forms.Form):
    """Where, and what the place must have; all of it may be left out. It is sent, so that no address keeps it."""

    postcode = TextField(
        label=_("Postcode, if you know it"),
        help_text=_("We find the area for you. If you only want to give the area, choose it below."),
        required=False,
        width=10,
        max_length=20,
        error_messages={
            "max_length": _("We do not know this postcode. Check it, or choose the area below"),
        },
    )
    area = ChosenFrom(label=_("Area"), required=False)
    needs = ManyOf(
        label=_("What do you need?"),
        label_size="s",
        required=False,
        small=True,
        choices=[
            (STEP_FREE, _("You can come in without steps.")),
            (PRIVATE_ROOM, _("You can talk in a private room.")),
        ],
    )
    language = ChosenFrom(label=_("Languages spoken"), required=False)

    def __init__(self, data: Any, *, districts: Sequence[District], languages: Sequence[str]) -> None:
        super().__init__(data)
        area, language = self.fields["area"], self.fields["language"]
        assert isinstance(area, ChosenFrom)
        assert isinstance(language, ChosenFrom)
        area.choices = [("", _("All areas")), *((each.code, each.name) for each in districts)]
        language.choices = [("", _("Any language")), *((name, name) for name in languages)]
        # Its choices are what the places say of themselves today: nothing of it is kept.
        language.varies = True
        self.is_outside = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = cleaned.get("postcode", "")
        found = area_of(typed) if typed else None
        if found == OUTSIDE:
            self.is_outside = True
        elif found:
            cleaned["area"] = found
        elif typed and not cleaned.get("area"):
            self.add_error("postcode", self.fields["postcode"].error_messages["max_length"])
        return cleaned

    def wanted(self) -> Wanted:
        """What they look for; outside our area there is nothing near, so that all areas are."""
        said = self.cleaned_data
        return Wanted(
            area="" if self.is_outside else said["area"],
            language=said["language"],
            step_free=STEP_FREE in said["needs"],
            private_room=PRIVATE_ROOM in said["needs"],
        )
