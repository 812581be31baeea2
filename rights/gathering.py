"""Everything that we hold about the person of a report, as passages; and the names in it that are somebody else's.

Ask in the scope that `rights.sight.in_sight` opens. What officers wrote down of who is said to have done it is not
taken in: it is that person's data, and what the reporter said themselves stands in their own answers.
"""

from collections.abc import Iterator

from django.utils import timezone, translation
from django.utils.formats import date_format

from casework.models import Case, ContactAttempt, Person, SuspectRecord
from casework.parts import in_words
from casework.timeline import news
from reporting.export import Copy
from reporting.models import CentreRecord, GrantBasis, MessageFromReporter, Report, ReporterRequest, Suspect
from rights.redacting import Cover, Passage, Why, propose

# Who must not see a case says something of a member of staff, and nothing of the person.
LEFT_OUT = frozenset({"bar", "lift_bar"})
PERSON_FIELDS = {
    "given": "First name",
    "family": "Last name",
    "born": "Date of birth",
    "postcode": "Home postcode",
    "phone": "Telephone",
    "email": "E-mail",
}
Names = list[tuple[str, Why]]


def gather(report: Report) -> list[Passage]:
    """The passages of one report, in the order in which they are read."""
    with translation.override("en-gb"):
        case = Case.objects.filter(case_reports__report=report).first()
        found = [*_told(report), *_of_the_centre(report), *_person(report), *_said(report)]
        found += [*_done(case), *_contacts(case)] if case else []
        return [*found, *_seen_by(report, case)]


def proposals(report: Report, passages: list[Passage]) -> dict[int, Cover]:
    """What is proposed to be covered in each passage: names of who is said to have done it, and of staff."""
    names = _names(report)
    found = {number: propose(each.text, names) for number, each in enumerate(passages)}
    return {number: cover for number, cover in found.items() if cover}


def _told(report: Report) -> Iterator[Passage]:
    for told_on, rows in Copy.of(report).parts():
        for row in rows:
            yield Passage(told_on, row.question, row.in_words)


def _of_the_centre(report: Report) -> Iterator[Passage]:
    for record in CentreRecord.objects.filter(report=report).select_related("report__data_key"):
        if notes := record.unseal("notes"):
            yield Passage("What the reporting centre wrote", "Notes", notes)


def _person(report: Report) -> Iterator[Passage]:
    person = Person.objects.filter(report=report).select_related("report__data_key").first()
    known = person.read() if person else None
    for name, words in PERSON_FIELDS.items():
        if value := getattr(known, name, None):
            yield Passage("What officers wrote down about you", words, str(value))


def _said(report: Report) -> Iterator[Passage]:
    section = "What was said between us"
    for message in report.messages.select_related("organisation").order_by("said_at"):
        yield Passage(
            section, f"{message.organisation.name}, {_day(message.said_at)}", message.unseal("text")
        )
    for heard in MessageFromReporter.objects.filter(report=report).order_by("said_at"):
        yield Passage(section, f"You, {_day(heard.said_at)}", heard.unseal("text"))
    for wish in ReporterRequest.objects.filter(report=report).order_by("said_at"):
        text = "\n".join(filter(None, [wish.unseal("words"), wish.unseal("answer")]))
        yield Passage(section, f"You asked: {wish.get_kind_display()}, {_day(wish.said_at)}", text)


def _done(case: Case) -> Iterator[Passage]:
    events = [each for each in case.events.select_related("by", "organisation") if each.act not in LEFT_OUT]
    for event, line in zip(events, news(events), strict=True):
        text = "\n".join(filter(None, [line["title"], line["who"], event.unseal("note")]))
        yield Passage("What was done and decided", line["when"], text)


def _contacts(case: Case) -> Iterator[Passage]:
    for attempt in (
        ContactAttempt.objects.filter(case=case).select_related("by", "organisation").order_by("at")
    ):
        how = f"{attempt.get_way_display()}: {'reached' if attempt.reached else 'not reached'}"
        text = "\n".join(
            filter(None, [f"{attempt.by.name}, {attempt.organisation.name}", attempt.unseal("words")])
        )
        yield Passage("How we tried to reach you", f"{_day(attempt.at)}, {how}", text)


def _seen_by(report: Report, case: Case | None) -> Iterator[Passage]:
    for grant in report.grants.select_related("organisation").order_by("granted_at"):
        ended = f", until {_day(grant.withdrawn_at)}" if grant.withdrawn_at else ""
        words = f"{GrantBasis(grant.basis).label}, since {_day(grant.granted_at)}{ended}"
        yield Passage("Who may see it, and why", grant.organisation.name, words)
    for share in case.shares.select_related("organisation").order_by("begun_at") if case else ():
        words = f"{in_words(share.parts)}. {share.get_lawful_basis_display()}. Since {_day(share.begun_at)}"
        yield Passage("What was shared", share.organisation.name, words)
    for reading in report.accesses.select_related("organisation").order_by("day"):
        yield Passage(
            "Who has read it", f"{reading.day:%-d %B %Y}", f"{reading.organisation.name}, {reading.role_name}"
        )


def _names(report: Report) -> Names:
    """Names of others, without the words of the person's own."""
    suspects = [each.told().get("Q18a_name", "") for each in Suspect.objects.filter(report=report)]
    suspects += [each.read().name for each in SuspectRecord.objects.filter(report=report)]
    staff = set(report.accesses.values_list("user__name", flat=True))
    staff |= set(report.messages.values_list("author__name", flat=True))
    case = Case.objects.filter(case_reports__report=report).first()
    if case:
        staff |= set(case.events.exclude(by=None).values_list("by__name", flat=True))
    own = _own_words(report)
    found: Names = [(name, Why.SUSPECT) for name in suspects if name]
    found += [(name, Why.STAFF) for name in sorted(staff)]
    return [
        (" ".join(word for word in name.split() if word.casefold() not in own), why) for name, why in found
    ]


def _own_words(report: Report) -> set[str]:
    person = Person.objects.filter(report=report).select_related("report__data_key").first()
    known = person.read() if person else None
    own = [str(report.contact_details().get("Q26_name", "")), *((known.given, known.family) if known else ())]
    return {word.casefold() for name in own for word in name.split()}


def _day(moment: object) -> str:
    return date_format(timezone.localtime(moment), "j F Y")  # type: ignore[arg-type]
