"""How the invented reporting centres are looked after, by the acts that do it, each on its day."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from centres import agreements, fitness, standing, visits
from centres.champions import name_champion, record_training
from centres.checklist import checklist
from centres.models import Champion, How
from centres.verifying import verify
from centres.visit_script import visit_script
from llr_hate.demo.years import LONDON
from partners.data import Entry, entries, field, installed
from partners.models import District, Invitation, Organisation, ReportingCentre, User
from partners.roles import CENTRE_LEAD, CENTRE_VOLUNTEER
from partners.wording import language_names

FILE = "demo/oversight.toml"
# For the way with two steps: said on the page of personas. In the demonstration there is nothing to protect.
PASSWORD = "three calm grey herons"
# Every centre was proposed so long ago, before anybody worked with the portal.
OPENED_DAYS_AGO = 600
AT = time(14, 10)


def propose(
    code: str, entry: Entry, *, council: Organisation, by: User | None, now: datetime
) -> ReportingCentre:
    """A centre as its entry describes it, proposed."""
    return standing.propose(
        entry["name"],
        code=code,
        district=District.objects.get(code=entry["area"]),
        looked_after_by=council,
        kind=entry["kind"],
        about=entry["about"],
        address=entry["address"],
        phone=entry.get("phone", ""),
        email=entry.get("email", ""),
        opening_hours=entry["opening_hours"],
        languages=", ".join(language_names(entry["languages"])),
        is_step_free=entry["step_free"],
        has_private_room=entry["private_room"],
        by=by,
        now=now,
    )


def check_and_sign(centre: ReportingCentre, entry: Entry, *, council: Organisation, now: datetime) -> None:
    """The newest check of a centre's listing and its agreement, as its entry says, by who leads the centres."""
    lead = lead_of_the_centres()
    checked = _ago(entry["verified_days_ago"], now)
    how = How.CALL if entry["verified_days_ago"] % 2 else How.VISIT
    verify(centre, how=how, by=lead, now=checked)
    if "agreement_signed_days_ago" in entry:
        at = _ago(entry["agreement_signed_days_ago"], now)
        agreements.sign(centre, council, signed_on=timezone.localdate(at), by=lead, now=at)


def lead_of_the_centres() -> User:
    """Who looks after reporting centres."""
    return User.objects.filter(memberships__role_codes__contains=[CENTRE_LEAD.code]).order_by("pk")[0]


@transaction.atomic
def leave_centres(*, now: datetime) -> None:
    """Two more centres, colleagues, champions and their courses, checklists and mystery visits."""
    said, lead = installed(FILE), lead_of_the_centres()
    for entry in entries(said, "centres", file=FILE):
        _one_more(entry, lead, now)
    for entry in entries(said, "colleagues", file=FILE):
        _colleague(entry, now)
    champions: dict[str, Champion] = {}
    for entry in entries(said, "champions", file=FILE):
        at = _ago(entry["since_days_ago"], now)
        champions |= {email: _champion(email, lead, at) for email in entry["people"]}
    for entry in entries(said, "courses", file=FILE):
        at = _ago(entry["days_ago"], now)
        took = [champions[email] for email in entry["took"]]
        record_training(took, course=entry["name"], on=timezone.localdate(at), by=lead, now=at)
    for entry in entries(said, "reviews", file=FILE):
        _review(entry, lead, now)
    for entry in entries(said, "visits", file=FILE):
        _visit(entry, lead, now)


def _one_more(entry: Entry, lead: User, now: datetime) -> None:
    council = Organisation.objects.get(code=field(entry, "looked_after_by", file=FILE))
    at = _ago(entry["proposed_days_ago"], now)
    centre = propose(entry["code"], entry, council=council, by=lead, now=at)
    if "checked_days_ago" in entry:
        verify(centre, how=How.VISIT, by=lead, now=at)
        standing.list_(centre, by=lead, now=at)
        verify(centre, how=How.CALL, by=lead, now=_ago(entry["checked_days_ago"], now))


def _colleague(entry: Entry, now: datetime) -> None:
    came = _ago(entry["came_days_ago"], now)
    invitation = Invitation.invite(
        email=entry["email"],
        name=entry["name"],
        organisation=_centre(entry).organisation,
        role_codes=[CENTRE_VOLUNTEER.code],
        by=None,
        now=came,
        lasts=timedelta(days=7),
    )
    user = invitation.accept(password=PASSWORD, now=came)
    user.job_title = entry["job_title"]
    user.save(update_fields=["job_title"])


def _champion(email: str, lead: User, at: datetime) -> Champion:
    person = User.objects.get(email=email)
    centre = ReportingCentre.objects.get(organisation=person.organisation)
    return name_champion(centre, person, by=lead, now=at)


def _review(entry: Entry, lead: User, now: datetime) -> None:
    at, missing = _ago(entry["days_ago"], now), set(entry["missing"])
    met = [point.code for point in checklist().points if point.code not in missing]
    fitness.review(
        _centre(entry),
        met=met,
        on=timezone.localdate(at),
        note=entry["note"],
        suspend_it=entry.get("suspended", False),
        by=lead,
        now=at,
    )


def _visit(entry: Entry, lead: User, now: datetime) -> None:
    at, missing = _ago(entry["days_ago"], now), set(entry["missing"])
    noticed = [item.code for item in visit_script().items if item.code not in missing]
    visit = visits.record_visit(
        _centre(entry),
        kind=entry["kind"],
        noticed=noticed,
        on=timezone.localdate(at),
        said=entry["said"],
        by=lead,
        now=at,
    )
    if "told_days_ago" in entry:
        visits.tell_centre(visit, by=lead, now=_ago(entry["told_days_ago"], now))


def _centre(entry: Mapping[str, Any]) -> ReportingCentre:
    rows = ReportingCentre.objects.select_related("organisation")
    return rows.get(organisation__code=field(entry, "centre", file=FILE))


def _ago(days: int, now: datetime) -> datetime:
    """Early in the afternoon of that day."""
    return datetime.combine(timezone.localdate(now) - timedelta(days=days), AT, LONDON)
