"""What an officer is asked for each act. Forms check; the verbs on the case act."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from casework.models import Case
from casework.standing_in import away_words
from govuk.fields import ChosenFrom, WordsField
from partners.directory import directory
from partners.models import Organisation, OrganisationKind, User
from partners.models.person import holders_of
from partners.roles import Permission
from reporting.strands import Channel, Strand

TOLD_LIMIT = 2_000
NOTE_LIMIT = 4_000
MOST_ACTS = 1_000_000  # no case has as many; a page that says so was forged


def offer(form: forms.Form, name: str, choices: Any, *, hints: dict[str, str] | None = None) -> None:
    """Gives a field its choices, with a line of help for each."""
    field: Any = form.fields[name]
    field.choices = choices
    field.choice_hints = hints or {}


class QueueFilter(forms.Form):
    """Which waiting reports to show."""

    strand = ChosenFrom(label="About", required=False)
    district = ChosenFrom(label="District", required=False)
    channel = ChosenFrom(label="How it came", required=False)
    look = ChosenFrom(label="How soon", required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        channels = [choice for choice in Channel.choices if choice[0] != Channel.HISTORIC]
        offer(self, "strand", [("", "Any"), *Strand.choices])
        offer(
            self,
            "district",
            [("", "Any"), *((each.code, each.name) for each in directory().districts.values())],
        )
        offer(self, "channel", [("", "Any"), *channels])
        offer(self, "look", [("", "Any"), ("today", "Needs a look today")])


def chosen(form: forms.Form) -> dict[str, str]:
    """The filters that mean something; what an old bookmark got wrong is left out."""
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value}


class ActForm(forms.Form):
    """The start of every act's form: how much of the case its page has seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=MOST_ACTS)

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, initial={"seen": case.acts_done()})
        self.case, self.user = case, user

    def look_again(self) -> None:
        """Takes up what happened meanwhile, keeping all that was typed."""
        data: Any = self.data
        self.data = data.copy()
        self.data["seen"] = str(self.case.acts_done())  # type: ignore[index]


class AssignForm(ActForm):
    """Who works on it."""

    to = ChosenFrom(
        label="Who works on this case?", error_messages={"required": "Choose who works on this case"}
    )

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        offer(self, "to", [("", "Choose a person"), *officer_choices(case, today=timezone.localdate())])
        self.initial["to"] = str(case.assigned_to_id or "")


class NoteForm(ActForm):
    """An officer's own words."""

    text = WordsField(
        label="Your note",
        help_text="For officers of every organisation that sees this case. The person does not see it.",
        limit=NOTE_LIMIT,
        error_messages={"required": "Write your note"},
    )


class ReasonForm(ActForm):
    """Why."""

    text = WordsField(
        label="Why?",
        help_text="For officers. The person does not see it.",
        limit=NOTE_LIMIT,
        rows=4,
        error_messages={"required": "Write why"},
    )


def organisation_choices(*, without: set[int]) -> list[tuple[str, str]]:
    """Organisations that could work on a case: all but centres and those that must not see it."""
    at_work = Organisation.objects.filter(retired_on=None)
    found = at_work.exclude(kind=OrganisationKind.CENTRE).exclude(pk__in=without)
    return [(str(organisation.pk), organisation.name) for organisation in found]


def officer_choices(case: Case, *, today: date) -> list[tuple[str, str]]:
    """People at work on cases in the organisations that see this one; who is away is marked."""
    people = holders_of(Permission.WORK_CASES).filter(
        memberships__left_at=None, memberships__organisation__in=case.visible_to
    )
    people = people.exclude(pk__in=case.barred_people or ())
    rows = people.values_list("pk", "name", "memberships__organisation__short_name").order_by("name")
    away = away_words(today=today)
    return [(str(pk), f"{name}, {organisation}{away.get(pk, '')}") for pk, name, organisation in rows]
