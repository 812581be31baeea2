"""What is asked when somebody must be kept from a case because of a conflict."""

from typing import Any

from django import forms

from casework.conflicts import Who, who_could_be_kept_out
from casework.forms import NOTE_LIMIT, ActForm, offer, organisation_choices
from casework.models import Case
from govuk.fields import ChosenFrom, OneOf, WordsField
from govuk.forms import RevealMixin
from partners.models import Organisation, User
from reporting.models import Report

PERSON, ORGANISATION = "person", "organisation"


class WhoForm(RevealMixin, forms.Form):
    """Who is kept out, and why."""

    who = OneOf(
        label="Who must not see it?",
        label_size="s",
        choices=[(PERSON, "One member of staff"), (ORGANISATION, "A whole organisation")],
        reveals={PERSON: ["person"], ORGANISATION: ["organisation"]},
        error_messages={"required": "Choose whether it is one person or an organisation"},
    )
    person = ChosenFrom(
        label="Their name", error_messages={"required": "Choose the member of staff"}, required=True
    )
    organisation = ChosenFrom(
        label="Which organisation", error_messages={"required": "Choose the organisation"}, required=True
    )
    reason = WordsField(
        label="Why",
        label_size="s",
        help_text="Kept sealed, and not on the timeline. Only officers of the organisation that leads read it.",
        limit=NOTE_LIMIT,
        rows=4,
        error_messages={"required": "Write why they must not see it"},
    )

    def offer_people(self, visible_to: list[int], *, lead: int, without: set[int]) -> None:
        """Whom the form names: those who could see it now."""
        people = [(str(pk), words) for pk, words in who_could_be_kept_out(visible_to) if pk not in without]
        offer(self, "person", [("", "Choose a member of staff"), *people])
        organisations = organisation_choices(without={lead})
        offer(self, "organisation", [("", "Choose an organisation"), *organisations])

    def chosen(self) -> Who:
        """The person or organisation that was chosen."""
        if self.cleaned_data["who"] == PERSON:
            return User.objects.get(pk=self.cleaned_data["person"])
        return Organisation.objects.get(pk=self.cleaned_data["organisation"])


class BarForm(WhoForm, ActForm):
    """The same, on a case."""

    field_order = ("who", "person", "organisation", "reason", "seen")

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        kept_out = set(case.barred_people or ())
        self.offer_people(case.visible_to, lead=case.lead_organisation_id, without=kept_out)


class BarFromReportForm(WhoForm):
    """The same, on a report that waits."""

    def __init__(self, data: Any = None, *, report: Report, user: User) -> None:
        super().__init__(data)
        kept_out = set(report.barred_people or ())
        self.offer_people(report.visible_to, lead=user.organisation_id or 0, without=kept_out)


class LiftForm(ActForm):
    """Why a conflict is over."""

    reason = WordsField(
        label="Why they may see it again",
        label_size="s",
        help_text="Kept sealed, beside why they were kept out.",
        limit=NOTE_LIMIT,
        rows=4,
        error_messages={"required": "Write why they may see it again"},
    )
