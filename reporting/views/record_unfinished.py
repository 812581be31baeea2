"""What a volunteer began and has not sent: go on with it in whatever browser, or throw it away."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from partners.doors import StaffRequest
from partners.models import User
from reporting.journey import sheets
from reporting.journey.question import Answers
from reporting.journey.sheets import Sheet
from reporting.journey.versions import BEGUN
from reporting.later import where_it_goes_on
from reporting.models import Draft
from reporting.views.record_sheets import PAPER_NUMBER
from reporting.walk import Walk

MOST = 25


@dataclass(frozen=True)
class Unfinished:
    """One of them, as its volunteer is shown it: nothing of what was told."""

    id: UUID
    begun: datetime | None
    kept_until: date
    sheet: Sheet
    paper_number: str
    sheets: int = len(sheets.SHEETS)

    @classmethod
    def of(cls, draft: Draft) -> "Unfinished":
        answers = draft.read()
        begun = datetime.fromisoformat(answers[BEGUN]) if BEGUN in answers else None
        number = str(answers.get(PAPER_NUMBER, ""))
        return cls(draft.pk, begun, draft.expires_on, _sheet(answers), number)


def unfinished_of(volunteer: User, *, today: date) -> list[Unfinished]:
    """What the volunteer has not sent, the newest first."""
    theirs = [Unfinished.of(draft) for draft in Draft.objects.unfinished_of(volunteer, today=today)[:MOST]]
    return sorted(theirs, key=lambda each: str(each.begun or ""), reverse=True)


def _sheet(answers: Answers) -> Sheet:
    return sheets.sheet_of(where_it_goes_on(answers)) or sheets.LAST


def act_on_unfinished(request: StaffRequest, walk: Walk) -> HttpResponse:
    """Goes on, asks whether to throw away, or throws away."""
    draft = _draft(request)
    match request.POST.get("act"):
        case "go_on":
            response = redirect(walk.url(where_it_goes_on(draft.read())))
            walk.remember(response, draft)
            return response
        case "throw_away":
            draft.delete()
            messages.success(request, "The unfinished report is deleted.")
            return redirect("reporting_staff:centre")
        case _:
            return render(request, "reporting/centre/throw_away.html", {"each": Unfinished.of(draft)})


def _draft(request: StaffRequest) -> Draft:
    """The draft that was chosen; anybody else's looks like none."""
    try:
        wanted = UUID(request.POST.get("draft", ""))
    except ValueError:
        raise Http404 from None
    theirs = Draft.objects.unfinished_of(request.user, today=timezone.localdate())
    draft = theirs.filter(pk=wanted).first()
    if draft is None:
        raise Http404
    return draft
