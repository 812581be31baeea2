"""The list of reporting centres: brought in from a file after a look at what it says, and taken out as one."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from audit import trail
from centres.columns import allowed
from centres.exporting import KINDS, as_file, template
from centres.forms_of_lists import ListForm, TakeOutForm
from centres.importing import BroughtIn, ListChanged, bring_in, compare
from centres.reading_lists import Understood, understand
from centres.reading_rows import Wanted
from documents.grids.cells import FileRefused
from documents.grids.packed import PaperKind
from partners.doors import StaffRequest, requires
from partners.models import ReportingCentre
from partners.roles import Permission

DEMO_NOTICE = "Invented demonstration data"
SALT = "centres.list"
LASTS = timedelta(hours=24)
# What a page sends back must fit into one request.
LONGEST = 700_000
MOST_ERRORS = 200


@requires(Permission.OVERSEE_CENTRES)
@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: StaffRequest) -> HttpResponse:
    """Asks for a file, shows what it would change, and keeps it once that was seen."""
    now = timezone.now()
    if "seen" in request.POST:
        return _bring_in(request, now)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    errors: list[Any] = []
    if form.is_bound and form.is_valid():
        try:
            paper = form.cleaned_data["paper"]
            found = understand(paper.name, paper.read(), today=timezone.localdate(now))
            if not found.errors:
                return render(request, "centres/lists/preview.html", _preview(request, found))
            errors = found.errors
            form.add_error("paper", _how_many(len(errors)))
        except FileRefused as refused:
            form.add_error("paper", str(refused))
    context = {
        "form": form,
        "errors": errors[:MOST_ERRORS],
        "more_errors": max(0, len(errors) - MOST_ERRORS),
        "columns": allowed(),
        "kinds": KINDS,
    }
    return render(request, "centres/lists/import.html", context)


def _how_many(errors: int) -> str:
    if errors == 1:
        return "One cell of the file needs a change: it is named on this page. Nothing was kept."
    return f"{errors} cells of the file need a change: they are listed on this page. Nothing was kept."


def _preview(request: StaffRequest, found: Understood) -> dict[str, Any]:
    """The file itself is kept nowhere: what it says goes to whoever sent it, signed, and comes back from them."""
    comparison = compare(found.wanted)
    seen = {
        "wanted": [[each.code, each.values] for each in found.wanted],
        "as_of": comparison.fingerprint,
        "by": request.user.pk,
    }
    signed = signing.dumps(seen, salt=SALT, compress=True)
    if len(signed) > LONGEST:
        raise FileRefused("The list is too long to be brought in at once. Divide it into several files.")
    return {"found": found, "comparison": comparison, "seen": signed}


def _bring_in(request: StaffRequest, now: datetime) -> HttpResponse:
    try:
        seen = signing.loads(request.POST["seen"], salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        messages.error(request, "What you looked at is too old to be brought in. Choose the file again.")
        return redirect("centres:import")
    if seen["by"] != request.user.pk:
        raise Http404
    wanted = [Wanted(code, values) for code, values in seen["wanted"]]
    try:
        done = bring_in(wanted, seen=seen["as_of"], by=request.user, now=now)
    except ListChanged as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _said(done))
    return redirect("centres:import")


def _said(done: BroughtIn) -> str:
    if not done.new and not done.changed:
        return f"Nothing to change: all {done.same} centres of the list are so already."
    return f"The list was brought in: {done.new} new, {done.changed} changed, {done.same} as they were."


@requires(Permission.OVERSEE_CENTRES)
@require_safe
def list_template(request: StaffRequest, kind: str) -> HttpResponse:
    """An empty list with the headings, and a row that shows how."""
    if kind not in KINDS:
        raise Http404
    return _file(template(PaperKind(kind)), PaperKind(kind), "reporting-centres-to-fill-in")


@requires(Permission.OVERSEE_CENTRES)
@require_http_methods(["GET", "HEAD", "POST"])
def export_list(request: StaffRequest) -> HttpResponse:
    """All centres as a file that can be brought in again; that it was taken out is in the trail."""
    form = TakeOutForm(request.POST) if request.method == "POST" else TakeOutForm()
    if form.is_bound and form.is_valid():
        kind, now = PaperKind(form.cleaned_data["kind"]), timezone.now()
        centres = ReportingCentre.objects.select_related("organisation", "district", "looked_after_by")
        made = as_file(centres, kind, notice=DEMO_NOTICE if settings.IS_DEMO else "")
        trail.record("centres.list_taken_out", "centres", by=request.user, now=now, kind=kind.value)
        return _file(made, kind, f"reporting-centres-{timezone.localdate(now)}")
    return render(request, "centres/lists/export.html", {"form": form})


def _file(made: bytes, kind: PaperKind, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{kind}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(made, content_type=kind.media_type, headers=headers)
