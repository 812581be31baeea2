"""Asking others to act on a case, answering what one is asked, and the list of what waits for us."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.clock import due_words
from casework.doors import case_for_act_or_404
from casework.forms_of_sharing import AnswerForm, NoteForm, ReferForm
from casework.models import Case, Referral
from casework.overriding import to_decide
from casework.referral_lines import COLOURS, acts_on, kind_in_words, line
from casework.referring import answer_referral, refer, withdraw_referral
from casework.views.one_act import one_act
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission

THEN = "casework:sharing"
MOST_TO_DECIDE = 25


@requires(Permission.WORK_CASES)
@require_safe
def referrals(request: StaffRequest) -> HttpResponse:
    """What other organisations ask of ours, what is due first at the top; nothing sealed is opened."""
    now = timezone.now()
    found = Referral.objects.to_us(request.user).still_open().soonest_first()
    page = page_of(found.select_related("case", "from_organisation"), request)
    rows = [
        {
            "id": each.pk,
            "reference": each.case.reference,
            "kind": kind_in_words(each.kind),
            "from": each.from_organisation.short_name,
            "state": each.get_state_display().capitalize(),
            "colour": COLOURS[each.state],
            "due": due_words(each.due_at, now=now) if each.answered_at is None else "",
            "is_late": each.answered_at is None and now > each.due_at,
        }
        for each in page
    ]
    waiting = to_decide(request.user, now=now).select_related("case", "organisation", "proposed_by")
    context = {"rows": rows, "page_obj": page, "to_decide": waiting[:MOST_TO_DECIDE]}
    return render(request, "casework/cases/referrals.html", context)


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: StaffRequest, reference: str) -> HttpResponse:
    """Asks another organisation to act."""
    return one_act(
        request,
        reference,
        act="refer",
        form_class=ReferForm,
        template="refer",
        do=_refer,
        done="They are asked. They hear that something waits, and the person’s page says whom you asked.",
        then=THEN,
    )


def _refer(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    refer(case, asked["to"], asked["kind"], asked["terms"], asked=asked["asked"], by=by, now=now, seen=seen)


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: StaffRequest, reference: str, referral_id: UUID) -> HttpResponse:
    """Whoever was asked says yes, no, or what came of it."""
    case, found = _open_or_404(request, reference, referral_id, act="answer_referral")
    if found.organisation_id != request.user.organisation_id:
        raise Http404
    form: Any = partial(AnswerForm, found=found)
    return one_act(
        request,
        reference,
        act="answer_referral",
        form_class=form,
        template="answer_referral",
        do=lambda case, asked, by, now, seen: answer_referral(
            found, asked["answer"], note=asked["note"], by=by, now=now, seen=seen
        ),
        done="Your answer is written down. Who asked you reads it.",
        referral=line(found, case, request.user, acts_on(case, request.user), now=timezone.now()),
    )


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: StaffRequest, reference: str, referral_id: UUID) -> HttpResponse:
    """Takes the question back."""
    case, found = _open_or_404(request, reference, referral_id, act="withdraw_referral")
    return one_act(
        request,
        reference,
        act="withdraw_referral",
        form_class=NoteForm,
        template="withdraw_referral",
        do=lambda case, asked, by, now, seen: withdraw_referral(
            found, note=asked["note"], by=by, now=now, seen=seen
        ),
        done="The referral is withdrawn. What they see stays until you stop sharing.",
        then=THEN,
        referral=line(found, case, request.user, acts_on(case, request.user), now=timezone.now()),
    )


def _open_or_404(
    request: StaffRequest, reference: str, referral_id: UUID, *, act: str
) -> tuple[Case, Referral]:
    case = case_for_act_or_404(request.user, reference, act)
    found = case.referrals.filter(pk=referral_id).select_related(
        "case", "organisation", "from_organisation", "asked_by"
    )
    referral = found.first()
    if referral is None or not referral.is_open:
        raise Http404
    return case, referral
