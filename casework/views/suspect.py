"""Who is said to have done it: shown on a page of its own, to who may open it and has just proved who they are."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.doors import case_or_404
from casework.forms import ActForm
from casework.forms_of_suspects import KeepForm, SuspectForm, WhyOpenForm
from casework.knowing_again import Alike, suspects_alike
from casework.models import Case, SuspectRecord
from casework.models.suspect import Known
from casework.parts import SUSPECT
from casework.permissions import acts_now
from casework.sight import suspects_in_words
from casework.suspects import Opened, drop_suspect, is_own, keep_suspect, open_on, write_suspect
from casework.views.one_act import one_act
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission
from partners.step_up import fresh

WORDS = (
    ("name", "Name"),
    ("looks", "What they look like"),
    ("born", "Date of birth"),
    ("relation", "How the person knows them"),
    ("address", "Where they live or can be found"),
    ("phone", "Telephone"),
    ("source", "Who says so"),
)


@requires(Permission.SEE_SUSPECTS)
@require_http_methods(["GET", "HEAD", "POST"])
def suspect(request: StaffRequest, reference: str) -> HttpResponseBase:
    """What the person said, and what officers wrote down; each opening is recorded. Who does not work on the case says
    why first."""
    case = case_or_404(request.user, reference, Permission.SEE_SUSPECTS, needs={SUSPECT})
    if not _kept(case):
        raise Http404
    return _opening(request, case)


@fresh
def _opening(request: StaffRequest, case: Case) -> HttpResponse:
    if is_own(case, request.user):
        return _shown(request, case, why="")
    form = WhyOpenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _shown(request, case, why=form.cleaned_data["why"])
    return render(request, "casework/case/suspect_why.html", _around(case) | {"form": form})


def _shown(request: StaffRequest, case: Case, *, why: str) -> HttpResponse:
    now = timezone.now()
    opened = open_on(case, why=why, by=request.user, now=now)
    records = [record.pk for each in opened for record in each.written]
    alike = suspects_alike(case, records, asked_by=request.user)
    context = {
        "named": [_in_words(each, alike, today=timezone.localdate(now)) for each in opened],
        "allowed": acts_now(request.user, case),
    }
    return render(request, "casework/case/suspect.html", _around(case) | context)


def _in_words(opened: Opened, alike: dict[UUID, list[Alike]], *, today: date) -> dict[str, Any]:
    return {
        "report": opened.report,
        "said": suspects_in_words(opened.report, opened.said),
        "written": [
            _record(each, today=today) | {"alike": alike.get(each.pk, [])} for each in opened.written
        ],
    }


def _record(record: SuspectRecord, *, today: date) -> dict[str, Any]:
    known = record.read()
    facts = [{"key": words, "value": value} for name, words in WORDS if (value := in_words(known, name))]
    return {
        "id": record.pk,
        "name": known.name or "No name is known",
        "facts": facts,
        "how_sure": record.get_how_sure_display(),
        "ground": record.get_why_kept_display(),
        "by": f"{record.written_by.name}, {record.organisation.name}",
        "written_at": record.written_at,
        "review_on": record.review_on,
        "is_due": record.review_on <= today,
    }


def in_words(known: Known, name: str) -> str:
    """One thing that is known of somebody; '' is not known."""
    value = getattr(known, name)
    return f"{value:%-d %B %Y}" if isinstance(value, date) else value or ""


@requires(Permission.SEE_SUSPECTS)
@require_http_methods(["GET", "HEAD", "POST"])
def suspect_new(request: StaffRequest, reference: str) -> HttpResponse:
    """Writes somebody down."""

    def do(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
        known = Known(**{name: asked[name] for name, _ in WORDS})
        write_suspect(
            case, known, how_sure=asked["how_sure"], why_kept=asked["why_kept"], by=by, now=now, seen=seen
        )

    return one_act(
        request,
        reference,
        act="write_suspect",
        form_class=SuspectForm,
        template="suspect_new",
        do=do,
        done="It is written down, apart from the case.",
    )


@requires(Permission.SEE_SUSPECTS)
@require_http_methods(["GET", "HEAD", "POST"])
def suspect_keep(request: StaffRequest, reference: str, record_id: UUID) -> HttpResponse:
    """Says why it stays."""

    def do(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
        keep_suspect(
            case, record_id, why_kept=asked["why_kept"], note=asked["note"], by=by, now=now, seen=seen
        )

    return _about(
        request, reference, record_id, "keep_suspect", KeepForm, do, "It stays, and comes up again."
    )


@requires(Permission.SEE_SUSPECTS)
@require_http_methods(["GET", "HEAD", "POST"])
def suspect_drop(request: StaffRequest, reference: str, record_id: UUID) -> HttpResponse:
    """Erases it."""

    def do(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
        drop_suspect(case, record_id, by=by, now=now, seen=seen)

    return _about(
        request, reference, record_id, "drop_suspect", ActForm, do, "What was written down is erased."
    )


def _about(
    request: StaffRequest,
    reference: str,
    record_id: UUID,
    act: str,
    form_class: type[ActForm],
    do: Any,
    done: str,
) -> HttpResponse:
    return one_act(
        request, reference, act=act, form_class=form_class, template=act, do=do, done=done, record=record_id
    )


def _kept(case: Case) -> list[Any]:
    return [report for report in case.reports if report.erased_at is None]


def _around(case: Case) -> dict[str, Any]:
    return {
        "case": case,
        "back_url": reverse("casework:case", args=[case.reference]),
        "back_text": case.reference,
    }
