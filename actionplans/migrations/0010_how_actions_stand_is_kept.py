"""How each action stands is kept beside it, and the database says when that, or anything on a page, is out of date."""

import django.db.models.deletion
from django.db import migrations, models

MARKS = "CREATE SEQUENCE actionplans_mark;"
MADE = """
INSERT INTO actionplans_standing (action_id, turn, rag, by_progress, rank, is_milestone_late, is_measure_behind, slips, before)
SELECT id, nextval('actionplans_mark'), '', '', 0, false, false, false, '' FROM {of};
"""
# Lists name lead, priority and plan: what an action's row shows or is rated by, and the actions that it belongs to.
VOID = """
CREATE FUNCTION actionplans_void_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE actionplans_standing SET turn = nextval('actionplans_mark'), rated_on = NULL, before_on = NULL
    WHERE action_id IN ({actions});
    RETURN NULL;
END $$;
"""
WHOSE = {
    "action": "SELECT id FROM touched",
    "actionplan": "SELECT action.id FROM actionplans_action action JOIN touched ON touched.id = action.plan_id",
    "priority": "SELECT action.id FROM actionplans_action action JOIN touched ON touched.id = action.priority_id",
    "measure": "SELECT action_id FROM touched",
    "contribution": "SELECT action_id FROM actionplans_measure WHERE id IN (SELECT measure_id FROM touched)",
    "progressupdate": "SELECT action_id FROM touched",
    "ragoverride": "SELECT action_id FROM touched",
    "action_supporting": "SELECT action_id FROM touched",
    "action_districts": "SELECT action_id FROM touched",
}
# A plan or priority has no actions yet when it is made, and none when it goes; an action's row comes and goes with it.
ONLY_CHANGED = ("action", "actionplan", "priority")
EVENTS = {"added": ("INSERT", "NEW"), "changed": ("UPDATE", "NEW"), "removed": ("DELETE", "OLD")}
NEW_ACTION = f"""
CREATE FUNCTION actionplans_new_standing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {MADE.format(of="touched")}
    RETURN NULL;
END $$;
CREATE TRIGGER standing_made AFTER INSERT ON actionplans_action
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION actionplans_new_standing();
"""
NEW_EDITION = """
CREATE FUNCTION actionplans_new_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO actionplans_edition (connection, mark) VALUES (pg_backend_pid(), nextval('actionplans_mark'))
    ON CONFLICT (connection) DO UPDATE SET mark = excluded.mark;
    RETURN NULL;
END $$;
"""
# Drafts are their writer's alone, and reminders on no page.
SHOWN = (
    *("action", "action_blocked_by", "action_districts", "action_supporting", "actionplan", "changerequest"),
    *(
        "contribution",
        "evidence",
        "logentry",
        "measure",
        "meeting",
        "milestone",
        "priority",
        "progressupdate",
    ),
    *("ragoverride", "strategystatement", "updatecycle"),
)
# Of the rooms below: what people and organisations are called, who works where, and who stands in for whom.
BELOW = ("partners_membership", "partners_organisation", "partners_district", "partners_absence")


def voiding() -> str:
    made = []
    for name, actions in WHOSE.items():
        made.append(VOID.format(name=name, actions=actions))
        for when, (event, rows) in EVENTS.items():
            if when == "changed" or name not in ONLY_CHANGED:
                made.append(
                    f"CREATE TRIGGER standing_{when} AFTER {event} ON actionplans_{name}"
                    f" REFERENCING {rows} TABLE AS touched FOR EACH STATEMENT"
                    f" EXECUTE FUNCTION actionplans_void_{name}();"
                )
    return "\n".join(made)


def marking() -> str:
    tables = [*(f"actionplans_{name}" for name in SHOWN), *BELOW]
    made = [
        f"CREATE TRIGGER new_edition AFTER INSERT OR UPDATE OR DELETE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION actionplans_new_edition();"
        for table in tables
    ]
    renamed = (
        "CREATE TRIGGER new_edition AFTER UPDATE ON partners_user FOR EACH ROW"
        " WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION actionplans_new_edition();"
    )
    return "\n".join([NEW_EDITION, *made, renamed])


class Migration(migrations.Migration):
    dependencies = [
        ("actionplans", "0009_what_was_changed_and_closing_asked"),
        ("partners", "0010_awareness_weeks_in_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("connection", models.IntegerField(primary_key=True, serialize=False)),
                ("mark", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "action",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="actionplans.action",
                    ),
                ),
                ("turn", models.BigIntegerField()),
                ("rated_on", models.DateField(null=True)),
                ("rag", models.CharField(default="", max_length=12)),
                ("by_progress", models.CharField(default="", max_length=12)),
                ("rank", models.PositiveSmallIntegerField(default=0)),
                ("is_milestone_late", models.BooleanField(default=False)),
                ("is_measure_behind", models.BooleanField(default=False)),
                ("slips", models.BooleanField(default=False)),
                ("before_on", models.DateField(null=True)),
                ("before", models.CharField(default="", max_length=12)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["rated_on"], name="standing_of_a_day"),
                    models.Index(
                        condition=models.Q(("rag__in", ["amber", "overdue", "red"])),
                        fields=["rank", "action"],
                        name="standing_exceptions",
                    ),
                ],
            },
        ),
        migrations.RunSQL(MARKS, "DROP SEQUENCE actionplans_mark;"),
        migrations.RunSQL(MADE.format(of="actionplans_action"), migrations.RunSQL.noop),
        migrations.RunSQL(NEW_ACTION, "DROP FUNCTION actionplans_new_standing() CASCADE;"),
        migrations.RunSQL(
            voiding(), "\n".join(f"DROP FUNCTION actionplans_void_{name}() CASCADE;" for name in WHOSE)
        ),
        migrations.RunSQL(marking(), "DROP FUNCTION actionplans_new_edition() CASCADE;"),
    ]
