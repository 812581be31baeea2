"""Receiving a report: answers become a sealed report that the right organisations can see, once and for all.

One transaction holds everything: the report and its key, who may and must not see it, what was chosen about
sharing, the trail, the word to the triage officers, and the end of the draft.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DataError, IntegrityError
from django.db.models import Model
from django.utils.translation import get_language

from audit import trail
from audit.models import Actor, AuditEvent
from outbox.models import OutboxEntry
from partners import wording
from partners.directory import directory
from partners.models import District, Organisation, OrganisationKind, User
from reporting.alerts import alerts
from reporting.apart import apart, by_place
from reporting.journey import route
from reporting.journey.barring import barred_organisations
from reporting.journey.question import (
    SEEN,
    TOLD_AT_A_CENTRE,
    Answers,
    Kept,
    Page,
    chosen,
    is_told_to_an_officer,
)
from reporting.journey.urgency import needs_same_day_look
from reporting.models import (
    Draft,
    DraftGone,
    GrantBasis,
    Report,
    ReportBar,
    ReportGrant,
    SharingPreference,
    is_other_than_read,
)
from reporting.news import digest_waits, missing_digest
from reporting.one_row import columns_of, made
from reporting.one_trip import add_in_one_trip
from reporting.receipt_code import ReceiptCode
from reporting.recorded import centre_record, risk_assessment
from reporting.reference import new_reference
from reporting.risk import Assessed, assess
from reporting.strands import Channel, ReporterRole, Strand, Whereabouts
from scope.context import Statement, ask_alone, public
from vault.models import DataKey

ATTEMPTS = 5
# Written out because composing it takes longer than answering it.
BY_CODE = "SELECT {columns} FROM reporting_report WHERE receipt_code_digest = %s"


class NotComplete(Exception):
    """Something that is needed was not answered; `pages` are where, in order."""

    def __init__(self, pages: list[Page]) -> None:
        super().__init__(", ".join(page.name for page in pages))
        self.pages = pages


class OnlyPractice(Exception):
    """The draft is of practice, on an invented story: no report is ever made of it."""


@dataclass(frozen=True)
class Receipt:
    """What the reporter is given. `is_new` is False when the same draft had been sent before."""

    report: Report
    code: ReceiptCode
    is_new: bool


@dataclass(frozen=True)
class Source:
    """Where a report comes from: `key` makes it one report however often it is sent."""

    key: UUID
    now: datetime
    centre: Organisation | None
    recorded_by: User | None
    # Where an officer works who wrote it down, and how it was told to them.
    house: Organisation | None = None
    told_to: str = ""

    @property
    def channel(self) -> Channel:
        return Channel(self.told_to or ("centre" if self.centre else "online"))


@dataclass(frozen=True)
class Readers:
    """Who is granted a report, on what basis, and who is barred from it."""

    triage: Organisation
    grants: list[tuple[Organisation, GrantBasis]]
    barred: list[Organisation]

    @property
    def visible_to(self) -> list[int]:
        return sorted({organisation.pk for organisation, _basis in self.grants})


def submit(draft_id: UUID, *, now: datetime) -> Receipt:
    """Turns a draft into a report; sending it again, at once or later, gives the same receipt.

    Raises NotComplete when an answer is missing, DraftGone when there is no draft and no report of it, OnlyPractice.
    """
    return _once(draft_id, lambda report_id: _file_draft(draft_id, report_id, now=now))


def receive(
    answers: Answers,
    *,
    key: UUID,
    now: datetime,
    centre: Organisation | None = None,
    recorded_by: User | None = None,
) -> Receipt:
    """Receives answers that never were a draft of ours; the same `key` again gives the same receipt.

    Raises NotComplete as `submit` does. At a centre, both `centre` and `recorded_by` are needed.
    """
    try:
        return received_before(key)
    except DraftGone:
        source = Source(key, now, centre, recorded_by)
    complete = {**answers, SEEN: [page.name for page in route.PAGES]}
    if centre is not None:
        complete[TOLD_AT_A_CENTRE] = "centre"
    return _once(key, lambda report_id: _file(complete, report_id, source))


def _once(key: UUID, file: Callable[[UUID], Receipt]) -> Receipt:
    """Files under a new id; when the key is taken, answers with the report that has it."""
    for attempt in range(ATTEMPTS):
        report_id = uuid4()
        try:
            return file(report_id)
        except DraftGone:
            return received_before(key)
        except DataError as error:
            # The draft was sent or saved at this very moment: what there is now is read anew.
            if not is_other_than_read(error) or attempt == ATTEMPTS - 1:
                raise
        except IntegrityError as error:
            # References are random: a twin is so rare that it is tried again rather than looked for.
            if not _is_twin(error):
                return received_before(key)
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def _is_twin(error: IntegrityError) -> bool:
    return "reporting_report_reference" in str(error)


def _file_draft(draft_id: UUID, report_id: UUID, *, now: datetime) -> Receipt:
    # Whoever presses twice at once waits for the first press to end the draft, and then finds the report there.
    draft = Draft.to_send(draft_id)
    if draft.is_practice:
        raise OnlyPractice
    answers = draft.read()
    if is_told_to_an_officer(answers):
        how = {"house": draft.centre, "told_to": answers[TOLD_AT_A_CENTRE]}
        source = Source(draft.pk, now, None, draft.recorded_by, **how)
    else:
        source = Source(draft.pk, now, draft.centre, draft.recorded_by)
    return _file(answers, report_id, source, ends=[draft.ending()])


def received_before(key: UUID) -> Receipt:
    """The receipt of a report that was received with this key; raises DraftGone when there is none."""
    for code, digest in ReceiptCode.ever_of_draft(key):
        question = BY_CODE.format(columns=columns_of(Report))
        report = made(Report, ask_alone(public(receipt=digest), question, [digest]))
        if report is not None:
            return Receipt(report, code, is_new=False)
    raise DraftGone


def _file(answers: Answers, report_id: UUID, source: Source, *, ends: Sequence[Statement] = ()) -> Receipt:
    waiting = route.unfinished(answers)
    if waiting:
        raise NotComplete(waiting)
    told = route.that_count(answers)
    district = _district(told)
    readers = choose_readers(told, district=district, centre=source.centre, house=source.house)
    code = ReceiptCode.of_draft(source.key)
    data_key = DataKey.prepare()
    told_by_place = by_place(told)
    risk = assess(told_by_place[Kept.RISK]) if source.centre else None
    report = Report(
        id=report_id,
        reference=new_reference(),
        receipt_code_digest=code.digest,
        idempotency_key=source.key,
        received_at=source.now.replace(second=0, microsecond=0),  # beside sealed words no exact time is kept
        channel=source.channel,
        centre=source.centre,
        recorded_by=source.recorded_by,
        reporter_role=ReporterRole.CENTRE if source.centre else ReporterRole(str(told["Q02"])),
        perceived_strands=[strand for strand in chosen(told, "Q08") if strand in Strand.values],
        whereabouts=_whereabouts(told, district),
        district=district,
        place_kind=_place_kind(told),
        gave_link=bool(told.get("Q06a_link")) if "online" in chosen(told, "Q06") else None,
        is_anonymous=told.get("Q25") == "no",
        needs_same_day_look=needs_same_day_look(told) or (risk is not None and risk.is_highest),
        language=get_language() or settings.LANGUAGE_CODE,
        visible_to=readers.visible_to,
        data_key=data_key,
    )
    _seal(report, told, told_by_place)
    digest = missing_digest(readers.triage.pk, now=source.now)
    recorded, at_once = _of_the_centre(report, told_by_place, risk, readers, source) if risk else ([], [])
    add_in_one_trip(
        public(report=report_id),
        [
            data_key,
            report,
            *_who_may_see(report, readers, told, now=source.now),
            *apart(report, told_by_place, now=source.now),
            *recorded,
            _event(report, readers, source, risk),
        ],
        first=ends,
        unless_there=[*digest, *at_once],
    )
    digest_waits(digest)
    return Receipt(report, code, is_new=True)


def _of_the_centre(
    report: Report, told: Mapping[Kept, Answers], risk: Assessed, readers: Readers, source: Source
) -> tuple[list[Model], list[OutboxEntry]]:
    """What a centre adds, as rows, and whom a high risk is told at once."""
    assert source.centre
    assessment = risk_assessment(
        report, told[Kept.RISK], risk, by=source.recorded_by, organisation=source.centre, now=source.now
    )
    tell = alerts(report.pk, triage=readers.triage, barred=readers.barred, now=source.now)
    return [centre_record(report, told), assessment], tell if risk.is_highest else []


def _event(report: Report, readers: Readers, source: Source, risk: Assessed | None) -> AuditEvent:
    facts: dict[str, Any] = {
        "to": [[each.code, basis] for each, basis in readers.grants],
        "barred": len(readers.barred),
    }
    if risk:
        facts["risk"] = risk.level.code
    by, otherwise = source.recorded_by, Actor.PUBLIC
    return trail.prepare("report.received", report, by=by, otherwise=otherwise, now=source.now, **facts)


def seal_what_was_told(report: Report, told: Answers) -> None:
    """Puts every answer into its sealed place on the report."""
    _seal(report, told, by_place(told))


def _seal(report: Report, told: Answers, told_by_place: Mapping[Kept, Answers]) -> None:
    report.seal("words", str(told.get("Q07", "")))
    for column in (Kept.CONTACT, Kept.ANSWERS):
        part = told_by_place.get(column)
        report.seal(column, json.dumps(part) if part else "")


def choose_readers(
    told: Answers,
    *,
    district: District | None,
    centre: Organisation | None = None,
    house: Organisation | None = None,
) -> Readers:
    """Who reads the report first, who else the person chose, and who is barred; a bar is stronger than all. Who
    recorded it sees it too: a centre, or the `house` of an officer."""
    by_code = directory().organisations
    organisations = list(by_code.values())
    barred = [by_code[code] for code in barred_organisations(told) if code in by_code]
    triage = _triage(organisations, {each.pk for each in barred}, district)
    grants = [(triage, GrantBasis.TRIAGE)]
    if centre is not None:
        grants.append((centre, GrantBasis.CENTRE))
    if house is not None and house.pk not in {each.pk for each in barred}:
        grants.append((house, GrantBasis.CENTRE))
    for organisation in organisations_for(chosen(told, "Q24"), by_code, district, centre):
        if organisation not in barred:
            grants.append((organisation, GrantBasis.PREFERENCE))
    return Readers(triage, grants, barred)


def _triage(organisations: list[Organisation], barred: set[int], district: District | None) -> Organisation:
    """The first that may read it: the area's own, the partnership's fallback, county council, police, OPCC."""
    fallback = (OrganisationKind.COUNTY_COUNCIL, OrganisationKind.POLICE, OrganisationKind.OPCC)
    in_turn = [
        *(each for each in organisations if district and each.pk == district.triage_organisation_id),
        *(each for each in organisations if each.is_fallback_triage),
        *(each for kind in fallback for each in organisations if each.kind == kind),
        *organisations,
    ]
    return next(each for each in in_turn if each.pk not in barred and each.retired_on is None)


def organisations_for(
    ticked: list[str],
    by_code: dict[str, Organisation],
    district: District | None,
    centre: Organisation | None,
) -> list[Organisation]:
    """The organisations that choices about sharing stand for; some stand for none that is known yet."""
    found: list[Organisation | None] = []
    for recipient in wording.recipients():
        if recipient.code not in ticked:
            continue
        if recipient.organisation == "by_area":
            of_area = district.triage_organisation_id if district else None
            found.append(next((each for each in by_code.values() if each.pk == of_area), None))
        elif recipient.organisation == "by_centre":
            found.append(centre)
        else:
            found.append(by_code.get(recipient.organisation))
    return [organisation for organisation in found if organisation is not None]


def _district(told: Answers) -> District | None:
    return directory().districts.get(str(told.get("Q14")))


def _whereabouts(told: Answers, district: District | None) -> str:
    if district is not None:
        return Whereabouts.DISTRICT
    place = told.get("Q14")
    return str(place) if place in (Whereabouts.ONLINE, Whereabouts.OUTSIDE) else Whereabouts.NOT_SURE


def _place_kind(told: Answers) -> str:
    if told.get("Q13"):
        return str(told["Q13"])
    return "online" if told.get("Q14") == "online" else "not_sure"


def _who_may_see(report: Report, readers: Readers, told: Answers, *, now: datetime) -> list[Model]:
    grants = [
        ReportGrant(report=report, organisation=organisation, basis=basis, granted_at=now)
        for organisation, basis in readers.grants
    ]
    bars = [ReportBar(report=report, organisation=each, barred_at=now) for each in readers.barred]
    if told.get("Q24_bar_person"):
        person = ReportBar(report=report, barred_at=now)
        person.seal("person", str(told["Q24_bar_person"]))
        bars.append(person)
    version = str(wording.sharing()["version"])
    chose = [
        SharingPreference(report=report, recipient=recipient, wording_version=version, chosen_at=now)
        for recipient in chosen(told, "Q24")
    ]
    return [*grants, *bars, *chose]
