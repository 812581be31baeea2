"""Fills a portal's database with N reports and people to look at them, and says how to get in, as JSON.

Run with the portal's environment: `python -m bench.world 20000`. Everything in it is invented.
"""

import argparse
import json
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llr_hate.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from casework.historic import HistoricCase, record_historic  # noqa: E402
from casework.models import Case  # noqa: E402
from partners.models import District, Organisation, User  # noqa: E402
from reporting.historic import HistoricRow, receive_historic  # noqa: E402
from reporting.models import Report  # noqa: E402
from reporting.strands import Channel, PublicStatus, Strand  # noqa: E402
from scope.context import staff_scope, worker_scope  # noqa: E402
from tests.people import client_for, gwen, sog_member  # noqa: E402

WAITING_IN = "leicester"
WAITING_SHARE = 100  # one in so many waits in the queue of the city
YEARS = 5
PLACES = ("street", "home", "shop", "transport", "park", "education", "work", "online")
WORDS = (
    "Someone I did not know shouted at me because of how I look, and the people with him laughed.",
    "Our neighbours put rubbish through the letterbox again and said that we should go home.",
    "A group followed us from the shop, called us names and threw a bottle that hit the wall beside us.",
    "The same person writes under everything that I post and says what should happen to people like me.",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=int)
    parser.add_argument(
        "--sessions", action="store_true", help="only sign them in, in the world that there is"
    )
    asked = parser.parse_args()
    now = timezone.now()
    officer, member = gwen(now=now), sog_member(now=now)
    facts = {"cookie": settings.SESSION_COOKIE_NAME}
    if not asked.sessions:
        make_reports(asked.reports, now=now)
        facts["case"] = make_case(officer, now=now)
    print(json.dumps({**facts, "officer": session_of(officer), "member": session_of(member)}))


def make_reports(count: int, *, now: datetime) -> None:
    """One in a hundred (at least thirty, if there are so many) waits in the city's queue; the others are closed."""
    lots = Random(7)
    waiting = min(count, max(count // WAITING_SHARE, 30))
    districts = list(District.objects.order_by("order"))
    city = next(each for each in districts if each.code == WAITING_IN)
    receive_historic(waiting_rows(waiting, city, lots, now), now=now)
    dealt_with = receive_historic(closed_rows(count - waiting, districts, lots, now), now=now)
    leads = dict(District.objects.values_list("pk", "triage_organisation"))
    organisations = Organisation.objects.in_bulk()
    with worker_scope():
        record_historic(
            [closed_case(report, organisations[leads[report.district_id or 0]]) for report in dealt_with],
            now=now,
        )


def waiting_rows(count: int, city: District, lots: Random, now: datetime) -> Iterator[HistoricRow]:
    for _ in range(count):
        yield row(city, now - timedelta(minutes=lots.randrange(60, 14 * 24 * 60)), lots, Channel.ONLINE)


def closed_rows(count: int, districts: list[District], lots: Random, now: datetime) -> Iterator[HistoricRow]:
    for _ in range(count):
        at = now - timedelta(minutes=lots.randrange(30 * 24 * 60, YEARS * 365 * 24 * 60))
        yield row(lots.choice(districts), at, lots, Channel.ONLINE, public_status=PublicStatus.FINISHED)


def row(district: District, at: datetime, lots: Random, channel: Channel, **more: Any) -> HistoricRow:
    strands = tuple(sorted(lots.sample(list(Strand.values), k=lots.choice((1, 1, 1, 2)))))
    return HistoricRow(
        received_at=at,
        strands=strands,
        place_kind=lots.choice(PLACES),
        district=district,
        channel=channel,
        words=lots.choice(WORDS),
        answers={
            "Q02": "victim",
            "Q06": ["name_calling"],
            "Q08": list(strands),
            "Q25": "no",
            "Q24": ["council"],
        },
        needs_same_day_look=lots.random() < 0.1,
        **more,
    )


def closed_case(report: Report, lead: Organisation) -> HistoricCase:
    return HistoricCase(
        report=report,
        lead=lead,
        recorded_as="",
        outcome="",
        opened_at=report.received_at + timedelta(days=1),
        first_contact_at=report.received_at + timedelta(days=3),
        closed_at=report.received_at + timedelta(days=20),
    )


def make_case(officer: User, *, now: datetime) -> str:
    """The reference of a case that was worked on by the real acts, with a timeline to show."""
    home = officer.organisation
    assert home is not None
    with staff_scope(home.pk):
        report = Report.objects.visible_to(officer).waiting()[0]
        case = Case.open_for(report, by=officer, now=now)
        case.triage(
            recorded_strands=report.perceived_strands,
            recorded_as="",
            urgency="standard",
            lead=home,
            note="Read on the day. The person sounds calm.",
            by=officer,
            now=now,
        )
        case.assign(to=officer, by=officer, now=now)
        text = "Thank you for telling us. An officer has read it."
        case.tell_reporter(text, status=PublicStatus.BEING_LOOKED_AT, by=officer, now=now)
        for turn in range(5):
            case.note(f"Rang the housing officer, who calls back. Attempt {turn + 1}.", by=officer, now=now)
    return case.reference


def session_of(user: User) -> str:
    client: Client = client_for(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    main()
