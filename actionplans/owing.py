"""Who has not told yet how which action goes, and who hears of it: the named people first, whoever stands in for those
who are away, and the plan's owner where the lead has left."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from actionplans.models import Action, ActionPlan, ProgressUpdate
from actionplans.models.action import ActionQuerySet, is_running
from actionplans.rounds import Audience, opened_on
from partners.models import Absence, Membership, Organisation
from partners.roles import ROLES, Permission


@dataclass(frozen=True)
class Owed:
    """One organisation has not told about one action in this round."""

    action: int
    plan: int
    organisation: int
    leads: bool
    owner: int | None
    deputy: int | None


@dataclass
class Digest:
    """All that one person hears of at one stage: what waits for them or theirs, and what has nobody to tell it."""

    owed: set[Owed] = field(default_factory=set)
    without_lead: set[Owed] = field(default_factory=set)

    @property
    def actions(self) -> int:
        """How many actions wait."""
        return len({each.action for each in self.owed})

    @property
    def organisations(self) -> int:
        """How many organisations they wait for."""
        return len({each.organisation for each in self.owed})

    @property
    def left(self) -> int:
        """How many actions have lost their lead."""
        return len({each.action for each in self.without_lead})


def owed_by_lead(today: date) -> QuerySet[Action]:
    """Running, incomplete actions whose lead has not told in this round."""
    return _open(today).filter(~Exists(_told(today, organisation=OuterRef("lead_id"), action=OuterRef("pk"))))


def owed_by_supporters(today: date) -> QuerySet:
    """The same for supporters: a row (`action`, `organisation`) for each that has not told."""
    told = _told(today, organisation=OuterRef("organisation_id"), action=OuterRef("action_id"))
    return (
        # Joined, not looked up one by one: there are more of these than of actions.
        Action.supporting.through.objects.filter(is_running(today, "action__"))
        .filter(Q(action__percent_now__lt=100) | Q(action__percent_now=None))
        .exclude(organisation_id=F("action__lead_id"))
        .filter(~Exists(told))
    )


def _open(today: date) -> ActionQuerySet:
    return Action.objects.running(today).annotate(done=Coalesce("percent_now", 0)).filter(done__lt=100)


def _told(today: date, *, action: OuterRef, organisation: OuterRef) -> QuerySet[ProgressUpdate]:
    since = {"as_at__gte": opened_on(today), "as_at__lte": today}
    return ProgressUpdate.objects.filter(action=action, organisation=organisation, by__isnull=False, **since)


def owed(today: date, *, organisation: int | None = None) -> list[Owed]:
    """All that is owed, or only what one organisation owes: two statements."""
    leads = owed_by_lead(today)
    supporters = owed_by_supporters(today)
    if organisation is not None:
        leads, supporters = leads.filter(lead=organisation), supporters.filter(organisation=organisation)
    rows = chain(
        leads.values_list("pk", "plan_id", "lead_id", "lead_id", "owner_id", "deputy_id"),
        supporters.values_list(
            "action_id",
            "action__plan_id",
            "organisation_id",
            "action__lead_id",
            "action__owner_id",
            "action__deputy_id",
        ),
    )
    return [Owed(row[0], row[1], row[2], row[2] == row[3], row[4], row[5]) for row in rows]


def who_hears(audience: Audience, today: date, *, person: int | None = None) -> dict[int, Digest]:
    """Each person's digest, by their id; `person` asks for one alone. Whoever has nothing to hear is not in it."""
    people = _People(today)
    if person is not None and not people.answers_for_plans(person):
        waiting = owed(today, organisation=people.organisation_of.get(person, 0))
    else:
        waiting = owed(today)
    found: dict[int, Digest] = defaultdict(Digest)
    for each, hearer, has_lead in _hearings(audience, waiting, people):
        (found[hearer].owed if has_lead else found[hearer].without_lead).add(each)
    return dict(found)


def _hearings(
    audience: Audience, waiting: Iterable[Owed], people: "_People"
) -> Iterator[tuple[Owed, int, bool]]:
    for each in waiting:
        has_left = people.has_left(each.organisation)
        if has_left and not each.leads:
            continue
        if audience is Audience.DELIVERY_GROUP:
            hearers = people.group
        elif has_left or audience is Audience.PLAN_OWNERS:
            hearers = people.owners_of(each.plan)
        else:
            hearers = people.contributors(each)
        for hearer in hearers:
            yield each, hearer, not has_left


class _People:
    """Everybody at work, by what they may do and where: four statements."""

    def __init__(self, today: date) -> None:
        self.organisation_of: dict[int, int] = {}
        self._may: dict[Permission, set[int]] = defaultdict(set)
        at_work = Membership.objects.at_work().values_list("user_id", "organisation_id", "role_codes")
        for user, organisation, codes in at_work:
            self.organisation_of[user] = organisation
            for permission in frozenset[Permission]().union(*(ROLES[code].permissions for code in codes)):
                self._may[permission].add(user)
        self._tellers: dict[int, set[int]] = defaultdict(set)
        for user in self._may[Permission.UPDATE_PLANS]:
            self._tellers[self.organisation_of[user]].add(user)
        self._deputies = dict(Absence.objects.on(today).values_list("user_id", "deputy_id"))
        self._owners = dict(ActionPlan.objects.exclude(owner=None).values_list("pk", "owner_id"))
        self._retired = set(Organisation.objects.filter(retired_on__lte=today).values_list("pk", flat=True))

    def has_left(self, organisation: int) -> bool:
        """Whether nobody of the organisation can tell any more."""
        return organisation in self._retired or not self._tellers[organisation]

    def answers_for_plans(self, person: int) -> bool:
        """Whether they hear of other organisations' actions too."""
        return person in self._may[Permission.OWN_PLANS] | self._may[Permission.RUN_MEETINGS]

    @property
    def group(self) -> set[int]:
        """The delivery group."""
        members = self._may[Permission.RUN_MEETINGS]
        return self._present(members, members)

    def owners_of(self, plan: int) -> set[int]:
        """Who answers for a plan: its owner; without one everybody who may own plans, or the delivery group."""
        owners = self._may[Permission.OWN_PLANS]
        named = {self._owners.get(plan, 0)} & owners
        return self._present(named or owners, owners) or self.group

    def contributors(self, each: Owed) -> set[int]:
        """Who tells for an organisation: the action's owner or, while they are away, its deputy; else all who may."""
        tellers = self._tellers[each.organisation]
        for named in (each.owner, each.deputy):
            if named in tellers and named not in self._deputies:
                return {named}
        named_one = {each.owner or 0} & tellers
        return self._present(named_one or tellers, tellers)

    def _present(self, people: set[int], may: set[int]) -> set[int]:
        """Those who are here, and the deputies of the others; all of them where nobody is left."""
        here = people - self._deputies.keys()
        standing_in = {self._deputies[away] for away in people & self._deputies.keys()} & may
        return here | (standing_in - self._deputies.keys()) or people
