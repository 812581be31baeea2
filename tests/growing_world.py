"""A world in which everything that staff see in lists can grow: for tests/test_same_queries.py."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from actionplans import campaigning
from actionplans.history import keep_version
from actionplans.loading import load_plans
from actionplans.models import (
    Action,
    ActionPlan,
    Campaign,
    ChangeRequest,
    Group,
    LogEntry,
    Meeting,
    MeetingItem,
)
from actionplans.naming_contacts import name_contact
from actionplans.recording_sessions import record_session
from casework.assessing import assess_risk
from casework.contacting import Tried, log_contact
from casework.erasing import WhyErased
from casework.models import Case, Keeping, LegalHold, Override, Pack, Share
from casework.models.legal_hold import HoldReason
from casework.records import erase_record
from casework.setting_aside import set_aside
from casework.setting_tasks import set_task
from centres.champions import name_champion, record_training
from centres.fitness import review
from centres.verifying import verify
from centres.visits import record_visit
from insight import awareness
from partners import bank_holidays, keeping
from partners.keeping_standards import publish_standard, standard_now
from partners.models import (
    Absence,
    AccessReview,
    CommunitySafetyPartnership,
    Invitation,
    Membership,
    ReportingCentre,
    SecondFactorReset,
    SharingAgreement,
    StaffSession,
    Team,
    User,
)
from partners.models.reference import as_it_stands
from partners.models.second_factor_reset import HowKnown, WhyReset
from partners.words import publish_words, reworded, words_now
from reporting.asking_us import ask
from reporting.models import CentreRecord, Report, SurveyInvitation
from reporting.receiving import receive
from reporting.saying_more import add, write
from rights.answering import answer
from scope.context import staff_scope, worker_scope
from tests.access_world import ALL_AT_CHARNWOOD
from tests.at_a_centre import LOW_RISK, at_a_centre
from tests.casework.given import a_proposal, a_referral, a_share
from tests.casework.packed import grown
from tests.casework.world import ZAYNAB, anonymously, opened, told, triaged
from tests.centres.telling import a_link, told_by
from tests.people import PARTNERSHIP, centre, district, member, organisation
from tests.reviews.growing import GrowingList, growing_list
from tests.reviews.world_of_scrutiny import drawn_and_answered
from tests.rights.world import asked, in_scope_of, told_to_a_court

LATER = date(2099, 6, 1)
LONG_AGO = date(1990, 1, 1)


@dataclass
class GrowingWorld:
    """Somebody in every role at Charnwood, a volunteer at a centre, and the records whose own pages list something."""

    me: User
    volunteer: User
    colleague: User
    report: Report
    case: Case
    agreement: SharingAgreement
    review: AccessReview
    campaign: Campaign
    meeting: Meeting
    entry: LogEntry
    jag: GrowingList
    pack: Pack | None = None
    rows: int = 0
    reasons: list[str] = field(default_factory=lambda: list(HoldReason.values))

    def parts(self) -> dict[str, object]:
        """What stands for the parts of an address."""
        return {
            "report": self.report.reference,
            "case": self.case.reference,
            "person": self.colleague.pk,
            "agreement": self.agreement.pk,
            "review": self.review.pk,
            "campaign": self.campaign.code,
            "house": "charnwood-bc",
            "year": timezone.localdate().year + 1,
            "meeting": self.meeting.pk,
            "item": self.meeting.items.all()[0].pk,
            "entry": self.entry.number,
            "jag": self.jag.item.number,
            "jag_meeting": self.jag.meeting.pk,
            "pack": self.pack.pk if self.pack else "",
            "draft": "our-draft",
            "centre": self.centre.organisation.code,
        }

    @property
    def centre(self) -> ReportingCentre:
        """Where the volunteer works."""
        return ReportingCentre.objects.get(organisation=self.volunteer.organisation_id)

    def grow(self, by: int) -> None:
        """So many more of everything that is listed."""
        for _ in range(by):
            self.rows += 1
            now, mark = timezone.now(), uuid4().hex[:8]
            self._more_reports(now)
            self._more_people(now, mark)
            self._more_records(now)
            self._more_versions(now, mark)
            self._more_of_the_partnership(now, mark)
            self._more_plans(now, mark)
            self._more_communications(now, mark)
            self._more_steering(now, mark)
            self._more_at_a_centre(now, mark)
            self.jag.grow(self.me, self.case, now=now)
            told_by(a_link(f"School {mark}", now=now, today=timezone.localdate(now)))

    def _more_reports(self, now: datetime) -> None:
        waiting, long_ago = told(now=now), now - timedelta(days=40)
        given_to(self.me, by=self.me, now=long_ago)
        theirs = given_to(self.colleague, by=self.me, now=now)
        with worker_scope():
            may_be_asked(Report.objects.get(case_report__case=theirs))
        drawn_and_answered(theirs, by=self.me)
        leaver = member(f"Leaver {self.rows}", self.me.organisation, "officer", now=now)
        given_to(leaver, by=self.me, now=now)
        leaver.membership.end(by=self.me, now=now)
        may_be_asked(recorded_at_a_centre(self.volunteer))
        doubtful = told(now=now)
        nobodys = opened(told(now=now), by=self.me, now=now)
        with staff_scope(self.me.organisation_id or 0):
            set_aside(doubtful, "A test, it seems.", by=self.me, now=now)
            self.case.note("Rang again.", by=self.me, now=now)
            assess_risk(self.case, LOW_RISK, by=self.me, now=now)
            tried = Tried("letter", "sent", now, "By the second post.")
            log_contact(self.case, self.case.reports[0], tried, happened_so=True, by=self.me, now=now)
            due_on = timezone.localdate(now)
            set_task(
                self.case, "Ring.", organisation=self.me.organisation, due_on=due_on, by=self.me, now=now
            )
            shared_and_asked(self.case, self.me, now=now)
            self.pack = grown(self.case, self.pack, self.me)
        falls_due(waiting, then="review")
        with worker_scope():
            write(nobodys.reports[0], "Is somebody there?", key=uuid4(), now=now)
            for heard in (self.report, self.case.reports[0]):
                write(heard, "And again.", key=uuid4(), now=now + timedelta(days=2 * self.rows))
                add(
                    heard,
                    {"words": "More."},
                    kind="words",
                    key=uuid4(),
                    now=now + timedelta(days=2 * self.rows),
                )
            ask(told(now=now), "look_again", "Why?", key=uuid4(), now=now)

    def _more_people(self, now: datetime, mark: str) -> None:
        house = self.me.organisation
        another = member(f"Colleague {mark}", house, "officer", now=now)
        for person, deputy in ((another, self.me), (self.colleague, self.me), (self.me, another)):
            Absence.objects.create(
                user=person, organisation=house, starts_on=now.date(), ends_on=LATER, deputy=deputy
            )
        Membership.objects.create(
            user=self.colleague, organisation=house, role_codes=["officer"], joined_at=now, left_at=now
        )
        Team.objects.create(organisation=house, name=f"Team {mark}")
        quarter = LONG_AGO + timedelta(days=self.rows)
        AccessReview.objects.create(organisation=house, quarter_start=quarter, opened_at=now, due_on=LATER)
        SecondFactorReset.objects.create(
            user=another, reason=WhyReset.LOST, how_known=HowKnown.IN_PERSON, asked_by=self.me, asked_at=now
        )
        asked = {"email": f"{mark}@charnwood-bc.example", "name": "Somebody New", "role_codes": ["officer"]}
        Invitation.invite(**asked, organisation=house, by=None, now=now)
        StaffSession.begin(self.me, signed_in_with="app", now=now)

    def _more_records(self, now: datetime) -> None:
        held = told(now=now)
        falls_due(held, then="erase")
        with worker_scope():
            LegalHold.put_on(held, reason="complaint", note="Asked for.", by=self.me, now=now)
            if self.reasons:
                LegalHold.put_on(self.report, reason=self.reasons.pop(), note="", by=self.me, now=now)
        erase_record(told(now=now).reference, why=WhyErased.NOT_A_REPORT, by=self.me, now=now)
        with in_scope_of(self.me):
            asked(by=self.me, now=now)
            answer(
                asked("objection", by=self.me, now=now), outcome="refused", words="No.", by=self.me, now=now
            )
            told_to_a_court(self.me, now=now)

    def _more_versions(self, now: datetime, mark: str) -> None:
        """Of everything that administrators edit, one version more."""
        # The first change makes two versions: what stood before is the other.
        publish = {"seen": self.rows if self.rows > 1 else 0, "by": self.me, "now": now}
        keeping.change(organisation("opcc"), {"short_name": mark}, **publish)
        keeping.change(district("blaby"), {"population": 100_000 + self.rows}, **publish)
        melton = CommunitySafetyPartnership.objects.get(code="melton")
        keeping.change(melton, {"name": f"Melton {mark}"}, **publish)
        keeping.change(self.agreement, {"title": f"Agreement {mark}"}, **publish)
        publish_standard(
            standard_now("first_contact_standard"), {"amount": 4 + self.rows % 2}, note="", **publish
        )
        publish_words(
            "status", reworded(words_now("status"), {"statuses.received.title": mark}), note="", **publish
        )
        bank_holidays.add_day(date(2026, 1, 2) + timedelta(days=self.rows), mark, by=self.me, now=now)

    def _more_of_the_partnership(self, now: datetime, mark: str) -> None:
        house = organisation("charnwood-bc")
        another = copy_of(house, code=f"house-{mark}", name=f"House {mark}", short_name=f"House {mark}")
        agreement = SharingAgreement.objects.create(title=mark, signed_on=now.date(), review_on=LATER)
        agreement.organisations.add(another)
        csp = CommunitySafetyPartnership(code=f"csp-{mark}", name=f"Partnership {mark}")
        keeping.add(csp, by=self.me, now=now)
        centre(f"centre-{mark}", area="charnwood", now=now - timedelta(days=100))

    def _more_plans(self, now: datetime, mark: str) -> None:
        plan = ActionPlan.objects.get(code="appendix-c")
        copy_of(plan, code=f"plan-{mark}", title=f"Plan {mark}")
        first = Action.objects.get(plan=plan, ref="C1")
        copy = copy_of(first, ref=mark, lead=self.me.organisation)
        copy_of(first.measure, action=copy)
        another = member(f"Asking {mark}", self.me.organisation, "officer", now=now)
        due = {"old_due": copy.due, "new_due": copy.due + timedelta(days=1)}
        for decision in ({}, {"decision": "refused", "decided_by": self.me, "decided_at": now}):
            ChangeRequest.objects.create(
                action=copy, kind="due", reason=mark, asked_by=another, asked_at=now, **due, **decision
            )
        draft = ActionPlan.objects.filter(code="our-draft").first() or copy_of(
            plan, code="our-draft", is_draft=True
        )
        priority, _ = draft.priorities.get_or_create(code="one", name="One", order=1)
        copy_of(first.measure, action=copy_of(first, plan=draft, ref=mark, priority=priority))
        copy_of(plan, code=f"draft-{mark}", title=f"Draft {mark}", is_draft=True)
        first.title = mark
        first.save(update_fields=["title"])
        keep_version(first, "changed", by=self.me, now=now)
        first.milestones.create(title=mark, due=now.date(), order=self.rows + 9)
        first.record_update(percent_done=10, what_changed=mark, by=self.me, organisation=first.lead, now=now)

    def _more_communications(self, now: datetime, mark: str) -> None:
        house, around = self.me.organisation, {"by": self.me, "now": now}
        assert house
        a_campaign(self.me, f"Campaign {mark}", now=now)
        event = {"name": mark, "held_on": now.date(), "organisation": house, "district": district("blaby")}
        campaigning.add_event(self.campaign, **event, **around)
        campaigning.enter_reach(
            self.campaign, organisation=house, channel=mark, people=5, clicks=1, on=now.date(), **around
        )
        campaigning.add_material(
            title=mark, kind="Poster", campaign=self.campaign, words=mark, organisation=house, **around
        )
        name_contact(house, self.me if self.rows % 2 else self.colleague, **around)
        session = {"kind": "workshop", "title": mark, "held_on": now.date(), "venue": mark}
        record_session(**session, delivered_by=house, people_reached=9, **around)
        days = (date(now.year + 1, 10, 1), date(now.year + 1, 10, 1 + self.rows % 28))
        with as_it_stands():
            awareness.set_week(now.year + 1, *days, seen=None, **around)

    def _more_steering(self, now: datetime, mark: str) -> None:
        around, day = {"by": self.me, "now": now}, LONG_AGO + timedelta(days=self.rows)
        Meeting.plan(Group.BOARD, held_on=day, place=mark, **around)
        of_the_sog = Meeting.plan(Group.SOG, held_on=day, place=mark, **around)
        of_the_sog.open(**around)
        of_the_sog.close(**around)
        self.meeting.add_items([MeetingItem(title=f"Topic {mark}")], **around)
        self.meeting.present.add(member(f"Guest {mark}", organisation("opcc"), "sog_member", now=now))
        about = {"meeting": self.meeting, "item": self.meeting.items.all()[0]}
        given = {"organisation": organisation("opcc"), "due": now.date()}
        LogEntry.add(Group.DELIVERY_GROUP, what=mark, **given, **about, **around)
        self.entry.put_off(LATER + timedelta(days=self.rows), mark, **around)

    def _more_at_a_centre(self, now: datetime, mark: str) -> None:
        around, today = {"by": self.me, "now": now}, timezone.localdate(now)
        helper = member(f"Helper {mark}", self.centre.organisation, "centre_volunteer", now=now)
        champion = name_champion(self.centre, helper, **around)
        record_training([champion], course=mark, on=today, **around)
        review(self.centre, met=(), on=today, **around)
        record_visit(self.centre, kind="call", noticed=(), on=today, **around)
        verify(self.centre, how="call", **around)


def a_campaign(lead: User, name: str, *, now: datetime) -> Campaign:
    assert lead.organisation
    return campaigning.plan_campaign(
        kind="campaign",
        name=name,
        starts=now.date(),
        ends=now.date(),
        lead=lead.organisation,
        partners=(),
        districts=(),
        by=lead,
        now=now,
    )


def a_meeting(somebody: User, *, now: datetime) -> Meeting:
    """Under way, with one topic."""
    meeting = Meeting.plan(Group.DELIVERY_GROUP, held_on=now.date(), place="", by=somebody, now=now)
    meeting.add_items([MeetingItem(title="The first topic")], by=somebody, now=now)
    meeting.open(by=somebody, now=now)
    return meeting


def make_growing_world() -> GrowingWorld:
    now, charnwood = timezone.now(), organisation("charnwood-bc")
    me = member("Everything", charnwood, *ALL_AT_CHARNWOOD)
    colleague = member("Colleague", charnwood, "officer")
    load_plans(PARTNERSHIP, timedelta(0), now)
    ActionPlan.objects.filter(code="appendix-c").update(period_end=LATER)
    AccessReview.open_for(charnwood, now=now)
    return GrowingWorld(
        me=me,
        volunteer=member("Asha Demir", centre().organisation, "centre_volunteer", "centre_manager"),
        colleague=colleague,
        report=told(now=now),
        case=given_to(me, by=me, now=now),
        agreement=SharingAgreement.objects.create(title="The first", signed_on=now.date(), review_on=LATER),
        review=AccessReview.objects.get(organisation=charnwood),
        campaign=a_campaign(me, "The first campaign", now=now),
        meeting=a_meeting(me, now=now),
        entry=LogEntry.add(
            Group.DELIVERY_GROUP, what="Ring", organisation=charnwood, due=LATER, by=me, now=now
        ),
        jag=growing_list(me, now=now),
    )


def shared_and_asked(case: Case, me: User, *, now: datetime) -> None:
    """A share that is over, a proposal that waits, and a referral to one's own organisation."""
    a_referral(case, to=me)
    later = now + timedelta(days=7)
    Override.objects.filter(pk=a_proposal(case).pk).update(lapses_at=later)
    over = {"ended_at": now, "ended_why": "ran_out"}
    Share.objects.filter(pk=a_share(case, me).pk).update(**over)


def given_to(person: User, *, by: User, now: datetime) -> Case:
    """A case that a person works on."""
    case = triaged(told(now=now), by=by, now=now)
    with worker_scope():
        case.assign(to=person, by=by, now=now)
    return case


def may_be_asked(report: Report) -> None:
    """How we did, by voice: they had a week to say it themselves."""
    with worker_scope():
        Report.objects.filter(pk=report.pk).update(is_anonymous=False)
        CentreRecord.objects.filter(report=report).update(feedback="centre")
        SurveyInvitation.objects.create(
            report=report, kind="contact", due_on=timezone.localdate() - timedelta(days=8)
        )


def recorded_at_a_centre(volunteer: User) -> Report:
    answers = at_a_centre(ZAYNAB | anonymously())
    return receive(
        {name: answer for name, answer in answers.items() if answer is not None},
        key=uuid4(),
        now=timezone.now(),
        centre=volunteer.organisation,
        recorded_by=volunteer,
    ).report


def falls_due(report: Report, *, then: str) -> None:
    """Its time is over."""
    with worker_scope():
        Keeping.objects.create(
            report=report,
            reference=report.reference,
            look_again_on=LATER,
            class_code="case_closed",
            then=then,
            due_on=timezone.localdate(),
        )


def copy_of(row: Any, **changes: object) -> Any:
    """One more row like this one."""
    copy = type(row).objects.get(pk=row.pk)
    copy.pk, copy._state.adding = None, True
    for name, value in changes.items():
        setattr(copy, name, value)
    copy.save(force_insert=True)
    return copy
