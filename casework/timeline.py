"""The history of a case as it stands on the screen: acts in words, newest last."""

from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from casework.deciding import known_as
from casework.ending import support_end
from casework.forces import force_name
from casework.models import Case, CaseEvent, ContactWay, Urgency
from casework.parts import in_words
from casework.sharing import LawfulBasis
from partners.contact_words import outcomes as contact_outcomes
from partners.dispositions import outcomes
from partners.jag import decisions_in_words
from partners.models import Organisation
from partners.police_outcomes import police_outcome
from partners.referral_kinds import referral_kinds
from partners.wording import statuses
from reporting.models import Report
from reporting.one_question import gathered
from reporting.risk import tool
from scope.planned import run_planned

# Of a case that the reader may not see, not even the reference is said: to them it is not there.
NAMES = """
SELECT id::text, name FROM partners_user WHERE id = ANY(%s::bigint[])
UNION ALL SELECT code, name FROM partners_organisation WHERE code = ANY(%s::text[])
UNION ALL SELECT reference, reference FROM casework_case WHERE reference = ANY(%s::text[])
"""


def timeline(
    case: Case, *, only_of: Organisation | None = None, with_all_acts: bool = True
) -> list[dict[str, str]]:
    """What happened, from the day it was told to now; opens the notes. To an organisation with which only parts are
    shared (`only_of`), the notes that it wrote itself and what it was asked to do; and unless what was done is shared,
    only the acts that it did or that were done towards it."""
    said = gathered(case, "events", "by", "organisation")
    events = [each for each in said if with_all_acts or _concerns(each, only_of)]
    names = _names(events)
    told = [_told(report) for report in case.reports]
    return [*told, *(entry(event, names, opens=_is_theirs(event, only_of)) for event in events)]


def _concerns(event: CaseEvent, only_of: Organisation | None) -> bool:
    return only_of is None or event.organisation == only_of or event.facts.get("with") == only_of.code


def _is_theirs(event: CaseEvent, only_of: Organisation | None) -> bool:
    """Whether its note may be opened: their own, or what they are asked to do."""
    return only_of is None or event.organisation == only_of or event.act == "refer"


def entry(event: CaseEvent, names: dict[str, str], *, opens: bool = True) -> dict[str, str]:
    """One act."""
    note = event.unseal("note") if opens else ""
    return {
        "when": when(event.at),
        "title": _title(event, names),
        "who": _who(event),
        "body": "\n".join(filter(None, [_basis(event), note])),
        "kind": "told" if event.act in {"tell_reporter", "close"} else "",
    }


def news(events: list[CaseEvent]) -> list[dict[str, str]]:
    """What happened while somebody was writing, without opening notes: who did what, when."""
    names = _names(events)
    return [{"when": when(event.at), "title": _title(event, names), "who": _who(event)} for event in events]


def _who(event: CaseEvent) -> str:
    return f"{event.by}, {event.organisation}" if event.by else ""


def when(moment: datetime) -> str:
    """'14 October 2026, 3:05pm' in the partnership's time zone."""
    local = timezone.localtime(moment)
    half = "am" if local.hour < 12 else "pm"
    return f"{local:%-d %B %Y}, {local.hour % 12 or 12}:{local:%M}{half}"


def _told(report: Report) -> dict[str, str]:
    channel = report.get_channel_display()
    return {"when": when(report.received_at), "title": "Told us", "who": str(channel), "body": "", "kind": ""}


def _names(events: list[CaseEvent]) -> dict[str, str]:
    """Names for the codes in facts: people by id, organisations by code."""
    people = {event.facts[key] for event in events for key in NAMED_BY_ID if key in event.facts}
    codes = {event.facts[key] for event in events for key in ("lead", "with", "at") if key in event.facts}
    cases = {event.facts["case"] for event in events if "case" in event.facts}
    if not (people or codes or cases):
        return {}
    with connection.cursor() as cursor:
        run_planned(cursor, [(NAMES, [list(people), list(codes), list(cases)])])
        return dict(cursor.fetchall())


def _title(event: CaseEvent, names: dict[str, str]) -> str:
    facts = event.facts
    return TITLES.get(event.act, lambda facts, names: event.act.replace("_", " ").capitalize())(facts, names)


def _triaged(facts: dict[str, Any], names: dict[str, str]) -> str:
    urgency = Urgency(facts["urgency"]).label if "urgency" in facts else "standard"
    return f"Triaged: {urgency} risk, led by {names.get(facts.get('lead', ''), 'us')}"


def _shared(facts: dict[str, Any], names: dict[str, str]) -> str:
    choice = "chose" if facts.get("was_chosen") else "did not choose"
    return f"Shared with {names.get(facts['with'], facts['with'])}, whom the person {choice}"


def _with(facts: dict[str, Any], names: dict[str, str]) -> str:
    return names.get(facts.get("with", ""), "somebody")


def _asked_for(facts: dict[str, Any]) -> str:
    kinds = {kind.code: kind.name for kind in referral_kinds()}
    return kinds.get(facts.get("kind", ""), "something else")


def _decided(facts: dict[str, Any], names: dict[str, str]) -> str:
    proposer = names.get(str(facts.get("proposed_by")), "somebody")
    if facts.get("is_agreed"):
        return f"Shared with {_with(facts, names)} without the person’s choice, proposed by {proposer}"
    return f"Not shared with {_with(facts, names)}: what {proposer} proposed was refused"


def _basis(event: CaseEvent) -> str:
    basis, parts = event.facts.get("lawful_basis", ""), event.facts.get("parts")
    said = [f"Parts: {in_words(parts)}."] if isinstance(parts, list) and event.act in SAYS_PARTS else []
    if basis in LawfulBasis:
        said.append(f"Basis: {LawfulBasis(basis).label}.")
    if event.act in SAYS_PARTS and "ends_on" in event.facts:
        said.append(f"Until {date.fromisoformat(event.facts['ends_on']):%-d %B %Y}.")
    return " ".join(said)


def _from(facts: dict[str, Any], names: dict[str, str]) -> str:
    before = facts.get("held_before")
    return f", handed over by {names.get(str(before), 'somebody')}" if before else ""


def _told_reporter(facts: dict[str, Any], names: dict[str, str]) -> str:
    status = statuses().get(facts.get("status", ""))
    return f"Told the reporter: “{status.title}”" if status else "Told the reporter"


def _closed(facts: dict[str, Any], names: dict[str, str]) -> str:
    return f"Closed: {outcome_name(facts.get('outcome', ''))}"


def _compared(facts: dict[str, Any], names: dict[str, str]) -> str:
    said = "The same person as in" if facts.get("is_same") else "Not the same person as in"
    return f"{said} {names.get(facts.get('case', ''), 'another case')}"


def _support(facts: dict[str, Any], names: dict[str, str]) -> str:
    found = support_end(facts.get("support", ""))
    return f"Support: {found.name}" if found else "Support"


def _assessed(facts: dict[str, Any], names: dict[str, str]) -> str:
    points = f"{facts.get('total')} points"
    given = facts.get("by_answers")
    judged = f", judged otherwise than the answers, which gave {given}" if given else ""
    return f"Risk questions answered: {facts.get('level')} risk, {points}{judged}"


def _risk_action(facts: dict[str, Any], names: dict[str, str]) -> str:
    return f"Done: {action_words(facts.get('action', ''))}"


def _reviewed(facts: dict[str, Any], names: dict[str, str]) -> str:
    then = "to be answered anew" if facts.get("anew") else "nothing changed"
    return f"Looked at the risk again, {facts.get('level')}: {then}"


def _contact(facts: dict[str, Any], names: dict[str, str]) -> str:
    way = ContactWay(facts["way"]).label if facts.get("way") in ContactWay else ""
    found = contact_outcomes().get(facts.get("outcome", ""))
    marked = ". Not as their plan says" if facts.get("against_plan") else ""
    return f"Contact {way}: {found.words.lower() if found else ''}{marked}"


def action_words(code: str) -> str:
    """What a level of risk asks for, in words."""
    every = (action for level in tool().levels for action in level.actions)
    return next((action.words for action in every if action.code == code), code)


def _task_set(facts: dict[str, Any], names: dict[str, str]) -> str:
    house = names.get(facts.get("at", ""), "an organisation")
    whom = names.get(str(facts["to"]), "somebody") if "to" in facts else f"anybody at {house}"
    return f"Set a task for {whom}, due {date.fromisoformat(facts['due_on']):%-d %B %Y}"


def _recorded(facts: dict[str, Any], names: dict[str, str]) -> str:
    recorded, proposed = known_as(facts.get("recorded_as", "")), known_as(facts.get("proposed_as", ""))
    if proposed:
        return f"Proposed to record it as: {proposed.name}"
    return f"Recorded as: {recorded.name}" if recorded else "Recorded"


def _transferred(facts: dict[str, Any], names: dict[str, str]) -> str:
    return f"Passed to {force_name(facts.get('force', ''))}"


def _pack(facts: dict[str, Any], names: dict[str, str]) -> str:
    return f"{facts.get('pack', 'A pack')} for {names.get(facts.get('with', ''), 'an organisation')}"


def _police_answered(facts: dict[str, Any], names: dict[str, str]) -> str:
    recorded, ended = known_as(facts.get("recorded_as", "")), police_outcome(facts.get("outcome", ""))
    said = [
        f"a {facts['number_kind']} number" if facts.get("number_kind") else "",
        f"recorded as {recorded.name.lower()}" if recorded else "",
        f"outcome {ended.code}, {ended.name}" if ended else "",
    ]
    return f"The police said: {'; '.join(filter(None, said))}"


PLACES = {"household": "the same household", "premises": "the same place"}


def _places(facts: dict[str, Any], names: dict[str, str]) -> str:
    said = "In" if facts.get("is_same") else "Not in"
    place = PLACES.get(facts.get("kind", ""), "the same place")
    return f"{said} {place} as {names.get(facts.get('case', ''), 'another case')}"


REVIEW_STEPS = {
    "asked": "ASB Case Review asked for",
    "met": "ASB Case Review accepted, agreed with {other}",
    "not_met": "ASB Case Review not accepted, agreed with {other}",
    "done": "ASB Case Review finished",
    "appealed": "Appeal to the chair of the Community Safety Partnership",
    "answered": "The appeal was answered",
}


def _case_review(facts: dict[str, Any], names: dict[str, str]) -> str:
    other = names.get(facts.get("with", ""), "another organisation")
    return REVIEW_STEPS[facts["step"]].format(other=other)


def outcome_name(code: str) -> str:
    """The name of an outcome."""
    return next((outcome.name for outcome in outcomes() if outcome.code == code), code)


REFERRAL_ANSWERS = {"accepted": "accepted", "declined": "declined", "done": "done"}
# Acts whose facts name parts of a case, by `casework.parts`.
SAYS_PARTS = frozenset({"share", "refer", "propose_override", "decide_override"})
# Facts that are ids of people.
NAMED_BY_ID = ("to", "held_before", "proposed_by")

TITLES = {
    "open": lambda facts, names: "Case opened",
    "triage": _triaged,
    "assign": lambda facts, names: (
        f"Given to {names.get(str(facts.get('to')), 'somebody')}{_from(facts, names)}"
    ),
    "release": lambda facts, names: f"Nobody works on it now{_from(facts, names)}",
    "tell_reporter": _told_reporter,
    "share": _shared,
    "stop_sharing": lambda facts, names: f"Sharing stopped with {_with(facts, names)}",
    "share_ran_out": lambda facts, names: f"Time over: no longer shared with {_with(facts, names)}",
    "sight_ended": lambda facts, names: (
        f"{_with(facts, names)} may no longer see it"
        + (": the person took it back" if facts.get("why") == "taken_back" else "")
    ),
    "refer": lambda facts, names: f"{_with(facts, names)} asked to act: {_asked_for(facts)}",
    "answer_referral": lambda facts, names: (
        f"Referral {REFERRAL_ANSWERS.get(facts.get('answer', ''), 'answered')} by {_with(facts, names)}"
    ),
    "withdraw_referral": lambda facts, names: f"Referral to {_with(facts, names)} withdrawn",
    "propose_override": lambda facts, names: (
        f"Proposed: share with {_with(facts, names)}, whom the person did not choose"
    ),
    "decide_override": _decided,
    "note": lambda facts, names: "Note",
    "write_down": lambda facts, names: "Wrote down to whom it happened",
    "compare": _compared,
    # Neither who nor why: that stands on a page of its own, for whom it concerns.
    "write_suspect": lambda facts, names: "Wrote down who is said to have done it",
    "keep_suspect": lambda facts, names: "Kept what is written down of who is said to have done it",
    "drop_suspect": lambda facts, names: "Erased what was written down of who is said to have done it",
    "compare_suspects": lambda facts, names: (
        "Compared who is said to have done it with somebody on another case"
    ),
    "bar": lambda facts, names: "Who must not see this case was changed",
    "lift_bar": lambda facts, names: "Who must not see this case was changed",
    "wait": lambda facts, names: "Put on hold",
    "resume": lambda facts, names: "Taken up again",
    "record_support": _support,
    "assess_risk": _assessed,
    "do_risk_action": _risk_action,
    "review_risk": _reviewed,
    "log_contact": _contact,
    "set_task": _task_set,
    "finish_task": lambda facts, names: "Finished a task",
    "record_as": _recorded,
    "join": lambda facts, names: "Another report joined this case",
    "take_out": lambda facts, names: "A report was taken out of this case",
    "transfer": _transferred,
    "make_pack": lambda facts, names: f"Made pack {_pack(facts, names)}",
    "withdraw_pack": lambda facts, names: f"Withdrew {_pack(facts, names)}",
    "hand_to_police": lambda facts, names: f"Handed over {_pack(facts, names)}",
    "record_police_answer": _police_answered,
    "close": _closed,
    "reopen": lambda facts, names: "Reopened",
    "link_place": _places,
    "jag_decide": lambda facts, names: (
        f"The Joint Action Group decided: {decisions_in_words(facts['decisions'])} ({facts['item']})"
    ),
    "case_review": _case_review,
}
