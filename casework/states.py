"""When an act is allowed: one table of states and acts. `docs/states.md` is generated from it."""

from django.db import models


class CaseState(models.TextChoices):
    """Where a case stands."""

    OPEN = "open", "open"
    IN_PROGRESS = "in_progress", "in progress"
    WAITING = "waiting", "waiting"
    CLOSED = "closed", "closed"


class ActNotAllowed(Exception):
    """The act does not fit the state the case is in; the message says so in words for the officer."""


# act: (states it is allowed in, state it leads to or None for no change)
TRANSITIONS: dict[str, tuple[frozenset[CaseState], CaseState | None]] = {
    "triage": (frozenset({CaseState.OPEN}), CaseState.IN_PROGRESS),
    "assign": (frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING}), None),
    "tell_reporter": (frozenset(CaseState), None),
    "share": (frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING}), None),
    "stop_sharing": (frozenset(CaseState), None),
    "refer": (frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING}), None),
    "answer_referral": (frozenset(CaseState), None),
    "withdraw_referral": (frozenset(CaseState), None),
    "propose_override": (frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING}), None),
    "decide_override": (frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING}), None),
    "note": (frozenset(CaseState), None),
    "write_down": (frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING}), None),
    "compare": (frozenset(CaseState), None),
    "wait": (frozenset({CaseState.IN_PROGRESS}), CaseState.WAITING),
    "resume": (frozenset({CaseState.WAITING}), CaseState.IN_PROGRESS),
    "record_support": (frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING}), None),
    "assess_risk": (frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING}), None),
    "do_risk_action": (frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING}), None),
    "review_risk": (frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING}), None),
    "log_contact": (frozenset(CaseState), None),
    "set_task": (frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING}), None),
    "finish_task": (frozenset(CaseState), None),
    "write_suspect": (frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING}), None),
    "keep_suspect": (frozenset(CaseState), None),
    "drop_suspect": (frozenset(CaseState), None),
    "compare_suspects": (frozenset(CaseState), None),
    "bar": (frozenset(CaseState), None),
    "lift_bar": (frozenset(CaseState), None),
    "record_as": (frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING}), None),
    "join": (frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING}), None),
    "take_out": (frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING}), None),
    "transfer": (frozenset({CaseState.IN_PROGRESS, CaseState.WAITING}), CaseState.WAITING),
    "make_pack": (frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING}), None),
    "withdraw_pack": (frozenset(CaseState), None),
    "hand_to_police": (frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING}), None),
    "record_police_answer": (frozenset(CaseState), None),
    "close": (frozenset({CaseState.IN_PROGRESS, CaseState.WAITING}), CaseState.CLOSED),
    "reopen": (frozenset({CaseState.CLOSED}), CaseState.IN_PROGRESS),
    "link_place": (frozenset(CaseState), None),
    "jag_decide": (frozenset(CaseState), None),
    "case_review": (frozenset(CaseState), None),
}

# What each act is called, for a button and in a sentence: “you can't <words> it now”.
ACT_WORDS = {
    "triage": "triage",
    "assign": "assign",
    "tell_reporter": "tell the reporter about",
    "share": "share",
    "stop_sharing": "stop sharing",
    "refer": "refer",
    "answer_referral": "answer a referral of",
    "withdraw_referral": "withdraw a referral of",
    "propose_override": "propose to share",
    "decide_override": "decide about sharing",
    "note": "write a note on",
    "write_down": "write down who it happened to on",
    "compare": "compare the people of",
    "wait": "put on hold",
    "resume": "take up again",
    "record_support": "write down how support ended on",
    "assess_risk": "answer the risk questions of",
    "do_risk_action": "tick what the risk asks for on",
    "review_risk": "look again at the risk of",
    "log_contact": "write down a contact on",
    "set_task": "set a task on",
    "finish_task": "finish a task on",
    "write_suspect": "write down who is said to have done it on",
    "keep_suspect": "keep what is written down of who did it on",
    "drop_suspect": "erase what is written down of who did it on",
    "compare_suspects": "compare who is said to have done it on",
    "bar": "keep somebody from",
    "lift_bar": "let somebody see again",
    "record_as": "say what it is recorded as on",
    "join": "add a report to",
    "take_out": "take a report out of",
    "transfer": "pass to another force",
    "make_pack": "make a pack of",
    "withdraw_pack": "withdraw a pack of",
    "hand_to_police": "hand to the police",
    "record_police_answer": "record what the police said on",
    "close": "close",
    "reopen": "reopen",
    "link_place": "say where else it happened on",
    "jag_decide": "write a decision of the Joint Action Group on",
    "case_review": "write about an ASB Case Review on",
}

# How the audit trail calls each act once it is done: “case.<word>”.
ACT_DONE = {
    "open": "opened",
    "triage": "triaged",
    "assign": "assigned",
    "release": "released",
    "tell_reporter": "reporter_told",
    "share": "shared",
    "stop_sharing": "sharing_stopped",
    "share_ran_out": "share_ran_out",
    "refer": "referred",
    "answer_referral": "referral_answered",
    "withdraw_referral": "referral_withdrawn",
    "propose_override": "override_proposed",
    "decide_override": "override_decided",
    "note": "noted",
    "write_down": "person_written_down",
    "compare": "people_compared",
    "wait": "put_on_hold",
    "resume": "taken_up_again",
    "record_support": "support_recorded",
    "assess_risk": "risk_assessed",
    "do_risk_action": "risk_action_done",
    "review_risk": "risk_reviewed",
    "log_contact": "contact_logged",
    "set_task": "task_set",
    "finish_task": "task_finished",
    "write_suspect": "suspect_written_down",
    "keep_suspect": "suspect_kept",
    "drop_suspect": "suspect_erased",
    "compare_suspects": "suspects_compared",
    "bar": "somebody_barred",
    "lift_bar": "bar_lifted",
    "record_as": "recorded_as",
    "join": "report_joined",
    "take_out": "report_taken_out",
    "transfer": "transferred",
    "make_pack": "pack_made",
    "withdraw_pack": "pack_withdrawn",
    "hand_to_police": "handed_to_police",
    "record_police_answer": "police_answered",
    "close": "closed",
    "reopen": "reopened",
    "link_place": "places_compared",
    "jag_decide": "decided_by_jag",
    "case_review": "case_review_kept",
}


def is_allowed(act: str, state: str) -> bool:
    """Whether `act` fits a case in `state`."""
    return state in TRANSITIONS[act][0]


def state_after(act: str, state: str) -> CaseState:
    """The state that `act` leads to from `state`; raises ActNotAllowed."""
    if not is_allowed(act, state):
        raise ActNotAllowed(f"This case is {CaseState(state).label}, so you can’t {ACT_WORDS[act]} it now.")
    return TRANSITIONS[act][1] or CaseState(state)


def as_markdown() -> str:
    """The table as a page of the documentation."""
    head = ["act", *(state.label for state in CaseState)]
    rows = [[_act_name(act), *(_cell(act, state) for state in CaseState)] for act in TRANSITIONS]
    table = "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))
    return (
        "# States of a case\n\n"
        "Written by `manage.py write_states` from `casework/states.py`; do not edit. A cell is the state that the act\n"
        "leads to from the state above; an empty cell is refused, and a refused act leaves nothing behind. A case\n"
        "begins open, when somebody takes a report from the queue.\n\n"
        f"{table}\n"
    )


def _act_name(act: str) -> str:
    return act.replace("_", " ")


def _cell(act: str, state: CaseState) -> str:
    return state_after(act, state).label if is_allowed(act, state) else ""
