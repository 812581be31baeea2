"""What was told in the tests of casework, and cases made of it by the real acts."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

from casework.conflicts import bar, conflicts_on, lift
from casework.ending import record_support
from casework.giving_sight import Terms
from casework.models import Case, Share, SuspectRecord
from casework.models.suspect import Known
from casework.overriding import decide_override, propose_override
from casework.parts import ALL_PARTS
from casework.setting_aside import keep_set_aside, put_back, set_aside
from casework.suspects import keep_suspect, review_day, write_suspect
from partners.models import Organisation, User
from reporting.models import Report
from reporting.models.apart import opened as apart_opened
from reporting.receiving import receive
from scope.context import staff_scope
from tests.people import NOW, make_partnership, member

# Who is said to have done it; at one address he is possibly the same wherever he is written down.
RAY = Known(name="Ray Nettle", looks="A red coat.", address="4 Mill Lane, LE1 1AB")
WORDS = "They shouted at me outside the mosque and kicked my bicycle."

# Zaynab tells it herself, in Charnwood, with a number at which nobody may leave a message. The police may see it.
ZAYNAB: dict[str, Any] = {
    "Q02": "victim",
    "Q06": ["name_calling", "damage"],
    "Q07": WORDS,
    "Q08": ["religion"],
    "Q08b": "muslim",
    "Q11": "about",
    "Q11_about": "week",
    "Q14": "charnwood",
    "Q13": "worship",
    "Q19": "no",
    "Q25": "yes",
    "Q26_name": "Zaynab",
    "Q26_how": "phone",
    "Q26_phone": "01632 960 014",
    "Q26_message": "no",
    "Q23": ["council"],
    "Q24": ["police"],
}
BARS_THE_POLICE: dict[str, Any] = {
    "Q24": ["council"],
    "Q24_bar": "yes",
    "Q24_bar_org": ["police"],
    "Q24_bar_person": "My cousin Rafi",
}
# What is kept apart from the report itself.
STANDS_APART: dict[str, Any] = {
    "Q18": "name",
    "Q18a_name": "Ray Nettle",
    "Q18a_how": "neighbour",
    "Q30_sex": "female",
    "Q30_ethnicity": "asian_pakistani",
}


def told(*, now: datetime = NOW, by: User | None = None, **changes: Any) -> Report:
    """A report as it is after sending: Zaynab's, with some answers changed; recorded `by` a volunteer, if any."""
    make_partnership()
    answers = {name: answer for name, answer in (ZAYNAB | changes).items() if answer is not None}
    at = by.organisation if by else None
    report = receive(answers, key=uuid4(), now=now, centre=at, recorded_by=by).report
    # As a page would find it: without the key and the relations that receiving it left on the object.
    with staff_scope(report.visible_to[0]):
        return Report.objects.get(pk=report.pk)


def anonymously() -> dict[str, Any]:
    """The answers that change when Zaynab gives no name."""
    return {"Q25": "no", "Q26_name": None, "Q26_how": None, "Q26_phone": None, "Q26_message": None}


def opened(report: Report, *, by: User, now: datetime = NOW) -> Case:
    with staff_scope(by.organisation_id or 0):
        return Case.open_for(report, by=by, now=now)


def triaged(report: Report, *, by: User, now: datetime = NOW, **changes: Any) -> Case:
    """A case in progress, led by the officer's organisation."""
    case = opened(report, by=by, now=now)
    with staff_scope(by.organisation_id or 0):
        case.triage(**(triage_of(by) | changes), by=by, now=now)
    return case


def triage_of(by: User) -> dict[str, Any]:
    return {
        "recorded_strands": ["religion"],
        "recorded_as": "undecided",
        "urgency": "standard",
        "lead": by.organisation,
        "note": "Shouting and damage.",
    }


def shared_anyway(
    case: Case,
    to: Organisation,
    *,
    by: User,
    now: datetime = NOW,
    parts: Iterable[str] = ALL_PARTS,
    **how: Any,
) -> Share:
    """Shares with somebody whom the person did not choose, as two people do; in the scope of who leads."""
    assert by.organisation
    manager = member("Mona Reed", by.organisation, "team_manager")
    terms = Terms.of(parts, "public_task", **how)
    proposed = propose_override(case, to, terms, reason="They know the street.", by=by, now=now)
    decide_override(proposed, is_agreed=True, by=manager, now=now)
    return Share.objects.running().get(case=case, organisation=to)


def close_case(case: Case, *, by: User, now: datetime = NOW, **said: Any) -> None:
    """Closes a case as officers do, with what every closed case has; in the scope of who asks."""
    record_support(case, "finished", by=by, now=now)
    case.close(**({"outcome": "advice_only", "text": "We gave advice."} | said), by=by, now=now)


def doubted(report: Report, *, by: User, now: datetime = NOW) -> None:
    """The report is set aside, a colleague agrees, and it is put back: there are words of both, and it waits."""
    assert by.organisation
    colleague = member("Second Look", by.organisation, "officer")
    with staff_scope(by.organisation.pk):
        set_aside(report, "The same words three times.", by=by, now=now)
        keep_set_aside(report, "So it seems to me.", by=colleague, now=now)
        put_back(report, by=by, now=now)


def a_suspect(report: Report, by: User) -> SuspectRecord:
    """What somebody wrote down of Ray Nettle, who is said to have done it; asked in whatever scope sees the report."""
    assert by.organisation_id
    made = SuspectRecord(
        report=report,
        how_sure="said",
        why_kept="risk",
        organisation_id=by.organisation_id,
        written_by=by,
        written_at=NOW,
        review_on=review_day(NOW.date()),
    )
    with apart_opened(report):
        made.keep(RAY)
    return made


def kept_apart(case: Case, words: Iterator[str], *, by: User, now: datetime = NOW) -> None:
    """Somebody is kept from the case, another no longer, and there is a record of who is said to have done it; asked as
    an officer who leads. `words` gives what is typed."""
    assert by.organisation
    first, second = (member(name, by.organisation, "officer", now=now) for name in ("Kept Out", "Let In"))
    lifter = member("Lifting Again", by.organisation, "officer", now=now)
    for officer in (first, second):
        bar(case, officer, reason=next(words), by=by, now=now)
    lift(case, conflicts_on(case)[-1].id, reason=next(words), by=lifter, now=now)
    known = Known(*(next(words) for _ in range(5)), phone="0116 496 0142")
    record = write_suspect(case, known, how_sure="said", why_kept="risk", by=by, now=now)
    keep_suspect(case, record.pk, why_kept="crime", note=next(words), by=by, now=now)
