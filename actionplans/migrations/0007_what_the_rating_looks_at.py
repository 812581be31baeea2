"""What a rating looks at is on the action itself, and the database can say whether a measure is behind."""

from django.db import migrations, models

EARLIEST = """
UPDATE actionplans_action action SET milestone_due = open.due
FROM (
    SELECT action.id, min(milestone.due) AS due FROM actionplans_action action
    LEFT JOIN actionplans_milestone milestone ON milestone.action_id = action.id AND milestone.done_on IS NULL
    {among} GROUP BY action.id
) open
WHERE open.id = action.id AND action.milestone_due IS DISTINCT FROM open.due;
"""
KEEP_IN_STEP = f"""
CREATE FUNCTION actionplans_milestone_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {EARLIEST.format(among="WHERE action.id IN (SELECT action_id FROM touched)")}
    RETURN NULL;
END $$;
CREATE TRIGGER milestone_added AFTER INSERT ON actionplans_milestone
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION actionplans_milestone_due();
CREATE TRIGGER milestone_changed AFTER UPDATE ON actionplans_milestone
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION actionplans_milestone_due();
CREATE TRIGGER milestone_removed AFTER DELETE ON actionplans_milestone
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION actionplans_milestone_due();
"""
LET_GO = """
DROP TRIGGER milestone_added ON actionplans_milestone;
DROP TRIGGER milestone_changed ON actionplans_milestone;
DROP TRIGGER milestone_removed ON actionplans_milestone;
DROP FUNCTION actionplans_milestone_due();
"""
# The same as actionplans.trajectory in another language; tests hold them together. NULL where it can't be said.
IS_BEHIND = """
CREATE FUNCTION actionplans_is_behind(
    today date, starts date, due date, baseline numeric, target numeric, trajectory jsonb, value numeric,
    is_lower_better boolean
) RETURNS boolean LANGUAGE sql STABLE AS $$
    WITH own AS (
        SELECT (point ->> 'on')::date AS day, (point ->> 'value')::numeric AS value
        FROM jsonb_array_elements(trajectory) AS point
    ), ends AS (
        SELECT coalesce(min(day), 'infinity') AS first, coalesce(max(day), '-infinity') AS last FROM own
    ), path AS (
        SELECT day, own.value FROM own
        UNION ALL SELECT starts, baseline FROM ends WHERE baseline IS NOT NULL AND starts < ends.first
        UNION ALL SELECT due, target FROM ends
        WHERE target IS NOT NULL AND due > greatest(
            ends.last, CASE WHEN baseline IS NOT NULL AND starts < ends.first THEN starts ELSE '-infinity' END
        )
    ), legs AS (
        SELECT day, path.value,
            lead(day) OVER along - day AS days, lead(path.value) OVER along - path.value AS rise,
            lead(day) OVER along AS until
        FROM path WINDOW along AS (ORDER BY day)
    )
    SELECT CASE WHEN actionplans_is_behind.value IS NULL THEN NULL ELSE
        10 * (CASE WHEN is_lower_better THEN 1 ELSE -1 END)
        * ((actionplans_is_behind.value - legs.value) * coalesce(days, 1) - coalesce(rise * (today - day), 0))
        > abs((legs.value - coalesce(baseline, 0)) * coalesce(days, 1) + coalesce(rise * (today - day), 0))
    END
    FROM legs WHERE day <= today AND (until IS NULL OR until > today)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0006_meetings_and_their_logs")]

    operations = [
        migrations.AddField("action", "milestone_due", models.DateField(editable=False, null=True)),
        migrations.AddField("ragoverride", "computed", models.CharField(default="", max_length=12)),
        migrations.AlterField(
            "measure", "target", models.DecimalField(decimal_places=2, max_digits=10, null=True)
        ),
        migrations.RunSQL(EARLIEST.format(among=""), migrations.RunSQL.noop),
        migrations.RunSQL(KEEP_IN_STEP, LET_GO),
        migrations.RunSQL(
            IS_BEHIND,
            "DROP FUNCTION actionplans_is_behind(date, date, date, numeric, numeric, jsonb, numeric, boolean);",
        ),
    ]
