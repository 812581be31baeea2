"""Who may act on a case. What somebody sees at all is the querysets' question, and when an act fits is the states'."""

from casework.models import Case
from casework.states import is_allowed
from partners.models import User
from partners.roles import Permission

# The reporter hears one voice, and one organisation answers for the case: the one that leads it.
ACTS_OF_THE_LEAD = frozenset({"assign", "tell_reporter", "share", "wait", "resume", "close", "reopen"})


def may(user: User, act: str, case: Case) -> bool:
    """Whether this person may do the act, in whatever state the case is. On what was erased nobody does anything."""
    if not user.may(Permission.WORK_CASES) or case.erased_at:
        return False
    return act not in ACTS_OF_THE_LEAD or leads(user, case)


def leads(user: User, case: Case) -> bool:
    """Whether the person's organisation leads the case, or the case was given to them."""
    return case.assigned_to_id == user.pk or case.lead_organisation_id == user.organisation_id


def acts_now(user: User, case: Case) -> set[str]:
    """The acts that the person may do on the case as it stands."""
    acts = ACTS_OF_THE_LEAD | {"triage", "note"}
    return {act for act in acts if may(user, act, case) and is_allowed(act, case.state)}
