"""The rows of “My updates”: what one person's organisation leads or supports, what was said of it, and the form to say
more. The same number of statements however many actions there are; a page shows twenty-five."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page
from django.db.models import OuterRef, Q
from django.http import Http404, HttpRequest, QueryDict
from django.utils.safestring import SafeString

from actionplans.boards import boards_on
from actionplans.day import Day
from actionplans.entries import Entry
from actionplans.figures import key_of, newest_of_each, own_holders
from actionplans.forms import PREFIX, UpdateForm
from actionplans.kept_rows import rows
from actionplans.models import Action, Contribution, ProgressUpdate, UpdateDraft
from actionplans.rag import Rating
from actionplans.statements import Objects, among, bring
from actionplans.telling import newest_of
from govuk.paging import page_of
from partners.directory import directory
from partners.models import District, Organisation, User

TEMPLATE = "actionplans/updates/row.html"
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

    waiting: Sequence[Entry]
    others: Sequence[Entry]

    @cached_property
    def every(self) -> Sequence[Entry]:
        """What waits first, then the others, in the order of the plans."""
        return [*self.waiting, *self.others]

    @cached_property
    def entries(self) -> Mapping[int, Entry]:
        """The same by their ids."""
        return {each.pk: each for each in self.every}

    @cached_property
    def owed(self) -> frozenset[int]:
        """The ids of those that wait."""
        return frozenset(each.pk for each in self.waiting)


@dataclass(frozen=True)
class KeptRow:
    """One action on the page that nobody has begun to write about: the same for everybody of the organisation."""

    action: Entry
    is_owed: bool
    html: SafeString
    form: None = None
    draft: None = None


def listed(asked: Asked, day: Day) -> Listed:
    """What somebody may tell about, from the boards of the plans."""
    house, boards = asked.organisation.pk, boards_on(day)
    waiting = [entry for each in boards.every for entry in each.owed.get(house, ())]
    return Listed(
        waiting, [entry for each in boards.every for entry in each.told_or_not_begun.get(house, ())]
    )


def page_of_ids(found: Listed, request: HttpRequest) -> Page:
    """The page that the address asks for."""
    return page_of(found.every, request, found=len(found.every))


@dataclass(frozen=True)
class Rows:
    """What one page shows, and how many drafts of the person wait on others."""

    rows: Sequence[Row | KeptRow]
    unsent_elsewhere: int


@dataclass(frozen=True)
class FilledRows(Rows):
    """The same as somebody filled it in: all of its rows are forms."""

    rows: Sequence[Row]


def shown_of(asked: Asked, found: Listed, ids: Sequence[int], day: Day, *, has_drafts: bool = True) -> Rows:
    """The rows of a page as it is opened: those that nobody has begun to write about as they are kept."""
    drafts = _drafts(asked, ids) if has_drafts else {}
    untouched = [pk for pk in ids if pk not in drafts]
    kept = rows(
        TEMPLATE,
        [(pk, found.entries[pk].turn) for pk in untouched],
        day,
        lambda pks: {row.action.pk: {"row": row} for row in _rows(asked, found, pks, {})},
        beside=(asked.organisation.pk, tuple(each.pk for each in _districts(asked))),
    )
    begun = {row.action.pk: row for row in _rows(asked, found, [pk for pk in ids if pk in drafts], drafts)}
    made = {pk: KeptRow(found.entries[pk], pk in found.owed, html) for pk, html in kept.items()} | begun
    return Rows([made[pk] for pk in ids if pk in made], _elsewhere(drafts, found, ids))


def filled_of(asked: Asked, found: Listed, ids: Sequence[int], sent: HttpRequest) -> FilledRows:
    """These actions as rows in this order, as they were filled in."""
    drafts = _drafts(asked, ids)
    made = _rows(asked, found, ids, drafts, sent)
    return FilledRows(made, _elsewhere(drafts, found, ids))


def _elsewhere(drafts: Mapping[int, Sequence[UpdateDraft]], found: Listed, ids: Sequence[int]) -> int:
    return len((drafts.keys() & found.entries.keys()) - set(ids))


def _rows(
    asked: Asked,
    found: Listed,
    ids: Sequence[int],
    drafts: Mapping[int, Sequence[UpdateDraft]],
    sent: HttpRequest | None = None,
) -> list[Row]:
    if not ids:
        return []
    actions = {action.pk: action for action in _whole(asked, ids)}
    newest = newest_of(ids)
    seen = _seen(sent.POST) if sent else newest
    districts = _districts(asked)
    return [
        _row(asked, actions[pk], districts, newest, seen, drafts.get(pk, []), sent, pk in found.owed)
        for pk in ids
        if pk in actions
    ]


def _districts(asked: Asked) -> list[District]:
    known = directory().districts.values()
    return [each for each in known if each.triage_organisation_id == asked.organisation.pk]


def named_in(sent: QueryDict, found: Listed) -> list[int]:
    """The actions that a sending names, in the page's order; one that is not theirs looks as if it did not exist."""
    named = {int(match[1]) for match in map(NAMED_ACTION.match, sent) if match}
    if named - found.entries.keys():
        raise Http404
    return [each.pk for each in found.every if each.pk in named]


def _whole(asked: Asked, ids: Sequence[int]) -> Iterable[Action]:
    actions: list[Any] = _actions().all(ids)
    measures = {each.measure.pk: each.measure for each in actions if getattr(each, "measure", None)}
    districts = {each.pk: each for each in directory().districts.values()}
    for each in actions:
        bring(each, "districts", [districts[pk] for pk in each.district_ids if pk in districts])
    for measure in measures.values():
        measure.own = []
    for cell in _cells(asked.organisation.pk).all(list(measures)):
        measures[cell.measure_id].own.append(cell)
    return actions


@lru_cache(maxsize=1)
def _actions() -> Objects:
    links = Action.districts.through.objects.filter(action=OuterRef("pk"))
    whole = Action.objects.with_what_rates().select_related("lead")
    named = whole.annotate(district_ids=ArraySubquery(links.values("district")))
    return Objects(among(named.order_by(), "actionplans_action.id"))


@lru_cache(maxsize=64)
def _cells(organisation: int) -> Objects:
    """Of measures, what the organisation told or its districts did, the newest first."""
    own = Q(organisation=organisation) | Q(district__triage_organisation=organisation)
    cells = Contribution.objects.filter(own).select_related("organisation", "district")
    return Objects(among(cells, "actionplans_contribution.measure_id"))


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
