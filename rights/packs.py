"""The pack of what a person is given: prepared, looked through and covered, proposed by one, released by another."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.utils import timezone

from audit import trail
from documents.definition import Block, Bullets, Document, Heading, Paragraph
from documents.pdf import render
from partners.models import User
from rights.answering import RightsRefused
from rights.gathering import gather, proposals
from rights.models import RequestReport, RightsRequest, SubjectPack
from rights.redacting import WORDS, Cover, Passage, Why, pieces, without_covered
from rights.sight import in_sight

HOW_TO_ASK = (
    "You can ask us to look at this again, or to correct what is wrong. You can also complain to the Information "
    "Commissioner’s Office."
)
LEFT_OUT = (
    "Left out is what officers wrote down about other people, and who must not see the case because they know somebody "
    "in it."
)


@contextmanager
def opened(request: RightsRequest, about: RequestReport, *, by: User, now: datetime) -> Iterator[SubjectPack]:
    """The pack of a report, prepared the first time; raises OutOfSight. Each opening is on record."""
    with in_sight(request, about.report_id, by=by, now=now) as report:
        pack = SubjectPack.objects.select_for_update().filter(request=request, report=report).first()
        if pack is None:
            pack = SubjectPack(
                request=request, report=report, reference=about.reference, made_by=by, made_at=now
            )
            passages = gather(report)
            pack.write(passages)
            pack.cover(proposals(report, passages))
            pack.save(force_insert=True)
            trail.record("rights.pack_prepared", request, by=by, now=now, report=about.reference)
        pack.report = report
        yield pack


def cover(pack: SubjectPack, number: int, what: Cover) -> None:
    """Covers something in one passage, and no more than that; raises RightsRefused once it was proposed."""
    if pack.proposed_at:
        raise RightsRefused("Somebody has asked for this pack to be released. Take it back first.")
    covers = pack.covered() | {number: what}
    pack.cover({each: cover for each, cover in covers.items() if cover})
    pack.save(update_fields=["covers"])


def propose(pack: SubjectPack, *, by: User, now: datetime) -> None:
    """Somebody has looked through all of it, and asks another person to release it; raises RightsRefused."""
    if pack.proposed_at:
        raise RightsRefused("Somebody has already asked for this pack to be released.")
    pack.proposed_by, pack.proposed_at = by, now
    pack.save(update_fields=["proposed_by", "proposed_at"])
    trail.record("rights.pack_proposed", pack.request, by=by, now=now, report=pack.reference)


def take_back(pack: SubjectPack, *, by: User, now: datetime) -> None:
    """It has to be looked through again; raises RightsRefused once it was released."""
    if pack.released_at:
        raise RightsRefused("This pack has been released.")
    pack.proposed_by = pack.proposed_at = None
    pack.save(update_fields=["proposed_by", "proposed_at"])
    trail.record("rights.pack_taken_back", pack.request, by=by, now=now, report=pack.reference)


def release(pack: SubjectPack, *, by: User, now: datetime) -> None:
    """A second person releases it: from now on the file can be given to the person; raises RightsRefused."""
    if pack.released_at:
        raise RightsRefused("This pack has been released already.")
    if pack.proposed_by is None:
        raise RightsRefused("Nobody has looked through this pack and asked for it to be released.")
    if pack.proposed_by == by:
        raise RightsRefused("You asked for it to be released, so somebody else has to do it.")
    pack.digest = hashlib.sha256(as_pdf(pack)).hexdigest()
    pack.how_many_covered = sum(counted(pack).values())
    pack.released_by, pack.released_at = by, now
    pack.save(update_fields=["digest", "how_many_covered", "released_by", "released_at"])
    facts = {"report": pack.reference, "covered": pack.how_many_covered, "sha256": pack.digest}
    trail.record("rights.pack_released", pack.request, by=by, now=now, **facts)


def file_of(pack: SubjectPack, *, by: User, now: datetime) -> bytes:
    """The file to give to the person; raises RightsRefused before it was released, or where it is not the same."""
    if not pack.released_at:
        raise RightsRefused("This pack has not been released.")
    made = as_pdf(pack)
    if hashlib.sha256(made).hexdigest() != pack.digest:
        raise RightsRefused(
            "This is not the file that was released. Take it back, and have it looked through again."
        )
    trail.record("rights.pack_taken", pack.request, by=by, now=now, report=pack.reference)
    return made


def counted(pack: SubjectPack) -> dict[Why, int]:
    """In how many places something is covered, by the reason."""
    covers, found = pack.covered(), dict.fromkeys(Why, 0)
    for number, passage in enumerate(pack.read()):
        for piece in pieces(passage.text, covers.get(number, Cover())):
            if piece.why:
                found[piece.why] += 1
    return {why: number for why, number in found.items() if number}


def as_pdf(pack: SubjectPack) -> bytes:
    """The pack on paper. What is covered is not in it: it was cut out of the text before."""
    assert pack.proposed_at, "it is dated by the day on which somebody had looked through it"
    return render(as_document(pack, day=timezone.localdate(pack.proposed_at)))


def as_document(pack: SubjectPack, *, day: date) -> Document:
    """The passages without what is covered, by section, and at the end what is covered and why."""
    covers, blocks, section = pack.covered(), list[Block](), ""
    for number, passage in enumerate(pack.read()):
        if passage.section != section:
            section = passage.section
            blocks.append(Heading(section, 2))
        blocks += _passage(passage, covers.get(number, Cover()))
    return Document(
        title="What we hold about your report",
        subtitle=pack.reference,
        period="",
        prepared_on=day,
        status_line="Only for you",
        blocks=(*blocks, *_at_the_end(counted(pack))),
    )


def _passage(passage: Passage, cover: Cover) -> list[Block]:
    left = without_covered(passage.text, cover)
    return [Heading(passage.label, 3), *(Paragraph(line) for line in left.splitlines() if line.strip())]


def _at_the_end(found: dict[Why, int]) -> list[Block]:
    lines = tuple(
        f"{WORDS[why].capitalize()}: in {number} place{'s' if number > 1 else ''}"
        for why, number in found.items()
    )
    covered: list[Block] = [Bullets(lines)] if lines else [Paragraph("Nothing is covered.")]
    return [Heading("What is covered, and why", 2), *covered, Paragraph(LEFT_OUT), Paragraph(HOW_TO_ASK)]
