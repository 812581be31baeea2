"""Building the invented world, step by step, saying what is being done."""

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, time, timedelta
from multiprocessing import get_context
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from actionplans.keeping_counts import count_again
from actionplans.models import Action
from casework.historic import HistoricCase, record_historic
from casework.models import Case
from llr_hate.demo.acts import People, Year
from llr_hate.demo.asked_of_the_desk import ask_the_desk
from llr_hate.demo.begun import leave_begun
from llr_hate.demo.centres import leave_centres
from llr_hate.demo.communications import leave_communications
from llr_hate.demo.doors import leave_doors_to_keep
from llr_hate.demo.frame import Frame, read_frame
from llr_hate.demo.heard import leave_what_was_heard
from llr_hate.demo.jag import leave_for_the_jag
from llr_hate.demo.meetings import leave_meetings
from llr_hate.demo.plans import leave_plans_steered
from llr_hate.demo.records import leave_for_the_rights_desk
from llr_hate.demo.scrutiny import leave_scrutiny
from llr_hate.demo.staff import make_staff, personas
from llr_hate.demo.tasks import leave_tasks
from llr_hate.demo.years import LONDON, Invented, invent, planted_cluster, told
from llr_hate.management.commands.load_partnership import PLANS_STAND_AT, load_partnership
from llr_hate.models import DemoWorld
from outbox.models import OutboxEntry
from partners.data import entries, installed
from partners.models import District, Organisation, User
from reporting.historic import HistoricRow, receive_historic
from reporting.models import Report, SurveyInvitation, SurveyLink
from reporting.models.report import WORD
from reporting.receiving import Receipt
from reporting.strands import PublicStatus, ReporterRole, Whereabouts
from scope.context import worker_scope

Say = Callable[[str], None]
REPORTS_A_TRANSACTION = 40
PLAYERS = 2
WAITING = "demo/waiting.toml"


class CannotBuild(Exception):
    """The demonstration can't be built here; the message says why."""


def build(*, now: datetime, say: Say, scale: float = 1) -> None:
    """Makes the whole world; raises CannotBuild in a database that holds anything else.

    `scale` makes fewer reports, for the tests; everything else is the same.
    """
    _refuse_other_worlds()
    world = DemoWorld.objects.create(built_at=now)
    folder = Path(settings.PARTNERSHIP_DIR)
    say("The partnership, with 31 January 2019 as today")
    load_partnership(folder, shift=timezone.localdate(now) - PLANS_STAND_AT, now=now)
    say("Its people and reporting centres")
    make_staff(now)
    leave_communications(shift=timezone.localdate(now) - PLANS_STAND_AT, now=now)
    frame = read_frame(folder)
    earlier, last = (_part_of(years, scale) for years in invent(frame, now=now))
    say(f"Four earlier years: {len(earlier)} reports, in bulk")
    with worker_scope():
        _load_earlier(earlier, frame, now=now)
    everything = sorted([*last, *planted_cluster(frame, now=now)], key=lambda each: each.received_at)
    say(f"The last year: {len(everything)} reports told, read and worked on, one by one")
    _play(frame, everything, now=now, say=say)
    say("What waits for each persona")
    year = _year(frame, now=now, part=PLAYERS)
    with worker_scope():
        _leave_waiting(year, now=now)
        _leave_receipt(year, now=now)
    leave_centres(now=now)
    leave_begun(now=now)
    leave_what_was_heard(now=now)
    leave_tasks(now=now)
    leave_for_the_jag(year, now=now)
    leave_scrutiny(now=now)
    leave_for_the_rights_desk(now=now)
    ask_the_desk(now=now)
    leave_doors_to_keep(now=now)
    _leave_updates_owed(now=now)
    leave_meetings(now=now)
    leave_plans_steered(now=now)
    count_again(now=now)
    _nothing_is_sent_late(now=now)
    world.finished_at = timezone.now()
    world.save(update_fields=["finished_at"])


def _refuse_other_worlds() -> None:
    if not settings.IS_DEMO:
        raise CannotBuild("The demonstration is only built where LLR_MODE is demo: use ./scripts/run --demo.")
    if DemoWorld.objects.exists():
        raise CannotBuild("This database holds a demonstration already. Give another folder with --data.")
    with worker_scope():
        if Report.objects.exists() or User.objects.exists():
            raise CannotBuild("This database holds people or reports, so no demonstration is built in it.")


def _part_of(invented: Sequence[Invented], scale: float) -> Sequence[Invented]:
    return invented[:: max(1, round(1 / scale))]


def _load_earlier(invented: Sequence[Invented], frame: Frame, *, now: datetime) -> None:
    """The years before the last one, by the bulk acts: reports, and the cases that were made of them."""
    districts = {
        district.code: district for district in District.objects.select_related("triage_organisation")
    }
    fallback = Organisation.objects.get(is_fallback_triage=True)
    lots = Random(frame.numbers["span"]["seed"] + 1)
    reports = receive_historic([_row(each, districts) for each in invented], now=now)
    cases = []
    for report in reports:
        opened = report.received_at + timedelta(hours=lots.uniform(2, 60))
        closed = opened + timedelta(days=lots.lognormvariate(3.6, 0.5))
        lead = districts[report.district.code].triage_organisation if report.district else fallback
        cases.append(
            HistoricCase(
                report=report,
                lead=lead,
                recorded_as=_weighted(frame.numbers["recorded_as"], lots),
                outcome=_weighted(frame.numbers["outcomes"], lots),
                opened_at=opened,
                first_contact_at=None
                if report.is_anonymous
                else opened + timedelta(days=lots.uniform(0.5, 6)),
                closed_at=closed,
            )
        )
    record_historic(cases, now=now)


def _row(invented: Invented, districts: dict[str, District]) -> HistoricRow:
    return HistoricRow(
        received_at=invented.received_at,
        strands=invented.strands,
        place_kind=invented.place,
        district=districts.get(invented.area),
        whereabouts="" if invented.area in districts else Whereabouts(invented.area),
        role=ReporterRole(invented.role),
        is_anonymous=invented.is_anonymous,
        public_status=PublicStatus.FINISHED,
    )


def _weighted(weights: dict[str, float], lots: Random) -> str:
    return lots.choices(list(weights), list(weights.values()))[0]


def _play(frame: Frame, everything: Sequence[Invented], *, now: datetime, say: Say) -> None:
    """The last year, by as many processes as there are cores to use; each takes every second report."""
    connections.close_all()
    lock = get_context("fork").Lock()
    players = [
        get_context("fork").Process(
            target=_play_part, args=(frame, everything[part::PLAYERS], part, now, say, lock)
        )
        for part in range(PLAYERS)
    ]
    for player in players:
        player.start()
    for player in players:
        player.join()
    if any(player.exitcode for player in players):
        raise CannotBuild("A part of the last year could not be made; what went wrong stands above.")


def _play_part(
    frame: Frame,
    invented: Sequence[Invented],
    part: int,
    now: datetime,
    say: Say,
    lock: AbstractContextManager[bool],
) -> None:
    year = _year(frame, now=now, part=part)
    for start in range(0, len(invented), REPORTS_A_TRANSACTION):
        with worker_scope():
            for each in invented[start : start + REPORTS_A_TRANSACTION]:
                _tell_and_work(year, each)
        done = min(start + REPORTS_A_TRANSACTION, len(invented))
        if part == 0 and (done % 200 == 0 or done == len(invented)):
            with lock:
                say(f"The last year: about {done * 100 // len(invented)}% of it")
    connections.close_all()


def _year(frame: Frame, *, now: datetime, part: int) -> Year:
    """A player of the year whose lots are its own, and the same each time."""
    return Year(frame, People(now), Random(frame.numbers["span"]["seed"] + 100 + part), now)


def _tell_and_work(year: Year, invented: Invented) -> Receipt:
    receipt = year.tell(invented)
    if invented.narrative:
        year.work(receipt.report, invented.narrative)
    return receipt


def _leave_waiting(year: Year, *, now: datetime) -> None:
    """Reports that nobody has read yet, as the personas' cards say."""
    for entry in entries(installed(WAITING), "waiting", file=WAITING):
        narrative = year.frame.narrative(entry["narrative"])
        at = now - timedelta(hours=entry["hours_ago"])
        year.tell(told(narrative, at, entry["area"]))


def _leave_receipt(year: Year, *, now: datetime) -> None:
    """The persona who told us: the council has written back and asks something."""
    narrative = year.frame.narrative(installed("demo/people.toml")["personas"][0]["narrative"])
    at = datetime.combine(now.astimezone(LONDON).date() - timedelta(days=9), time(20, 41), LONDON)
    receipt = _tell_and_work(year, told(narrative, at, "leicester"))
    case = Case.objects.get(reference=receipt.report.reference)
    if case.first_contact_at is None:
        officer = year.people.officers[case.lead_organisation_id][0]
        case.tell_reporter(
            narrative.told[0], status=PublicStatus.WAITING_FOR_YOU, by=officer, now=now - timedelta(days=2)
        )
    due = now.astimezone(LONDON).date() - timedelta(days=1)
    kind = SurveyInvitation.Kind.CONTACT
    invitation = SurveyInvitation.objects.create(report=receipt.report, kind=kind, due_on=due)
    said = {
        "reference": receipt.report.reference,
        "code": receipt.code.words,
        "survey": reverse("reporting:survey_by_link", args=[SurveyLink.give(invitation, now=now)]),
    }
    (settings.DATA_DIR / "demo.json").write_text(json.dumps(said))


def _leave_updates_owed(*, now: datetime) -> None:
    """The district officer owes six updates: what else their organisation owes was done by a colleague."""
    persona = next(each for each in personas() if each.code == "district-officer")
    officer = User.objects.get(email=persona.email)
    listed = entries(installed("demo/people.toml"), "personas", file="demo/people.toml")
    keep = next(entry["owes_updates"] for entry in listed if entry["code"] == "district-officer")
    organisation = officer.organisation
    assert organisation
    colleague = User.objects.filter(memberships__organisation=organisation).exclude(pk=officer.pk).first()
    for action in Action.objects.owed_by(organisation, timezone.localdate(now)).select_related("plan"):
        if f"{action.plan.code}/{action.ref}" in keep:
            continue
        latest = action.updates.first()
        action.record_update(
            percent_done=latest.percent_done if latest else 0,
            what_changed="",
            is_no_change=True,
            by=colleague,
            organisation=organisation,
            now=now - timedelta(minutes=5),
        )


def _nothing_is_sent_late(*, now: datetime) -> None:
    """What the invented past would have sent was sent in it, but for words to people of the last days: so that there
    is something to read under “What would be sent”."""
    waiting = OutboxEntry.objects.filter(delivered_at=None, created_at__lt=now)
    waiting.exclude(kind=WORD, created_at__gte=now - timedelta(days=14)).update(delivered_at=now)
