"""Plans on paper: bringing one in from a file, after a look at what it says, and taking one out as a file."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.models import ActionPlan
from actionplans.papers.bringing_in import CodeTaken, DraftChanged, bring_in, fingerprint
from actionplans.papers.columns import COLUMNS
from actionplans.papers.exporting import as_file, template
from actionplans.papers.forms import ExportForm, ImportForm
from actionplans.papers.naming import Directory, directory
from actionplans.papers.planned import PlannedAction, PlannedPlan, planned_of
from actionplans.papers.understanding import Understood, understand
from audit import trail
from documents.grids.cells import FileRefused, plain
from documents.grids.packed import PaperKind
from documents.grids.reading import read
from partners.doors import StaffRequest, requires
from partners.roles import Permission

DEMO_NOTICE = "Invented demonstration data"
SALT = "actionplans.import"
LASTS = timedelta(hours=24)
# What a page sends back must fit into one request.
LONGEST = 700_000
MOST_ERRORS = 200
TEMPLATES = (PaperKind.XLSX, PaperKind.ODS, PaperKind.CSV)


@dataclass(frozen=True)
class Line:
    """An action as the preview shows it."""

    action: PlannedAction
    lead: str
    supporting: int
    target: str


@requires(Permission.OWN_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_plan(request: StaffRequest) -> HttpResponse:
    """Asks for a file, shows what it says, and brings it in once that was seen."""
    if "seen" in request.POST:
        return _bring_in(request, timezone.now())
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent, by=request.user)
    errors: tuple[Any, ...] = ()
    if sent and form.is_valid():
        names = directory()
        try:
            found = _understood(form, names)
            if not found.errors:
                return render(request, "actionplans/papers/preview.html", _preview(form, found, names))
            errors = found.errors
            form.add_error("paper", _how_many(len(errors)))
        except FileRefused as refused:
            form.add_error("paper", str(refused))
    context = {
        "form": form,
        "errors": errors[:MOST_ERRORS],
        "more_errors": max(0, len(errors) - MOST_ERRORS),
        "columns": COLUMNS,
        "templates": TEMPLATES,
    }
    return render(request, "actionplans/papers/import.html", context)


def _understood(form: ImportForm, names: Directory) -> Understood:
    paper, said = form.cleaned_data["paper"], form.cleaned_data
    return understand(read(paper.name, paper.read()), names, starts=said["starts"], ends=said["ends"])


def _how_many(errors: int) -> str:
    if errors == 1:
        return "One cell of the file needs a change: it is named on this page. Nothing was brought in."
    return f"{errors} cells of the file need a change: they are listed on this page. Nothing was brought in."


def _preview(form: ImportForm, found: Understood, names: Directory) -> dict[str, Any]:
    said, draft = form.cleaned_data, form.draft
    plan = PlannedPlan(said["plan_code"], said["title"], said["starts"], said["ends"], found.actions)
    stands = planned_of(draft) if draft else None
    seen = {"plan": plan.as_json(), "instead_of": fingerprint(stands) if stands else "", "by": form.by.pk}
    sealed = signing.dumps(seen, salt=SALT, compress=True)
    if len(sealed) > LONGEST:
        raise FileRefused("The plan is too long to be brought in at once. Divide it into several plans.")
    shown = names.organisations.shown
    return {
        "plan": plan,
        "draft": draft,
        "before": len(stands.actions) if stands else 0,
        "found": found,
        "lines": [Line(each, shown[each.lead], len(each.supporting), _target(each)) for each in plan.actions],
        "priorities": list(dict.fromkeys(each.priority for each in plan.actions)),
        "leads": len({each.lead for each in plan.actions}),
        "milestones": sum(len(each.milestones) for each in plan.actions),
        "without_target": sum(each.measure.target is None for each in plan.actions),
        "in_words": [each for each in plan.actions if each.supporting_text],
        "seen": sealed,
    }


def _target(action: PlannedAction) -> str:
    return "" if action.measure.target is None else plain(action.measure.target)


def _bring_in(request: StaffRequest, now: datetime) -> HttpResponse:
    try:
        seen = signing.loads(request.POST["seen"], salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        messages.error(request, "What you looked at is too old to be brought in. Choose the file again.")
        return redirect("actionplans:import")
    if seen["by"] != request.user.pk:
        raise Http404
    planned = PlannedPlan.from_json(seen["plan"])
    try:
        plan = bring_in(planned, instead_of=seen["instead_of"], by=request.user, now=now)
    except (CodeTaken, DraftChanged) as refused:
        messages.error(request, str(refused))
        return redirect("actionplans:import")
    messages.success(request, f"The plan was brought in as a draft, with {len(planned.actions)} actions.")
    return redirect("actionplans:plan", code=plan.code)


@requires(Permission.OWN_PLANS)
@require_safe
def import_template(request: StaffRequest, kind: str) -> HttpResponse:
    """An empty table with the headings that a plan has."""
    if kind not in TEMPLATES:
        raise Http404
    return _file(template(PaperKind(kind)), PaperKind(kind), "action-plan-to-fill-in")


@requires(Permission.SEE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def export_plan(request: StaffRequest, code: str) -> HttpResponse:
    """The plan as a file; that it was taken out is in the trail."""
    plan = get_object_or_404(ActionPlan.objects.seen_by(request.user), code=code)
    now = timezone.now()
    form = ExportForm(request.POST) if request.method == "POST" else ExportForm()
    if form.is_bound and form.is_valid():
        kind = PaperKind(form.cleaned_data["kind"])
        made = as_file(plan, kind, today=timezone.localdate(now), notice=_notice(plan))
        trail.record("plan.exported", plan, by=request.user, now=now, code=plan.code, kind=kind.value)
        return _file(made, kind, f"{plan.code}-{timezone.localdate(now)}")
    return render(request, "actionplans/papers/export.html", {"form": form, "plan": plan})


def _notice(plan: ActionPlan) -> str:
    """What must stand on every copy: that it is a demonstration, that the plan is illustrative."""
    said = [DEMO_NOTICE if settings.IS_DEMO else "", plan.notice if plan.is_illustrative else ""]
    return ". ".join(words.rstrip(".") for words in said if words) + "." if any(said) else ""


def _file(made: bytes, kind: PaperKind, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{kind}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(made, content_type=kind.media_type, headers=headers)
