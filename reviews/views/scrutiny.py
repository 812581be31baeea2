"""A panel from outside looks at closed cases: drawing them, retelling them, answering about them."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from audit import trail
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.roles import Permission
from partners.scrutiny import answers, questions
from reviews.forms_of_scrutiny import DrawForm, PanelForm, RetellForm
from reviews.models import PanelAnswer, Sample, SampledCase
from reviews.sampling import NamesSomebody, NothingToDraw, answer, course_of, draw, retell
from scope.context import worker_scope

DRAWN = "The cases are drawn. Whoever led them is asked to retell them."
RETOLD = "The panel can read it now."
ANSWERED = "Your answers are kept. You can change them while the panel looks at this case."


@requires(Permission.SCRUTINISE, Permission.RUN_MEETINGS)
@require_safe
def samples(request: StaffRequest) -> HttpResponse:
    """Every drawing, the newest first."""
    page = page_of(Sample.objects.all(), request)
    may_draw = request.user.may(Permission.RUN_MEETINGS)
    return render(request, "reviews/scrutiny/samples.html", {"page_obj": page, "may_draw": may_draw})


@requires(Permission.RUN_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def draw_sample(request: StaffRequest) -> HttpResponse:
    """Draws closed cases by lot."""
    now = timezone.now()
    form = DrawForm(request.POST if request.method == "POST" else None, today=timezone.localdate(now))
    if form.is_valid():
        asked = form.cleaned_data
        try:
            sample = draw(
                asked["closed_from"],
                asked["closed_until"],
                how_many=int(asked["how_many"]),
                by=request.user,
                now=now,
            )
        except NothingToDraw as refusal:
            form.add_error("closed_from", str(refusal))
        else:
            messages.success(request, DRAWN)
            return redirect("reviews:sample", sample_id=sample.pk)
    return render(request, "reviews/scrutiny/draw.html", {"form": form})


@requires(Permission.SCRUTINISE, Permission.RUN_MEETINGS)
@require_safe
def sample_page(request: StaffRequest, sample_id: int) -> HttpResponse:
    """One drawing: what can be read, and what was answered so far, counted."""
    sample = get_object_or_404(Sample, pk=sample_id)
    with worker_scope():
        # Of a case that is not retold yet, its number and nothing else is said.
        drawn = list(SampledCase.objects.filter(sample=sample).values("number", "ready_at", "summary"))
        given = list(PanelAnswer.objects.filter(of__sample=sample).values("of__number", "member", "marks"))
    mine = {each["of__number"] for each in given if each["member"] == request.user.pk}
    context = {
        "sample": sample,
        "cases": [
            {
                "number": each["number"],
                "is_ready": bool(each["ready_at"] and each["summary"]),
                "is_erased": bool(each["ready_at"] and not each["summary"]),
                "is_answered": each["number"] in mine,
            }
            for each in drawn
        ],
        "may_read": request.user.may(Permission.SCRUTINISE),
        "counted": _counted([each["marks"] for each in given]),
        "has_answers": bool(given),
    }
    return render(request, "reviews/scrutiny/sample.html", context)


@requires(Permission.SCRUTINISE)
@require_http_methods(["GET", "HEAD", "POST"])
def sampled_case(request: StaffRequest, sample_id: int, number: int) -> HttpResponse:
    """One case, retold without anybody's details, and the panel's questions."""
    ready = SampledCase.objects.ready().select_related("data_key", "sample")
    sampled = get_object_or_404(ready, sample_id=sample_id, number=number)
    said = PanelAnswer.objects.filter(of=sampled, member=request.user).first()
    form = PanelForm(request.POST if request.method == "POST" else None, initial=_before(said, sampled))
    if form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("done_well", "to_change")}
        answer(sampled, form.marks(), **words, by=request.user, now=timezone.now())
        messages.success(request, ANSWERED)
        return redirect("reviews:sample", sample_id=sample_id)
    trail.record(
        "scrutiny.read", sampled, by=request.user, now=timezone.now(), sample=sample_id, number=number
    )
    context = {"sampled": sampled, "summary": sampled.unseal("summary"), "form": form}
    return render(request, "reviews/scrutiny/case.html", context)


@requires(Permission.WORK_CASES)
@require_safe
def to_retell(request: StaffRequest) -> HttpResponse:
    """The cases that the panel drew and this person's organisation led."""
    waiting = SampledCase.objects.to_retell_by(request.user).select_related("case", "sample")
    page = page_of(waiting.order_by("sample_id", "number"), request)
    return render(request, "reviews/scrutiny/to_retell.html", {"page_obj": page})


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def retell_case(request: StaffRequest, reference: str) -> HttpResponse:
    """Retells one case for the panel."""
    waiting = SampledCase.objects.to_retell_by(request.user).select_related("case", "data_key")
    sampled = waiting.filter(case__reference=reference).first()
    if sampled is None:
        raise Http404
    form = RetellForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            retell(sampled, form.cleaned_data["summary"], by=request.user, now=timezone.now())
        except NamesSomebody as refusal:
            form.add_error("summary", str(refusal))
        else:
            messages.success(request, RETOLD)
            return redirect("reviews:to_retell")
    context = {"sampled": sampled, "course": course_of(sampled.case), "form": form}
    return render(request, "reviews/scrutiny/retell.html", context)


def _before(said: PanelAnswer | None, sampled: SampledCase) -> dict[str, Any]:
    if said is None:
        return {}
    said.of = sampled
    return said.marks | {name: said.unseal(name) for name in ("done_well", "to_change")}


def _counted(marks: list[dict[str, str]]) -> list[dict[str, Any]]:
    """For each question how often each answer was given."""
    found = []
    for question in questions():
        given = Counter(each.get(question.code) for each in marks)
        said = [f"{choice.words}: {given[choice.code]}" for choice in answers() if given[choice.code]]
        found.append({"words": question.words, "said": "; ".join(said)})
    return found
