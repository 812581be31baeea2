"""Each action carries what was told last and what a rating looks at, kept in step by the database: lists need not ask half a
million updates. The database can say whether a measure is behind."""

from django.db import migrations

NEWEST = """
UPDATE actionplans_action action SET percent_now = newest.percent_done, updated_on = newest.as_at
FROM (
    SELECT DISTINCT ON (action_id) action_id, percent_done, as_at FROM actionplans_progressupdate
    {among} ORDER BY action_id, as_at DESC, id DESC
) newest
WHERE newest.action_id = action.id
  AND (action.percent_now, action.updated_on) IS DISTINCT FROM (newest.percent_done::smallint, newest.as_at);
"""
KEEP_IN_STEP = f"""
CREATE FUNCTION actionplans_newest_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {NEWEST.format(among="WHERE action_id IN (SELECT action_id FROM told)")}
    RETURN NULL;
END $$;
CREATE TRIGGER newest_update_added AFTER INSERT ON actionplans_progressupdate
    REFERENCING NEW TABLE AS told FOR EACH STATEMENT EXECUTE FUNCTION actionplans_newest_update();
CREATE TRIGGER newest_update_changed AFTER UPDATE ON actionplans_progressupdate
    REFERENCING NEW TABLE AS told FOR EACH STATEMENT EXECUTE FUNCTION actionplans_newest_update();
"""
LET_GO = """
DROP TRIGGER newest_update_added ON actionplans_progressupdate;
DROP TRIGGER newest_update_changed ON actionplans_progressupdate;
DROP FUNCTION actionplans_newest_update();
"""
EARLIEST = """
UPDATE actionplans_action action SET milestone_due = open.due
FROM (
    SELECT action.id, min(milestone.due) AS due FROM actionplans_action action
    LEFT JOIN actionplans_milestone milestone ON milestone.action_id = action.id AND milestone.done_on IS NULL
    {among} GROUP BY action.id
) open
WHERE open.id = action.id AND action.milestone_due IS DISTINCT FROM open.due;
"""
KEEP_DUE_IN_STEP = f"""
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
LET_DUE_GO = """
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
# One expression, so that PostgreSQL puts it in the place of the call. NULL where it can't be said.
FALLS_SHORT = """
CREATE FUNCTION actionplans_falls_short(
    today date, starts date, due date, baseline numeric, target numeric, trajectory jsonb, value numeric,
    is_lower_better boolean
) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN value IS NULL THEN NULL
        WHEN trajectory <> '[]' THEN
            actionplans_is_behind(today, starts, due, baseline, target, trajectory, value, is_lower_better)
        WHEN target IS NULL THEN NULL
        WHEN today >= due THEN
            10 * (CASE WHEN is_lower_better THEN value - target ELSE target - value END)
            > abs(target - coalesce(baseline, 0))
        WHEN today < starts THEN NULL
        ELSE
            10 * (CASE WHEN is_lower_better THEN -1 ELSE 1 END)
            * ((target - baseline) * (today - starts) - (value - baseline) * (due - starts))
            > abs((target - baseline) * (today - starts))
    END
$$;
"""


class Migration(migrations.Migration):
    replaces = [
        ("actionplans", "0004_newest_update_on_the_action"),
        ("actionplans", "0007_what_the_rating_looks_at"),
        ("actionplans", "0008_a_straight_trajectory_is_quickly_said"),
    ]
    dependencies = [
        ("actionplans", "0001_tables"),
    ]

    operations = [
        migrations.RunSQL(KEEP_IN_STEP, LET_GO),
        migrations.RunSQL(KEEP_DUE_IN_STEP, LET_DUE_GO),
        migrations.RunSQL(
            IS_BEHIND,
            "DROP FUNCTION actionplans_is_behind(date, date, date, numeric, numeric, jsonb, numeric, boolean);",
        ),
        migrations.RunSQL(
            FALLS_SHORT,
            "DROP FUNCTION actionplans_falls_short"
            "(date, date, date, numeric, numeric, jsonb, numeric, boolean);",
        ),
    ]
