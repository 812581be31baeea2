"""What is kept of each action so that ten thousand need not be rated for a page, and how pages know of changes."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection, models
from django.db.models import Q, QuerySet

from actionplans.rag import EXCEPTIONS

# What is kept of a day's rating, by the names under which ActionQuerySet gives it.
STANDS = ("by_progress", "is_milestone_late", "is_measure_behind", "rag", "rank", "slips")
# Rows that somebody else is at work on are left to them: nobody waits, so nobody waits for each other in a circle.
CLAIMED = """
WITH missing AS MATERIALIZED (
    SELECT action_id FROM actionplans_standing WHERE {day} < %s OR {day} > %s OR {day} IS NULL
), claimed AS MATERIALIZED (
    SELECT action_id FROM actionplans_standing
    WHERE {day} < %s OR {day} > %s OR {day} IS NULL FOR UPDATE SKIP LOCKED
), done AS (
    UPDATE actionplans_standing standing SET {day} = %s, {columns} FROM ({found}) found
    WHERE found.id = standing.action_id RETURNING 1
)
SELECT (SELECT count(*) FROM done) = (SELECT count(*) FROM missing)
"""
MISSING = """
SELECT EXISTS (SELECT 1 FROM actionplans_standing WHERE {day} < %s OR {day} > %s OR {day} IS NULL)
"""
ONLY_CLAIMED = "actionplans_action.id IN (SELECT action_id FROM claimed)"
# All actions with what is worked out of each for a day.
Rates = Callable[[date], QuerySet[Any]]

NEWEST = """
SELECT coalesce(string_agg(mark::text, ' ' ORDER BY connection), ''),
    coalesce(string_agg(names::text, ' ' ORDER BY connection) FILTER (WHERE names > 0), ''), (
    SELECT count(*) FROM (
        SELECT 1 FROM actionplans_standing WHERE rated_on < %s OR rated_on > %s OR rated_on IS NULL LIMIT 101
    ) unrated
) FROM actionplans_edition
"""
MARKED = """
INSERT INTO actionplans_edition (connection, mark, names)
VALUES (pg_backend_pid(), nextval('actionplans_mark'), nextval('actionplans_mark'))
ON CONFLICT (connection) DO UPDATE SET mark = excluded.mark, names = excluded.names
"""
PRUNED = """
DELETE FROM actionplans_edition WHERE connection <> pg_backend_pid()
AND connection NOT IN (SELECT pid FROM pg_stat_activity)
"""


class StandingQuerySet(models.QuerySet["Standing"]):
    """What is kept, and keeping it."""

    def not_of(self, day: str, on: date) -> "StandingQuerySet":
        """Those whose `day` (the name of a field) is another one, or that were voided."""
        return self.filter(Q(**{f"{day}__lt": on}) | Q(**{f"{day}__gt": on}) | Q(**{f"{day}": None}))

    def keep(self, rates: Rates, day: str, on: date, *columns: str, is_missing: bool = False) -> bool:
        """Works out and keeps what is missing for a day, from actions that carry `columns`; False where somebody else
        is changing some of it this moment, so that what is kept can't be read yet.

        `is_missing`: whoever asks has looked, and writes nothing else in their transaction.
        """
        words, given = _keeping(rates, day, on, columns)
        with connection.cursor() as cursor:
            if is_missing:
                # What a machine that stops forgets of it is worked out again: nobody waits for the disk.
                words = f"SET LOCAL synchronous_commit TO off; {words}"
            else:
                # The names of the tables' own columns, never what anybody typed.
                cursor.execute(MISSING.format(day=day), [on, on])
                if not cursor.fetchone()[0]:
                    return True
            cursor.execute(words, given)
            return bool(cursor.fetchone()[0])


# Words of ten thousand characters: they are the same until midnight.
@lru_cache(maxsize=8)
def _keeping(rates: Rates, day: str, on: date, columns: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    wanted = rates(on).order_by().extra(where=[ONLY_CLAIMED]).values("id", *columns)
    found, given = wanted.query.sql_with_params()
    setting = ", ".join(f"{each} = found.{each}" for each in columns)
    return CLAIMED.format(day=day, columns=setting, found=found), (*[on] * 5, *given)


class Standing(models.Model):
    """How an action stands on one day, by the rule of actionplans.rag, beside the action itself.

    Worked out and read by `ActionQuerySet.standing` and `.standing_before` alone. The database makes the row with its
    action, and voids it in the transaction of whatever changes what the rule or a list looks at (migration 0004):
    `rated_on` and `before_on` are None then, and `turn` is a number that was never used before.
    """

    action = models.OneToOneField("Action", on_delete=models.CASCADE, primary_key=True)
    # The action's own, kept in step by the database: so that plans are compared without a look at their actions.
    plan = models.ForeignKey("ActionPlan", on_delete=models.CASCADE, related_name="+", db_index=False)
    turn = models.BigIntegerField()
    # The day for which the rating holds; None where something changed since.
    rated_on = models.DateField(null=True)
    rag = models.CharField(max_length=12, default="")
    by_progress = models.CharField(max_length=12, default="")
    rank = models.PositiveSmallIntegerField(default=0)
    is_milestone_late = models.BooleanField(default=False)
    is_measure_behind = models.BooleanField(default=False)
    slips = models.BooleanField(default=False)
    # The rating by progress at the end of an earlier day: when the group last met.
    before_on = models.DateField(null=True)
    before = models.CharField(max_length=12, default="")

    objects = StandingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["rated_on"], name="standing_of_a_day"),
            models.Index(
                fields=["rank", "action"],
                name="standing_exceptions",
                condition=models.Q(rag__in=sorted(rag.value for rag in EXCEPTIONS)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.rag} on {self.rated_on}"


class Newest(NamedTuple):
    """What there is now: one name for all of it, one for what people and organisations are called and where they
    work; and how many actions are not rated for the day that was asked about, counted to a hundred and one."""

    edition: str
    names: str
    unrated: int


class EditionQuerySet(models.QuerySet["Edition"]):
    """What is known of editions."""

    def newest(self, today: date) -> "Newest":
        """What there is now, by names that are never those of anything else, before or later."""
        with connection.cursor() as cursor:
            cursor.execute(NEWEST, [today, today])
            return Newest(*cursor.fetchone())

    def prune(self) -> int:
        """Drops those of connections that have ended, and marks that; how many there were."""
        with connection.cursor() as cursor:
            # Marked first: without those rows, what is left must not be named as it was before they came.
            cursor.execute(MARKED)
            cursor.execute(PRUNED)
            return cursor.rowcount


class Edition(models.Model):
    """Which edition of the plans one connection made last: a number that was never used before.

    One row a connection, so that nobody who writes waits for anybody else. All of them together name what there is:
    they are others as soon as anything that a page about plans shows was changed (actionplans.kept).
    """

    connection = models.IntegerField(primary_key=True)
    mark = models.BigIntegerField()
    # The last of those marks that changed what somebody or something is called, or who works where; 0 for none.
    names = models.BigIntegerField(default=0, db_default=0)

    objects = EditionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.connection}: {self.mark}"
