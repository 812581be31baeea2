"""The questions of the pages about people: letting in, other roles, moving, days away, a lost second step."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from govuk.fields import ChosenFrom, DateParts, ManyOf, OneOf, TextField
from partners.models import Membership, Organisation, RolesDoNotFit, Team, User
from partners.models.absence import deputies_for
from partners.models.granting import NotYoursToChange, refuse_grant, roles_given_by
from partners.models.second_factor_reset import HowKnown, WhyReset
from partners.roles import ROLES, Permission, Role

NO_TEAM = ("", "No team")


def roles_field(**more: Any) -> ManyOf:
    """What somebody may do; the form gives it its choices."""
    return ManyOf(
        label="What they may do",
        help_text="Choose as little as they need.",
        error_messages={"required": "Choose what they may do"},
        **more,
    )


def offer_roles(form: forms.Form, roles: list[Role]) -> None:
    """Gives the field `roles` its choices, each with the sentence that whoever grants it reads."""
    field: Any = form.fields["roles"]
    field.choices = [(role.code, role.name) for role in roles]
    field.choice_hints = {role.code: role.description for role in roles}


class OfAPlace(forms.Form):
    """What depends on where somebody works: administrators choose the place, managers have only their own."""

    def __init__(self, data: Any = None, *, by: User, but: Organisation | None = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.by = by
        self.organisations = {each.code: each for each in self._places() if each != but}
        if by.may(Permission.INVITE_PEOPLE):
            named = [(code, each.name) for code, each in self.organisations.items()]
            place: Any = self.fields["organisation"]
            place.choices = [("", "Choose one"), *named]
        else:
            del self.fields["organisation"]

    def _places(self) -> list[Organisation]:
        if self.by.may(Permission.INVITE_PEOPLE):
            return list(Organisation.objects.filter(retired_on=None))
        return [self.by.organisation] if self.by.organisation else []

    def clean_organisation(self) -> Organisation:
        return self.organisations[self.cleaned_data["organisation"]]

    def place(self) -> Organisation | None:
        """Where: what was chosen, or the manager's own house; None where nothing was chosen."""
        if "organisation" in self.fields:
            return self.cleaned_data.get("organisation")
        return self.by.organisation

    def check_roles(self) -> None:
        """Says which role does not fit the place, or is not this person's to give."""
        place, roles = self.place(), self.cleaned_data.get("roles")
        if place and roles:
            try:
                refuse_grant(self.by, place, roles)
            except (RolesDoNotFit, NotYoursToChange) as refusal:
                self.add_error("roles", ValidationError(str(refusal)))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.check_roles()
        return cleaned


class InviteForm(OfAPlace):
    """Who is to come in, where they work and what they may do."""

    name = TextField(
        label="Full name", max_length=120, autocomplete="off", error_messages={"required": "Enter their name"}
    )
    email = forms.EmailField(
        label="Work email address",
        help_text="The link goes to this address, and they sign in with it.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Enter their work email address",
            "invalid": "Enter an email address like name@example.org",
        },
    )
    organisation = ChosenFrom(label="Where they work", error_messages={"required": "Choose where they work"})
    roles = roles_field()

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data, by=by)
        own = by.organisation
        if own and not by.may(Permission.INVITE_PEOPLE):
            offer_roles(self, roles_given_by(by, own))
        else:
            offer_roles(self, list(ROLES.values()))

    def clean_name(self) -> str:
        """One line: it stands in a letter, where a second line would read as the portal's own words."""
        return " ".join(self.cleaned_data["name"].split())


class MoveForm(OfAPlace):
    """Where somebody goes on to work, and what they may do there."""

    organisation = ChosenFrom(
        label="Where they move to", error_messages={"required": "Choose where they move to"}
    )
    roles = roles_field()

    def __init__(self, data: Any = None, *, by: User, membership: Membership) -> None:
        super().__init__(data, by=by, but=membership.organisation, initial={"roles": membership.role_codes})
        offer_roles(self, list(ROLES.values()))


class RolesForm(forms.Form):
    """What somebody may do where they work, and their team."""

    roles = roles_field()
    team = ChosenFrom(label="Team", required=False)

    def __init__(self, data: Any = None, *, by: User, membership: Membership) -> None:
        team_id = membership.team_id or ""
        super().__init__(data, initial={"roles": membership.role_codes, "team": str(team_id)})
        offer_roles(self, roles_given_by(by, membership.organisation))
        self.teams = {str(team.pk): team for team in membership.organisation.teams.all()}
        team: Any = self.fields["team"]
        team.choices = [NO_TEAM, *((pk, each.name) for pk, each in self.teams.items())]
        if not self.teams:
            del self.fields["team"]

    def team_chosen(self) -> Team | None:
        return self.teams.get(self.cleaned_data.get("team", ""))


class TeamForm(OfAPlace):
    """A new team."""

    organisation = ChosenFrom(
        label="Where the team is", error_messages={"required": "Choose where the team is"}
    )
    name = TextField(
        label="What the team is called",
        max_length=80,
        error_messages={"required": "Enter the name of the team"},
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class PeopleFilter(forms.Form):
    """Whom the list shows."""

    name = TextField(label="Name or address", required=False)
    organisation = ChosenFrom(label="Organisation", required=False)
    access = ChosenFrom(
        label="Access",
        required=False,
        choices=[("", "At work"), ("suspended", "Suspended"), ("gone", "Left")],
    )

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data)
        if by.may(Permission.INVITE_PEOPLE):
            organisation: Any = self.fields["organisation"]
            organisation.choices = [("", "Any"), *Organisation.objects.values_list("code", "short_name")]
        else:
            del self.fields["organisation"]

    def wanted(self) -> dict[str, str]:
        """The filters that mean something; what an old bookmark got wrong is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class AwayForm(forms.Form):
    """From when until when somebody is away, and who stands in."""

    starts_on = DateParts(label="First day away", error_messages={"required": "Enter the first day away"})
    ends_on = DateParts(label="Last day away", error_messages={"required": "Enter the last day away"})
    deputy = ChosenFrom(
        label="Who stands in?",
        help_text="They see the open cases on their page, and their name stands on each of them.",
        error_messages={"required": "Choose who stands in"},
    )

    def __init__(self, data: Any = None, *, person: User, today: date) -> None:
        super().__init__(data)
        self.today = today
        self.deputies = {str(each.pk): each for each in deputies_for(person)}
        deputy: Any = self.fields["deputy"]
        deputy.choices = [("", "Choose a person"), *((pk, each.name) for pk, each in self.deputies.items())]

    def clean_deputy(self) -> User:
        return self.deputies[self.cleaned_data["deputy"]]

    def clean_ends_on(self) -> date:
        ends_on, starts_on = self.cleaned_data["ends_on"], self.cleaned_data.get("starts_on")
        if starts_on and ends_on < starts_on:
            raise ValidationError("The last day away must not come before the first")
        if ends_on < self.today:
            raise ValidationError("The last day away must be today or later")
        return ends_on


class ResetForm(forms.Form):
    """Why a second step has to go, and how the administrator knows that it is the person who asks."""

    reason = OneOf(
        label="What happened to their second step?",
        label_size="s",
        choices=WhyReset.choices,
        error_messages={"required": "Choose what happened to their second step"},
    )
    how_known = OneOf(
        label="How do you know that it is them who asks?",
        label_size="s",
        help_text="An email or a call from a number that you do not know is not enough.",
        choices=HowKnown.choices,
        error_messages={"required": "Choose how you know that it is them"},
    )
