"""What people ask the rights desk of Charnwood, made by the real acts."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from partners.models import Organisation, User
from reporting.models import Report
from rights.answering import answer, check_who, make_longer, take_up
from rights.models import RequestReport, RightsRequest
from rights.packs import cover, opened
from rights.redacting import Cover, Why
from rights.register import disclose
from rights.sight import add_report
from scope.context import staff_scope
from tests.people import NOW, member, organisation


def desk(name: str = "Delphine Marsh", at: str = "opcc") -> User:
    """Somebody of the rights desk; that of the commissioner's office, which sees none of these reports, unless said."""
    return member(name, organisation(at), "rights_desk")


def asked(kind: str = "access", *, by: User, now: datetime = NOW, **changes: Any) -> RightsRequest:
    """Zaynab asks for a copy of what we hold. In the scope of whoever takes it up."""
    given = {
        "asked_by": "person",
        "received_on": now.date(),
        "who": "Zaynab, by post.",
        "words": "All of it, please.",
    }
    made = take_up(kind=kind, **(given | changes), by=by, now=now)
    return RightsRequest.objects.get(pk=made.pk)


def known(kind: str = "access", *, by: User, now: datetime = NOW, **changes: Any) -> RightsRequest:
    """The same, and it is known who asks."""
    made = asked(kind, by=by, now=now, **changes)
    check_who(made, how="code", on=now.date(), by=by, now=now)
    return RightsRequest.objects.select_related("organisation", "data_key").get(pk=made.pk)


def about(request: RightsRequest, report: Report, *, by: User, now: datetime = NOW) -> RequestReport:
    """The request names the report."""
    return add_report(request, report.reference, by=by, now=now)


def told_to_a_court(by: User, *, now: datetime = NOW, **changes: Any) -> Any:
    """An entry of the register."""
    given = {
        "to_whom": "court",
        "recipient": "Loughborough County Court, clerk Ida Holt",
        "basis": "court_order",
        "parts": ["what"],
        "reason": "Ordered on 3 March.",
        "told_on": now.date(),
    }
    return disclose(**(given | changes), by=by, now=now)


def in_scope_of(person: User) -> Any:
    """As that person's pages ask."""
    return staff_scope(person.organisation_id or 0, person.pk)


def everything_of_rights(
    report: Report, words: Iterator[str], *, at: Organisation, now: datetime = NOW
) -> RequestReport:
    """A request with all that is written on it, its pack, and an entry of the register. `words` gives what is typed."""
    by = member("Delphine Marsh", at, "rights_desk", now=now)
    around = {"by": by, "now": now}
    with in_scope_of(by):
        request = known(who=next(words), words=next(words), **around)
        make_longer(request, why=next(words), **around)
        named = about(request, report, **around)
        with opened(request, named, **around) as pack:
            cover(pack, 0, Cover({next(words): Why.OTHER}))
        told_to_a_court(by, now=now, recipient=next(words), reason=next(words), reference=report.reference)
        refused = known("objection", who=next(words), words=next(words), **around)
        answer(refused, outcome="refused", words=next(words), **around)
    return named
