"""Looking at what came with a report: at pictures that we drew, or at the file as it came, with a reason and a fresh
proof. Both are recorded, and the person can see that it was read."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from audit import trail
from casework.evidence import evidence_or_404, file_name, shown
from files.models import Picture
from files.serving import as_attachment, as_picture, pieces_of
from govuk.fields import OneOf
from partners.doors import StaffRequest, requires
from partners.roles import Permission
from partners.step_up import fresh
from reporting.models import Evidence, Report
from scope.context import worker_scope

REASONS = [
    ("investigate", "It is needed to look into what happened"),
    ("police", "The police or the prosecutor asked for it"),
    ("unclear", "The copy does not show enough"),
    ("only_way", "There is no copy of it: it is a video or sound"),
]


class OriginalForm(forms.Form):
    """Why somebody takes a file out as it came."""

    reason = OneOf(
        choices=REASONS,
        label="Why do you need the file as it came?",
        error_messages={"required": "Choose why you need it"},
    )


@requires(Permission.SEE_QUEUE)
@require_safe
def evidence(request: StaffRequest, evidence_id: UUID) -> HttpResponse:
    """One file: what it is, how it stands, and its pictures."""
    found, report = evidence_or_404(request.user, evidence_id)
    report.note_read(request.user, now=timezone.now())
    context = {
        "shown": shown(found),
        "pictures": _pictures(found),
        "back_url": _home(report),
        "back_text": report.reference,
    }
    return render(request, "casework/evidence/evidence.html", context)


@requires(Permission.SEE_QUEUE)
@require_safe
def evidence_picture(request: StaffRequest, evidence_id: UUID, number: int) -> HttpResponse:
    """One picture, which we drew; of what is held or refused there is none."""
    found, report = evidence_or_404(request.user, evidence_id)
    if not found.is_clean:
        raise Http404
    with worker_scope():
        pictures = Picture.objects.filter(file=found.file_id, number=number).exclude(file__scanned_at=None)
        picture = pictures.select_related("file__data_key").defer("file__content").first()
        if picture is None:
            raise Http404
        jpeg = picture.jpeg()
    trail.record(
        "report.evidence_seen", report, by=request.user, now=timezone.now(), file=found.number, picture=number
    )
    return as_picture(jpeg)


@requires(Permission.SEE_QUEUE)
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_original(request: StaffRequest, evidence_id: UUID) -> HttpResponseBase:
    """The file as it came, to keep and not to run: for who says why, and has just proved who they are."""
    found, report = evidence_or_404(request.user, evidence_id)
    if not found.is_clean:
        raise Http404
    return _original(request, found, report)


@fresh
def _original(request: StaffRequest, found: Evidence, report: Report) -> HttpResponseBase:
    form = OriginalForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        back = reverse("casework:evidence", args=[found.pk])
        context = {"form": form, "shown": shown(found), "back_url": back, "back_text": shown(found).title}
        return render(request, "casework/evidence/original.html", context)
    now = timezone.now()
    trail.record(
        "report.evidence_taken",
        report,
        by=request.user,
        now=now,
        file=found.number,
        why=form.cleaned_data["reason"],
    )
    report.note_read(request.user, now=now)
    return as_attachment(pieces_of(found.file_id), name=file_name(found, report), byte_count=found.byte_count)


def _pictures(found: Evidence) -> list[dict[str, str]]:
    if not found.is_clean:
        return []
    return [
        {
            "url": reverse("casework:evidence_picture", args=[found.pk, number]),
            "title": f"Page {number} of {found.pictures}" if found.pictures > 1 else shown(found).title,
        }
        for number in range(1, found.pictures + 1)
    ]


def _home(report: Report) -> str:
    # From there a report that is part of a case leads on to it, whatever that case is called.
    return reverse("casework:report", args=[report.reference])
