"""Writing down to whom it happened."""

from typing import Any

from django import forms
from django.utils import timezone

from casework.finding import can_be_searched
from casework.forms import ActForm
from casework.matching import Details, number
from casework.models import Case, NobodyWrittenDown
from govuk.fields import DateParts, TextField, YesNo
from partners.models import User
from partners.postcodes import parts_of

PERSON = ("given", "family", "born", "house", "postcode", "phone", "email")
# What the person may have told us already, so that nobody types it twice: the field, and where it was told.
TOLD = {"given": ("Q26_name",), "phone": ("Q26_phone", "Q26_mobile"), "email": ("Q26_email",)}


class PersonFields(forms.Form):
    """Name, day of birth, and how they are reached; each may be left out."""

    given = TextField(label="First name", max_length=80, required=False, width=20)
    family = TextField(label="Last name", max_length=80, required=False, width=20)
    born = DateParts(label="Date of birth", required=False, past=True)
    postcode = TextField(label="Home postcode", max_length=10, required=False, width=10)
    phone = TextField(label="Telephone", max_length=30, required=False, width=20)
    email = TextField(label="E-mail", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        born: Any = self.fields["born"]
        born.today = timezone.localdate()

    def clean_postcode(self) -> str:
        typed = self.cleaned_data["postcode"]
        if typed and parts_of(typed) is None:
            raise forms.ValidationError("Enter a whole UK postcode, such as LE1 1AB")
        return typed

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        if typed and not number(typed):
            raise forms.ValidationError("Enter a telephone number with its area code")
        return typed

    def typed(self) -> Details:
        """What was typed, where it is well formed."""
        known = {name: self.cleaned_data[name] for name in PERSON if self.cleaned_data.get(name)}
        return Details(**known)


class PersonForm(PersonFields, ActForm):
    """To whom it happened: at least one thing that is known of them."""

    house = TextField(
        label="House number or name",
        help_text="With the postcode, the portal can tell whether it happened to this household before.",
        max_length=60,
        required=False,
        width=10,
    )
    field_order = ("seen", *PERSON)

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        self.initial = {**self.initial, **_known(case)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            cleaned["details"] = self.typed()
            if cleaned["details"] == Details():
                raise forms.ValidationError("Write down at least one thing that you know of the person")
        return cleaned


class FindForm(PersonFields):
    """What somebody who rings up says: their reference, or enough about themselves."""

    reference = TextField(
        label="Reference", help_text="Such as LLR-7KQ4-M2XD", max_length=30, required=False, width=20
    )
    police_number = TextField(
        label="Crime or occurrence number",
        help_text="As the police gave it, where somebody wrote it down on the case",
        max_length=60,
        required=False,
        width=20,
    )
    field_order = ("reference", "police_number", *PERSON)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        known = cleaned.get("reference") or cleaned.get("police_number")
        if not self.errors and not known and not can_be_searched(self.typed()):
            raise forms.ValidationError(
                "Enter the reference; or a name with the date of birth or home postcode; or an e-mail address; or a "
                "telephone number with the first name; or a crime number"
            )
        return cleaned


class CompareForm(forms.Form):
    """Whether two people who were written down are one."""

    is_same = YesNo(
        label="Are they the same person?",
        label_size="m",
        choices=[("yes", "Yes, the same person"), ("no", "No, two people")],
        error_messages={"required": "Choose whether they are the same person"},
    )


def _known(case: Case) -> dict[str, Any]:
    try:
        written = case.person.read()
    except NobodyWrittenDown:
        return _told(case)
    return {name: getattr(written, name) for name in PERSON}


def _told(case: Case) -> dict[str, Any]:
    first = next((report for report in case.reports if report.erased_at is None), None)
    told = first.contact_details() if first else {}
    found = {name: next((told[key] for key in keys if told.get(key)), "") for name, keys in TOLD.items()}
    found["given"], _, found["family"] = str(found["given"]).strip().rpartition(" ")
    if not found["given"]:
        found["given"], found["family"] = found["family"], ""
    return found
