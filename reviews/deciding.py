"""What a Joint Action Group does with an item: onto an agenda, decided, followed up.

A decision is written on every case of the item too, under that case's key, so that its officers see it; whoever chairs
need not see the cases for that.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from audit import trail
from casework.models import Case
from partners.jag import decisions, decisions_in_words
from partners.models import Organisation, User
from reviews.models import ItemState, JagAction, JagCase, JagDecision, JagItem, JagMeeting
from scope.context import worker_scope


class DecidedAlready(Exception):
    """Somebody decided about the item meanwhile."""


class StandsAlone(Exception):
    """Nothing more to do, and something to do, were chosen together."""


class NotYours(Exception):
    """The organisation must not hear of the item."""


class DoneAlready(Exception):
    """Somebody has done this action meanwhile."""


@transaction.atomic
def put_on_agenda(items: Collection[JagItem], meeting: JagMeeting, *, by: User, now: datetime) -> int:
    """Puts items that wait for a decision on a meeting's agenda; returns how many."""
    waiting = JagItem.objects.to_decide().filter(
        pk__in=[item.pk for item in items], district=meeting.district
    )
    count = waiting.update(state=ItemState.ON_AGENDA, meeting=meeting)
    trail.record("jag_meeting.agenda_made", meeting, by=by, now=now, items=count)
    return count


@transaction.atomic
def take_off_agenda(item: JagItem, *, by: User, now: datetime) -> None:
    """Back to the list; raises DecidedAlready."""
    waiting = JagItem.objects.filter(pk=item.pk, state=ItemState.ON_AGENDA)
    if not waiting.update(state=ItemState.LISTED, meeting=None):
        raise DecidedAlready("This is on no agenda any more.")
    trail.record("jag_item.taken_off", item, by=by, now=now, number=item.number)


@transaction.atomic
def decide(item: JagItem, *, codes: Sequence[str], why: str, by: User, now: datetime) -> JagDecision:
    """Decides about an item, in it and on the timeline of each of its cases; raises DecidedAlready or StandsAlone.

    With nothing left to do the item is closed; otherwise it is when its last action is done.
    """
    alone = {each.code for each in decisions() if each.alone}
    if len(codes) > 1 and alone & set(codes):
        raise StandsAlone(f"“{decisions_in_words(sorted(alone & set(codes)))}” stands alone.")
    with worker_scope():
        # Cases before the item, in the order in which every act that changes both locks them.
        cases = list(Case.objects.filter(jag_cases__item=item, erased_at=None).order_by("pk"))
        for case in cases:
            case.begin("jag_decide", None)
    locked = _locked(item)
    if not locked.is_to_decide:
        raise DecidedAlready(f"Somebody has decided about {item.number} already.")
    assert by.organisation_id, "a permission comes with a workplace"
    decision = JagDecision(
        item=locked,
        meeting=locked.meeting,
        codes=list(codes),
        decided_at=now,
        decided_by=by,
        organisation_id=by.organisation_id,
    )
    decision.seal("why", why)
    decision.save(force_insert=True)
    locked.state, locked.decided_at = ItemState.DECIDED, now
    locked.save(update_fields=["state", "decided_at"])
    trail.record("jag_item.decided", locked, by=by, now=now, number=locked.number, decisions=list(codes))
    with worker_scope():
        for case in cases:
            write_on(case, number=locked.number, codes=codes, why=why, by=by, now=now)
        JagCase.objects.filter(item=locked).update(is_open=False)
    _close_when_done(locked, now=now)
    item.refresh_from_db()
    return decision


def write_on(case: Case, *, number: str, codes: Sequence[str], why: str, by: User, now: datetime) -> None:
    """The group's decision stands on a case."""
    case.begin("jag_decide", None)
    case.end("jag_decide", by=by, now=now, note=why, item=number, decisions=list(codes))


@transaction.atomic
def give_action(
    item: JagItem,
    *,
    what: str,
    organisation: Organisation,
    due_on: date,
    by: User,
    now: datetime,
    person: User | None = None,
) -> JagAction:
    """Somebody does something about it by a day; raises NotYours where that organisation must not hear of it, and
    DecidedAlready once it is closed."""
    locked = _locked(item)
    if locked.state == ItemState.CLOSED:
        raise DecidedAlready(f"{item.number} is closed.")
    action = JagAction(
        item=locked, organisation=organisation, person=person, due_on=due_on, given_at=now, given_by=by
    )
    action.seal("what", what)
    action.save(force_insert=True)
    # Giving it lets the organisation see the item (migration 0002), unless somebody said that they must not.
    locked.refresh_from_db(fields=["visible_to"])
    if organisation.pk not in locked.visible_to:
        raise NotYours(f"{organisation.short_name} must not hear of this. Give it to another organisation.")
    facts = {"number": item.number, "to": organisation.code, "due": str(due_on)}
    trail.record("jag_item.action_given", locked, by=by, now=now, **facts)
    return action


@transaction.atomic
def finish_action(action: JagAction, *, words: str, by: User, now: datetime) -> None:
    """It is done; with the last one of a decided item, the item is closed. Raises DoneAlready."""
    item = _locked(action.item)
    action.refresh_from_db(from_queryset=JagAction.objects.select_for_update(of=("self",), no_key=True))
    if action.done_at:
        raise DoneAlready("Somebody has done this already.")
    action.done_at, action.done_by = now, by
    action.seal("what_was_done", words)
    action.save(update_fields=["done_at", "done_by", "what_was_done"])
    trail.record("jag_item.action_done", item, by=by, now=now, number=item.number)
    _close_when_done(item, now=now)


def _close_when_done(item: JagItem, *, now: datetime) -> None:
    if item.state == ItemState.DECIDED and not item.actions.not_done().exists():
        item.state, item.closed_at = ItemState.CLOSED, now
        item.save(update_fields=["state", "closed_at"])


def _locked(item: JagItem) -> JagItem:
    """Two who act on one item wait here for each other."""
    rows = JagItem.objects.select_for_update(of=("self",), no_key=True).select_related("data_key")
    return rows.get(pk=item.pk)
