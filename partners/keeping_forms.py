"""What is asked on the pages where the partnership's lists are kept."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst, slugify

from govuk.fields import Agreed, ChosenFrom, DateParts, ManyOf, OneOf, TextField
from govuk.widgets import GovukText
from partners.bank_holidays import FIRST_YEAR, LAST_YEAR
from partners.keeping_standards import UNITS
from partners.models import (
    CommunitySafetyPartnership,
    District,
    Organisation,
    OrganisationKind,
    ReferenceVersion,
    SharingAgreement,
)
from partners.standards import Standard

KINDS = [(kind.value, capfirst(str(kind.label))) for kind in OrganisationKind]
KINDS_TO_ADD = [each for each in KINDS if each[0] != OrganisationKind.CENTRE]


class OneLine(TextField):
    """One line of words that the public or partners read: no markup, no double spaces."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if "<" in value or ">" in value:
            raise ValidationError(
                "Take out the signs < and >: the text is shown as it is typed", code="markup"
            )


def _name(label: str, missing: str, *, longest: int = 120, hint: str = "") -> OneLine:
    long = f"Use {longest} characters or fewer"
    return OneLine(
        label=label,
        help_text=hint,
        max_length=longest,
        error_messages={"required": missing, "max_length": long},
    )


class OrganisationForm(forms.Form):
    """One organisation."""

    name = _name("Name", "Enter the organisation's name")
    short_name = _name(
        "Short name",
        "Enter a short name",
        longest=60,
        hint="Shown in lists and beside actions, such as Charnwood.",
    )
    kind = OneOf(
        label="What kind of organisation is it?",
        help_text="Decides which permission to share covers it.",
        choices=KINDS_TO_ADD,
        small=True,
        error_messages={"required": "Choose what kind of organisation it is"},
    )
    is_one_of_eleven = Agreed(
        label="It is one of the partners who adopted the strategy together",
        help_text="These stand first in plans and reports.",
        required=False,
    )

    def __init__(self, data: Any, record: Organisation | None) -> None:
        asked = ("name", "short_name", "kind", "is_one_of_eleven")
        super().__init__(data, initial={name: getattr(record, name) for name in asked} if record else None)
        self.record = record
        if record and record.kind == OrganisationKind.CENTRE:
            del self.fields["kind"], self.fields["is_one_of_eleven"]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        others = Organisation.objects.filter(name__iexact=name)
        if others.exclude(pk=self.record.pk if self.record else 0).exists():
            raise ValidationError("Another organisation has this name. Enter a different one")
        return str(name)

    def values(self) -> dict[str, Any]:
        """What to set on the record."""
        return {name: self.cleaned_data[name] for name in self.fields}


class DistrictForm(forms.Form):
    """One area: what it is called, where it belongs, who reads its new reports."""

    name = _name("Name", "Enter the area's name", longest=60)
    csp = ChosenFrom(
        label="Community Safety Partnership",
        help_text="An area belongs to one. One may cover several areas.",
        error_messages={"required": "Choose its Community Safety Partnership"},
    )
    triage = ChosenFrom(
        label="Who reads new reports from here first",
        help_text="Reports that come in from now on go there. Those that came in before stay where they are.",
        error_messages={"required": "Choose who reads new reports from here first"},
    )
    population = forms.IntegerField(
        label="People who live there",
        help_text="Usual residents at the latest census. Rates for 10,000 people are worked out with it.",
        min_value=1_000,
        max_value=10_000_000,
        error_messages={
            "required": "Enter how many people live there",
            "invalid": "Enter how many people live there as a whole number, like 183970",
            "min_value": "The number of people must be 1,000 or more",
            "max_value": "The number of people must be 10,000,000 or fewer",
        },
    )

    def __init__(self, data: Any, record: District) -> None:
        initial = {
            "name": record.name,
            "csp": record.csp.code,
            "triage": record.triage_organisation.code,
            "population": record.population,
        }
        super().__init__(data, initial=initial)
        self.record = record
        self.csps = {each.code: each for each in CommunitySafetyPartnership.objects.all()}
        self.readers = {each.code: each for each in who_may_read_first()}
        csp, triage = self.fields["csp"], self.fields["triage"]
        assert isinstance(csp, ChosenFrom)
        assert isinstance(triage, ChosenFrom)
        csp.choices = [(code, each.name) for code, each in self.csps.items()]
        triage.choices = [(code, each.name) for code, each in self.readers.items()]
        self.fields["population"].widget.attrs |= {"inputmode": "numeric"}

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if District.objects.exclude(pk=self.record.pk).filter(name__iexact=name).exists():
            raise ValidationError("Another area has this name. Enter a different one")
        return str(name)

    def values(self) -> dict[str, Any]:
        """What to set on the record."""
        return {
            "name": self.cleaned_data["name"],
            "population": self.cleaned_data["population"],
            "csp": self.csps[self.cleaned_data["csp"]],
            "triage_organisation": self.readers[self.cleaned_data["triage"]],
        }


def who_may_read_first() -> Any:
    """The organisations that new reports may be given to."""
    return Organisation.objects.filter(retired_on=None).exclude(kind=OrganisationKind.CENTRE)


class FallbackForm(forms.Form):
    """Who reads first what no area can be named for."""

    organisation = ChosenFrom(
        label="Who reads first the reports that name no area",
        help_text="For example reports of something online, or from outside.",
        error_messages={"required": "Choose who reads these reports first"},
    )

    def __init__(self, data: Any = None) -> None:
        self.readers = {each.code: each for each in who_may_read_first()}
        today = next((code for code, each in self.readers.items() if each.is_fallback_triage), "")
        super().__init__(data, initial={"organisation": today})
        field = self.fields["organisation"]
        assert isinstance(field, ChosenFrom)
        field.choices = [(code, each.name) for code, each in self.readers.items()]

    def clean_organisation(self) -> Organisation:
        return self.readers[self.cleaned_data["organisation"]]


class PartnershipForm(forms.Form):
    """One community safety partnership."""

    name = _name("Name", "Enter the name of the Community Safety Partnership")

    def __init__(self, data: Any, record: CommunitySafetyPartnership | None) -> None:
        super().__init__(data, initial={"name": record.name} if record else None)
        self.record = record

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        others = CommunitySafetyPartnership.objects.filter(name__iexact=name)
        if others.exclude(pk=self.record.pk if self.record else 0).exists():
            raise ValidationError("Another Community Safety Partnership has this name. Enter a different one")
        return str(name)

    def values(self) -> dict[str, Any]:
        """What to set on the record."""
        return {"name": self.cleaned_data["name"]}


class MergeForm(forms.Form):
    """Which community safety partnership takes the areas of another."""

    into = ChosenFrom(
        label="Which one takes its areas?",
        error_messages={"required": "Choose the Community Safety Partnership that takes its areas"},
    )

    def __init__(self, data: Any, record: CommunitySafetyPartnership) -> None:
        super().__init__(data)
        self.others = {each.code: each for each in CommunitySafetyPartnership.objects.exclude(pk=record.pk)}
        into = self.fields["into"]
        assert isinstance(into, ChosenFrom)
        into.choices = [("", "Choose one"), *((code, each.name) for code, each in self.others.items())]

    def clean_into(self) -> CommunitySafetyPartnership:
        return self.others[self.cleaned_data["into"]]


class AgreementForm(forms.Form):
    """One information sharing agreement."""

    title = _name("Title", "Enter the agreement's title", longest=160)
    organisations = ManyOf(
        label="Who has signed it",
        small=True,
        error_messages={"required": "Choose at least two organisations"},
    )
    signed_on = DateParts(label="Signed on", error_messages={"required": "Enter the day it was signed"})
    review_on = DateParts(
        label="Review it by",
        help_text="It is shown as due 60 days before.",
        error_messages={"required": "Enter the day by which it is reviewed"},
    )

    def __init__(self, data: Any, record: SharingAgreement | None) -> None:
        signed = set(record.organisations.values_list("code", flat=True)) if record else set()
        initial = {
            "title": record.title,
            "organisations": sorted(signed),
            "signed_on": record.signed_on,
            "review_on": record.review_on,
        } if record else None  # fmt: skip
        super().__init__(data, initial=initial)
        offered = Organisation.objects.filter(retired_on=None) | Organisation.objects.filter(code__in=signed)
        self.offered = {each.code: each for each in offered.order_by("order", "name")}
        field = self.fields["organisations"]
        assert isinstance(field, ManyOf)
        field.choices = [(code, each.name) for code, each in self.offered.items()]

    def clean_organisations(self) -> list[Organisation]:
        chosen = [self.offered[code] for code in self.cleaned_data["organisations"]]
        if len(chosen) < 2:
            raise ValidationError("Choose at least two organisations: an agreement is between them")
        return chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        signed, review = cleaned.get("signed_on"), cleaned.get("review_on")
        if isinstance(signed, date) and isinstance(review, date) and review <= signed:
            self.add_error("review_on", "The review must be after the day it was signed")
        return cleaned

    def values(self) -> dict[str, Any]:
        """What to set on the record."""
        return {name: self.cleaned_data[name] for name in ("title", "signed_on", "review_on")}


def free_code(name: str, kind: str, taken: Any) -> str:
    """A code made of the name that no other record has, or had."""
    base = slugify(name)[:44].strip("-") or kind
    known = {
        *taken.filter(code__startswith=base).values_list("code", flat=True),
        *ReferenceVersion.objects.filter(kind=kind, code__startswith=base).values_list("code", flat=True),
    }
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, 1_000))) if code not in known)


def _why() -> OneLine:
    return OneLine(
        label="Why is it changed?",
        help_text="Stands in the history, such as “agreed by the delivery group on 4 March”.",
        max_length=200,
        error_messages={
            "required": "Say in a few words why it is changed",
            "max_length": "Use 200 characters or fewer",
        },
    )


class NoteForm(forms.Form):
    """Why a new version is published."""

    note = _why()


class StandardForm(forms.Form):
    """How soon something is done, and the sentence that promises it."""

    amount = forms.IntegerField(label="How many")
    public = OneLine(
        label="What the public reads",
        help_text="One short sentence, or nothing when only staff read this standard.",
        max_length=200,
        required=False,
        error_messages={"max_length": "Use 200 characters or fewer"},
    )
    note = _why()

    def __init__(self, data: Any, standard: Standard) -> None:
        super().__init__(data, initial={"amount": standard.amount, "public": standard.public})
        self.standard = standard
        one, more, least, most = UNITS[standard.unit]
        between = f"Enter a whole number of {more} from {least} to {most}"
        self.fields["amount"] = forms.IntegerField(
            label=f"How many {more}",
            help_text="0 means on the same working day." if least == 0 else "",
            min_value=least,
            max_value=most,
            widget=GovukText({"inputmode": "numeric"}, width=3, suffix=more),
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), between),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        amount, public = cleaned.get("amount"), cleaned.get("public", "")
        if amount is None or amount == self.standard.amount:
            return cleaned
        numbers = set(re.findall(r"\d+", public))
        if str(self.standard.amount) in numbers and str(amount) not in numbers:
            self.add_error("public", f"The sentence still says {self.standard.amount}. Reword it too")
        return cleaned

    def values(self) -> dict[str, Any]:
        """What to change in the standard."""
        return {name: self.cleaned_data[name] for name in ("amount", "public")}


class HolidayForm(forms.Form):
    """One more day on which no clock runs."""

    day = DateParts(label="Day", error_messages={"required": "Enter the day of the bank holiday"})
    name = _name("Name", "Enter what the bank holiday is called", longest=80)

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(f"The year must be from {FIRST_YEAR} to {LAST_YEAR}")
        if day.weekday() > 4:
            raise ValidationError("No clock runs at the weekend. Enter the day that is given instead")
        return day
