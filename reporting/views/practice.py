"""Practising at a reporting centre: the pages of recording over an invented story. Nothing is sent, nobody is told."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from partners.doors import StaffRequest, requires
from partners.roles import Permission
from reporting.journey.sheets import ASKED
from reporting.models import DraftGone, PracticeRun
from reporting.practice import finish, finish_in_danger
from reporting.practice_feedback import findings_of, said_of
from reporting.practice_ids import new_practice_id
from reporting.practice_stories import NoSuchStory, Story, stories, story
from reporting.receiving import NotComplete
from reporting.views.help import show_emergency, show_help
from reporting.views.record import ask_more
from reporting.views.record_check import check_sheets
from reporting.views.record_sheets import PAPER, ask_first, ask_sheet
from reporting.walk import Walk, practising

View = Callable[..., HttpResponse]


@requires(Permission.RECORD_REPORT)
@require_safe
def practice(request: StaffRequest) -> HttpResponse:
    """The stories, and how this volunteer last did with each."""
    last = {run.story: run for run in PracticeRun.objects.last_of(request.user)}
    rows = [(each, last.get(each.code)) for each in stories()]
    done = sum(run is not None for _each, run in rows)
    return render(request, "reporting/practice/stories.html", {"rows": rows, "done": done})


@requires(Permission.RECORD_REPORT)
@require_safe
def feedback(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """In the place of a receipt: what was found in the record, for the one who made it."""
    run = get_object_or_404(PracticeRun.objects.of(request.user), pk=run_id)
    practised = _story_or_404(run.story)
    context = {
        "run": run,
        "story": practised,
        "walk": practising(practised),
        "said": said_of(findings_of(run, practised), practised),
    }
    return render(request, "reporting/practice/feedback.html", context)


def _story_or_404(code: str) -> Story:
    try:
        return story(code)
    except NoSuchStory:
        raise Http404 from None


def of_a_story(view: View) -> View:
    """Gives a page of recording the walk of the story that its address names."""

    @wraps(view)
    def walked(request: HttpRequest, story: str, **parts: str | int) -> HttpResponse:
        return view(request, practising(_story_or_404(story)), **parts)

    return walked


@requires(Permission.RECORD_REPORT)
@require_safe
@of_a_story
def read_out(request: HttpRequest, walk: Walk) -> HttpResponse:
    """What a colleague reads out, before it begins."""
    assert walk.story
    # A paper form has nobody beside it who could be asked about danger.
    start = f"{walk.sheet(ASKED[0])}?{PAPER}" if walk.story.is_on_paper else walk.to("record")
    context = {"walk": walk, "story": walk.story, "start": start}
    return render(request, "reporting/practice/story.html", context)


@requires(Permission.RECORD_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@of_a_story
def practice_first(request: HttpRequest, walk: Walk) -> HttpResponse:
    """What to say first, and whether anybody is in danger."""
    return ask_first(request, walk)


@requires(Permission.RECORD_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@of_a_story
def practice_sheet(request: HttpRequest, walk: Walk, number: int) -> HttpResponse:
    """One sheet of questions."""
    return ask_sheet(request, number, walk)


@requires(Permission.RECORD_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@of_a_story
def practice_step(request: HttpRequest, walk: Walk, code: str) -> HttpResponse:
    """One page that nobody has to answer."""
    return ask_more(request, code, walk)


@requires(Permission.RECORD_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@of_a_story
def practice_emergency(request: StaffRequest, walk: Walk) -> HttpResponse:
    """Who to call; in a story with danger it is the right end."""
    if request.method == "POST" and walk.story and walk.story.is_danger:
        run = finish_in_danger(_practice_id(request), walk.story, by=request.user, now=timezone.now())
        return redirect("practice:feedback", run.pk)
    return show_emergency(request, walk, practice_id=new_practice_id())


def _practice_id(request: HttpRequest) -> UUID:
    """The id that the page gave, so that pressing twice is one practice; a new one where it was none of ours."""
    try:
        return UUID(request.POST["practice"])
    except (KeyError, ValueError):
        return new_practice_id()


@requires(Permission.RECORD_REPORT)
@require_safe
@of_a_story
def practice_help(request: HttpRequest, walk: Walk) -> HttpResponse:
    """Who the person could talk to."""
    return show_help(request, walk)


@requires(Permission.RECORD_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@of_a_story
def practice_check(request: StaffRequest, walk: Walk) -> HttpResponse:
    """Read the answers back; the button ends the practice and sends nothing."""
    return _finished_before(request, walk) or check_sheets(request, walk, sends=_finish)


def _finished_before(request: StaffRequest, walk: Walk) -> HttpResponse | None:
    """The way to what was found, where the button was pressed before."""
    try:
        run = PracticeRun.objects.of(request.user).filter(pk=walk.draft_id(request)).first()
    except DraftGone:
        return None
    return redirect("practice:feedback", run.pk) if run else None


def _finish(request: HttpRequest, walk: Walk) -> HttpResponse:
    assert walk.story
    assert request.user.is_authenticated
    try:
        run = finish(walk.draft(request), walk.story, by=request.user, now=timezone.now())
    except NotComplete as incomplete:
        return redirect(walk.url(incomplete.pages[0], change=True))
    return redirect("practice:feedback", run.pk)
