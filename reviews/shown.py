"""What people see of an item: on the list, on its page, in a pack. Never a word, a name or a reference of a case."""

from datetime import date
from typing import Any

from django.db.models import Count
from django.utils import timezone

from casework.models import Case
from casework.models.case import CaseQuerySet
from partners.codes import name_of
from partners.directory import directory
from partners.models import Organisation, User
from reporting.strands import Strand
from reviews.models import JagItem
from reviews.models.item import ItemState, JagItemQuerySet
from reviews.repeat import rule_of_today


def with_counts(items: JagItemQuerySet) -> JagItemQuerySet:
    """With what a row says beside the item itself."""
    return items.select_related("district", "meeting").annotate(told=Count("incidents"))


def row(item: Any, *, today: date) -> dict[str, Any]:
    """One line of a list; of what `with_counts` gave."""
    return {
        "number": item.number,
        "where": item.where,
        "state": item.get_state_display().capitalize(),
        "is_late": item.is_late(today=today),
        "clock": clock(item, today=today),
        "level": item.get_level_display(),
        "is_high": item.level == "high",
        "reasons": reasons(item),
        "incidents": item.told,
        "meeting": item.meeting,
    }


def reasons(item: JagItem) -> list[str]:
    """Why it is listed, a line each."""
    words = rule_of_today().in_words
    return [words.get(reason, reason) for reason in item.reasons]


def clock(item: JagItem, *, today: date) -> str:
    """'Decide by 7 April 2026', '3 days late', 'Decided on 2 April 2026'."""
    if item.decided_at:
        return f"Decided on {timezone.localdate(item.decided_at):%-d %B %Y}"
    late = (today - item.due_on).days
    if late > 0:
        return f"{late} day{'' if late == 1 else 's'} late"
    return f"Decide by {item.due_on:%-d %B %Y}"


def incidents_for(item: JagItem, user: User) -> tuple[list[dict[str, str]], int]:
    """What this person may know of each incident, and of how many only that they are there.

    Who runs the list reads no case, and sees months, strands and kinds of place of all. An officer could put such a
    line together with a case: they see those of the cases that are theirs to see.
    """
    rows = list(item.incidents.all())
    if not runs(item, user):
        whole = set(known_whole(item, user).values_list("pk", flat=True))
        rows = [each for each in rows if each.case_id in whole]
    return [incident(each) for each in rows], item.incidents.count() - len(rows)


def known_whole(item: JagItem, user: User) -> CaseQuerySet:
    """The cases of an item that the person's organisation sees, and not only in parts."""
    visible = Case.objects.visible_to(user).filter(jag_cases__item=item)
    limit = f"{user.organisation_id}:"
    return visible.exclude(case_reports__report__limited_to__contains=[limit])


def runs(item: JagItem, user: User) -> bool:
    """Whether this is the list that the person runs."""
    return JagItem.objects.chaired_by(user).filter(pk=item.pk).exists()


def incident(of: Any) -> dict[str, str]:
    """One incident, as a chair may know it."""
    if of.month is None:
        return {"month": "Erased", "strands": "", "place": ""}
    return {
        "month": f"{of.month:%B %Y}",
        "strands": ", ".join(str(Strand(strand).label) for strand in of.strands) or "Not known",
        "place": NO_PLACES.get(of.place_kind) or name_of("places", of.place_kind),
    }


# Answers to “what kind of place” that are none of the vocabulary's.
NO_PLACES = {"online": "Online", "not_sure": "Not sure"}


def who_works_on(item: JagItem) -> list[str]:
    """The organisations that see one of its cases."""
    known = {each.pk: each.short_name for each in directory().organisations.values()}
    missing = [pk for pk in item.works_on if pk not in known]
    if missing:
        known |= dict(Organisation.objects.filter(pk__in=missing).values_list("pk", "short_name"))
    return [known[pk] for pk in item.works_on if pk in known]


STATES = (
    ("to_decide", "To decide"),
    ("late", "Late"),
    (ItemState.DECIDED.value, "Decided, work goes on"),
    ("ours", "With something for us to do"),
    (ItemState.CLOSED.value, "Closed"),
    ("all", "All"),
)


def narrowed(items: JagItemQuerySet, which: str, user: User, *, today: date) -> JagItemQuerySet:
    """The items of one list; an unknown one is what is to be decided."""
    if which == "late":
        return items.late(today=today)
    if which == "ours":
        return items.filter(actions__organisation=user.organisation_id, actions__done_at=None).distinct()
    if which in (ItemState.DECIDED, ItemState.CLOSED):
        return items.filter(state=which)
    return items if which == "all" else items.to_decide()
