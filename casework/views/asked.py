"""What a person asked for after sending, and its answer; and what goes to other eyes: another look, a complaint."""

from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.asked_forms import AnswerForm
from casework.doors import case_for_act_or_404
from casework.hearing import FOR_OFFICERS, for_other_eyes, is_late
from govuk.paging import page_of
from partners.doors import StaffRequest, View, requires
from partners.roles import Permission
from reporting.asking_us import AnsweredAlready, answer
from reporting.models import ReporterRequest

ANSWERED = "The person’s page now shows your answer."
QUICKER = "Somebody else has answered this already."


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: StaffRequest, reference: str, request_id: UUID) -> HttpResponse:
    """Answers the wish to erase a report, or to stop; the erasing itself is the rights desk's."""
    case = case_for_act_or_404(request.user, reference, "tell_reporter")
    wishes = ReporterRequest.objects.filter(report__case_report__case=case, kind__in=FOR_OFFICERS)
    wish = wishes.select_related("report__data_key").filter(pk=request_id, answered_at=None).first()
    if wish is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _answered(request, wish, form):
        return redirect("casework:case", reference=case.reference)
    context = {"case": case, "wish": wish, "words": wish.unseal("words"), "form": form}
    return render(request, "casework/asked/wish.html", context)


def for_managers(view: View) -> View:
    """To an officer it is missing, unless something waits that no manager may look at."""

    @wraps(view)
    def page(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.may(Permission.MANAGE_TEAM) and not for_other_eyes(request.user).exists():
            raise Http404
        return view(request, *args, **kwargs)

    return page


@requires(Permission.MANAGE_TEAM, Permission.WORK_CASES)
@for_managers
@require_safe
def looks_again(request: StaffRequest) -> HttpResponse:
    """What this manager is asked to look at again, the soonest due first; nothing sealed is opened."""
    found = for_other_eyes(request.user).order_by("answered_at", "due_on", "id")
    stands_in = not request.user.may(Permission.MANAGE_TEAM)
    page = page_of(found, request)
    today = timezone.localdate()
    rows = [
        {
            "id": each.pk,
            "reference": each.report.reference,
            "kind": "Another look" if each.kind == ReporterRequest.Kind.LOOK_AGAIN else "Complaint",
            "about": each.about.name if each.about else "What was done",
            "due": each.due_on,
            "is_late": is_late(each, today=today),
            "is_answered": each.answered_at is not None,
        }
        for each in page.object_list
    ]
    return render(
        request, "casework/asked/list.html", {"rows": rows, "page_obj": page, "stands_in": stands_in}
    )


@requires(Permission.MANAGE_TEAM, Permission.WORK_CASES)
@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def look_again(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """One of them: what the person wrote, and the answer. Reading it is recorded, and the person can see it."""
    wish = for_other_eyes(request.user).filter(pk=request_id).first()
    if wish is None or wish.report.erased_at:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if not wish.answered_at and form.is_valid() and _answered(request, wish, form):
        return redirect("casework:looks_again")
    now = timezone.now()
    wish.report.note_read(request.user, now=now)
    if wish.read_at is None:
        wish.read_at = now
        wish.save(update_fields=["read_at"])
    context = {
        "wish": wish,
        "kind": ReporterRequest.Kind(wish.kind).label,
        "words": wish.unseal("words"),
        "answer": wish.unseal("answer"),
        "form": form,
    }
    return render(request, "casework/asked/look_again.html", context)


def _answered(request: StaffRequest, wish: ReporterRequest, form: AnswerForm) -> bool:
    try:
        answer(wish, **form.cleaned_data, by=request.user, now=timezone.now())
    except AnsweredAlready:
        form.add_error(None, QUICKER)
        return False
    messages.success(request, ANSWERED)
    return True
