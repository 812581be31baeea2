"""The first sentence on a centre's page: whether the public is sent there, and if not, why not."""

from datetime import date, timedelta

import pytest

from centres.shown import in_a_sentence
from partners.models import CentreStanding, ReportingCentre

TODAY = date(2026, 3, 10)


def sentence(standing: CentreStanding, *, checked: int | None = None, reason: str = "") -> str:
    centre = ReportingCentre(
        standing=standing,
        verified_on=None if checked is None else TODAY - timedelta(days=checked),
        closed_on=date(2026, 2, 1) if standing == CentreStanding.CLOSED else None,
    )
    return in_a_sentence(centre, today=TODAY, reason=reason)


@pytest.mark.parametrize(
    ("standing", "checked", "reason", "words"),
    [
        (CentreStanding.LISTED, 0, "", "The public is shown it, until 8 June 2026 unless"),
        (CentreStanding.LISTED, 90, "", "The public is shown it, until 10 March 2026 unless"),
        (CentreStanding.LISTED, 91, "", "not shown it: nobody has checked it for 91 days"),
        (CentreStanding.LISTED, None, "", "because nobody has checked that its listing is true"),
        (CentreStanding.SUSPENDED, 0, "not_reached", "suspended: nobody could be reached there."),
        (CentreStanding.SUSPENDED, 0, "", "because it is suspended."),
        (CentreStanding.PROPOSED, 0, "", "it is proposed, and nobody has listed it"),
        (CentreStanding.CLOSED, 0, "", "It closed on 1 February 2026."),
    ],
)
def test_the_sentence(standing: CentreStanding, checked: int | None, reason: str, words: str) -> None:
    assert words in sentence(standing, checked=checked, reason=reason)
