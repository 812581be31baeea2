"""The people and records that the access matrix speaks of.

Everybody belongs to Charnwood, whose records these are: what keeps them out is their role alone. Only those who
record reports belong to a centre, as they must.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import repeat
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from actionplans.campaigning import add_event, add_material, plan_campaign
from actionplans.loading import load_plans
from actionplans.models import Action, ChangeKind, ChangeRequest, Evidence, Group, Meeting, Milestone
from actionplans.models.action import ActionQuerySet
from actionplans.recording_sessions import record_session
from casework.assessing import assess_risk
from casework.joining import join
from casework.models import Case, Person, SavedView, Task
from centres.champions import name_champion
from centres.visits import record_visit
from files.models import Picture, SealedFile
from partners.models import (
    Absence,
    AccessReview,
    Invitation,
    Organisation,
    ReportingCentre,
    SecondFactorReset,
    SharingAgreement,
    User,
)
from partners.models.second_factor_reset import HowKnown, WhyReset
from reporting import evidence
from reporting.asking_us import ask
from reporting.models import ConflictBar, EvidenceState, GrantBasis, Report
from rights.models import Disclosure
from scope.context import staff_scope, worker_scope
from tests.access_matrix import ALL, LETTERS, RELATIONS
from tests.actionplans.meeting_world import closed, entry, under_way
from tests.at_a_centre import LOW_RISK
from tests.casework.given import a_proposal, a_referral, a_share
from tests.casework.packed import a_made_pack
from tests.casework.test_matching import AMINA
from tests.casework.world import a_suspect, shared_anyway, told, triaged
from tests.centres.telling import a_link, told_by
from tests.people import NOW, PARTNERSHIP, centre, client_for, gwen, member, ngozi, organisation, tomasz
from tests.reviews.world import put_on_the_lists
from tests.rights.world import everything_of_rights
from vault.models import DataKey

OUTSIDERS = ("signed out", "no second step", "suspended")
AT_A_CENTRE = "VM"
ALL_AT_CHARNWOOD = [code for letter, code in LETTERS.items() if letter not in AT_A_CENTRE]
PART = re.compile(r"{(\w+)}")
LEICESTER = {"Q14": "leicester", "Q24": ["no_one"]}
BARS_CHARNWOOD = {"Q24": ["council"], "Q24_bar": "yes", "Q24_bar_org": ["charnwood-bc"]}


@dataclass
class World:
    """The session of each kind of person, and the records by whose they are and what kind of record."""

    sessions: dict[str, str]
    records: dict[str, dict[str, str]]
    browser: Client = field(default_factory=Client)
    # Where the database stands before each question.
    before: str = field(default_factory=transaction.savepoint)

    def addresses(self, at: str) -> dict[str, str]:
        """The addresses that `at` stands for, by whose record it is; '' where none is in it."""
        parts = set(PART.findall(at))
        if not parts:
            return {"": "/" + at}
        return {
            whose: "/" + at.format(**known) for whose, known in self.records.items() if parts <= known.keys()
        }

    def ask(self, who: str, method: str, path: str) -> HttpResponse:
        """What this person gets. One browser serves all: only its session changes."""
        self.browser.cookies.clear()
        cache.clear()  # nobody waits because of what others tried
        if self.sessions[who]:
            self.browser.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        return self.browser.generic(method, path, b"", "application/x-www-form-urlencoded")

    def undo(self) -> None:
        """Takes back whatever was changed since the world was made."""
        transaction.savepoint_rollback(self.before)
        transaction.set_rollback(False)
        connection.run_on_commit.clear()


def make_world() -> World:
    """Everybody, and a record of each kind for each relation."""
    charnwood = organisation("charnwood-bc")
    people = {letter: a_person(letter, charnwood) for letter in ALL}
    weak = member("Password Alone", charnwood, *ALL_AT_CHARNWOOD)
    suspended = member("Suspended", charnwood, *ALL_AT_CHARNWOOD)
    sessions = {
        "signed out": "",
        "no second step": session_of(weak, second_factor=False),
        "suspended": session_of(suspended),
        **{letter: session_of(person) for letter, person in people.items()},
    }
    suspended.suspend(by=people["K"], now=NOW)
    load_plans(PARTNERSHIP, timedelta(0), NOW)
    records = make_records(people["O"])
    records["own"]["joined"] = joined_to(records["own"]["case"], people["O"])
    for known in records.values():
        known["came"] = a_photo_that_came_with(known["case"])
    put_on_the_lists(records, by=people["O"])
    return World(sessions, records)


def a_person(letter: str, charnwood: Organisation) -> User:
    at = centre().organisation if letter in AT_A_CENTRE else charnwood
    return member(LETTERS[letter].replace("_", " ").title(), at, LETTERS[letter])


def session_of(person: User, *, second_factor: bool = True) -> str:
    client = client_for(person, second_factor=second_factor)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def make_records(own: User) -> dict[str, dict[str, str]]:
    """`own` is Charnwood's officer; Gwen of Leicester is the other organisation's."""
    other = gwen()
    colleague = member("Colleague", own.organisation, "officer")
    return {
        "own": {
            **asked_about(own_case(own), own_case(own)),
            "report": told().reference,
            **rights_of(own.organisation),
            "person": str(colleague.pk),
            **about(colleague, own),
            **views_of(own),
            "invitation": invited("new.colleague", own),
            "centre": centre().organisation.code,
            **telling_of("A School"),
            "champion": a_champion(centre()),
            "visit": a_visit(centre()),
            "volunteer": str(member("A Volunteer", centre().organisation, "centre_volunteer").pk),
            "agreement": agreement_of(own),
            "year": str(timezone.localdate().year + 1),
            **communications_of(own),
            "evidence": a_scanned_photo(own),
            **steering_of(own, meeting := under_way(Group.DELIVERY_GROUP)),
            "item": str(meeting.items.all()[0].pk),
            **plans_of(own, Action.objects.filter(plan__code="appendix-c", ref="C1")),
            "plan": "appendix-c",
            "draft": a_draft("our-draft"),
            "thrown": a_draft("thrown-away"),
        },
        "shared": {
            **asked_about(shared_case(other, own), shared_case(other, own)),
            "report": shared_report(own),
        },
        "foreign": {
            **asked_about(*(triaged(told(**LEICESTER), by=other).reference for _ in range(2))),
            "report": told(**LEICESTER).reference,
            **rights_of(other.organisation),
            "person": str(other.pk),
            **views_of(other),
            **about(other, member("Stand In", other.organisation, "officer")),
            "invitation": invited("new.stranger", other),
            "centre": centre("foreign", area="charnwood").organisation.code,
            **telling_of("Another School"),
            "champion": a_champion(centre("foreign", area="charnwood")),
            "visit": a_visit(centre("foreign", area="charnwood")),
            "volunteer": str(
                member("A Volunteer", centre("foreign", area="charnwood").organisation, "centre_volunteer").pk
            ),
            "agreement": agreement_of(other),
            **communications_of(other),
            **steering_of(other, closed(Group.SOG)),
            **plans_of(other, not_of(own.organisation)),
            "plan": "nothing-here",
            "draft": a_draft("their-draft", owner=member("Another Owner", organisation("lcc"), "plan_owner")),
        },
        "barred": {**asked_about(barred_case(), barred_case()), "report": told(**BARS_CHARNWOOD).reference},
    }


def asked_about(case: str, again: str) -> dict[str, str]:
    """A case, what its person asked for since: to erase it, and another look; and another case of the same person."""
    with worker_scope():
        for each in Report.objects.select_related("data_key").filter(reference__in=(case, again)):
            Person.write_down(each, AMINA, by=gwen(), now=NOW)
        report = Report.objects.select_related("data_key").get(reference=case)
        wish, look = (ask(report, kind, "Please.", key=uuid4(), now=NOW) for kind in ("erase", "look_again"))
        shared = sharing_of(Case.objects.get(reference=case))
        pack = a_made_pack(Case.objects.get(reference=case), organisation("charnwood-bc"), gwen())
        apart = apart_on(report)
        same = a_suspect(Report.objects.select_related("data_key").get(reference=again), gwen())
        answered = assess_risk(Case.objects.get(reference=case), LOW_RISK, by=gwen(), now=NOW)
    return {
        "found": str(answered.pk),
        "pack": str(pack.pk),
        "task": a_task(case),
        **shared,
        **apart,
        "case": case,
        "again": again,
        "same_suspect": str(same.pk),
        "wish": str(wish.pk),
        "look": str(look.pk),
    }


def sharing_of(case: Case) -> dict[str, str]:
    """What is shared, what waits for a second person, and what Charnwood and somebody else are asked to do."""
    return {
        "share": str(a_share(case, gwen()).pk),
        "proposal": str(a_proposal(case, by=gwen()).pk),
        "to_us": str(a_referral(case, to=ngozi()).pk),
        "by_us": str(a_referral(case, to=tomasz()).pk),
    }


def a_task(case: str) -> str:
    """The number of a task for anybody at the organisation that leads a case."""
    with worker_scope():
        on = Case.objects.get(reference=case)
        asked = {"for_organisation": on.lead_organisation, "set_by": gwen()}
        return str(Task.objects.create(case=on, **asked, due_on=NOW.date(), set_at=NOW).pk)


def views_of(person: User) -> dict[str, str]:
    """The numbers of two views that somebody keeps: one of them they removed."""
    view, removed = (
        SavedView.keep(person, name=name, which="mine", query="", now=NOW) for name in ("Late", "Old")
    )
    removed.remove(now=NOW)
    return {"view": str(view.pk), "removed": str(removed.pk)}


def rights_of(house: Organisation) -> dict[str, str]:
    """What was asked of the rights desk of an organisation, with the pack of a report, and an entry of its register."""
    named = everything_of_rights(told(), repeat("Words."), at=house)
    with worker_scope():
        entry = Disclosure.objects.get(organisation=house)
    return {"right": str(named.request_id), "named": str(named.pk), "disclosure": str(entry.pk)}


def apart_on(report: Report) -> dict[str, str]:
    """A record of who is said to have done it, and a conflict of somebody who is not there, on a report."""
    somebody = member("Kept Out", organisation("opcc"), "officer")
    conflict = ConflictBar(report=report, officer=somebody, barred_by=gwen(), barred_at=NOW)
    conflict.seal("reason", "A cousin.")
    conflict.save(force_insert=True)
    return {"suspect": str(a_suspect(report, gwen()).pk), "conflict": str(conflict.pk)}


def a_visit(of: ReportingCentre) -> str:
    """The number of a mystery visit of which the centre has not been told."""
    return str(record_visit(of, kind="call", noticed=(), on=NOW.date(), by=None, now=NOW).pk)


def a_champion(of: ReportingCentre) -> str:
    """The number of a champion of a centre."""
    person = member("A Champion", of.organisation, "centre_volunteer")
    return str(name_champion(of, person, by=None, now=NOW).pk)


def communications_of(somebody: User) -> dict[str, str]:
    """A campaign with an event, something in the library, and a session, all of somebody's organisation."""
    house = somebody.organisation
    assert house
    around = {"by": somebody, "now": NOW}
    days = {"starts": NOW.date(), "ends": NOW.date()}
    campaign = plan_campaign(
        kind="campaign", name=f"Stalls of {house}", lead=house, partners=(), districts=(), **days, **around
    )
    event = add_event(campaign, name="A stall", held_on=NOW.date(), organisation=house, **around)
    material = add_material(
        title="A poster", kind="Poster", link="https://posters.example/", organisation=house, **around
    )
    session = record_session(
        kind="briefing",
        title="A briefing",
        held_on=NOW.date(),
        delivered_by=house,
        people_reached=12,
        **around,
    )
    return {
        "campaign": campaign.code,
        "event": str(event.pk),
        "material": str(material.pk),
        "session": str(session.pk),
        "house": house.code,
    }


def steering_of(somebody: User, meeting: Meeting) -> dict[str, str]:
    """An entry of the Delivery Group's log that was given to somebody's organisation; and a meeting, which is
    nobody's: the one under way counts as own, the closed one as foreign."""
    assert somebody.organisation
    return {
        "entry": str(entry(at=somebody.organisation.code).number),
        "meeting": str(meeting.pk),
    }


def a_photo_that_came_with(case: str) -> str:
    """A file that came with a case's report, looked at and clean, with its picture."""
    jpeg = b"\xff\xd8\xff a wall"
    with worker_scope():
        report = Report.objects.get(reference=case)
        sent = evidence.Sent("wall.jpg", len(jpeg), [jpeg])
        made = evidence.add(sent, told_with=report.idempotency_key, now=NOW)
        made.file.release(now=NOW)
        Picture.keep(made.file, 1, jpeg)
        made.state, made.pictures = EvidenceState.CLEAN, 1
        made.save(update_fields=["state", "pictures"])
    return str(made.pk)


def a_scanned_photo(by: User) -> str:
    """The number of evidence that may be handed out."""
    with worker_scope():
        file = SealedFile.keep(b"\xff\xd8\xff a stall", data_key=DataKey.create(), now=NOW)
        SealedFile.objects.update(scanned_at=NOW)
    action = Action.objects.get(plan__code="appendix-c", ref="C1")
    made = Evidence.objects.create(action=action, title="stall.jpg", file=file, by=by, added_at=NOW)
    return str(made.pk)


def plans_of(asker: User, actions: ActionQuerySet) -> dict[str, str]:
    """An action with a step on its way, and what somebody asks to change on it."""
    step = Milestone.objects.filter(action__in=actions).select_related("action__plan").order_by("pk")[0]
    asked = ChangeRequest.objects.create(
        action=step.action,
        kind=ChangeKind.DUE,
        old_due=step.action.due,
        new_due=step.action.due + timedelta(days=1),
        reason="One day more.",
        asked_by=asker,
        asked_at=NOW,
    )
    address = f"{step.action.plan.code}/{step.action.ref}"
    return {"asked": str(asked.pk), "action": address, "step": str(step.pk)}


def not_of(house: Organisation) -> ActionQuerySet:
    """Actions that an organisation neither leads nor supports."""
    return Action.objects.exclude(pk__in=Action.objects.involving(house).values("pk"))


def a_draft(code: str, owner: User | None = None) -> str:
    """A plan in the making with two actions that nothing measures yet; without an owner it belongs to all who may."""
    like = Action.objects.select_related("plan").get(plan__code="appendix-c", ref="C1")
    plan = copy_of(like.plan, code=code, title=code, is_draft=True, owner=owner)
    priority = plan.priorities.create(code="one", name="One", order=1)
    for ref in ("D1", "D2"):
        copy_of(like, plan=plan, priority=priority, ref=ref)
    return code


def copy_of(record: Any, **other: Any) -> Any:
    """The same record once more, with something else in it."""
    names = {each.attname: getattr(record, each.attname) for each in record._meta.concrete_fields}
    del names["id"]
    for name in other:
        names.pop(f"{name}_id", None)
    return type(record).objects.create(**names | other)


def agreement_of(signer: User) -> str:
    """The number of a sharing agreement that somebody's organisation has signed."""
    made = SharingAgreement.objects.create(
        title=f"Sharing with {signer.organisation}",
        signed_on=NOW.date(),
        review_on=NOW.date() + timedelta(days=365),
    )
    made.organisations.add(signer.organisation_id)
    return str(made.pk)


def about(person: User, deputy: User) -> dict[str, str]:
    """What waits about a member of staff: their organisation's review, a reset of their second step, days away."""
    now = timezone.now()
    another = member("Asking", organisation("opcc"), "administrator")
    AccessReview.open_for(person.organisation, now=now)
    reset = SecondFactorReset.ask(
        person, reason=WhyReset.LOST, how_known=HowKnown.IN_PERSON, by=another, now=now
    )
    absence = Absence.note(
        person, starts_on=now.date(), ends_on=now.date(), deputy=deputy, by=person, now=now
    )
    review = AccessReview.objects.get(organisation=person.organisation)
    return {"review": str(review.pk), "reset": str(reset.pk), "absence": str(absence.pk)}


def own_case(by: User) -> str:
    case = triaged(told(), by=by)
    with staff_scope(by.organisation_id or 0):
        case.assign(to=by, by=by, now=NOW)
    return case.reference


def joined_to(case: str, by: User) -> str:
    """A report that joined a case."""
    report = told()
    with staff_scope(by.organisation_id or 0):
        join(Case.objects.get(reference=case), report, note="The same evening.", by=by, now=NOW)
    return report.reference


def shared_case(by: User, to: User) -> str:
    case = triaged(told(**LEICESTER), by=by)
    with staff_scope(by.organisation_id or 0):
        shared_anyway(case, to.organisation, by=by)
    return case.reference


def shared_report(to: User) -> str:
    report = told(**LEICESTER)
    with worker_scope():
        report.grant_to(to.organisation, basis=GrantBasis.PREFERENCE, by=None, now=NOW)
    return report.reference


def barred_case() -> str:
    """Told in Charnwood, and read by whoever reads it instead."""
    report = told(**BARS_CHARNWOOD)
    reader = member("Reader Instead", Organisation.objects.get(pk=report.visible_to[0]), "officer")
    return triaged(report, by=reader).reference


def invited(name: str, like: User) -> str:
    invitation = Invitation.invite(
        email=f"{name}@{like.organisation.code}.example",
        name=name.replace(".", " ").title(),
        organisation=like.organisation,
        role_codes=["officer"],
        by=None,
        now=NOW,
    )
    return str(invitation.pk)


def everything_is_there(records: dict[str, dict[str, str]]) -> bool:
    """The records that nobody is let see exist all the same: asked as background work."""
    with worker_scope():
        wanted = [records[whose]["case"] for whose in RELATIONS]
        return Case.objects.filter(reference__in=wanted).count() == len(wanted)


def telling_of(place: str) -> dict[str, str]:
    """A link of a school, and what somebody told by it."""
    link = a_link(place)
    return {"link": str(link.pk), "heard": str(told_by(link).pk)}
