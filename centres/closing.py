"""Closing a centre for good, and handing over what it leaves open: one transaction.

Its reports are out of its sight; the open ones go to the council that looks after it, whose people pass on news in its
place (`reporting.handing_on`). Its people are let go, its agreements end, and its organisation is retired, so that
nobody can be invited there again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from casework.models import CaseReport
from casework.states import CaseState
from centres.models import CentreEvent
from centres.standing import locked_for, standing_after
from centres.telling import send
from outbox.models import OutboxEntry, handler
from partners import keeping
from partners.letting_go import LetGo, let_go, to_be_let_go
from partners.mails import full_address
from partners.models import Organisation, ReportingCentre, User
from partners.models.person import holders_of
from partners.roles import Permission
from reporting.handing_on import HandedOn, hand_on, to_be_handed_on
from reporting.models import Report, ReporterWord
from reporting.models.report import ReportQuerySet
from reporting.strands import Channel
from scope.context import worker_scope

KIND = "centres.handed_on"


class WhyClosed(models.TextChoices):
    """Why a centre closes for good."""

    ITS_WISH = "its_wish", "The centre does not want to go on"
    GONE = "gone", "The place is not there any more"
    NOT_FIT = "not_fit", "It was not fit for purpose for too long"
    MERGED = "merged", "It became part of another centre"


@dataclass(frozen=True)
class Consequences:
    """What closing does, in figures: before the button is pressed, and afterwards."""

    handed_on: HandedOn
    let_go: LetGo
    agreements: int
    takers: list[tuple[Organisation, int]]

    @property
    def open_reports(self) -> int:
        """How many reports go to somebody else."""
        return sum(figure for _, figure in self.takers)


def consequences(centre: ReportingCentre) -> Consequences:
    """What closing the centre would do now."""
    house, council = centre.organisation, centre.looked_after_by
    with worker_scope():
        handed_on = to_be_handed_on(open_reports(house), house, council)
    return _summed_up(handed_on, to_be_let_go(house), house.sharing_agreements.count())


def _summed_up(handed_on: HandedOn, gone: LetGo, agreements: int) -> Consequences:
    names = Organisation.objects.in_bulk(handed_on.to)
    takers = sorted(handed_on.to.items(), key=lambda taker: (names[taker[0]].order, taker[0]))
    return Consequences(handed_on, gone, agreements, [(names[each], figure) for each, figure in takers])


def open_reports(house: Organisation) -> ReportQuerySet:
    """What a centre recorded that is not over: nobody has closed its case, or its person still has to hear of news."""
    closed = CaseReport.objects.filter(report=OuterRef("pk"), case__state=CaseState.CLOSED)
    news = ReporterWord.objects.to_pass_on().filter(report=OuterRef("pk"))
    recorded = Report.objects.recorded_at(house).filter(erased_at=None)
    is_open = ~Exists(closed) & ~Q(channel=Channel.HISTORIC)
    return recorded.filter(is_open | Q(Exists(news)))


@transaction.atomic
def close(centre: ReportingCentre, *, reason: str, by: User, now: datetime) -> Consequences:
    """Closes it for good, hands over what is open and lets its people go. Raises NotInThisStanding."""
    locked_for("close", centre)
    why, today, house = WhyClosed(reason), timezone.localdate(now), centre.organisation
    handed_on = hand_on(open_reports(house), house, centre.looked_after_by, by=by, now=now)
    gone = let_go(house, by=by, now=now)
    agreements = keeping.end_agreements_of(house, by=by, now=now, today=today)
    centre.champions.filter(until=None).update(until=today)
    centre.standing, centre.closed_on = standing_after("close", centre.standing), today
    centre.save(update_fields=["standing", "closed_on"])
    keeping.retire(house, by=by, today=today, now=now)
    done = _summed_up(handed_on, gone, agreements)
    facts = {
        "reason": why.value,
        "handed_on": done.open_reports,
        "to": [taker.code for taker, _ in done.takers],
        "people": gone.people,
        "drafts": handed_on.drafts,
        "agreements": agreements,
    }
    event = CentreEvent.note("closed", centre, by=by, now=now, **facts)
    for taker, figure in done.takers:
        payload = {"event": event.pk, "to": taker.pk, "reports": figure}
        OutboxEntry.put(KIND, f"{event.pk}:{taker.pk}", payload, now=now)
    return done


@handler(KIND)
def tell_who_takes_over(payload: dict[str, Any], now: datetime) -> None:
    """Tells those who manage work on cases where the reports went; where nobody does, all who work on cases there."""
    event = CentreEvent.objects.select_related("centre__organisation").get(pk=payload["event"])
    there = {"memberships__left_at": None, "memberships__organisation": payload["to"]}
    managers = holders_of(Permission.MANAGE_TEAM).filter(**there)
    to = managers if managers.exists() else holders_of(Permission.WORK_CASES).filter(**there)
    link = full_address(reverse("casework:cases") + "?list=all")
    context = {"centre": event.centre, "reports": payload["reports"], "link": link}
    send("handed_on", to, context, message_id=f"centre-closed-{event.pk}-{payload['to']}")
