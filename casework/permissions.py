"""Who may act on a case. What somebody sees at all is the querysets' question, and when an act fits is the states'."""

from casework.models import Case
from casework.parts import ALL_PARTS, DONE, PERSON, RISK, SUSPECT
from casework.sharing import parts_of_all
from casework.states import is_allowed
from partners.models import OrganisationKind, User
from partners.roles import Permission

# Whoever works on cases does these on each that they may see.
ACTS_OF_EVERYBODY = frozenset(
    {
        "triage",
        "note",
        "write_down",
        "compare",
        "compare_suspects",
        "link_place",
        "case_review",
        "record_support",
        "answer_referral",
        "set_task",
        "finish_task",
        "assess_risk",
        "do_risk_action",
        "review_risk",
        "log_contact",
        "record_as",
        "join",
        "take_out",
    }
)
# The reporter hears one voice, and one organisation answers for the case: the one that leads it.
ACTS_OF_THE_LEAD = frozenset(
    {
        "assign",
        "write_suspect",
        "keep_suspect",
        "drop_suspect",
        "bar",
        "lift_bar",
        "make_pack",
        "withdraw_pack",
        "tell_reporter",
        "share",
        "stop_sharing",
        "refer",
        "withdraw_referral",
        "propose_override",
        "decide_override",
        "wait",
        "resume",
        "transfer",
        "close",
        "reopen",
    }
)

# Between who leads the case and the police, whichever of the two is at hand: nobody types it twice.
ACTS_WITH_THE_POLICE = frozenset({"hand_to_police", "record_police_answer"})

# What somebody must see of a case to do an act. Whoever was given only parts does no act that is not here.
SEEN_FOR: dict[str, frozenset[str]] = {
    "note": frozenset(),
    "answer_referral": frozenset(),
    "record_police_answer": frozenset(),
    "hand_to_police": frozenset(),
    "write_down": frozenset({PERSON}),
    "compare": frozenset({PERSON}),
    "compare_suspects": frozenset({SUSPECT}),
    "log_contact": frozenset({PERSON}),
    "assess_risk": frozenset({RISK}),
    "do_risk_action": frozenset({RISK}),
    "review_risk": frozenset({RISK}),
    "set_task": frozenset({DONE}),
    "finish_task": frozenset({DONE}),
    "record_support": frozenset({DONE}),
}


def parts_for(user: User, case: Case) -> frozenset[str]:
    """The parts of a case that the person's organisation was given."""
    return parts_of_all(case.reports, user.organisation_id)


def may(user: User, act: str, case: Case) -> bool:
    """Whether this person may do the act, in whatever state the case is. On what was erased nobody does anything."""
    if not user.may(Permission.WORK_CASES) or case.erased_at:
        return False
    needs = SEEN_FOR.get(act, ALL_PARTS)
    if needs and not parts_for(user, case) >= needs:
        return False
    if act in ACTS_WITH_THE_POLICE and is_police(user):
        return True
    return act not in ACTS_OF_THE_LEAD | ACTS_WITH_THE_POLICE or leads(user, case)


def is_police(user: User) -> bool:
    """Whether the person works for the police."""
    return user.organisation is not None and user.organisation.kind == OrganisationKind.POLICE


def leads(user: User, case: Case) -> bool:
    """Whether the person's organisation leads the case, or the case was given to them where they work today: what was
    given to them elsewhere stays that place's. Where the one that led may not see it any more, whoever may does."""
    if case.lead_organisation_id not in case.visible_to:
        return user.organisation_id in case.visible_to
    return case.lead_organisation_id == user.organisation_id or _was_given_here(user, case)


def _was_given_here(user: User, case: Case) -> bool:
    here = user.membership
    if here is None or case.assigned_to_id != user.pk:
        return False
    return case.events.filter(act="assign", facts__to=user.pk, at__gte=here.joined_at).exists()


def acts_now(user: User, case: Case) -> set[str]:
    """The acts that the person may do on the case as it stands."""
    if not may(user, "note", case):
        return set()
    acts = ACTS_OF_EVERYBODY | (ACTS_OF_THE_LEAD | ACTS_WITH_THE_POLICE if leads(user, case) else frozenset())
    acts |= ACTS_WITH_THE_POLICE if is_police(user) else frozenset()
    seen = parts_for(user, case)
    return {act for act in acts if is_allowed(act, case.state) and SEEN_FOR.get(act, ALL_PARTS) <= seen}
