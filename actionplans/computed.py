"""What the portal counts itself, so that nobody types it: each count with its definition, and whom it is counted for.

A measure names its count (`indicator`) and what narrows it (`indicator_facts`). Everything is counted up to and with a
day, in the period of the action's plan; what was recorded for the action itself (`own`) counts whenever it was.
Counts of reports and cases need every row, so they are made in the counting scope, whoever asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.db.models.functions import Lower, Trim

from actionplans.computed_centres import OF_CENTRES
from actionplans.counting import ANYHOW, BY_DISTRICT, BY_PARTNER, Cells, Computed, NotCounted, Question, own
from actionplans.models import (
    CampaignEvent,
    CommsContact,
    CountedBy,
    Evidence,
    ProgressUpdate,
    TrainingSession,
)
from actionplans.models.training import IN_SCHOOLS
from insight import counts, indicators
from insight.counts import Share
from insight.indicators import SMALLEST_BASE
from insight.periods import ReportingPeriod
from reporting.strands import Strand

A_QUARTER = timedelta(days=91)


# Sessions ---------------------------------------------------------------------------------------------------------


def _sessions(question: Question) -> QuerySet[TrainingSession]:
    found = TrainingSession.objects.that_count().filter(held_on__lte=question.day)
    if kind := question.facts.get("kind"):
        found = found.filter(kind=kind)
    if question.facts.get("own"):
        return found.filter(action=question.action_id)
    return found.filter(held_on__gte=question.period.first)


def _sessions_delivered(question: Question) -> Cells:
    return _by(question, _sessions(question), Count("pk"), partner="delivered_by")


def _people_reached(question: Question) -> Cells:
    return _by(question, _sessions(question), Sum("people_reached"), partner="organisation")


def _schools_reached(question: Question) -> Cells:
    in_schools = _sessions(question).filter(kind__in=IN_SCHOOLS).exclude(venue="")
    return _by(question, in_schools, Count(Lower(Trim("venue")), distinct=True), partner="organisation")


def _organisations_with_a_session(question: Question) -> Cells:
    found = _sessions(question).exclude(organisation=None)
    return _by(question, found, Count("organisation", distinct=True), partner="organisation")


# Campaigns, contacts, evidence ------------------------------------------------------------------------------------


def _districts_with_an_event(question: Question) -> Cells:
    events = CampaignEvent.objects.filter(
        cancelled_at=None,
        campaign__cancelled_at=None,
        held_on__gte=question.period.first,
        held_on__lte=question.day,
    ).exclude(district=None)
    if kind := question.facts.get("kind"):
        events = events.filter(campaign__kind=kind)
    if question.facts.get("own"):
        events = events.filter(campaign__action=question.action_id)
    return _by(question, events, Count("district", distinct=True), partner="organisation")


def _contacts_named(question: Question) -> Cells:
    there = CommsContact.objects.still_there().filter(named_on__lte=question.day)
    named = there.filter(organisation__is_one_of_eleven=True)
    return _by(question, named, Count("organisation", distinct=True), partner="organisation")


def _updates_with_evidence(question: Question) -> Cells:
    newest = (
        ProgressUpdate.objects.filter(action__plan=question.plan_id, as_at__lte=question.day)
        .newest_of_each_action()
        .values("pk")
    )
    shown = ProgressUpdate.objects.filter(pk__in=newest).filter(
        Exists(Evidence.objects.filter(update=OuterRef("pk")))
    )
    return _by(question, shown, Count("pk"), partner="organisation")


# Reports and cases ------------------------------------------------------------------------------------------------


def _contacted_in_time(question: Question) -> Cells:
    return _shares(question, counts.contacts_by_lead(question.period, now=question.now))


def _closed_with_outcome(question: Question) -> Cells:
    return _shares(question, counts.outcomes_by_lead(question.period))


def _online_answered(question: Question) -> Cells:
    return _only_known({None: counts.place_told(question.period)})


def _online_with_link(question: Question) -> Cells:
    return _only_known({None: counts.online_with_link(question.period)})


def _disability_change(question: Question) -> Cells:
    quarter = ReportingPeriod(question.day - A_QUARTER + timedelta(days=1), question.day)
    found = counts.reports_naming(Strand.DISABILITY, quarter, quarter.a_year_before())
    if found.before < SMALLEST_BASE:
        return {}
    return {None: Decimal(100 * (found.now - found.before)) / found.before}


def _shares(question: Question, by_lead: Mapping[int, Share]) -> Cells:
    if question.by == CountedBy.PARTNER:
        return _only_known(by_lead)
    whole = Share(sum(each.part for each in by_lead.values()), sum(each.of for each in by_lead.values()))
    return _only_known({None: whole})


def _only_known(shares: Mapping[Any, Share]) -> Cells:
    """In per cent; a share of too few says more about chance than about us."""
    return {
        whose: Decimal(100 * share.part) / share.of
        for whose, share in shares.items()
        if share.of >= SMALLEST_BASE
    }


def _by(
    question: Question, rows: QuerySet[Any], what: Any, *, partner: str, district: str = "district"
) -> Cells:
    """One number for each district or partner that has any, or one for all."""
    name = {CountedBy.DISTRICT: district, CountedBy.PARTNER: partner}.get(CountedBy(question.by))
    if name is None:
        return {None: Decimal(rows.aggregate(found=what)["found"] or 0)}
    found = rows.exclude(**{name: None}).order_by().values_list(name).annotate(found=what)
    return {whose: Decimal(number) for whose, number in found}


# The registry -----------------------------------------------------------------------------------------------------

_SESSIONS = "training sessions recorded in the portal"
_EVENTS = "events of campaigns recorded in the portal"


OF_SESSIONS = (
    Computed(
        own(
            "sessions_delivered",
            "Sessions delivered",
            "sessions",
            "Sessions that were recorded and not taken back, by who delivered them or where.",
            _SESSIONS,
        ),
        _sessions_delivered,
        ANYHOW,
        ("kind", "own"),
    ),
    Computed(
        own(
            "people_reached",
            "People reached",
            "people",
            "People at the sessions that were recorded. Somebody who came twice counts twice.",
            _SESSIONS,
        ),
        _people_reached,
        ANYHOW,
        ("kind", "own"),
    ),
    Computed(
        own(
            "schools_reached",
            "Schools reached",
            "schools",
            "Different schools named on recorded workshops and performances; each counts once.",
            _SESSIONS,
        ),
        _schools_reached,
        ANYHOW,
        ("kind", "own"),
    ),
    Computed(
        own(
            "organisations_with_a_session",
            "Organisations with a session",
            "organisations",
            "Organisations for whose own people at least one session was recorded.",
            _SESSIONS,
        ),
        _organisations_with_a_session,
        BY_PARTNER,
        ("kind", "own"),
    ),
)
OF_EVENTS = (
    Computed(
        own(
            "districts_with_an_event",
            "Districts with an event",
            "districts",
            "Districts in which at least one event of a campaign was held in the plan's period, none cancelled.",
            _EVENTS,
        ),
        _districts_with_an_event,
        BY_DISTRICT,
        ("kind", "own"),
    ),
)
OF_CONTACTS = (
    Computed(
        own(
            "contacts_named",
            "Communications contacts named",
            "partners",
            "Of the eleven partners, those with a named communications contact who works there.",
            "communications contacts named in the portal",
        ),
        _contacts_named,
        BY_PARTNER,
    ),
)
OF_UPDATES = (
    Computed(
        own(
            "updates_with_evidence",
            "Actions with evidence",
            "actions",
            "Actions of the plan whose newest update carries a file or a link.",
            "updates recorded in the portal",
        ),
        _updates_with_evidence,
        BY_PARTNER,
    ),
)
OF_REPORTS = (
    Computed(
        indicators.CONTACTED_IN_TIME, _contacted_in_time, BY_PARTNER, nothing=None, is_about_reports=True
    ),
    Computed(
        indicators.CLOSED_WITH_OUTCOME, _closed_with_outcome, BY_PARTNER, nothing=None, is_about_reports=True
    ),
    Computed(
        indicators.ONLINE_ANSWERED, _online_answered, (CountedBy.WHOLE,), nothing=None, is_about_reports=True
    ),
    Computed(
        indicators.ONLINE_WITH_LINK,
        _online_with_link,
        (CountedBy.WHOLE,),
        nothing=None,
        is_about_reports=True,
    ),
    Computed(
        indicators.DISABILITY_CHANGE,
        _disability_change,
        (CountedBy.WHOLE,),
        nothing=None,
        is_about_reports=True,
    ),
)
COMPUTED: dict[str, Computed] = {
    each.indicator.key: each
    for each in (*OF_SESSIONS, *OF_EVENTS, *OF_CONTACTS, *OF_UPDATES, *OF_CENTRES, *OF_REPORTS)
}


def computed(key: str, facts: Mapping[str, Any] | None = None, counted_by: str = "") -> Computed:
    """The count of this name. Raises NotCounted where there is none, or it cannot be narrowed or divided so."""
    found = COMPUTED.get(key)
    if found is None:
        raise NotCounted(f"The portal has no count called {key}.")
    if strange := sorted(set(facts or {}) - set(found.narrows)):
        raise NotCounted(f"{found.indicator.title} cannot be narrowed by {', '.join(strange)}.")
    if counted_by not in found.counted_by:
        raise NotCounted(
            f"{found.indicator.title} is not counted by {counted_by or 'the whole partnership'}."
        )
    return found
