"""Most measures go straight from baseline to target: the database says without looking for points if they fall short."""

from django.db import migrations

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
    dependencies = [("actionplans", "0007_what_the_rating_looks_at")]

    operations = [
        migrations.RunSQL(
            FALLS_SHORT,
            "DROP FUNCTION actionplans_falls_short"
            "(date, date, date, numeric, numeric, jsonb, numeric, boolean);",
        )
    ]
