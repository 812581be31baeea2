"""Tasks on a case: somebody is to do something by a day, and then it is done."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework.models import Case, Task
from casework.models.case import CannotBeAssigned, ChangedMeanwhile
from partners.models import Organisation, User
from partners.roles import Permission


@transaction.atomic
def set_task(
    case: Case,
    words: str,
    *,
    organisation: Organisation,
    person: User | None = None,
    due_on: date,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> Task:
    """Asks `person`, or anybody at an organisation that sees the case, to do what `words` say; raises
    CannotBeAssigned."""
    case.begin("set_task", seen)
    _refuse(case, organisation, person)
    task = Task(
        case=case,
        for_organisation=organisation,
        for_person=person,
        due_on=due_on,
        set_by=by,
        set_at=now,
    )
    task.seal("words", words)
    task.save(force_insert=True)
    whom: dict[str, Any] = {"to": person.pk} if person else {}
    case.end(
        "set_task", by=by, now=now, task=str(task.pk), at=organisation.code, due_on=due_on.isoformat(), **whom
    )
    return task


def _refuse(case: Case, organisation: Organisation, person: User | None) -> None:
    if organisation.pk not in case.visible_to:
        raise CannotBeAssigned(f"{organisation.short_name} does not see this case.")
    if person is None:
        return
    at_work = person.is_active and person.organisation_id == organisation.pk
    if not at_work or not person.may(Permission.WORK_CASES) or person.pk in (case.barred_people or ()):
        raise CannotBeAssigned(f"{person.name} does not work on this case at {organisation.short_name}.")


@transaction.atomic
def finish_task(task: Task, *, by: User, now: datetime, note: str = "", seen: int | None = None) -> None:
    """What was asked for is done, whoever did it; raises ChangedMeanwhile where somebody has said so already."""
    task.case.begin("finish_task", seen)
    locked = Task.objects.select_for_update(of=("self",), no_key=True).get(pk=task.pk)
    if locked.done_at:
        raise ChangedMeanwhile("Somebody has finished this task meanwhile.")
    task.done_at, task.done_by = now, by
    task.save(update_fields=["done_at", "done_by"])
    task.case.end("finish_task", by=by, now=now, note=note, task=str(task.pk))
