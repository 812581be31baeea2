"""Writing down to whom it happened."""

from typing import Any

from django import forms

from casework.forms import ActForm
from casework.matching import Details, number
from casework.models import Case, NobodyWrittenDown
from govuk.fields import DateParts, TextField, YesNo
from partners.models import User
from partners.postcodes import parts_of

# What the person may have told us already, so that nobody types it twice: the field, and where it was told.
TOLD = {"given": ("Q26_name",), "phone": ("Q26_phone", "Q26_mobile"), "email": ("Q26_email",)}


class PersonForm(ActForm):
    """Name, day of birth, and how they are reached; each may be left out, but not all."""

    given = TextField(label="First name", max_length=80, required=False, width=20)
    family = TextField(label="Last name", max_length=80, required=False, width=20)
    born = DateParts(label="Date of birth", required=False, past=True)
    postcode = TextField(label="Home postcode", max_length=10, required=False, width=10)
    phone = TextField(label="Telephone", max_length=30, required=False, width=20)
    email = TextField(label="E-mail", max_length=200, required=False)

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        self.initial = {**self.initial, **_known(case)}

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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in PERSON):
            raise forms.ValidationError("Write down at least one thing that you know of the person")
        if not self.errors:
            cleaned["details"] = Details(**{name: cleaned[name] for name in PERSON})
        return cleaned


class CompareForm(forms.Form):
    """Whether two people who were written down are one."""

    is_same = YesNo(
        label="Are they the same person?",
        label_size="m",
        choices=[("yes", "Yes, the same person"), ("no", "No, two people")],
        error_messages={"required": "Choose whether they are the same person"},
    )


PERSON = ("given", "family", "born", "postcode", "phone", "email")


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
