"""Asking a sheet of several pages: a volunteer records, or practises, with the person beside them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone

from govuk.rendering import error_summary_html
from partners import wording
from reporting.journey import sheets
from reporting.journey.after import SAFETY
from reporting.journey.before import AGREEMENT
from reporting.journey.question import Answers
from reporting.journey.sheets import Sheet
from reporting.journey.urgency import is_about_a_child, needs_crisis_help
from reporting.journey.versions import BEGUN
from reporting.later import where_it_goes_on
from reporting.models import Draft, DraftChanged, DraftGone, Report
from reporting.places import with_area_of_postcode
from reporting.sheet_forms import SheetForm, of_sheet, with_sheet_typed
from reporting.views.asking import SEEN_AS, gone, print_of
from reporting.walk import Walk

# In the address: the check of all answers is what comes next; and a report that was begun is gone on with.
CHANGE, GOING_ON = "change", "on"
# And that the form was filled in on paper before.
PAPER = "paper"
TOLD_ON, PAPER_NUMBER = "C01_on", "C01_paper"
# The number that was said to have been used before.
KNOWN_NUMBER = "known_number"
# The header of what the page's own script sends, to be kept as it stands and not looked at.
KEEP = "Llr-Keep"
ATTEMPTS = 5


def ask_first(request: HttpRequest, walk: Walk) -> HttpResponse:
    """What to say first, and whether anybody is in danger: nothing of it is stored. From here a new report begins."""
    data = request.POST if request.method == "POST" else None
    form = SheetForm(sheets.FIRST, walk.first_answers, today=timezone.localdate(), data=data)
    if request.method == "POST" and form.is_valid():
        return _begin_anew(request, walk, is_danger=form.given()["Q01"] == "yes")
    context = {
        **_around(request, sheets.FIRST, form, walk.first_answers, walk),
        "sharing": wording.sharing(),
        "goes_on_at": "" if GOING_ON in request.GET else _goes_on_at(request, walk),
    }
    return render(request, walk.template("record"), context)


def _begin_anew(request: HttpRequest, walk: Walk, *, is_danger: bool) -> HttpResponse:
    response = HttpResponseRedirect(
        walk.to("emergency") if is_danger else walk.sheet(sheets.after(sheets.FIRST))
    )
    if GOING_ON not in request.GET:
        # What another person has begun to tell must not stand on this one's pages.
        walk.forget(response)
    return response


def begin_from_paper(walk: Walk) -> HttpResponse:
    """Leads to where a form is typed in that was filled in on paper: nobody is there to be asked about danger."""
    response = HttpResponseRedirect(f"{walk.sheet(sheets.ASKED[0])}?{PAPER}")
    walk.forget(response)
    return response


def _goes_on_at(request: HttpRequest, walk: Walk) -> str:
    """Where what this browser has begun goes on; '' where there is nothing."""
    try:
        return walk.url(where_it_goes_on(walk.draft(request).read()))
    except DraftGone:
        return ""


def ask_sheet(request: HttpRequest, number: int, walk: Walk) -> HttpResponse:
    """Shows a sheet, or takes its answers and leads on."""
    sheet = sheets.BY_NUMBER.get(number)
    if sheet is None:
        raise Http404
    try:
        return _ask(request, sheet, walk)
    except DraftGone:
        return HttpResponse(status=410) if KEEP in request.headers else gone(request, walk)


def _ask(request: HttpRequest, sheet: Sheet, walk: Walk) -> HttpResponse:
    for _attempt in range(ATTEMPTS):
        draft = _draft(request, sheet, walk)
        answers = draft.read() if draft else dict(walk.first_answers)
        if not sheets.may_open(sheet, answers):
            return HttpResponseRedirect(walk.sheet(sheets.unfinished(answers) or sheets.LAST))
        if request.method != "POST":
            form = SheetForm(sheet, _with_day(sheet, request, answers), today=timezone.localdate())
            return _show(request, sheet, form, answers, walk)
        try:
            taken = _keep if KEEP in request.headers else _take
            return taken(request, sheet, draft, answers, walk)
        except DraftChanged:
            # What the page's script sent a moment before came in between: what there is now is read anew.
            continue
    return HttpResponse(status=409)


def _with_day(sheet: Sheet, request: HttpRequest, answers: Answers) -> Answers:
    """Before the first answer today stands there as the day on which the person told; never on a paper form's."""
    if BEGUN in answers or PAPER in request.GET:
        return answers
    return {TOLD_ON: timezone.localdate().isoformat(), **answers}


def _draft(request: HttpRequest, sheet: Sheet, walk: Walk) -> Draft | None:
    """The draft; before the first answer there is none."""
    try:
        return walk.draft(request)
    except DraftGone:
        if sheet is sheets.ASKED[0]:
            return None
        raise


def _keep(
    request: HttpRequest, sheet: Sheet, draft: Draft | None, answers: Answers, walk: Walk
) -> HttpResponse:
    """Keeps what stands on the page, finished or not, and says nothing; 409 where another window answered it."""
    if draft is None or request.POST.get(SEEN_AS) != print_of(of_sheet(sheet, answers)):
        return HttpResponse(status=409)
    draft.write(with_sheet_typed(sheet, answers, request.POST))
    return HttpResponse(status=204)


def _take(
    request: HttpRequest, sheet: Sheet, draft: Draft | None, answers: Answers, walk: Walk
) -> HttpResponse:
    typed, is_outside = _with_area(sheet, request.POST, answers)
    form = SheetForm(sheet, answers, today=timezone.localdate(), data=typed)
    if not form.is_valid() or is_outside:
        return _show(request, sheet, form, answers, walk, is_outside=is_outside)
    if _was_changed_elsewhere(request, sheet, answers, form.given()):
        return _show(request, sheet, form, answers, walk, changed_elsewhere=True)
    used_before = _report_with_its_number(request, form.given(), answers, walk)
    if used_before is not None:
        said = {"used_before": used_before, "known_number": form.given()[PAPER_NUMBER]}
        return _show(request, sheet, form, answers, walk, **said)
    now_answered = form.all_answers()
    response = HttpResponseRedirect(_onwards(request, sheet, now_answered, walk))
    if draft is None:
        walk.remember(response, _begin(request, now_answered, walk))
    else:
        draft.write(now_answered)
    return response


def _report_with_its_number(
    request: HttpRequest, given: Answers, answers: Answers, walk: Walk
) -> Report | None:
    """What this centre recorded from a paper form with the same number; it is said once, and may be right."""
    number, volunteer = given.get(PAPER_NUMBER), walk.volunteer(request)
    if walk.is_practice or number in (None, answers.get(PAPER_NUMBER), request.POST.get(KNOWN_NUMBER)):
        return None
    assert volunteer, "sheets are asked at a centre"
    assert volunteer.organisation, "a permission comes with a workplace"
    here = Report.objects.visible_to(volunteer).recorded_at(volunteer.organisation)
    return here.filter(centre_record__paper_number=number).newest_first().first()


def _with_area(sheet: Sheet, typed: QueryDict, answers: Answers) -> tuple[QueryDict, bool]:
    """What was typed, with the area of its postcode; and whether that lies outside, which is said before going on."""
    is_outside = False
    for page in sheet.pages:
        typed, lies_outside = with_area_of_postcode(page, typed, answers)
        is_outside = is_outside or lies_outside
    return typed, is_outside


def _begin(request: HttpRequest, answers: dict[str, Any], walk: Walk) -> Draft:
    today, volunteer = timezone.localdate(), walk.volunteer(request)
    assert volunteer, "sheets are asked at a centre"
    assert volunteer.organisation, "a permission comes with a workplace"
    begun = {**answers, BEGUN: timezone.localtime().isoformat(timespec="seconds")}
    begin = Draft.begin_practice if walk.is_practice else Draft.begin
    return begin(begun, today=today, centre=volunteer.organisation, recorded_by=volunteer)


def _was_changed_elsewhere(request: HttpRequest, sheet: Sheet, answers: Answers, given: Answers) -> bool:
    """Whether another window saved other answers to this sheet since it was shown."""
    stored, seen_as = of_sheet(sheet, answers), request.POST.get(SEEN_AS)
    return seen_as is not None and seen_as != print_of(stored) and stored not in (given, {})


def _onwards(request: HttpRequest, sheet: Sheet, answers: Answers, walk: Walk) -> str:
    if SAFETY in sheet.pages and (needs_crisis_help(answers) or is_about_a_child(answers)):
        return walk.to("help")
    if CHANGE in request.GET:
        waiting = sheets.unfinished(answers)
        return f"{walk.sheet(waiting)}?{CHANGE}" if waiting else walk.sheet(sheets.LAST)
    return walk.sheet(sheets.after(sheet))


def _show(
    request: HttpRequest, sheet: Sheet, form: SheetForm, answers: Answers, walk: Walk, **said: Any
) -> HttpResponse:
    """The sheet with its form; `said`: changed_elsewhere, is_outside, used_before with known_number."""
    return render(
        request, "reporting/centre/sheet.html", {**_around(request, sheet, form, answers, walk), **said}
    )


def _around(
    request: HttpRequest, sheet: Sheet, form: SheetForm, answers: Answers, walk: Walk
) -> dict[str, Any]:
    """What stands round the form."""
    return {
        "walk": walk,
        "sheet": walk.named(sheet),
        "sheets": len(sheets.SHEETS),
        "parts": form.parts,
        "errors": error_summary_html(*form.forms),
        "has_errors": form.has_errors,
        "seen_as": print_of(of_sheet(sheet, answers)),
        "seen_as_name": SEEN_AS,
        # Before the first answer there is nothing to which what is typed could be put.
        "keeps": BEGUN in answers,
        "is_about_another": AGREEMENT in sheet.shown(answers),
        "read_aloud": wording.sharing(),
        "known_number": request.POST.get(KNOWN_NUMBER, "") if sheet is sheets.ASKED[0] else None,
        "is_on_paper": PAPER in request.GET and sheet is sheets.ASKED[0],
        "back_url": _back(request, sheet, walk),
    }


def _back(request: HttpRequest, sheet: Sheet, walk: Walk) -> str:
    if sheet is sheets.FIRST:
        return ""
    if CHANGE in request.GET:
        return walk.sheet(sheets.LAST)
    before = sheets.before(sheet)
    return walk.sheet(before) + (f"?{GOING_ON}" if before is sheets.FIRST else "")
