"""Tasks: those of one case, and the list of one's own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.case_pages import pages_of
from casework.doors import case_or_404
from casework.forms import chosen
from casework.forms_of_lists import TasksFilter
from casework.forms_of_tasks import DoneForm, TaskForm
from casework.models import Case, Task
from casework.parts import DONE
from casework.permissions import acts_now
from casework.setting_tasks import finish_task, set_task
from casework.tasklist import LISTS, is_late, row, tasks_for, whom
from casework.timeline import when
from casework.views.one_act import one_act
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission

OF_A_LIST = ("case", "for_organisation", "for_person", "set_by")
DONE_SHOWN = 10


@dataclass(frozen=True)
class Shown:
    """One task as its case shows it, with what is to be done."""

    task: Task
    words: str
    whom: str
    set_at: str
    is_late: bool


@requires(Permission.SEE_QUEUE)
@require_safe
def tasks_due(request: StaffRequest) -> HttpResponse:
    """One list of tasks, 25 a page; nothing sealed is opened."""
    now = timezone.now()
    which = request.GET.get("list", "mine")
    if which not in LISTS:
        raise Http404
    filters = TasksFilter(request.GET)
    wanted = chosen(filters)
    found = tasks_for(request.user, which, today=timezone.localdate(now), **wanted)
    page = page_of(found.select_related(*OF_A_LIST), request)
    context = {
        "rows": [row(task, now=now) for task in page.object_list],
        "page_obj": page,
        "filters": filters,
        "is_filtered": bool(wanted),
        "which": which,
        "title": LISTS[which][0],
        "lists": [(code, words) for code, (words, _) in LISTS.items()],
    }
    return render(request, "casework/tasks/tasks.html", context)


@requires(Permission.SEE_QUEUE)
@require_safe
def tasks(request: StaffRequest, reference: str) -> HttpResponse:
    """The tasks of one case, with what is to be done."""
    case = case_or_404(request.user, reference, Permission.SEE_QUEUE, needs={DONE})
    today = timezone.localdate()
    of_case = case.tasks.select_related("for_organisation", "for_person", "set_by", "done_by")
    page = page_of(of_case.open(), request)
    done = of_case.exclude(done_at=None).order_by("-done_at")[:DONE_SHOWN]
    context = {
        "case": case,
        "pages": pages_of(case, request.user, here="casework:tasks"),
        "open": [_shown(task, today) for task in page.object_list],
        "page_obj": page,
        "done": [_shown(task, today) for task in done],
        "allowed": acts_now(request.user, case),
    }
    return render(request, "casework/case/tasks.html", context)


def _shown(task: Task, today: Any) -> Shown:
    return Shown(
        task=task,
        words=task.unseal("words"),
        whom=whom(task),
        set_at=when(task.set_at),
        is_late=is_late(task, today=today),
    )


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def add_task(request: StaffRequest, reference: str) -> HttpResponse:
    """Asks somebody to do something by a day."""
    return one_act(
        request,
        reference,
        act="set_task",
        form_class=TaskForm,
        template="add_task",
        do=_set,
        done="The task is set.",
        then="casework:tasks",
    )


def _set(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    whom = {"organisation": asked["organisation"], "person": asked["person"], "due_on": asked["due_on"]}
    set_task(case, asked["words"], **whom, by=by, now=now)


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: StaffRequest, reference: str, task_id: Any) -> HttpResponse:
    """Says that a task is done."""
    case = case_or_404(request.user, reference, Permission.WORK_CASES, needs={DONE})
    task = get_object_or_404(
        case.tasks.select_related("for_organisation", "for_person", "set_by"), pk=task_id
    )

    def done(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
        finish_task(case.tasks.get(pk=task_id), note=asked["note"], by=by, now=now, seen=seen)

    return one_act(
        request,
        reference,
        act="finish_task",
        form_class=DoneForm,
        template="finish_task",
        do=done,
        done="The task is done.",
        then="casework:tasks",
        shown=_shown(task, timezone.localdate()),
    )
