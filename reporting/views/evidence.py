"""Adding photos, documents, videos and sound: before the report is sent, and on the way back."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from files.kinds import MEGABYTE, MOST_BYTES, Family
from files.uploads import left_out_of
from partners.doors import requires
from partners.roles import Permission
from reporting import evidence
from reporting.evidence import FileRefused, Sent
from reporting.forms_of_evidence import EvidenceForm
from reporting.models import DraftGone, Evidence, EvidenceState, Report
from reporting.models.evidence import MOST_BYTES as MOST_TOGETHER
from reporting.models.evidence import MOST_FILES
from reporting.tries import may_send_a_file
from reporting.views.asking import gone
from reporting.visit import visiting
from reporting.walk import CENTRE, PUBLIC, Walk

REMOVE = "remove"
ADDED, REMOVED = "added", "removed"
Failed = list[tuple[str, str]]


@dataclass(frozen=True)
class Around:
    """Where files are added: to what, and what stands round the form."""

    told_with: UUID
    base: str
    here: str
    onwards: str
    title: str
    walk: Walk | None = None
    report: Report | None = None


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_page(request: HttpRequest) -> HttpResponse:
    """Before sending: adds files to the draft, and takes them back."""
    return show_evidence(request, PUBLIC)


@requires(Permission.RECORD_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def record_evidence(request: HttpRequest) -> HttpResponse:
    """The same at a reporting centre."""
    return show_evidence(request, CENTRE)


@require_http_methods(["GET", "HEAD", "POST"])
@visiting
def way_back_evidence(request: HttpRequest, report: Report) -> HttpResponse:
    """After sending: adds files to the report. What was sent stays."""
    here, onwards = reverse("reporting:way_back_evidence"), reverse("reporting:way_back")
    base = "reporting/way_back/base.html"
    around = Around(report.idempotency_key, base, here, onwards, _("Come back"), report=report)
    return _page(request, around)


def show_evidence(request: HttpRequest, walk: Walk) -> HttpResponse:
    """The page of a draft; without one, what the journey says then."""
    try:
        draft_id = walk.draft(request).pk
    except DraftGone:
        return gone(request, walk)
    title = _("Part 5 of 5")
    return _page(
        request, Around(draft_id, walk.base, walk.to("evidence"), walk.to("check"), title, walk=walk)
    )


def _page(request: HttpRequest, around: Around) -> HttpResponse:
    if request.method != "POST":
        return _show(request, around, EvidenceForm())
    if REMOVE in request.POST:
        return _removed(request, around)
    form = EvidenceForm(request.POST, request.FILES)
    too_large = [(name, _too_large()) for name in left_out_of(request)]
    if too_large:
        form.fields["files_to_add"].required = False
    if form.is_valid():
        added, failed = _add_each(request, form.cleaned_data["files_to_add"], around)
        if not failed and not too_large:
            return _done(request, around)
        form.say_what_failed([*failed, *too_large])
        return _show(request, around, form, added=added)
    return _show(request, around, form)


def _add_each(request: HttpRequest, chosen: list[UploadedFile], around: Around) -> tuple[int, Failed]:
    """Each by itself: what goes through stays, whatever becomes of the others."""
    now, added, failed = timezone.now(), 0, []
    for each in chosen:
        name = each.name or ""
        try:
            if not may_send_a_file(request):
                raise FileRefused(_("Too many files came at once. Wait an hour, then try again."))
            sent = Sent(name, each.size or 0, each.chunks())
            evidence.add(sent, told_with=around.told_with, now=now, report=around.report)
            added += 1
        except FileRefused as refused:
            failed.append((name, str(refused)))
    return added, failed


def _too_large() -> str:
    return _("The file is larger than %(most)s MB.") % {"most": MOST_BYTES[Family.VIDEO] // MEGABYTE}


def _done(request: HttpRequest, around: Around) -> HttpResponse:
    """To the same page; a script that sends one file after the other goes there by itself."""
    if _asks_for_json(request):
        return JsonResponse({"failed": []})
    return redirect(f"{around.here}?{ADDED}")


def _removed(request: HttpRequest, around: Around) -> HttpResponse:
    if around.report is None:
        with suppress(ValueError):
            evidence.remove(UUID(request.POST[REMOVE]), told_with=around.told_with)
    return redirect(f"{around.here}?{REMOVED}")


def _show(request: HttpRequest, around: Around, form: EvidenceForm, *, added: int = 0) -> HttpResponse:
    if _asks_for_json(request):
        said = [str(each) for each in form.errors.get("files_to_add", [])]
        return JsonResponse({"failed": said}, status=400)
    there = _there(around)
    context = {
        "around": around,
        "walk": around.walk,
        "form": form,
        "there": [_row(each, around) for each in there],
        "is_full": len(there) >= MOST_FILES,
        "limits": _limits(),
        "back_url": around.onwards,
        "title": around.title,
        "told": _told(request, added),
    }
    return render(request, "reporting/evidence.html", context, status=400 if form.errors else 200)


def _asks_for_json(request: HttpRequest) -> bool:
    return request.method == "POST" and request.headers.get("Accept") == "application/json"


def _there(around: Around) -> list[Evidence]:
    if around.report is None:
        return evidence.of_draft(around.told_with)
    return list(Evidence.objects.of(around.report).select_related("data_key"))


def _row(each: Evidence, around: Around) -> dict[str, Any]:
    return {
        "id": each.pk,
        "kind": family_words(each.family),
        "name": each.own_name,
        "size": each.byte_count,
        "state": _state_words(each.state),
        "is_refused": each.is_refused,
        "may_go": around.report is None,
    }


def family_words(family: str) -> str:
    """What a file is, in a word."""
    words = {
        Family.PHOTO: _("Photo"),
        Family.PDF: _("Document (PDF)"),
        Family.VIDEO: _("Video"),
        Family.AUDIO: _("Sound"),
    }
    return words[Family(family)]


def _state_words(state: str) -> str:
    return {
        EvidenceState.HELD: _("We have it. Nobody can open it until it is checked for viruses."),
        EvidenceState.CLEAN: _("We have it, and it is checked."),
        EvidenceState.INFECTED: _("There is a virus in it. Nobody can open it. Add another copy if you can."),
        EvidenceState.UNREADABLE: _("It is damaged. Nobody can open it. Add another copy if you can."),
    }[EvidenceState(state)]


def _limits() -> dict[str, int]:
    return {
        "photo": MOST_BYTES[Family.PHOTO] // MEGABYTE,
        "video": MOST_BYTES[Family.VIDEO] // MEGABYTE,
        "together": MOST_TOGETHER // MEGABYTE,
        "files": MOST_FILES,
    }


def _told(request: HttpRequest, added: int) -> str:
    if added or ADDED in request.GET:
        return _("Your files are added.") if not added else _("The other files are added.")
    return _("The file is removed.") if REMOVED in request.GET else ""
