"""The rows of “My updates”: what one person's organisation leads or supports, what was said of it, and the form to say
more. The same number of statements however many actions there are; a page shows twenty-five."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page
from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, QueryDict

from actionplans.figures import key_of, newest_of_each, own_holders
from actionplans.forms import PREFIX, UpdateForm
from actionplans.models import Action, Contribution, ProgressUpdate, UpdateDraft
from actionplans.rag import Rating
from actionplans.telling import newest_of
from govuk.paging import page_of
from partners.directory import directory
from partners.models import District, Organisation, User

LISTED = ("pk", "is_owed")
NAMED_ACTION = re.compile(rf"{PREFIX}-([0-9]+)-")


@dataclass(frozen=True)
class Row:
    """One action on the page, with what was last said, what waits to be sent, and the form to say more."""

    action: Action
    form: UpdateForm
    last: ProgressUpdate | None
    rating: Rating
    is_owed: bool
    leads: bool
    draft: UpdateDraft | None
    colleagues: Sequence[UpdateDraft]
    counted: str

    @property
    def told_meanwhile(self) -> ProgressUpdate | None:
        """What somebody said after the draft was begun."""
        if self.draft is None or self.last is None or self.draft.seen_id == self.last.pk:
            return None
        return self.last


@dataclass(frozen=True)
class Asked:
    """Whose page it is, and on which day."""

    user: User
    organisation: Organisation
    today: date


@dataclass(frozen=True)
class Listed:
    """All actions of the page's organisation in their order, and which of them wait."""

    ids: list[int]
    owed: frozenset[int]


def listed(asked: Asked) -> Listed:
    """What waits first, then the others, in the order of the plans: one statement."""
    involving = Action.objects.involving(asked.organisation).in_force()
    running = involving.filter(plan__period_end__gte=asked.today, closed_on=None)
    marked = running.marking_owed(asked.organisation, asked.today)
    rows = list(marked.order_by("plan__order", "plan__code", "order", "pk").values_list(*LISTED))
    owed = frozenset(pk for pk, is_owed in rows if is_owed)
    return Listed(sorted((pk for pk, _ in rows), key=lambda pk: pk not in owed), owed)


def page_of_ids(found: Listed, request: HttpRequest) -> Page:
    """The page that the address asks for."""
    return page_of(found.ids, request, found=len(found.ids))


@dataclass(frozen=True)
class Rows:
    """What one page shows, and how many drafts of the person wait on others."""

    rows: list[Row]
    unsent_elsewhere: int


def rows_of(asked: Asked, found: Listed, ids: Sequence[int], sent: HttpRequest | None = None) -> Rows:
    """These actions as rows in this order; with `sent`, as they were filled in."""
    actions = {action.pk: action for action in _whole(asked, ids)}
    newest = newest_of(ids)
    seen = _seen(sent.POST) if sent else newest
    drafts = _drafts(asked, ids)
    districts = [
        each
        for each in directory().districts.values()
        if each.triage_organisation_id == asked.organisation.pk
    ]
    rows = [
        _row(asked, actions[pk], districts, newest, seen, drafts.get(pk, []), sent, pk in found.owed)
        for pk in ids
        if pk in actions
    ]
    elsewhere = (drafts.keys() & set(found.ids)) - set(ids)
    return Rows(rows, len(elsewhere))


def named_in(sent: QueryDict, found: Listed) -> list[int]:
    """The actions that a sending names, in the page's order; one that is not theirs looks as if it did not exist."""
    named = {int(match[1]) for match in map(NAMED_ACTION.match, sent) if match}
    if named - set(found.ids):
        raise Http404
    return [pk for pk in found.ids if pk in named]


def _whole(asked: Asked, ids: Sequence[int]) -> Iterable[Action]:
    own = Contribution.objects.filter(
        Q(organisation=asked.organisation) | Q(district__triage_organisation=asked.organisation)
    )
    cells = Prefetch("measure__contributions", own.select_related("organisation", "district"), to_attr="own")
    return (
        Action.objects.filter(pk__in=ids)
        .with_what_rates()
        .select_related("lead")
        .prefetch_related("districts", cells)
    )


def _drafts(asked: Asked, ids: Sequence[int]) -> dict[int, list[UpdateDraft]]:
    """Whatever anybody of the organisation typed about these actions, and all that the person themselves did."""
    found: dict[int, list[UpdateDraft]] = {}
    ours = UpdateDraft.objects.filter(Q(action__in=ids) | Q(by=asked.user), organisation=asked.organisation)
    for draft in ours.select_related("by").order_by("saved_at"):
        found.setdefault(draft.action_id, []).append(draft)
    return found


def _row(
    asked: Asked,
    action: Action,
    districts: list[District],
    newest: Mapping[int, ProgressUpdate],
    seen: Mapping[int, ProgressUpdate],
    drafts: Sequence[UpdateDraft],
    sent: HttpRequest | None,
    is_owed: bool,
) -> Row:
    measure = getattr(action, "measure", None)
    known = newest_of_each(measure.own) if measure else {}
    is_typed = measure and not measure.is_computed
    holders = own_holders(action, asked.organisation, districts) if is_typed else []
    mine = next((draft for draft in drafts if draft.by_id == asked.user.pk), None)
    form = UpdateForm(
        action,
        seen.get(action.pk),
        {each: known.get(key_of(each)) for each in holders},
        sent.POST if sent else None,
        files=sent.FILES if sent else None,
        said=mine.said if mine else None,
    )
    return Row(
        action=action,
        form=form,
        last=newest.get(action.pk),
        rating=action.rating(today=asked.today),
        is_owed=is_owed,
        leads=action.lead_id == asked.organisation.pk,
        draft=mine,
        colleagues=[draft for draft in drafts if draft.by_id != asked.user.pk],
        counted=measure.words_for(measure.value_now) if measure and measure.is_computed else "",
    )


def _seen(sent: QueryDict) -> dict[int, ProgressUpdate]:
    """The updates that stood on the page when it was filled in: what differs from them is what the person changed."""
    ids: list[Any] = [sent[name] for name in sent if name.startswith(f"{PREFIX}-") and name.endswith("-seen")]
    found = ProgressUpdate.objects.filter(pk__in=[each for each in ids if each.isascii() and each.isdigit()])
    return {update.action_id: update for update in found}
