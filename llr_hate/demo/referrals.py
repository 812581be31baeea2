"""Referrals of the last year: a support service and the police are asked, answer within days, and say what came of it.
Where the person did not choose the police, somebody proposes it and a manager decides; the newest still wait."""

from datetime import datetime, timedelta

from casework.giving_sight import Terms
from casework.models import Case, Referral
from casework.overriding import decide_override, propose_override
from casework.parts import PROPOSED
from casework.referring import answer_referral, refer
from casework.sharing import LawfulBasis, sees_all
from partners.models import Organisation, User
from partners.models.person import holders_of
from partners.roles import Permission

ASKED = "What was told may be a crime. Please look into it, and tell us who the person can ask for."
WHY_ANYWAY = "Somebody could be hurt: the threats go on, and the police need to know the address."
ANSWERED = "An officer of the neighbourhood team has it."
CAME_OF_IT = "We spoke to those involved and warned one of them. We told the person."
HELP = "The person would like somebody to talk to. Please reach them as their safe contact says."
HELPING = "A caseworker rings this week."
HELPED = "They had three talks with us, and a plan for being safer at home."
ANSWER_AFTER, END_AFTER = timedelta(days=2), timedelta(days=24)


def ask_the_police(case: Case, police: Organisation, *, by: User, at: datetime, now: datetime) -> None:
    """Asks the police to act, and has them answer as long ago as there was time for it."""
    terms = Terms.of(PROPOSED, LawfulBasis.CRIME_AND_DISORDER)
    if by.organisation_id == police.pk:
        return
    if not sees_all(case.reports, police, PROPOSED) and not _let_see(
        case, police, terms, by=by, at=at, now=now
    ):
        return
    found = refer(case, police, "police", terms, asked=ASKED, by=by, now=at + timedelta(hours=1))
    officer = (
        holders_of(Permission.WORK_CASES)
        .filter(memberships__left_at=None, memberships__organisation=police)
        .first()
    )
    if officer:
        _answer(found, officer, (ANSWERED, CAME_OF_IT), at=at, now=now)


def ask_for_support(case: Case, service: Organisation, *, by: User, at: datetime, now: datetime) -> None:
    """Asks the support service to help somebody who chose it, and has it answer where there was time for it."""
    terms = Terms.of(PROPOSED, LawfulBasis.PUBLIC_TASK)
    if service.pk not in case.visible_to:
        return
    found = refer(case, service, "support", terms, asked=HELP, by=by, now=at)
    officer = holders_of(Permission.WORK_CASES).filter(
        memberships__left_at=None, memberships__organisation=service
    )
    if worker := officer.first():
        _answer(found, worker, (HELPING, HELPED), at=at, now=now)


def _let_see(
    case: Case, police: Organisation, terms: Terms, *, by: User, at: datetime, now: datetime
) -> bool:
    """By two people; False while the second has not decided, or where there is none."""
    managers = holders_of(Permission.MANAGE_TEAM).filter(
        memberships__left_at=None, memberships__organisation=case.lead_organisation
    )
    manager = managers.exclude(pk=by.pk).first()
    if manager is None:
        return False
    proposed = propose_override(case, police, terms, reason=WHY_ANYWAY, by=by, now=at)
    if at + ANSWER_AFTER > now:
        return False
    decide_override(proposed, is_agreed=True, by=manager, now=at + timedelta(minutes=50))
    return True


def _answer(found: Referral, officer: User, said: tuple[str, str], *, at: datetime, now: datetime) -> None:
    steps = zip(("accepted", "done"), said, (ANSWER_AFTER, END_AFTER), strict=True)
    for answer, words, after in steps:
        if at + after < now:
            answer_referral(found, answer, note=words, by=officer, now=at + after)
