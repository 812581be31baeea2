"""A case as somebody sees it with whom only parts of it are shared: the shared parts, and nothing else."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from casework.case_pages import pages_of
from casework.evidence import what_came_with
from casework.models import Case
from casework.pack_contents import Answer, Told
from casework.pack_gathering import gather
from casework.parts import DONE, PARTS, PERSON, SUSPECT, WHAT
from casework.permissions import acts_now, parts_for
from casework.referral_lines import lines_for
from casework.sight import sight_of
from casework.timeline import timeline, when
from partners.doors import StaffRequest
from partners.roles import Permission

Rows = list[dict[str, str]]


def case_in_parts(request: StaffRequest, case: Case, *, now: datetime) -> HttpResponse:
    """The page of a case for an organisation that was not given all of it. Reading it is recorded, as always."""
    parts = parts_for(request.user, case)
    live = [report for report in case.reports if report.erased_at is None]
    for report in live:
        report.note_read(request.user, now=now)
    # Names of others open on their own page, each time on record.
    contents = gather(case, parts - {SUSPECT}, by=request.user, now=now)
    context = {
        "case": case,
        "pages": pages_of(case, request.user, here="casework:case"),
        "state": case.get_state_display().capitalize(),
        "shared": [part for part in PARTS if part.code in parts],
        "left_out": [part for part in PARTS if part.code not in parts],
        "told": [told_in_words(each, with_contact=PERSON in parts) for each in contents.reports],
        "must_not": [one for report in live for one in sight_of(report).must_not],
        "came_with_it": what_came_with(live) if WHAT in parts else [],
        "may_see_contact": PERSON in parts,
        "may_see_suspects": SUSPECT in parts and request.user.may(Permission.SEE_SUSPECTS),
        "timeline": timeline(case, only_of=request.user.organisation, with_all_acts=DONE in parts),
        "referrals": lines_for(case, request.user, now=now),
        "may_note": "note" in acts_now(request.user, case),
        "opened": when(case.opened_at),
    }
    return render(request, "casework/case/in_parts.html", context)


def told_in_words(told: Told, *, with_contact: bool) -> dict[str, Any]:
    """One report as rows of questions and answers; how to reach the person only where that is shared."""
    contact = told.safe_contact
    return {
        "reference": told.reference,
        "received": when(told.received_at),
        "words": told.words.in_words if told.words else "",
        "contact": contact.in_words if with_contact else "",
        "rules": [f"{rule.question}: {rule.in_words}" for rule in contact.rules] if with_contact else [],
        # Names, numbers and addresses open on pages of their own, to who has just proved who they are.
        "person": rows_of([each for each in told.person if not each.id.startswith("person.")]),
        "more": rows_of([*told.strands, *told.when, *told.where, *told.more]),
        "later": [(when(each.said_at), rows_of(each.answers)) for each in told.later],
        "risk": rows_of([told.risk.level, *told.risk.answers]) if told.risk else [],
    }


def rows_of(answers: list[Answer]) -> Rows:
    return [{"key": each.question, "value": each.in_words} for each in answers]
