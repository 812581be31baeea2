"""A change of mind about who may see it: a permission given after all, or somebody named who must not. Both at once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from audit import trail
from partners import wording
from partners.directory import directory
from reporting.models import GrantBasis, Report, ReportBar
from reporting.receiving import choose_readers, organisations_for


class NobodyLeft(Exception):
    """No organisation could read the report any more."""


@transaction.atomic
def permit(report: Report, recipient: str, *, now: datetime) -> None:
    """The person wants it shared with `recipient` (a code of the sharing choices) too, in today's wording.

    Giving what is given changes nothing; who must not see it still does not.
    """
    Report.objects.select_for_update(of=("self",), no_key=True).get(pk=report.pk)
    if report.preferences.filter(recipient=recipient, withdrawn_at=None).exists():
        return
    version = str(wording.sharing()["version"])
    given = {"wording_version": version, "chosen_at": now, "withdrawn_at": None}
    report.preferences.update_or_create(recipient=recipient, defaults=given)
    barred = set(report.barred_organisations())
    for organisation in organisations_for(
        [recipient], directory().organisations, report.district, report.centre
    ):
        if organisation.pk not in barred:
            report.grants.get_or_create(
                organisation=organisation,
                basis=GrantBasis.PREFERENCE,
                withdrawn_at=None,
                defaults={"granted_at": now},
            )
    report.recompute_visibility()
    trail.record_public("report.sharing_given", report, now=now, recipient=recipient, wording=version)


@transaction.atomic
def bar(report: Report, organisations: Sequence[str], person: str, *, now: datetime) -> None:
    """These organisations (codes), and this person in the reporter's words, must not see it from now on.

    When who reads new reports for the area is among them, the next in turn does; raises NobodyLeft when there is none.
    """
    Report.objects.select_for_update(of=("self",), no_key=True).get(pk=report.pk)
    by_code = directory().organisations
    known = set(report.barred_organisations())
    named = [by_code[code] for code in organisations if code in by_code and by_code[code].pk not in known]
    bars = [ReportBar(report=report, organisation=each, barred_at=now) for each in named]
    if person:
        in_words = ReportBar(report=report, barred_at=now)
        in_words.seal("person", person)
        bars.append(in_words)
    if not bars:
        return
    ReportBar.objects.bulk_create(bars)
    _let_somebody_read(report, now=now)
    report.recompute_visibility()
    codes = sorted(each.code for each in named)
    trail.record_public("report.barred", report, now=now, organisations=codes, people=int(bool(person)))


def _let_somebody_read(report: Report, *, now: datetime) -> None:
    barred = set(report.barred_organisations())
    by_code = directory().organisations
    try:
        codes = [code for code, each in by_code.items() if each.pk in barred]
        reader = choose_readers({"Q24_bar": "yes", "Q24_bar_org": codes}, district=report.district).triage
    except StopIteration:
        raise NobodyLeft from None
    on_duty = report.grants.filter(basis=GrantBasis.TRIAGE, withdrawn_at=None)
    if not on_duty.exclude(organisation__in=barred).exists():
        report.grants.create(organisation=reader, basis=GrantBasis.TRIAGE, granted_at=now)
