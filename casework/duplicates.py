"""The same thing told twice: which other reports may belong with one that waits, by the signs that both leave.

Signs are left when an officer opens a report, and compared as keyed digests over all organisations. Of what the officer
may not see nothing is said, not even that it is there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from casework.matching import OF_NOBODY, TIERS, WORDS, Details, Sign, Tier, signs
from casework.models import Case, PersonSign, PoliceNumberSign, ReportSigns
from casework.models.police_answer import POLICE_NUMBER, police_number_sign
from partners.models import User
from reporting.models import Report
from scope.context import worker_scope
from vault.keys import keyring

MOST_SHOWN = 10
# Who shares a sign with so many is a number that everybody gives: what is found beyond is not looked at.
MOST_COMPARED = 200
SAME_POLICE_NUMBER = "the same police reference"


@dataclass(frozen=True)
class MayBelong:
    """Another report that the asker may see; `case` is '' where none that they may see has it."""

    reference: str
    case: str
    because: str
    is_sure: bool


def signs_of(report: Report) -> list[Sign]:
    """What a report leaves: who told it, and the number that the police gave them. Opens what is sealed."""
    return list(dict.fromkeys(_signs(report)))


def leave_signs(report: Report) -> dict[str, str]:
    """Keeps what the report leaves today, and gives it: the digest under each key that there is, and of what kind."""
    left = signs_of(report)
    newest = keyring().newest("match")
    digests = sorted({sign.digest(newest).hex() for sign in left})
    with worker_scope():
        row = ReportSigns.objects.filter(report=report).first() or ReportSigns(report=report, digests=[])
        if (row.digests, row.signed_with or newest.id) != (digests, newest.id):
            row.sign(left, newest)
            row.save()
    return {sign.digest(key).hex(): sign.kind for sign in left for key in keyring().of("match")}


def may_belong_with(report: Report, *, asked_by: User) -> list[MayBelong]:
    """Which reports may belong with this one, the surest first."""
    mine = leave_signs(report)
    if not mine:
        return []
    kinds = _who_shares(report, mine)
    visible = Report.objects.visible_to(asked_by).filter(pk__in=kinds, erased_at=None)
    found = dict(visible.values_list("pk", "reference"))
    cases = dict(
        Case.objects.visible_to(asked_by)
        .filter(case_reports__report__in=found)
        .values_list("case_reports__report", "reference")
    )
    shown = [_may_belong(found[pk], cases.get(pk, ""), kinds[pk]) for pk in found]
    return sorted(shown, key=lambda each: (not each.is_sure, each.reference))[:MOST_SHOWN]


def _may_belong(reference: str, case: str, kinds: set[str]) -> MayBelong:
    if POLICE_NUMBER in kinds:
        return MayBelong(reference, case, SAME_POLICE_NUMBER, is_sure=True)
    is_sure = any(TIERS[kind] == Tier.SAME for kind in kinds)
    return MayBelong(reference, case, next(words for kind, words in WORDS.items() if kind in kinds), is_sure)


def _signs(report: Report) -> Iterator[Sign]:
    contact = report.contact_details()
    # People give their names in any order, and often the first alone: each part of it is heard.
    name, email = str(contact.get("Q26_name") or ""), str(contact.get("Q26_email") or "")
    for phone in (contact.get("Q26_phone"), contact.get("Q26_mobile")):
        yield from signs(Details(given=name, phone=str(phone or ""), email=email))
    number = police_number_sign(str(report.told().get("Q22_number") or ""))
    if number:
        yield number


def _who_shares(report: Report, mine: dict[str, str]) -> dict[UUID, set[str]]:
    """Other reports that share a sign, and of what kinds: told, written down by an officer, or said by the police."""
    kinds: dict[UUID, set[str]] = {}
    digests = [bytes.fromhex(each) for each in mine]
    with worker_scope():
        told = ReportSigns.objects.filter(digests__overlap=list(mine)).values_list("report", "digests")
        people = PersonSign.objects.filter(digest__in=digests).exclude(kind__in=OF_NOBODY)
        written = people.values_list("person__report", "digest")
        answers = PoliceNumberSign.objects.filter(digest__in=digests)
        numbered = answers.values_list("answer__case__case_reports__report", "digest")
        for other, shared in told[:MOST_COMPARED]:
            kinds.setdefault(other, set()).update(mine[each] for each in shared if each in mine)
        for other, digest in (*written[:MOST_COMPARED], *numbered[:MOST_COMPARED]):
            kinds.setdefault(other, set()).add(mine[bytes(digest).hex()])
    kinds.pop(report.pk, None)
    return kinds
