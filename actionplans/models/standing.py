"""What is kept of each action so that ten thousand need not be rated for a page, and how pages know of changes."""

from datetime import date
from typing import Any

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
ONLY_CLAIMED = "actionplans_action.id IN (SELECT action_id FROM claimed)"

NEWEST = """
SELECT coalesce(string_agg(mark::text, ' ' ORDER BY connection), ''), NOT EXISTS (
    SELECT 1 FROM actionplans_standing WHERE rated_on < %s OR rated_on > %s OR rated_on IS NULL
) FROM actionplans_edition
"""
MARKED = """
INSERT INTO actionplans_edition (connection, mark) VALUES (pg_backend_pid(), nextval('actionplans_mark'))
ON CONFLICT (connection) DO UPDATE SET mark = excluded.mark
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

    def keep(self, found: QuerySet[Any], day: str, on: date, *columns: str) -> bool:
        """Works out and keeps what is missing for a day, from actions that carry `columns`; False where somebody else
        is changing some of it this moment, so that what is kept can't be read yet."""
        if not self.not_of(day, on).exists():
            return True
        wanted = found.order_by().extra(where=[ONLY_CLAIMED]).values("id", *columns)
        sql, given = wanted.query.sql_with_params()
        setting = ", ".join(f"{each} = found.{each}" for each in columns)
        # The names of the tables' own columns, never what anybody typed.
        statement = CLAIMED.format(day=day, columns=setting, found=sql)
        with connection.cursor() as cursor:
            cursor.execute(statement, [on] * 5 + list(given))
            return bool(cursor.fetchone()[0])


class Standing(models.Model):
    """How an action stands on one day, by the rule of actionplans.rag, beside the action itself.

    Worked out and read by `ActionQuerySet.standing` and `.standing_before` alone. The database makes the row with its
    action, and voids it in the transaction of whatever changes what the rule or a list looks at (migration 0010):
    `rated_on` and `before_on` are None then, and `turn` is a number that was never used before.
    """

    action = models.OneToOneField("Action", on_delete=models.CASCADE, primary_key=True)
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


class EditionQuerySet(models.QuerySet["Edition"]):
    """What is known of editions."""

    def newest(self, today: date) -> tuple[str, bool]:
        """The name of what there is now, which is never that of anything else, before or later; and whether all ratings
        are kept for the day."""
        with connection.cursor() as cursor:
            cursor.execute(NEWEST, [today, today])
            name, is_rated = cursor.fetchone()
        return name, is_rated

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

    objects = EditionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.connection}: {self.mark}"
