"""Gathering what a pack or a hand-off holds: of each report of a case the parts that are shared, and no others.

It opens what is sealed. Whoever asks records that it was read (`casework.packs`); opening who is said to have done it
records itself.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime

from django.utils import timezone, translation

from casework.evidence import title_of
from casework.hearing import said_later
from casework.models import Case, Person
from casework.pack_contents import Answer, Contents, Done, File, Later, RiskAnswers, SafeContact, Told
from casework.parts import DONE, PERSON, RISK, SUSPECT, WHAT
from casework.queue import strand_names
from casework.sight import RULES, answers_of, safe_contact
from casework.timeline import news
from files.models import SealedFile
from partners.dispositions import all_recorded_as
from partners.languages import name_of_language
from partners.models import User
from reporting.export import Row, rows, rows_said_later
from reporting.journey import route
from reporting.journey.question import TOLD_AT_A_CENTRE, Answers, Kept
from reporting.models import Addition, Evidence, Report, RiskAssessment, Suspect
from reporting.strands import Channel
from scope.context import worker_scope

OWN_WORDS = "Q07"
# What belongs to another part than the one that its place in the journey gives it. Somebody else may be named in the
# answers of the third line: they go only where `suspect` is shared.
PART_OF = {
    **dict.fromkeys(("Q02a_name", "Q03", "Q04", "W01", "W02", "Q27", "Q27_language", "Q28", "Q29"), PERSON),
    **dict.fromkeys(("Q16", "Q19"), RISK),
    **dict.fromkeys(
        ("Q06a_username", "Q18", "Q18b", "Q18_staff", "Q18_org", "Q18_org_other", "Q20_who"), SUSPECT
    ),
}
# About the portal, or about who may see the report: for nobody but us.
NOT_FOR_OTHERS = frozenset({"Q01", "Q22a", "Q24", "Q25", "Q31", "Q31_code", "Q32"})
PART_OF_PLACE = {
    Kept.ANSWERS: WHAT,
    Kept.WORDS: WHAT,
    Kept.CONTACT: PERSON,
    Kept.SUSPECT: SUSPECT,
    Kept.RISK: RISK,
}
PLACE_OF = {question.id: question.kept for page in route.ALL for question in page.questions}
# What another organisation is told of the work: acts, never what officers wrote about them.
TOLD_OF = frozenset(
    {
        "open",
        "triage",
        "tell_reporter",
        "log_contact",
        "assess_risk",
        "review_risk",
        "do_risk_action",
        "wait",
        "resume",
        "record_support",
        "record_police_answer",
        "close",
        "reopen",
    }
)
PERSON_FIELDS = {
    "given": "First name",
    "family": "Last name",
    "born": "Date of birth",
    "postcode": "Home postcode",
    "phone": "Telephone",
    "email": "E-mail",
}


def gather(
    case: Case, parts: Collection[str], *, by: User, now: datetime, without_words: bool = False
) -> Contents:
    """The shared parts of a case, in English. Ask in a scope that sees it."""
    with translation.override("en-gb"):
        reports = [report for report in case.reports if report.erased_at is None]
        return Contents(
            reference=case.reference,
            opened_at=_utc(case.opened_at),
            state=Answer("case.state", "State", case.state, case.get_state_display().capitalize()),
            lead=case.lead_organisation.name,
            recorded_as=_recorded_as(case),
            recorded_strands=Answer(
                "case.recorded_strands",
                "Recorded strands",
                list(case.recorded_strands),
                strand_names(case.recorded_strands),
            ),
            risk=_risk_of_case(case) if RISK in parts else [],
            reports=[_told(report, parts, by=by, now=now, without_words=without_words) for report in reports],
            done=_done(case) if DONE in parts else [],
        )


def part_of(question_id: str) -> str:
    """The part that an answer belongs to; '' for what is shared with nobody."""
    if question_id in NOT_FOR_OTHERS:
        return ""
    return PART_OF.get(question_id) or PART_OF_PLACE.get(PLACE_OF.get(question_id, Kept.ANSWERS), "")


# One report ---------------------------------------------------------------------------------------------------


def _told(report: Report, parts: Collection[str], *, by: User, now: datetime, without_words: bool) -> Told:
    answers = answers_of(report)
    words = report.unseal("words")
    shared = [
        row for row in rows({**answers, OWN_WORDS: words} if words else answers) if part_of(row.id) in parts
    ]
    what = [row for row in shared if part_of(row.id) == WHAT]
    return Told(
        reference=report.reference,
        received_at=_utc(report.received_at),
        language=name_of_language(report.language),
        told_by=_told_by(report),
        strands=_answers(row for row in what if row.id.startswith("Q08")),
        when=_answers(row for row in what if row.id.startswith("Q11")),
        where=_answers(row for row in what if row.id.startswith(("Q13", "Q14"))),
        words=next(iter(_answers(row for row in what if row.id == OWN_WORDS and not without_words)), None),
        more=_answers(row for row in shared if _is_more(row)),
        later=[] if without_words else list(_later(report, answers, parts)),
        files=_files(report) if WHAT in parts else [],
        safe_contact=_safe_contact(report, answers, with_details=PERSON in parts),
        person=[*_answers(row for row in shared if _is_of_person(row)), *_written_down(report, parts)],
        risk=_risk_answers(report, answers) if RISK in parts else None,
        others=_others(report, answers, shared, by=by, now=now) if SUSPECT in parts else [],
    )


def _is_more(row: Row) -> bool:
    """What has no place of its own."""
    if part_of(row.id) == RISK:
        return True
    return part_of(row.id) == WHAT and not row.id.startswith((OWN_WORDS, "Q08", "Q11", "Q13", "Q14"))


def _is_of_person(row: Row) -> bool:
    return part_of(row.id) == PERSON and PLACE_OF.get(row.id) is not Kept.CONTACT


def _answers(found: Iterable[Row]) -> list[Answer]:
    return [Answer(row.id, row.question, row.answer, row.in_words) for row in found]


def _told_by(report: Report) -> Answer:
    words = f"{report.get_reporter_role_display()}, {report.get_channel_display()}"
    words = words[:1].upper() + words[1:]
    return Answer("Q02", "Who told it, and how it came", report.reporter_role, words)


def _safe_contact(report: Report, answers: Answers, *, with_details: bool) -> SafeContact:
    """The rules are in it whatever is shared: a call at the wrong hour is the danger, and somebody may find a number
    elsewhere."""
    plan = [row for row in rows(answers) if PLACE_OF.get(row.id) is Kept.CONTACT]
    line = safe_contact(report, dict(answers)).summary
    return SafeContact(
        in_words=line if with_details else f"Reach them only through who leads the case ({line})",
        rules=_answers(row for row in plan if row.id in RULES),
        details=_answers(row for row in plan if row.id not in RULES) if with_details else [],
    )


def _written_down(report: Report, parts: Collection[str]) -> Iterator[Answer]:
    """To whom it happened, as an officer wrote it down."""
    person = Person.objects.filter(report=report).first() if PERSON in parts else None
    if person is None:
        return
    person.report = report
    known = person.read()
    for name, asked in PERSON_FIELDS.items():
        if value := getattr(known, name):
            yield Answer(f"person.{name}", asked, str(value), str(value))


def _later(report: Report, answers: Answers, parts: Collection[str]) -> Iterator[Later]:
    for each in said_later(report):
        if each.kind == Addition.Kind.CONTACT:
            continue  # the plan itself was changed
        said = rows_said_later(answers, each.said())
        shared = [row for row in said if part_of(row.id) in parts]
        if shared:
            yield Later(_utc(each.said_at), _answers(shared))


def _files(report: Report) -> list[File]:
    found = list(Evidence.objects.of(report))
    with worker_scope():
        prints = dict(
            SealedFile.objects.filter(pk__in=[each.file_id for each in found]).values_list("pk", "sha256")
        )
    return [
        File(
            number=each.number,
            title=title_of(each),
            kind=each.family,
            ending=each.ending,
            byte_count=each.byte_count,
            sha256=prints[each.file_id],
            received_on=each.received_on,
            state=each.state,
        )
        for each in found
    ]


def _risk_answers(report: Report, answers: Answers) -> RiskAnswers | None:
    found = RiskAssessment.objects.filter(report=report).select_related("organisation").newest_first().first()
    if found is None:
        return None
    found.report = report
    asked = {**found.told(), "Q02": answers.get("Q02", ""), TOLD_AT_A_CENTRE: Channel.CENTRE.value}
    return RiskAnswers(
        level=Answer("case.risk_answers", "Level", found.level, found.get_level_display()),
        made_on=timezone.localdate(found.made_at),
        made_by=found.organisation.name,
        answers=_answers(row for row in rows(asked) if PLACE_OF.get(row.id) is Kept.RISK),
    )


def _others(
    report: Report, answers: Answers, shared: list[Row], *, by: User, now: datetime
) -> list[list[Answer]]:
    """Each who was named, and one list of what was said of them in other answers."""
    named = [
        _answers(row for row in rows({**answers, **each.told()}) if PLACE_OF.get(row.id) is Kept.SUSPECT)
        for each in Suspect.opened_for(report, by=by, now=now)
    ]
    said = _answers(row for row in shared if part_of(row.id) == SUSPECT)
    return [found for found in (*named, said) if found]


# The case -----------------------------------------------------------------------------------------------------


def _recorded_as(case: Case) -> Answer:
    names = {each.code: each.name for each in all_recorded_as()}
    words = names.get(case.recorded_as, "Not triaged yet")
    return Answer("case.recorded_as", "Recorded as", case.recorded_as, words)


def _risk_of_case(case: Case) -> list[Answer]:
    level = Answer("case.risk", "Risk", case.urgency, case.get_urgency_display().capitalize())
    if case.review_due_at is None:
        return [level]
    day = timezone.localdate(case.review_due_at)
    review = Answer("case.risk_review", "Looked at again by", day.isoformat(), f"{day:%-d %B %Y}")
    return [level, review]


def _done(case: Case) -> list[Done]:
    """What was done, in the words of the timeline and without anybody's notes."""
    events = list(case.events.filter(act__in=TOLD_OF).select_related("by", "organisation"))
    return [
        Done(_utc(event.at), event.act, line["title"])
        for event, line in zip(events, news(events), strict=True)
    ]


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
