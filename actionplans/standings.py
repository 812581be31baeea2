"""Keeping how actions stand: each new day at once, and a look whether what is kept is what the rule says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from actionplans.models import Action, Edition, Standing
from actionplans.rows import row_of, told_of


@dataclass(frozen=True)
class Disagreement:
    """An action of which something else is kept than the rule says."""

    action: Action
    kept: tuple[object, ...]
    by_rule: tuple[object, ...]

    def __str__(self) -> str:
        return f"{self.action.plan.code} {self.action.ref}: kept {self.kept}, the rule says {self.by_rule}"


def keep_all(today: date) -> int:
    """Rates anew whatever is not kept for a day; how many that was."""
    missing = Standing.objects.not_of("rated_on", today).count()
    Action.objects.standing(today)
    return missing


def disagreements(today: date) -> Iterator[Disagreement]:
    """Compares each kept rating of a day with actionplans.rag and actionplans.slipping, in Python, one by one."""
    kept = Action.objects.filter(standing__rated_on=today).with_what_rates()
    kept = kept.select_related("standing").prefetch_related("overrides")
    found = list(kept.order_by("pk"))
    told = told_of(found)
    for action in found:
        row = row_of(action, told[action.pk], today)
        rating, stands = row.rating, action.standing
        by_rule = (rating.rag, rating.by_progress, rating.is_milestone_late, rating.is_measure_behind)
        says = (*map(str, by_rule[:2]), *by_rule[2:], rating.rag.rank, row.slips)
        keeps = (stands.rag, stands.by_progress, stands.is_milestone_late, stands.is_measure_behind)
        if says != (*keeps, stands.rank, stands.slips):
            yield Disagreement(action, (*keeps, stands.rank, stands.slips), says)


def forget_connections_that_ended() -> int:
    """Drops the editions of connections that are gone; those that stay keep every page apart from its earlier ones."""
    return Edition.objects.prune()
