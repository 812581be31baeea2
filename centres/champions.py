"""Champions: who at a centre knows how, and when they were trained."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from centres.looking_after import lock_unless_closed, refuse_days_to_come
from centres.models import CentreEvent, Champion, ChampionTraining
from partners.models import Membership, ReportingCentre, User


class NotAtThisCentre(Exception):
    """Only somebody who works there can be its champion."""


class AlreadyChampion(Exception):
    """They are its champion already."""


class NobodyChosen(Exception):
    """A course without anybody who took it."""


@transaction.atomic
def name_champion(
    centre: ReportingCentre, person: User, *, by: User | None, now: datetime, since: date | None = None
) -> Champion:
    """From a day (today, unless said) colleagues can ask this person. Raises NotAtThisCentre, AlreadyChampion, NotYet
    or NotInThisStanding."""
    day = since or timezone.localdate(now)
    refuse_days_to_come(day, now=now)
    lock_unless_closed(centre)
    if not people_at(centre).filter(pk=person.pk).exists():
        raise NotAtThisCentre(f"{person.name} does not work at {centre}.")
    if Champion.objects.filter(centre=centre, person=person, until=None).exists():
        raise AlreadyChampion(f"{person.name} is a champion of {centre} already.")
    made = Champion.objects.create(centre=centre, person=person, since=day)
    CentreEvent.note("champion_named", centre, by=by, now=now, person=person.pk)
    return made


@transaction.atomic
def stand_down(champion: Champion, *, by: User | None, now: datetime) -> None:
    """The person is no champion any more; said again, nothing changes."""
    stands = Champion.objects.select_for_update().get(pk=champion.pk)
    if stands.until is not None:
        return
    champion.until = max(timezone.localdate(now), champion.since)
    champion.save(update_fields=["until"])
    CentreEvent.note("champion_stood_down", champion.centre, by=by, now=now, person=champion.person_id)


@transaction.atomic
def record_training(
    champions: Iterable[Champion], *, course: str, on: date, by: User | None, now: datetime
) -> list[ChampionTraining]:
    """One course that many took on one day, of one centre or of several; who has it already is left as it is.

    Raises NobodyChosen or NotYet.
    """
    refuse_days_to_come(on, now=now)
    took = list(champions)
    if not took:
        raise NobodyChosen("Choose who took the course.")
    had = set(
        ChampionTraining.objects.filter(champion__in=took, trained_on=on, course=course).values_list(
            "champion", flat=True
        )
    )
    said = {"trained_on": on, "course": course, "recorded_by": by, "recorded_at": now}
    made = ChampionTraining.objects.bulk_create(
        [ChampionTraining(champion=each, **said) for each in took if each.pk not in had]
    )
    _note_on_each_centre(made, on, by=by, now=now)
    return made


def _note_on_each_centre(
    trainings: list[ChampionTraining], on: date, *, by: User | None, now: datetime
) -> None:
    trained: dict[ReportingCentre, int] = {}
    for each in trainings:
        trained[each.champion.centre] = trained.get(each.champion.centre, 0) + 1
    for centre, people in trained.items():
        CentreEvent.note("champions_trained", centre, by=by, now=now, on=on.isoformat(), people=people)


def people_at(centre: ReportingCentre) -> QuerySet[User]:
    """Everybody who works there now and can sign in, by name."""
    at_work = Membership.objects.at_work().filter(organisation=centre.organisation_id)
    return User.objects.filter(pk__in=at_work.values("user")).order_by("name", "pk")
