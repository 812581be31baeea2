"""What is asked about campaigns, their events and their reach; and the filters of the calendar."""

from datetime import date
from typing import Any

from django import forms

from actionplans.forms_of_sessions import by_code, districts, organisations, whole_number
from actionplans.models import Action, Campaign, CampaignKind
from govuk.fields import ChosenFrom, DateParts, ManyOf, OneOf, TextField, WordsField
from partners.data import entries, installed
from partners.models import Organisation, User
from partners.wording import PARTNERSHIP
from reporting.strands import Strand

SHORT = "Use {} characters or fewer"
FAR = 400  # days: a campaign is not longer


def languages() -> list[tuple[str, str]]:
    """The languages that the partnership works with, by their codes."""
    return [
        (each["code"], each["name"])
        for each in entries(installed(PARTNERSHIP), "languages", file=PARTNERSHIP)
    ]


def set_choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Gives a field its choices, which are data and not kept with the page."""
    form.fields[name].choices = choices  # type: ignore[attr-defined]
    form.fields[name].varies = True  # type: ignore[attr-defined]


def one_line(label: str, missing: str = "", *, longest: int = 160, hint: str = "") -> TextField:
    return TextField(
        label=label,
        help_text=hint,
        max_length=longest,
        required=bool(missing),
        error_messages={"required": missing, "max_length": SHORT.format(longest)},
    )


class CampaignForm(forms.Form):
    """One entry of the calendar."""

    kind = OneOf(
        label="What is it?",
        choices=CampaignKind.choices,
        small=True,
        error_messages={"required": "Choose what it is"},
    )
    name = one_line("Name", "Enter what it is called")
    starts = DateParts(label="First day", error_messages={"required": "Enter the first day"})
    ends = DateParts(
        label="Last day",
        help_text="The same as the first for something on one day.",
        error_messages={"required": "Enter the last day"},
    )
    lead = ChosenFrom(label="Who leads it?", error_messages={"required": "Choose who leads it"})
    partners = ManyOf(label="Who else takes part?", small=True, required=False)
    about = WordsField(label="What it says and does", limit=2000, rows=4, required=False)
    audiences = one_line("Who it is for", longest=250, hint="For example: students, taxi drivers, carers.")
    strands = ManyOf(
        label="Which strands?",
        help_text="None ticked means all of them.",
        choices=Strand.choices,
        small=True,
        required=False,
    )
    districts = ManyOf(
        label="Which districts?", help_text="None ticked means all of them.", small=True, required=False
    )
    languages = ManyOf(
        label="In which languages?", help_text="None ticked means English alone.", small=True, required=False
    )
    action = ChosenFrom(label="Which action of a plan does it serve?", required=False)

    def __init__(self, data: Any, *, user: User, today: date, campaign: Campaign | None = None) -> None:
        own = user.organisation
        initial = _as_typed(campaign) if campaign else {"lead": own.code if own else ""}
        super().__init__(data, initial=initial)
        self.campaign = campaign
        self.houses = {each.code: each for each in organisations()}
        self.nine = {each.code: each for each in districts()}
        self.actions = {str(each.pk): each for each in _actions(today, campaign)}
        houses = by_code(self.houses.values())
        set_choices(self, "lead", [("", "Choose one"), *houses])
        set_choices(self, "partners", houses)
        set_choices(self, "districts", by_code(self.nine.values()))
        set_choices(self, "languages", [each for each in languages() if each[0] != "en"])
        set_choices(self, "action", [("", "None"), *((pk, str(each)) for pk, each in self.actions.items())])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        starts, ends = said.get("starts"), said.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "The last day comes before the first")
        elif starts and ends and (ends - starts).days > FAR:
            self.add_error("ends", "That is more than a year. Enter it as several campaigns")
        return said

    def values(self) -> dict[str, Any]:
        """The fields of the campaign, with its partners and districts."""
        said = self.cleaned_data
        plain = ("kind", "name", "starts", "ends", "about", "audiences", "strands", "languages")
        lead = self.houses[said["lead"]]
        return {
            **{name: said[name] for name in plain},
            "lead": lead,
            "partners": [self.houses[code] for code in said["partners"] if code != lead.code],
            "districts": [self.nine[code] for code in said["districts"]],
            "action": self.actions.get(said["action"]),
        }


def _actions(today: date, campaign: Campaign | None) -> list[Action]:
    """Actions of running plans, and the one that the campaign serves already."""
    found = Action.objects.filter(plan__is_draft=False, plan__period_end__gte=today, closed_on=None)
    if campaign and campaign.action_id:
        found = found | Action.objects.filter(pk=campaign.action_id)
    return list(found.select_related("plan"))


def _as_typed(campaign: Campaign) -> dict[str, Any]:
    plain = ("kind", "name", "starts", "ends", "about", "audiences", "strands", "languages")
    return {
        **{name: getattr(campaign, name) for name in plain},
        "lead": campaign.lead.code,
        "partners": [each.code for each in campaign.partners.all()],
        "districts": [each.code for each in campaign.districts.all()],
        "action": str(campaign.action_id or ""),
    }


class CancelForm(forms.Form):
    """Why a campaign does not take place."""

    why = one_line(
        "Why is it cancelled?",
        "Say why it is cancelled",
        longest=200,
        hint="It stays in the calendar as cancelled, with your reason.",
    )


class EventForm(forms.Form):
    """Something that people can come to, or that happens somewhere."""

    name = one_line("What is it?", "Enter what the event is called", hint="For example: market stall.")
    held_on = DateParts(label="Which day?", error_messages={"required": "Enter the day of the event"})
    district = ChosenFrom(label="In which district?", required=False)
    place = one_line("Place", hint="A building or a street. Name no private address.")
    organisation = ChosenFrom(label="Who holds it?", error_messages={"required": "Choose who holds it"})
    people_reached = whole_number(
        "How many people came?", required=False, hint="Leave this empty until it has been held."
    )

    def __init__(self, data: Any, *, user: User, campaign: Campaign) -> None:
        own = user.organisation
        initial = {"held_on": campaign.starts, "organisation": own.code if own else ""}
        super().__init__(data, initial=initial)
        self.houses = {each.code: each for each in organisations()}
        self.nine = {each.code: each for each in districts()}
        set_choices(self, "district", [("", "Everywhere, or online"), *by_code(self.nine.values())])
        set_choices(self, "organisation", [("", "Choose one"), *by_code(self.houses.values())])

    def values(self) -> dict[str, Any]:
        """The fields of the event."""
        said = self.cleaned_data
        return {
            **{name: said[name] for name in ("name", "held_on", "place", "people_reached")},
            "district": self.nine.get(said["district"]),
            "organisation": self.houses[said["organisation"]],
        }


class ReachForm(forms.Form):
    """How many people one channel reached so far."""

    organisation = ChosenFrom(
        label="Whose channel?", error_messages={"required": "Choose whose channel it is"}
    )
    channel = one_line(
        "Channel", "Enter the channel", longest=60, hint="For example: Facebook, local radio, bus panels."
    )
    people = whole_number("People reached so far", missing="Enter how many people were reached")
    clicks = whole_number("Clicks on the link so far", required=False, hint="Where the channel counts them.")
    as_at = DateParts(
        label="As it stood on", past=True, error_messages={"required": "Enter the day of these numbers"}
    )

    def __init__(self, data: Any, *, user: User, today: date) -> None:
        own = user.organisation
        super().__init__(data, initial={"organisation": own.code if own else "", "as_at": today})
        self.houses = {each.code: each for each in organisations()}
        self.fields["as_at"].today = today  # type: ignore[attr-defined]
        set_choices(self, "organisation", [("", "Choose one"), *by_code(self.houses.values())])

    def values(self) -> dict[str, Any]:
        """The arguments of the act."""
        said = self.cleaned_data
        return {
            "organisation": self.houses[said["organisation"]],
            "channel": " ".join(said["channel"].split()),
            "people": said["people"],
            "clicks": said["clicks"],
            "on": said["as_at"],
        }


class CalendarFilter(forms.Form):
    """What the calendar is narrowed to."""

    kind = ChosenFrom(label="Kind", choices=[("", "All"), *CampaignKind.choices], required=False)
    strand = ChosenFrom(label="Strand", choices=[("", "All"), *Strand.choices], required=False)
    district = ChosenFrom(label="District", required=False)
    partner = ChosenFrom(label="Partner", required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        set_choices(self, "district", [("", "All"), *by_code(districts())])
        set_choices(self, "partner", [("", "All"), *by_code(organisations())])

    def chosen(self) -> dict[str, str]:
        """What was chosen; a value that is no choice says nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ContactForm(forms.Form):
    """Who speaks for one partner."""

    person = ChosenFrom(
        label="Who speaks for it?", error_messages={"required": "Choose somebody who works there"}
    )

    def __init__(self, data: Any, organisation: Organisation) -> None:
        super().__init__(data)
        people = User.objects.filter(
            memberships__organisation=organisation, memberships__left_at=None, is_active=True
        ).order_by("name")
        self.people = {str(each.pk): each for each in people}
        set_choices(
            self, "person", [("", "Choose one"), *((pk, each.name) for pk, each in self.people.items())]
        )


class WeekForm(forms.Form):
    """The days of one year's awareness week."""

    starts = DateParts(label="First day", error_messages={"required": "Enter the first day"})
    ends = DateParts(label="Last day", error_messages={"required": "Enter the last day"})
