"""Attempts to reach somebody in words, and what is proposed when nobody is reached."""

from dataclasses import dataclass

from casework.models import Case, ContactAttempt, ContactWay
from casework.timeline import when
from partners.contact_words import NotReached, Proposal, not_reached, outcomes

# Never hidden: what of an attempt was not as the plan says.
NOT_AS_PLANNED = {
    "way": "another way than their plan says",
    "message": "a message was left, and their plan says never",
    "hours": "at another time than their plan says",
}


@dataclass(frozen=True)
class Attempt:
    """One attempt as officers read it."""

    when: str
    way: str
    outcome: str
    reached: bool
    who: str
    reference: str
    words: str
    not_as_planned: str


@dataclass(frozen=True)
class Next:
    """What is proposed, after how many attempts."""

    words: str
    proposals: list[Proposal]


def in_words(attempt: ContactAttempt) -> Attempt:
    """One row of the log; opens the officer's words."""
    known = outcomes().get(attempt.outcome)
    marked = [NOT_AS_PLANNED.get(code, code) for code in attempt.against_plan]
    return Attempt(
        when=when(attempt.at),
        way=ContactWay(attempt.way).label.capitalize(),
        outcome=known.words if known else attempt.outcome,
        reached=attempt.reached,
        who=f"{attempt.by.name}, {attempt.organisation}",
        reference=attempt.report.reference,
        words="" if attempt.report.erased_at else attempt.unseal("words"),
        not_as_planned="Not as their plan says: " + "; ".join(marked) if marked else "",
    )


def unreached(case: Case) -> int:
    """How many attempts were made since somebody was last reached."""
    attempts = ContactAttempt.objects.filter(case=case)
    reached = attempts.filter(reached=True).order_by("-at").values("at")[:1]
    last = reached.first()
    return attempts.filter(at__gt=last["at"]).count() if last else attempts.count()


def proposals(case: Case, tries: int, *, has_plan: bool) -> Next | None:
    """What to think of after so many attempts; None while it is too early, or where the case is closed."""
    said: NotReached = not_reached()
    if tries < said.after or case.closed_at:
        return None
    has_centre = any(report.centre_id for report in case.reports)
    fits = {"": True, "centre": has_centre, "plan": has_plan}
    return Next(said.words.format(count=tries), [each for each in said.next if fits[each.when]])
