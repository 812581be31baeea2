"""Lists of tasks, for today's work: which case, by when, for whom. What is to be done stands on the case's own page,
so that a list opens nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

from casework.clock import due_words, end_of_day
from casework.models import Task
from casework.models.task import TaskQuerySet
from partners.models import User
from partners.working_days import add_working_days

Which = Callable[[TaskQuerySet, User], TaskQuerySet]

# code in the address: (what the tab says, which tasks)
LISTS: dict[str, tuple[str, Which]] = {
    "mine": ("For me", lambda tasks, user: tasks.given_to(user)),
    "anybody": ("For anybody here", lambda tasks, user: tasks.for_anybody(user.organisation_id)),
    "ours": ("My organisation’s", lambda tasks, user: tasks.of(user.organisation_id)),
}
# code in the address: what the filter says
DUE = {"late": "Late", "soon": "Due by the end of the next working day"}


def tasks_for(user: User, which: str, *, today: date, due: str = "") -> TaskQuerySet:
    """The open tasks of one list that this person may see, the first to be done first."""
    tasks = LISTS[which][1](Task.objects.visible_to(user).open(), user)
    if due == "late":
        tasks = tasks.late(today=today)
    if due == "soon":
        tasks = tasks.due_between(today, add_working_days(today, 1))
    return tasks


@dataclass(frozen=True)
class Row:
    """One line of a list of tasks, in words."""

    reference: str
    due: str
    is_late: bool
    whom: str
    set_by: str


def row(task: Task, *, now: datetime) -> Row:
    """What a list says about a task."""
    return Row(
        reference=task.case.reference,
        due=f"{due_words(end_of_day(task.due_on), now=now)}, {date_format(task.due_on, 'j F Y')}",
        is_late=is_late(task, today=timezone.localdate(now)),
        whom=whom(task),
        set_by=str(task.set_by),
    )


def whom(task: Task) -> str:
    """'Ngozi Adeyemi, Charnwood', or 'Anybody at Charnwood'."""
    house = task.for_organisation.short_name
    return f"{task.for_person}, {house}" if task.for_person else f"Anybody at {house}"


def is_late(task: Task, *, today: date) -> bool:
    return task.done_at is None and task.due_on < today
