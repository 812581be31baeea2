"""Who takes over what somebody works on, and what becomes of them."""

from typing import Any

from django import forms

from casework.forms import offer
from casework.handing_over import Then
from govuk.fields import ChosenFrom, OneOf
from partners.models import Membership, Organisation, Team, User
from partners.models.membership import MembershipQuerySet
from partners.roles import ROLES, Permission

NOBODY = "nobody"
WORKS_ON_CASES: Any = [role.code for role in ROLES.values() if Permission.WORK_CASES in role.permissions]


class HandOverForm(forms.Form):
    """Asked of whoever lets people in and out."""

    to = ChosenFrom(
        label="Who takes the open cases over?",
        error_messages={"required": "Choose who takes the open cases over"},
    )
    then = OneOf(
        label="What happens then?",
        label_size="s",
        error_messages={"required": "Choose what happens then"},
    )

    def __init__(self, data: Any = None, *, person: User, by: User, holds: int, may_end: bool) -> None:
        super().__init__(data, initial={} if may_end else {"then": Then.STAYS})
        places = _places(person, by)
        self.people = {f"person:{one.user_id}": one.user for one in _workers(places, person)}
        teams = Team.objects.filter(organisation__in=places).select_related("organisation")
        self.teams = {f"team:{team.pk}": team for team in teams}
        choices = [("", "Choose who"), *self._choices(_workers(places, person))]
        offer(self, "to", [*choices, (NOBODY, "Nobody yet: the organisation gives them out")])
        offer(self, "then", _ends(may_end=may_end, holds=holds))
        self.person = person
        if not holds:
            del self.fields["to"]

    def _choices(self, workers: MembershipQuerySet) -> list[tuple[str, str]]:
        teams = [(code, f"Team {team}, {team.organisation}, shared out") for code, team in self.teams.items()]
        people = [(f"person:{one.user_id}", f"{one.user.name}, {one.organisation}") for one in workers]
        return people + teams

    def takers(self) -> list[User]:
        """The person chosen, everybody of the team chosen, or nobody."""
        chosen = self.cleaned_data.get("to", NOBODY)
        if chosen in self.people:
            return [self.people[chosen]]
        team = self.teams.get(chosen)
        return [one.user for one in _workers([], self.person, team=team)] if team else []

    def clean_to(self) -> str:
        chosen = self.cleaned_data["to"]
        if chosen in self.teams and not _workers([], self.person, team=self.teams[chosen]).exists():
            raise forms.ValidationError("Nobody in this team works on cases")
        return chosen


def _ends(*, may_end: bool, holds: int) -> list[tuple[str, str]]:
    if not may_end:
        return [(Then.STAYS.value, "Nothing else changes")]
    # Without work to hand over, staying as they are is nothing to confirm.
    return [(value, str(words)) for value, words in Then.choices if holds or value != Then.STAYS]


def _places(person: User, by: User) -> "list[int]":
    """Where the work may stay: where the person works and worked; for a manager, their own house alone."""
    if not by.may(Permission.INVITE_PEOPLE):
        return [by.organisation_id] if by.organisation_id else []
    return list(Organisation.objects.filter(memberships__user=person).values_list("pk", flat=True))


def _workers(places: list[int], person: User, *, team: Team | None = None) -> MembershipQuerySet:
    found = Membership.objects.at_work().filter(role_codes__overlap=WORKS_ON_CASES).exclude(user=person)
    found = found.filter(team=team) if team else found.filter(organisation__in=places)
    return found.select_related("user", "organisation").order_by("organisation__name", "user__name", "pk")
