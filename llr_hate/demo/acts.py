"""The last year, made by the real acts: each report is received, read, triaged, shared, told back and closed by the
verbs that people use, at the times at which they would have."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from random import Random
from uuid import UUID

from casework.deciding import known_as, may_decide, record_as
from casework.ending import needs_the_police, record_support
from casework.models import Case
from llr_hate.demo.frame import Frame, Narrative
from llr_hate.demo.looking_after import looked_after
from llr_hate.demo.referrals import ask_for_support, ask_the_police
from llr_hate.demo.telling import answers_of
from llr_hate.demo.years import LONDON, Invented
from partners.models import Organisation, OrganisationKind, User
from partners.models.person import holders_of
from partners.roles import Permission
from partners.working_days import is_working_day
from reporting.models import Report
from reporting.receiving import Receipt, receive
from reporting.strands import PublicStatus

# Whoever chose the support service of late was told of it; before, where support was what came of it.
OF_LATE = timedelta(days=40)
# How long somebody waited where the narrative says that nobody wrote to them in time.
LATE = timedelta(days=16)
NOT_YET_FROM_THE_POLICE = (
    "We asked the police twice. Their investigation goes on, and they will write to the person."
)
WHY_AT_TRIAGE = {
    "standard": "Nobody was hurt. Be in touch within three working days.",
    "medium": "It may happen again. Be in touch by the next working day and talk about a safety plan.",
    "high": "High risk. Call today, and tell the lead council and the police where the person agreed to it.",
}


@dataclass
class People:
    """Who works where."""

    now: datetime

    @cached_property
    def officers(self) -> dict[int, list[User]]:
        """Officers by organisation."""
        return self._by_organisation(Permission.WORK_CASES)

    @cached_property
    def volunteers(self) -> dict[int, list[User]]:
        """Volunteers by the organisation of their centre."""
        return self._by_organisation(Permission.RECORD_REPORT)

    @cached_property
    def centres(self) -> dict[str, list[Organisation]]:
        """Centres with volunteers, by district; all of them under ''."""
        found: dict[str, list[Organisation]] = defaultdict(list)
        for centre in Organisation.objects.filter(pk__in=self.volunteers).select_related("centre__district"):
            found[centre.centre.district.code].append(centre)
            found[""].append(centre)
        return found

    @cached_property
    def police(self) -> Organisation:
        return Organisation.objects.get(kind=OrganisationKind.POLICE)

    @cached_property
    def support(self) -> Organisation:
        return Organisation.objects.get(kind=OrganisationKind.VICTIM_SERVICE)

    def _by_organisation(self, permission: Permission) -> dict[int, list[User]]:
        found: dict[int, list[User]] = defaultdict(list)
        for person in holders_of(permission).order_by("pk"):
            if person.organisation_id:
                found[person.organisation_id].append(person)
        return found


@dataclass
class Year:
    """Plays the last year; `lots` decides what the frame leaves open, the same each time."""

    frame: Frame
    people: People
    lots: Random
    now: datetime

    def tell(self, invented: Invented) -> Receipt:
        """Somebody tells us, alone or at a centre."""
        answers = answers_of(invented, self.lots)
        key = UUID(int=self.lots.getrandbits(128), version=4)
        if invented.channel != "centre":
            return receive(answers, key=key, now=invented.received_at)
        centre = self.lots.choice(self.people.centres.get(invented.area) or self.people.centres[""])
        volunteer = self.lots.choice(self.people.volunteers[centre.pk])
        return receive(answers, key=key, now=invented.received_at, centre=centre, recorded_by=volunteer)

    def work(self, report: Report, narrative: Narrative) -> None:
        """What is done about a report, as far as the time until now allows."""
        officer = self._officer_for(report)
        opened = min(
            report.received_at + self._days(self._work["read_days_middle"]), self.now - timedelta(minutes=30)
        )
        case = self._triage(report, narrative, officer, opened)
        if "withdrawn" in narrative.tags:
            self._withdraw(report, opened + self._days(3))
        self._tell_back(case, report, narrative, officer, opened)

    def _triage(self, report: Report, narrative: Narrative, officer: User, at: datetime) -> Case:
        report.note_read(officer, now=at)
        case = Case.open_for(report, by=officer, now=at)
        it_is = self._recorded_as(at)
        is_theirs = may_decide(officer, known_as(it_is))
        case.triage(
            recorded_strands=list(narrative.strands),
            recorded_as=it_is if is_theirs else "undecided",
            proposed_as="" if is_theirs else it_is,
            urgency=narrative.risk,
            lead=officer.organisation or self.people.police,
            note=WHY_AT_TRIAGE[narrative.risk],
            by=officer,
            now=at,
        )
        case.assign(to=officer, by=officer, now=at + timedelta(minutes=4))
        if not is_theirs:
            self._police_decide(case, it_is, at + timedelta(minutes=20))
        if narrative.outcome == "referred_to_police" and self._police_may_see(report):
            ask_the_police(case, self.people.police, by=officer, at=at + timedelta(minutes=9), now=self.now)
        if narrative.outcome == "support_given" or at > self.now - OF_LATE:
            ask_for_support(
                case, self.people.support, by=officer, at=at + timedelta(minutes=12), now=self.now
            )
        return case

    def _police_decide(self, case: Case, it_is: str, at: datetime) -> None:
        """What a council proposes, the police record where they see the case; elsewhere it stays proposed."""
        case.refresh_from_db()
        if self.people.police.pk in case.visible_to:
            officer = self.lots.choice(self.people.officers[self.people.police.pk])
            record_as(case, recorded_as=it_is, note="Recorded by the police.", by=officer, now=at)

    def _tell_back(
        self, case: Case, report: Report, narrative: Narrative, officer: User, opened: datetime
    ) -> None:
        waited = LATE if "overdue" in narrative.tags else self._days(self._work["contact_days_middle"])
        contacted = self._at_work(max(report.received_at + waited, opened + timedelta(minutes=40)))
        updated = self._at_work(contacted + self._days(self._work["update_days_middle"]))
        closed = self._at_work(updated + self._days(self._work["close_days_middle"]))
        told = list(narrative.told) or [
            "Thank you for telling us. I have read it, and I will write here again."
        ]
        first, last = told[0], told[-1]
        risk = narrative.risk
        looked_after(case, report, risk, officer, opened=opened, told=contacted, now=self.now)
        if contacted > self.now:
            return
        asks = first.rstrip().endswith("?")
        status = PublicStatus.WAITING_FOR_YOU if asks else PublicStatus.BEING_LOOKED_AT
        case.tell_reporter(first, status=status, by=officer, now=contacted)
        for number, text in enumerate(told[1:-1]):
            at = updated + timedelta(days=2 * number)
            if at <= self.now:
                case.tell_reporter(text, status=PublicStatus.WITH_PARTNER, by=officer, now=at)
        if closed <= self.now and self.lots.random() >= self._work["still_open_after_180_days"]:
            ending = (
                last if len(told) > 1 else "We have finished. You can write to us again whenever you need to."
            )
            record_support(case, self._support(report, narrative), by=officer, now=closed)
            case.close(
                outcome=narrative.outcome,
                text=ending,
                note=narrative.note,
                why_no_police_outcome=NOT_YET_FROM_THE_POLICE if needs_the_police(case) else "",
                by=officer,
                now=closed,
            )
        elif updated + timedelta(days=20) <= self.now:
            case.note(narrative.note, by=officer, now=updated)
            case.wait("Waiting for an answer from another organisation.", by=officer, now=updated)

    def _support(self, report: Report, narrative: Narrative) -> str:
        """How support ended: for most it was there, for some it was not wanted, for a few there was none."""
        if report.is_anonymous:
            return "not_reached"
        if narrative.outcome == "support_given":
            return self.lots.choice(("finished", "goes_on"))
        return self.lots.choice(("finished", "goes_on", "not_wanted", "not_wanted", "no_service"))

    def _withdraw(self, report: Report, at: datetime) -> None:
        """The person takes back their permission to share with the police."""
        if at > self.now:
            return
        report.preferences.filter(recipient="police", withdrawn_at=None).update(withdrawn_at=at)
        report.withdraw_from(self.people.police, by=None, now=at)

    def _officer_for(self, report: Report) -> User:
        triage = report.grants.select_related("organisation").get(basis="triage").organisation
        return self.lots.choice(self.people.officers[triage.pk])

    def _police_may_see(self, report: Report) -> bool:
        return self.people.police.pk not in set(report.barred_organisations())

    def _recorded_as(self, at: datetime) -> str:
        weights = dict(self.frame.numbers["recorded_as"])
        # Since 2026 new records of this kind are intelligence only (partnership's dispositions).
        weights["intelligence_only"] = weights.pop("nchi")
        return self.lots.choices(list(weights), list(weights.values()))[0]

    @property
    def _work(self) -> dict[str, float]:
        return self.frame.numbers["work"]

    def _days(self, middle: float) -> timedelta:
        """Some time around `middle` days: now and then much longer, as in life."""
        return timedelta(days=middle * 1.2 * self.lots.lognormvariate(0, 0.55))

    def _at_work(self, at: datetime) -> datetime:
        """`at`, or the next moment at which an officer is at work."""
        local = at.astimezone(LONDON)
        if is_working_day(local.date()) and 9 <= local.hour < 17:
            return at
        day = local.date() if local.hour < 9 else local.date() + timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
        return datetime.combine(day, time(9 + self.lots.randrange(3), self.lots.randrange(60)), LONDON)
