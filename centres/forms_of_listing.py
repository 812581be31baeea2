"""What is listed of a centre, as its manager changes it and as whoever looks after it does."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from govuk.fields import ChosenFrom, TextField, WordsField, YesNo
from partners.keeping_forms import OneLine
from partners.models import District, Organisation, OrganisationKind, ReportingCentre
from partners.postcodes import parts_of

YES, NO = "yes", "no"


def _line(label: str, missing: str = "", *, longest: int, hint: str = "") -> OneLine:
    return OneLine(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=longest,
        error_messages={"required": missing, "max_length": f"Use {longest} characters or fewer"},
    )


class OwnListingForm(forms.Form):
    """What a centre's own manager keeps true."""

    opening_hours = _line(
        "Opening hours",
        "Enter when people can come",
        longest=200,
        hint="For example, Monday to Friday 9am to 5pm.",
    )
    address = _line("Address", "Enter the address", longest=200)
    postcode = TextField(
        label="Postcode",
        required=False,
        width=10,
        max_length=12,
        error_messages={"max_length": "Enter a full postcode, such as LE1 1AA"},
    )
    phone = TextField(
        label="Phone",
        required=False,
        width=20,
        inputmode="tel",
        max_length=30,
        help_text="One number that people can dial.",
        error_messages={"max_length": "Use 30 characters or fewer"},
    )
    languages = _line(
        "Languages spoken",
        longest=200,
        hint="With commas between them, for example English, Gujarati, British Sign Language.",
    )
    is_step_free = YesNo(
        label="Can people come in without steps?",
        inline=True,
        label_size="s",
        error_messages={"required": "Choose whether people can come in without steps"},
    )
    has_private_room = YesNo(
        label="Is there a private room to talk in?",
        inline=True,
        label_size="s",
        error_messages={"required": "Choose whether there is a private room"},
    )

    def __init__(self, data: Any = None, *, centre: ReportingCentre | None = None) -> None:
        super().__init__(data, initial=self.standing_now(centre) if centre else None)

    def standing_now(self, centre: ReportingCentre) -> dict[str, Any]:
        """The listing as the form shows it."""
        plain = {name: getattr(centre, name) for name in self.base_fields if hasattr(centre, name)}
        return plain | {
            "is_step_free": YES if centre.is_step_free else NO,
            "has_private_room": YES if centre.has_private_room else NO,
        }

    def clean_postcode(self) -> str:
        typed = self.cleaned_data["postcode"]
        parts = parts_of(typed)
        if typed and parts is None:
            raise ValidationError("Enter a full postcode, such as LE1 1AA")
        return " ".join(parts) if parts else ""

    def clean_phone(self) -> str:
        phone = " ".join(self.cleaned_data["phone"].split())
        if phone and not (set(phone) <= set("+0123456789 ()-") and any(each.isdigit() for each in phone)):
            raise ValidationError("Enter one phone number, such as 0116 496 0000, and no other words")
        return phone

    def clean_languages(self) -> str:
        named = (each.strip() for each in self.cleaned_data["languages"].replace(";", ",").split(","))
        return ", ".join(dict.fromkeys(each for each in named if each))

    def values(self) -> dict[str, Any]:
        """What to set on the listing."""
        said = dict(self.cleaned_data)
        return said | {name: said[name] == YES for name in ("is_step_free", "has_private_room")}


class ListingForm(OwnListingForm):
    """The whole listing, a new one too."""

    name = _line("Name", "Enter the centre’s name", longest=60)
    kind = _line("Kind of place", longest=80, hint="For example, library or community centre.")
    about = WordsField(
        label="About it",
        help_text="One or two sentences that the public reads.",
        required=False,
        limit=500,
        rows=3,
    )
    district = ChosenFrom(label="Area", error_messages={"required": "Choose the area that it lies in"})
    looked_after_by = ChosenFrom(
        label="Looked after by",
        help_text="Whose centre leads hear of it, and take over what it leaves open.",
        error_messages={"required": "Choose who looks after it"},
    )
    email = forms.EmailField(
        label="Email",
        required=False,
        max_length=254,
        help_text="For the partnership. The public does not see it.",
        error_messages={"invalid": "Enter an email address, such as name@example.org"},
    )

    field_order = (
        "name", "kind", "about", "district", "looked_after_by", "address", "postcode", "phone", "email",
        "opening_hours", "languages", "is_step_free", "has_private_room",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, centre: ReportingCentre | None = None) -> None:
        super().__init__(data, centre=centre)
        self.districts = {each.code: each for each in District.objects.all()}
        self.councils = {each.code: each for each in _who_may_look_after()}
        self._offer("district", self.districts)
        self._offer("looked_after_by", self.councils)

    def _offer(self, name: str, found: dict[str, Any]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", "Choose one"), *((code, each.name) for code, each in found.items())]

    def standing_now(self, centre: ReportingCentre) -> dict[str, Any]:
        council = centre.looked_after_by
        return super().standing_now(centre) | {
            "name": centre.organisation.name,
            "district": centre.district.code,
            "looked_after_by": council.code if council else "",
        }

    def clean_about(self) -> str:
        return " ".join(self.cleaned_data["about"].split())

    def values(self) -> dict[str, Any]:
        said = super().values()
        return said | {
            "district": self.districts[said["district"]],
            "looked_after_by": self.councils[said["looked_after_by"]],
        }


def _who_may_look_after() -> Any:
    councils = (
        OrganisationKind.COUNTY_COUNCIL,
        OrganisationKind.DISTRICT_COUNCIL,
        OrganisationKind.UNITARY,
        OrganisationKind.OPCC,
    )
    return Organisation.objects.filter(retired_on=None, kind__in=councils)
