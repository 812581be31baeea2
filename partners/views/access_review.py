"""The quarterly confirmation of an organisation's people, and how all organisations stand."""

from collections.abc import Mapping

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.models import AccessReview, AccessReviewAnswer, LastAdministrator
from partners.models.access_review import ReviewIsOver, may_answer
from partners.roles import Permission

CONFIRMS_PEOPLE = (Permission.INVITE_PEOPLE, Permission.CONFIRM_PEOPLE)
KEEP, REMOVE = "keep", "remove"
ANSWERS_SHOWN = 50
MOST_DIGITS = 18  # of an id; a page that sends more was forged


@requires(*CONFIRMS_PEOPLE)
@require_safe
def reviews(request: StaffRequest) -> HttpResponse:
    """Which reviews there are and how they stand: of all organisations, or of a confirmer's own."""
    found = AccessReview.objects.select_related("organisation").with_counts().newest_first()
    if not request.user.may(Permission.INVITE_PEOPLE):
        found = found.filter(organisation=request.user.organisation_id)
    context = {"page_obj": page_of(found, request), "today": timezone.localdate()}
    return render(request, "partners/people/reviews.html", context)


@requires(*CONFIRMS_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: StaffRequest, review_id: int) -> HttpResponse:
    """One organisation's people, 25 at a time: who still belongs, and who does not."""
    found = AccessReview.objects.select_related("organisation").filter(pk=review_id).first()
    if found is None or not may_answer(request.user, found):
        raise Http404
    if request.method == "POST" and _answered(request, found):
        return redirect("partners:access_review", review_id)
    waiting = found.answerable_by(request.user).by_organisation()
    context = {
        "review": found,
        "page_obj": page_of(waiting, request),
        "mine": found.unanswered().filter(user=request.user).exists(),
        "answers": _answers(found)[:ANSWERS_SHOWN],
        "answers_given": found.answers.count(),
    }
    return render(request, "partners/people/review.html", context)


def _answers(found: AccessReview) -> QuerySet[AccessReviewAnswer]:
    """Those who do not belong any more first, then the newest."""
    return found.answers.select_related("membership__user", "by").order_by("keeps", "-at", "pk")


def _answered(request: StaffRequest, found: AccessReview) -> bool:
    said = _said(request.POST)
    if not said:
        messages.error(request, "Choose for at least one person whether they still belong.")
        return False
    try:
        count = found.answer(said, by=request.user, now=timezone.now())
    except (LastAdministrator, ReviewIsOver) as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, "1 answer is kept." if count == 1 else f"{count} answers are kept.")
    return True


def _said(posted: Mapping[str, str]) -> dict[int, bool]:
    """What was chosen for each membership, by its id."""
    named = {name.removeprefix("m"): value for name, value in posted.items() if name.startswith("m")}
    known = {key: value for key, value in named.items() if key.isdecimal() and len(key) <= MOST_DIGITS}
    return {int(key): value == KEEP for key, value in known.items() if value in (KEEP, REMOVE)}
