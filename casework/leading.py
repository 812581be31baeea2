"""Which organisation is proposed to lead a case, and why: a rule over data, and an officer may choose another."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings

from partners.data import PartnershipDataError, entries, field, installed
from partners.directory import directory
from partners.edited import until_edited
from partners.models import District, Organisation, OrganisationKind
from reporting.journey.question import Answers, chosen
from reporting.models import Report

FILE = "leads.toml"
COUNCIL, UPPER_TIER, POLICE = "council", "upper_tier", "police"


@dataclass(frozen=True)
class Rule:
    """Who leads what happens in a kind of place; `because` ends a sentence."""

    lead: str
    because: str


@dataclass(frozen=True)
class Rules:
    """The rule of each kind of place that has one, and the rule of all others."""

    by_place: Mapping[str, Rule]
    otherwise: Rule

    def of(self, place_kind: str) -> Rule:
        return self.by_place.get(place_kind, self.otherwise)


@dataclass(frozen=True)
class Proposed:
    """Who might lead; `because` ends “Proposed because …”. Nobody where every organisation is kept from it."""

    organisation: Organisation | None
    because: str


def proposed_for(report: Report, answers: Answers) -> Proposed:
    """Who might lead the case of a report, by today's organisations and rules."""
    known = directory()
    return propose(
        report.place_kind,
        known.district(report.district_id) if report.district_id else None,
        list(known.organisations.values()),
        rules=rules(),
        barred=set(report.barred_organisations()),
        did_it=set(chosen(answers, "Q18_org")) if answers.get("Q18_staff") == "yes" else set(),
    )


def propose(
    place_kind: str,
    district: District | None,
    organisations: Iterable[Organisation],
    *,
    rules: Rules,
    barred: set[int],
    did_it: set[str],
) -> Proposed:
    """The first that may: who the rule of the place names, then the district's council, the upper tier, the police."""
    rule, everybody = rules.of(place_kind), [each for each in organisations if each.retired_on is None]
    passed_over: list[str] = []
    for kind in dict.fromkeys((rule.lead, COUNCIL, UPPER_TIER, POLICE)):
        for organisation in _of(kind, district, everybody):
            if organisation.pk in barred:
                passed_over.append(f"{organisation.short_name} must not see it")
            elif organisation.code in did_it:
                passed_over.append(f"somebody of {organisation.short_name} is said to have done it")
            else:
                why = rule.because if kind == rule.lead and not passed_over else "; ".join(passed_over)
                return Proposed(organisation, why or rule.because)
    return Proposed(None, "; ".join(dict.fromkeys(passed_over)))


def _of(kind: str, district: District | None, organisations: list[Organisation]) -> Iterator[Organisation]:
    """Those that a word of the rules stands for, here."""
    if kind == POLICE:
        yield from (each for each in organisations if each.kind == OrganisationKind.POLICE)
        return
    council = next(
        (each for each in organisations if district and each.pk == district.triage_organisation_id), None
    )
    if council is None:
        yield from (each for each in organisations if each.is_fallback_triage)
    elif kind == COUNCIL or council.kind == OrganisationKind.UNITARY:
        yield council
    else:
        yield from (each for each in organisations if each.kind == OrganisationKind.COUNTY_COUNCIL)


def rules() -> Rules:
    """The rules of this installation's partnership."""
    return _read(str(settings.PARTNERSHIP_DIR))


@until_edited
def _read(folder: str) -> Rules:
    data = installed(FILE)
    listed = entries(data, "leads", file=FILE)
    by_place = {place: _rule(each) for each in listed for place in field(each, "places", file=FILE)}
    return Rules(by_place, _rule(data.get("otherwise", {})))


def _rule(entry: Mapping[str, str]) -> Rule:
    lead = field(entry, "lead", file=FILE)
    if lead not in (COUNCIL, UPPER_TIER, POLICE):
        raise PartnershipDataError(f"{FILE}: {lead!r} leads nothing; it is council, upper_tier or police.")
    return Rule(lead, field(entry, "because", file=FILE))
