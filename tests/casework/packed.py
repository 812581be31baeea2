"""A case with something in every part, shared with Victim First and, as Zaynab chose, with the police."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.matching import Details
from casework.models import Case, Pack, PackKind
from casework.parts import ALL_PARTS
from casework.police import Said, record_police_answer
from files.models import SealedFile
from partners.models import Organisation, User
from reporting.models import Evidence
from scope.context import staff_scope, worker_scope
from tests.at_a_centre import at_a_centre
from tests.casework.world import STANDS_APART, ZAYNAB, shared_anyway, told, triaged
from tests.people import NOW, asha, member, ngozi, organisation
from vault.models import DataKey

LATER = NOW + timedelta(hours=3)
ARABIC = "صرخوا في وجهي أمام المسجد"
WORDS = f"{ARABIC}\nThen they kicked my bicycle. =HYPERLINK(“x”) <b>#panic(1)</b>"
# What of each part must be in it where it is shared, and nowhere where it is not.
PLANTED = {
    "what": "kicked my bicycle",
    "person": "Zaynab Qureshi",
    "risk": "Once before",
    "done": "Triaged",
    "suspect": "Ray Nettle",
}
ALSO_OF = {"suspect": "Mr Okafor at number 9", "person": "1990-02-03", "what": "14 Quillfeather Street"}
TOLD: dict[str, Any] = {
    **STANDS_APART,
    "Q07": WORDS,
    "Q14_address": "14 Quillfeather Street",
    "Q20": "yes",
    "Q20_who": "Mr Okafor at number 9",
    "Q26_name": "Zaynab Qureshi",
    "Q26_care": "My brother must not know.",
    "Q26_times": "after 5pm",
}


@dataclass(frozen=True)
class Packed:
    """The case, who leads it, and the people of those with whom it is shared."""

    case: Case
    lead: User
    reader: User
    force: Organisation

    @property
    def victim_first(self) -> Organisation:
        assert self.reader.organisation
        return self.reader.organisation


def ida() -> User:
    """Ida works for Victim First."""
    return member("Ida Wren", organisation("victim-first"), "officer")


def packed(parts: frozenset[str] = ALL_PARTS) -> Packed:
    """Told at a centre, led by Ngozi of Charnwood, these parts of it shared with Victim First."""
    report, lead = told(by=asha(), **at_a_centre(ZAYNAB | TOLD)), ngozi()
    case = triaged(report, by=lead)
    with worker_scope():
        file = SealedFile.keep(b"\xff\xd8\xff a wall", data_key=DataKey.create(), now=NOW)
        Evidence.note(file, "wall.jpg", told_with=report.idempotency_key, number=1, now=NOW)
    with staff_scope(lead.organisation_id or 0):
        known = Details(given="Zaynab", family="Qureshi", born=NOW.date().replace(1990, 2, 3))
        case.write_down(known, by=lead, now=NOW)
        shared_anyway(case, ida().organisation, by=lead, parts=parts)
    return Packed(case, lead, ida(), organisation("police"))


def as_found(case: Case) -> Case:
    """The case as somebody finds it, asked anew in their own scope."""
    return Case.objects.select_related("lead_organisation").get(pk=case.pk)


def a_made_pack(case: Case, to: Organisation, by: User, *, kind: PackKind = PackKind.PACK) -> Pack:
    """A row as it stands after somebody made a pack just now, and somebody opened it; in whatever scope sees it."""
    now = timezone.now()
    made = Pack(
        case=case,
        kind=kind,
        number=case.packs.filter(kind=kind).count() + 1,
        organisation=to,
        purpose="support",
        parts=["what"],
        made_at=now,
        made_by=by,
        expires_at=now + timedelta(days=14),
    )
    made.seal("content", "another fingerprint")
    made.save(force_insert=True)
    made.downloads.create(medium="pdf", at=now, by=by, organisation=to)
    return made


def grown(case: Case, pack: Pack | None, by: User) -> Pack:
    """One pack, one hand-off and one answer of the police more, and one more who opened the first pack."""
    assert by.organisation
    more = a_made_pack(case, by.organisation, by)
    a_made_pack(case, by.organisation, by, kind=PackKind.POLICE)
    day = timezone.localdate()
    said = Said(number=f"26*{more.number}", number_kind="crime", outcome="15", outcome_on=day)
    record_police_answer(case, said, by=by, now=timezone.now())
    first = pack or more
    first.downloads.create(medium="page", at=timezone.now(), by=by, organisation=by.organisation)
    return first
