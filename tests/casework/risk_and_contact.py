"""Risk and contact on a case, with an officer's words wherever there can be any."""

from collections.abc import Iterator
from datetime import datetime

from casework.assessing import assess_risk, do_risk_action, review_risk
from casework.contacting import Tried, log_contact
from casework.models import Case
from partners.models import User
from tests.at_a_centre import LOW_RISK

# How many words an officer writes there.
WORDS_WRITTEN = 4


def risk_and_contact(case: Case, words: Iterator[str], *, by: User, now: datetime) -> None:
    """Judged high, called between two organisations, looked at again; and a letter that nobody had asked for. In the
    scope of who acts."""
    assess_risk(case, LOW_RISK, judged="high", reason=next(words), by=by, now=now)
    do_risk_action(case, "call", note=next(words), by=by, now=now)
    review_risk(case, next(words), anew=False, by=by, now=now)
    tried = Tried("letter", "sent", now, next(words))
    log_contact(case, case.reports[0], tried, happened_so=True, by=by, now=now)
