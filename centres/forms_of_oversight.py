"""What is asked when somebody looks after centres: filters, checklist, agreement, champions, courses, visits."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from centres.agreements import AT_MOST_MONTHS
from centres.checklist import Verdict, checklist
from centres.directory import STANDINGS, TO_DO
from centres.models import Champion, MysteryVisit, Outcome, VisitKind
from centres.visit_script import visit_script
from govuk.fields import ChosenFrom, DateParts, ManyOf, OneOf, TextField, WordsField
from partners.directory import directory
from partners.models import CentreStanding, Organisation, OrganisationKind, ReportingCentre, User

NOTE_LIMIT, SAID_LIMIT, COURSE_LIMIT = 500, 1000, 120
# Who looks after centres, and signs with them.
PARTNERS = frozenset(OrganisationKind) - {OrganisationKind.CENTRE}
LOOKS_AFTER = frozenset(
    {OrganisationKind.COUNTY_COUNCIL, OrganisationKind.DISTRICT_COUNCIL, OrganisationKind.UNITARY}
)
SUSPEND, KEEP = "suspend", "keep"


class CentresFilter(forms.Form):
    """What the list of centres is narrowed to."""

    area = ChosenFrom(label="Area", required=False)
    standing = ChosenFrom(label="Standing", choices=STANDINGS, required=False)
    to_do = ChosenFrom(
        label="What needs doing",
        choices=[("", "Anything"), *((code, words) for code, (words, _) in TO_DO.items())],
        required=False,
    )
    by = ChosenFrom(label="Looked after by", required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        here = directory()
        _offer(self, "area", [("", "All"), *((code, each.name) for code, each in here.districts.items())])
        councils = [each for each in here.organisations.values() if each.kind in LOOKS_AFTER]
        _offer(self, "by", [("", "Anybody"), *((each.code, str(each)) for each in councils)])

    def chosen(self) -> dict[str, str]:
        """What was chosen; a value that is no choice says nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class FitnessForm(forms.Form):
    """The checklist, group by group. What a low score leads to is asked once it is known."""

    on = DateParts(
        label="On which day was it gone through?",
        past=True,
        error_messages={"required": "Enter the day on which it was gone through"},
    )
    what_then = OneOf(
        label="What happens now?",
        label_size="s",
        choices=[
            (SUSPEND, "Suspend it now: nobody is sent there any more"),
            (KEEP, "Leave it listed for now, and say why in the note"),
        ],
        required=False,
    )
    note = WordsField(
        label="Note",
        help_text="What was agreed, and who puts it right. The centre can read it. Name nobody who reported.",
        limit=NOTE_LIMIT,
        rows=4,
        required=False,
    )

    def __init__(
        self, data: Any = None, *, centre: ReportingCentre, known: Mapping[str, str], today: date
    ) -> None:
        super().__init__(data, initial={"on": today})
        self.centre = centre
        self.verdict: Verdict | None = None
        _until(self, "on", today)
        self.groups = [f"met_{group.code}" for group in checklist().groups]
        for group in checklist().groups:
            self.fields[f"met_{group.code}"] = ManyOf(
                label=group.name,
                label_size="m",
                small=True,
                required=False,
                choices=[(point.code, point.words) for point in group.points],
                choice_hints={p.code: known[p.known] for p in group.points if p.known in known},
                varies=True,
            )

    @property
    def asks_what_then(self) -> bool:
        """Whether the score is so low that somebody has to say what happens to a listed centre."""
        is_listed = self.centre.standing == CentreStanding.LISTED
        return is_listed and bool(self.verdict and self.verdict.outcome == Outcome.SUSPEND)

    @property
    def met(self) -> list[str]:
        """The points that were ticked."""
        return [code for name in self.groups for code in self.cleaned_data.get(name, [])]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        on = said.get("on")
        if on is None or any(name in self.errors for name in self.groups):
            return said
        self.verdict = checklist().verdict(self.met, on=on)
        if self.asks_what_then:
            self._say_what_then(said)
        return said

    def _say_what_then(self, said: dict[str, Any]) -> None:
        assert self.verdict
        if not said.get("what_then"):
            score = f"{self.verdict.score} of {len(checklist().points)} points"
            self.add_error(
                "what_then",
                f"It comes to {score}: the checklist asks to suspend it. Choose what happens now",
            )
        elif said["what_then"] == KEEP and not said.get("note"):
            self.add_error("note", "Say why it stays listed with so few points")

    def values(self) -> dict[str, Any]:
        """What `centres.fitness.review` is told."""
        said = self.cleaned_data
        suspend_it = self.asks_what_then and said["what_then"] == SUSPEND
        return {"met": self.met, "on": said["on"], "note": said["note"], "suspend_it": suspend_it}


class AgreementForm(forms.Form):
    """Which partner signed with the centre, and when."""

    partner = ChosenFrom(
        label="Who signed with the centre?", error_messages={"required": "Choose who signed with it"}
    )
    signed_on = DateParts(
        label="Signed on", past=True, error_messages={"required": "Enter the day it was signed"}
    )
    review_on = DateParts(
        label="Review it by",
        help_text=f"Leave this empty for a year after signing. At most {AT_MOST_MONTHS // 12} years.",
        required=False,
    )

    def __init__(self, data: Any = None, *, centre: ReportingCentre, today: date) -> None:
        looks_after = centre.looked_after_by
        initial = {"signed_on": today, "partner": looks_after.code if looks_after else ""}
        super().__init__(data, initial=initial)
        _until(self, "signed_on", today)
        self.partners = {
            each.code: each
            for each in directory().organisations.values()
            if each.kind in PARTNERS and each.retired_on is None
        }
        choices = [("", "Choose one"), *((code, each.name) for code, each in self.partners.items())]
        _offer(self, "partner", choices)

    @property
    def partner_chosen(self) -> Organisation:
        return self.partners[self.cleaned_data["partner"]]


class ChampionForm(forms.Form):
    """Who becomes a champion."""

    person = ChosenFrom(label="Who?", error_messages={"required": "Choose who becomes a champion"})

    def __init__(self, data: Any = None, *, people: Iterable[User]) -> None:
        super().__init__(data)
        self.people = {str(each.pk): each for each in people}
        choices = [(pk, each.name) for pk, each in self.people.items()]
        _offer(self, "person", [("", "Choose a person"), *choices])

    @property
    def chosen(self) -> User:
        return self.people[self.cleaned_data["person"]]


class TrainingForm(forms.Form):
    """One course, and which champions took it."""

    course = TextField(
        label="What was the course called?",
        max_length=COURSE_LIMIT,
        error_messages={
            "required": "Enter what the course was called",
            "max_length": f"Use {COURSE_LIMIT} characters or fewer",
        },
    )
    on = DateParts(
        label="On which day?", past=True, error_messages={"required": "Enter the day of the course"}
    )
    champions = ManyOf(
        label="Which champions took it?",
        label_size="s",
        small=True,
        varies=True,
        error_messages={"required": "Choose who took it"},
    )

    def __init__(
        self, data: Any = None, *, champions: Iterable[Champion], one_centre: bool, today: date
    ) -> None:
        super().__init__(data, initial={"on": today})
        _until(self, "on", today)
        self.offered = {str(each.pk): each for each in champions}
        names = {
            pk: each.person.name if one_centre else f"{each.person.name}, {each.centre}"
            for pk, each in self.offered.items()
        }
        _offer(self, "champions", list(names.items()))

    @property
    def took(self) -> list[Champion]:
        return [self.offered[pk] for pk in self.cleaned_data["champions"]]


class VisitForm(forms.Form):
    """What a mystery visitor noticed."""

    kind = OneOf(
        label="How did the visitor come?",
        label_size="s",
        choices=[(kind.value, kind.label.capitalize()) for kind in VisitKind],
        error_messages={"required": "Choose how the visitor came"},
    )
    on = DateParts(
        label="On which day?", past=True, error_messages={"required": "Enter the day of the visit"}
    )
    noticed = ManyOf(
        label="What was as it should be?",
        label_size="s",
        help_text="Tick nothing that the visitor did not see or hear.",
        small=True,
        required=False,
    )
    said = WordsField(
        label="What the centre will be told",
        help_text="First what went well. It reads this only once you tell it. Name no volunteer.",
        limit=SAID_LIMIT,
        rows=5,
        required=False,
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})
        _until(self, "on", today)
        items = visit_script().items
        _offer(self, "noticed", [(item.code, item.words) for item in items])
        self.fields["noticed"].choice_hints = {item.code: _how(item.how) for item in items}  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What `centres.visits.record_visit` is told."""
        return {name: self.cleaned_data[name] for name in ("kind", "on", "noticed", "said")}


class TellForm(forms.Form):
    """What the centre reads about a visit."""

    said = WordsField(
        label="What the centre is told",
        help_text="First what went well, then what would help. Name no volunteer.",
        limit=SAID_LIMIT,
        rows=6,
        error_messages={"required": "Write what the centre is told: first what went well"},
    )

    def __init__(self, data: Any = None, *, visit: MysteryVisit) -> None:
        super().__init__(data, initial={"said": visit.said})


def _how(how: Mapping[str, str]) -> str:
    """When an item counts: once where it is the same for every kind of visit."""
    if len(set(how.values())) == 1:
        return next(iter(how.values()))
    return f"By telephone: {how[VisitKind.CALL.value]} In person: {how[VisitKind.VISIT.value]}"


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """What the partnership's own lists offer; the rendering of it is not kept."""
    field: Any = form.fields[name]
    field.choices = choices
    field.varies = True


def _until(form: forms.Form, name: str, today: date) -> None:
    field: Any = form.fields[name]
    field.today = today
