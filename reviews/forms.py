"""What is asked of those who run a Joint Action Group's list, and of whoever has something to do about it."""

from datetime import date
from typing import Any

from django import forms

from casework.forms import NOTE_LIMIT, offer, organisation_choices
from govuk.fields import ChosenFrom, DateParts, ManyOf, TextField, WordsField
from partners.directory import directory
from partners.jag import ELSEWHERE, decisions
from partners.models import District, Organisation, User
from partners.models.person import holders_of
from partners.roles import Permission
from reviews.chairing import chairs, districts_of
from reviews.models import JagItem
from reviews.shown import STATES

NO_NAMES = "Write no name and no address: what happened and who it is about stands on the cases."


class ItemsFilter(forms.Form):
    """Which items to show."""

    show = ChosenFrom(label="State", required=False, choices=STATES)
    district = ChosenFrom(label="District", required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        names = [(each.code, each.name) for each in directory().districts.values()]
        offer(self, "district", [("", "Any"), *names])


class DecideForm(forms.Form):
    """What the group decided, and why."""

    codes = ManyOf(
        label="What did the group decide?",
        label_size="m",
        error_messages={"required": "Choose what the group decided"},
    )
    why = WordsField(
        label="Why",
        label_size="m",
        help_text=f"It stands on each case as well. {NO_NAMES}",
        limit=NOTE_LIMIT,
        rows=5,
        error_messages={"required": "Write why, also when there is nothing more to do"},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        offer(self, "codes", [(each.code, each.name) for each in decisions()])


class ActionForm(forms.Form):
    """Who does what, by when."""

    what = WordsField(
        label="What is to be done?",
        label_size="s",
        help_text=NO_NAMES,
        limit=500,
        rows=3,
        error_messages={"required": "Write what is to be done"},
    )
    organisation = ChosenFrom(
        label="Which organisation does it?",
        label_size="s",
        help_text="It will see this item, but no case that it does not see already.",
        error_messages={"required": "Choose which organisation does it"},
    )
    person = ChosenFrom(
        label="Who there?",
        label_size="s",
        help_text="You can leave this out.",
        required=False,
    )
    due_on = DateParts(label="By when?", label_size="s", error_messages={"required": "Enter by when"})

    def __init__(self, data: Any = None, *, item: JagItem, today: date) -> None:
        super().__init__(data)
        self.today = today
        offer(self, "organisation", [("", "Choose an organisation"), *organisation_choices(without=set())])
        at_work = holders_of(Permission.WORK_CASES).filter(
            memberships__left_at=None, memberships__organisation__in=item.visible_to
        )
        people = at_work.values_list("pk", "name", "memberships__organisation__short_name").order_by("name")
        offer(
            self,
            "person",
            [("", "Nobody in particular"), *((str(pk), f"{name}, {at}") for pk, name, at in people)],
        )

    def clean_due_on(self) -> date:
        due: date = self.cleaned_data["due_on"]
        if due < self.today:
            raise forms.ValidationError("Enter a day that is not over")
        return due

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        organisation = Organisation.objects.filter(pk=cleaned.get("organisation") or 0).first()
        person = User.objects.filter(pk=cleaned.get("person") or 0).first()
        if person and organisation and person.organisation_id != organisation.pk:
            self.add_error("person", f"{person.name} does not work for {organisation.short_name}")
        return cleaned | {"organisation": organisation, "person": person}


class DoneForm(forms.Form):
    """What was done."""

    words = WordsField(
        label="What was done?",
        help_text=NO_NAMES,
        limit=500,
        rows=3,
        error_messages={"required": "Write what was done"},
    )


class PlanMeetingForm(forms.Form):
    """Which group meets, when and where."""

    district = ChosenFrom(label="Which group?", error_messages={"required": "Choose the group that meets"})
    meets_on = DateParts(label="When?", error_messages={"required": "Enter the day of the meeting"})
    place = TextField(
        label="Where?",
        help_text="A room, or “online”. You can leave this out.",
        max_length=120,
        required=False,
    )

    def __init__(self, data: Any = None, *, user: User, today: date) -> None:
        super().__init__(data)
        self.today = today
        self.known: dict[str, District | None] = {each.code: each for each in districts_of(user)}
        groups = [(code, f"{each} Joint Action Group") for code, each in self.known.items()]
        if chairs(user, None):
            self.known[ELSEWHERE] = None
            groups.append((ELSEWHERE, "What no district can be named for"))
        offer(self, "district", groups if len(groups) == 1 else [("", "Choose a group"), *groups])

    def clean_meets_on(self) -> date:
        day: date = self.cleaned_data["meets_on"]
        if day < self.today:
            raise forms.ValidationError("Enter a day that is not over")
        return day
