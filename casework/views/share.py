"""Who sees a case, and letting others see it: by one officer where the person chose them, else by two."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.case_pages import pages_of
from casework.doors import case_for_act_or_404, case_or_404
from casework.forms_of_sharing import AGREE, DecideForm, NoteForm, ShareForm
from casework.giving_sight import share as give
from casework.giving_sight import stop_sharing
from casework.models import Case, Override, Share
from casework.overriding import decide_override, may_decide, propose_override
from casework.parts import DONE
from casework.permissions import acts_now
from casework.referral_lines import lines_for
from casework.sharing import was_chosen
from casework.sharing_page import ended_shares, proposal, proposals, who_sees
from casework.views.one_act import one_act
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission

THEN = "casework:sharing"


@requires(Permission.SEE_QUEUE)
@require_safe
def sharing(request: StaffRequest, reference: str) -> HttpResponse:
    """Who sees what of a case, why and until when; who was asked to act; what waits for a second person."""
    case = case_or_404(request.user, reference, Permission.SEE_QUEUE, needs={DONE})
    now = timezone.now()
    allowed = acts_now(request.user, case)
    context = {
        "case": case,
        "pages": pages_of(case, request.user, here=THEN),
        "seen_by": who_sees(case, may_stop="stop_sharing" in allowed),
        "proposals": proposals(case, request.user, now=now),
        "referrals": lines_for(case, request.user, now=now),
        "ended": ended_shares(case),
        "allowed": allowed,
    }
    return render(request, "casework/case/sharing.html", context)


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: StaffRequest, reference: str) -> HttpResponse:
    """Shares parts of the case, on a lawful basis; where the person did not choose them, proposes it."""
    return one_act(
        request,
        reference,
        act="share",
        form_class=ShareForm,
        template="share",
        do=_share,
        done="What they may see, and what a second person has to decide, stands below.",
        then=THEN,
    )


def _share(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    to, terms, why = asked["to"], asked["terms"], asked["reason"]
    if was_chosen(to, case.reports):
        give(case, to, terms, note=why, by=by, now=now, seen=seen)
    else:
        propose_override(case, to, terms, reason=why, by=by, now=now, seen=seen)


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: StaffRequest, reference: str, share_id: UUID) -> HttpResponse:
    """Ends a share at once."""
    case = case_for_act_or_404(request.user, reference, "stop_sharing")
    shares = Share.objects.running().filter(case=case, pk=share_id)
    found = shares.select_related("case", "organisation").first()
    if found is None:
        raise Http404
    return one_act(
        request,
        reference,
        act="stop_sharing",
        form_class=NoteForm,
        template="stop_sharing",
        do=lambda case, asked, by, now, seen: stop_sharing(
            found, note=asked["note"], by=by, now=now, seen=seen
        ),
        done=f"It is no longer shared with {found.organisation.name}.",
        then=THEN,
        found=found,
    )


@requires(Permission.MANAGE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: StaffRequest, reference: str, override_id: UUID) -> HttpResponse:
    """A second person decides; to whoever proposed it, and to who may not decide, the page is not there."""
    case = case_for_act_or_404(request.user, reference, "decide_override")
    waiting = Override.objects.filter(case=case, pk=override_id).select_related("organisation", "proposed_by")
    found = waiting.first()
    if found is None or not may_decide(request.user, found, case):
        raise Http404
    found.case = case
    return one_act(
        request,
        reference,
        act="decide_override",
        form_class=DecideForm,
        template="decide_sharing",
        do=partial(_decide, found),
        done="Your decision is written down.",
        then=THEN,
        proposal=proposal(found, request.user, now=timezone.now()),
    )


def _decide(
    found: Override, case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None
) -> None:
    decide_override(
        found, is_agreed=asked["decision"] == AGREE, note=asked["note"], by=by, now=now, seen=seen
    )
