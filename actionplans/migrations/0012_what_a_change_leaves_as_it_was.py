"""Whose plan a kept rating is of stands beside it, and an edition tells a change of names from every other."""

import django.db.models.deletion
from django.db import migrations, models

# As in 0010, with the plan; an action that moved takes its new one along.
NEW_STANDING = """
CREATE OR REPLACE FUNCTION actionplans_new_standing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO actionplans_standing (action_id, {plan} turn, rag, by_progress, rank, is_milestone_late, is_measure_behind, slips, before)
    SELECT id, {plan} nextval('actionplans_mark'), '', '', 0, false, false, false, '' FROM touched;
    RETURN NULL;
END $$;
"""
VOID_ACTION = """
CREATE OR REPLACE FUNCTION actionplans_void_action() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE actionplans_standing SET turn = nextval('actionplans_mark'), rated_on = NULL, before_on = NULL {plan}
    FROM touched WHERE action_id = touched.id;
    RETURN NULL;
END $$;
"""
# What people and organisations are called, who works where, and who stands in for whom: as BELOW in 0010.
BELOW = ("partners_membership", "partners_organisation", "partners_district", "partners_absence")
NEW_NAMES = """
CREATE FUNCTION actionplans_new_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO actionplans_edition (connection, mark, names)
    VALUES (pg_backend_pid(), nextval('actionplans_mark'), nextval('actionplans_mark'))
    ON CONFLICT (connection) DO UPDATE SET mark = excluded.mark, names = excluded.names;
    RETURN NULL;
END $$;
"""


def marking(function: str) -> str:
    """Has the function called after each change of those tables, in the place of what was called before."""
    made = [
        f"CREATE OR REPLACE TRIGGER new_edition AFTER INSERT OR UPDATE OR DELETE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
        for table in BELOW
    ]
    renamed = (
        "CREATE OR REPLACE TRIGGER new_edition AFTER UPDATE ON partners_user FOR EACH ROW"
        f" WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION {function}();"
    )
    return "\n".join([*made, renamed])


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0011_who_has_told_in_a_round_is_found_at_once")]

    operations = [
        migrations.AddField("edition", "names", models.BigIntegerField(default=0, db_default=0)),
        migrations.AddField(
            "standing",
            "plan",
            models.ForeignKey(
                null=True,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="actionplans.actionplan",
            ),
        ),
        migrations.RunSQL(
            "UPDATE actionplans_standing SET plan_id = action.plan_id FROM actionplans_action action"
            " WHERE action.id = action_id; SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            "standing",
            "plan",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="actionplans.actionplan",
            ),
        ),
        migrations.RunSQL(
            NEW_STANDING.format(plan="plan_id,") + VOID_ACTION.format(plan=", plan_id = touched.plan_id"),
            NEW_STANDING.format(plan="") + VOID_ACTION.format(plan=""),
        ),
        migrations.RunSQL(
            NEW_NAMES + marking("actionplans_new_names"),
            marking("actionplans_new_edition") + "\nDROP FUNCTION actionplans_new_names();",
        ),
    ]
