"""What is asked for on the pages of meetings and logs. Forms check; the verbs on meeting and entry act."""

from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db.models import QuerySet

from actionplans.models import Group, LogEntry, LogState, Meeting, MeetingItem
from govuk.fields import ChosenFrom, DateParts, ManyOf, OneOf, TextField, WordsField
from partners.directory import directory
from partners.models import Membership, Organisation, User
from partners.roles import ROLES, Permission

WORDS_LIMIT = 4_000
WHAT_LIMIT = 1_000
MINE = "mine"


def offer(form: forms.Form, name: str, choices: Any) -> None:
    """Gives a field its choices."""
    field: Any = form.fields[name]
    field.choices = choices


def at_work(*permissions: Permission) -> QuerySet[Membership]:
    """Everybody at work whose role allows one of these, by organisation and name."""
    codes: list[Any] = [role.code for role in ROLES.values() if role.permissions & set(permissions)]
    return (
        Membership.objects.filter(left_at=None, user__is_active=True, role_codes__overlap=codes)
        .select_related("user", "organisation")
        .order_by("organisation__order", "user__name", "pk")
    )


class PlanMeetingForm(forms.Form):
    """A meeting to come."""

    group = OneOf(label="Who meets", choices=Group.choices, error_messages={"required": "Choose who meets"})
    held_on = DateParts(label="On which day", error_messages={"required": "Enter the day of the meeting"})
    place = TextField(
        label="Where", help_text="A room, or “online”. It may stay empty.", max_length=120, required=False
    )


class DetailsForm(forms.Form):
    """Another day or place."""

    held_on = DateParts(label="On which day", error_messages={"required": "Enter the day of the meeting"})
    place = TextField(label="Where", max_length=120, required=False)


class TopicForm(forms.Form):
    """A topic of its own on the agenda."""

    title = TextField(
        label="A topic of its own", max_length=200, error_messages={"required": "Enter what it is about"}
    )

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())


class AttendanceForm(forms.Form):
    """Who was there, and who sent apologies."""

    present = ManyOf(label="Who is there", required=False, small=True)
    others = WordsField(
        label="Others who are there",
        help_text="People without an account, such as guests. One line each.",
        rows=3,
        limit=WHAT_LIMIT,
        required=False,
    )
    apologies = WordsField(
        label="Apologies", help_text="Who can’t come.", rows=3, limit=WHAT_LIMIT, required=False
    )

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        there = list(meeting.present.all())
        said = {"others": meeting.others_present, "apologies": meeting.apologies}
        super().__init__(data, initial={**said, "present": [str(person.pk) for person in there]})
        asks = Permission.SEE_DASHBOARD
        if meeting.group == Group.DELIVERY_GROUP:
            asks = Permission.RUN_MEETINGS
        people = {
            str(each.user_id): (each.user, f"{each.user}, {each.organisation}") for each in at_work(asks)
        }
        # Somebody who was noted and has left since stays noted.
        people |= {str(each.pk): (each, str(each)) for each in there if str(each.pk) not in people}
        self._people = {key: person for key, (person, _) in people.items()}
        offer(self, "present", [(key, words) for key, (_, words) in people.items()])

    def clean_present(self) -> list[User]:
        return [self._people[key] for key in self.cleaned_data["present"]]


class WithWhom(forms.Form):
    """Who does what by when: one choice is an organisation, or one of its people."""

    what = WordsField(label="What is to be done", rows=2, limit=WHAT_LIMIT)
    given_to = ChosenFrom(label="By whom", error_messages={"required": "Choose who does it"})
    due = DateParts(label="By when", error_messages={"required": "Enter the day by which it is to be done"})

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        offer(self, "given_to", [("", "Choose an organisation or a person"), *self._offered()])

    def clean_due(self) -> date | None:
        due = self.cleaned_data["due"]
        if due and due < self.today:
            raise forms.ValidationError("The day must be today or later")
        return due

    def asked(self) -> dict[str, Any]:
        """What LogEntry.add is given."""
        organisation, person = self._whom[self.cleaned_data["given_to"]]
        said = self.cleaned_data
        return {"what": said["what"], "organisation": organisation, "person": person, "due": said["due"]}

    def _offered(self) -> list[tuple[str, str]]:
        return [
            (key, f"{house}: {person}" if person else house.name)
            for key, (house, person) in self._whom.items()
        ]

    @cached_property
    def _whom(self) -> dict[str, tuple[Organisation, User | None]]:
        """Organisations in their order, each before its own people."""
        people: dict[int, list[User]] = {}
        for each in at_work(Permission.UPDATE_PLANS, Permission.SEE_DASHBOARD):
            people.setdefault(each.organisation_id, []).append(each.user)
        whom: dict[str, tuple[Organisation, User | None]] = {}
        for house in directory().organisations.values():
            if house.retired_on is None:
                whom[house.code] = (house, None)
                whom |= {f"{house.code}/{each.pk}": (house, each) for each in people.get(house.pk, [])}
        return whom


class MinuteForm(WithWhom):
    """What was said and decided of one thing; and, where somebody is asked to do something, who, what and by when."""

    note = WordsField(label="Note", help_text="What was said.", rows=6, limit=WORDS_LIMIT, required=False)
    decision = WordsField(label="Decision", rows=3, limit=WORDS_LIMIT, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)
    sending = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ["note", "decision", "what", "given_to", "due", "seen", "sending"]
    OF_THE_ENTRY = ("what", "given_to", "due")

    def __init__(self, item: MeetingItem, data: Any = None, *, today: date) -> None:
        said = {"note": item.note, "decision": item.decision, "seen": item.version, "sending": uuid4()}
        super().__init__(data, initial=said, today=today)
        for name in self.OF_THE_ENTRY:
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.asks_something():
            for name in self.OF_THE_ENTRY:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, self._missing(name))
        return cleaned

    def asks_something(self) -> bool:
        """Whether anything of a log entry was filled in, right or wrong."""
        return any(name in self.errors or self.cleaned_data.get(name) for name in self.OF_THE_ENTRY)

    def entry(self) -> dict[str, Any] | None:
        """The log entry that was asked for; None where nothing was."""
        return {**self.asked(), "sending": self.cleaned_data["sending"]} if self.asks_something() else None

    def as_seen_now(self, item: MeetingItem) -> None:
        """The page that comes back has seen what stands now; all that was typed stays in it."""
        sent: Any = self.data
        sent = sent.copy()
        sent["seen"] = str(item.version)
        self.data = sent

    def _missing(self, name: str) -> str:
        if name == "what":
            return "Write what is to be done, or leave the whole log entry empty"
        return str(self.fields[name].error_messages["required"])


class NewEntryForm(WithWhom):
    """An entry of a log outside a meeting."""

    group = OneOf(
        label="In whose log", choices=Group.choices, error_messages={"required": "Choose whose log it is"}
    )
    sending = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ["group", "what", "given_to", "due", "sending"]

    def __init__(self, data: Any = None, *, today: date, group: str = "") -> None:
        super().__init__(data, initial={"sending": uuid4(), "group": group}, today=today)

    def sent_as(self) -> UUID:
        return self.cleaned_data["sending"]


class WordsForm(forms.Form):
    """The words that go with ending an entry, or opening it again."""

    words = WordsField(rows=4, limit=WHAT_LIMIT)

    def __init__(self, data: Any = None, *, label: str, missing: str) -> None:
        super().__init__(data)
        self.fields["words"].label = label
        self.fields["words"].error_messages["required"] = missing


class MoveForm(WordsForm):
    """Another due date, and why."""

    due = DateParts(label="New due date", error_messages={"required": "Enter the new due date"})
    field_order = ["due", "words"]

    def __init__(self, data: Any = None, *, entry: LogEntry, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["due"].initial = entry.due


class LogFilter(forms.Form):
    """Which entries to show."""

    group = ChosenFrom(label="Log", required=False)
    state = ChosenFrom(label="State", required=False)
    given_to = ChosenFrom(label="Given to", required=False)

    OVERDUE = "overdue"

    def __init__(self, data: Any = None, *, sees_all: bool = True) -> None:
        super().__init__(data)
        states = [(state.value, state.label.capitalize()) for state in LogState]
        houses = [(each.code, each.short_name) for each in directory().organisations.values()]
        offer(self, "group", [("", "All"), *Group.choices])
        offer(self, "state", [("", "Any, open first"), (self.OVERDUE, "Overdue"), *states])
        everybody = [("", "Anybody"), (MINE, "Me, or my organisation"), *houses]
        own = [("", "My organisation"), (MINE, "Me, or nobody by name")]
        offer(self, "given_to", everybody if sees_all else own)

    def chosen(self) -> dict[str, str]:
        """The filters that mean something; what an old bookmark got wrong is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
