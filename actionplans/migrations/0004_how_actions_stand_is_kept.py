"""How each action stands is kept beside it, and the database says when that, or anything on a page, is out of date."""

from django.db import migrations

MARKS = "CREATE SEQUENCE actionplans_mark;"
NEW_STANDING = """
CREATE FUNCTION actionplans_new_standing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO actionplans_standing (action_id, plan_id, turn, rag, by_progress, rank, is_milestone_late, is_measure_behind, slips, before)
    SELECT id, plan_id, nextval('actionplans_mark'), '', '', 0, false, false, false, '' FROM touched;
    RETURN NULL;
END $$;
CREATE TRIGGER standing_made AFTER INSERT ON actionplans_action
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION actionplans_new_standing();
"""
# Lists name lead, priority and plan: what an action's row shows or is rated by, and the actions that it belongs to.
# A step that is changed voids what is kept also where the earliest that is open stays the same: how the action stood on
# an earlier day may be another.
VOID = """
CREATE FUNCTION actionplans_void_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE actionplans_standing SET turn = nextval('actionplans_mark'), rated_on = NULL, before_on = NULL
    WHERE action_id IN ({actions});
    RETURN NULL;
END $$;
"""
WHOSE = {
    "actionplan": "SELECT action.id FROM actionplans_action action JOIN touched ON touched.id = action.plan_id",
    "priority": "SELECT action.id FROM actionplans_action action JOIN touched ON touched.id = action.priority_id",
    "measure": "SELECT action_id FROM touched",
    "contribution": "SELECT action_id FROM actionplans_measure WHERE id IN (SELECT measure_id FROM touched)",
    "milestone": "SELECT action_id FROM touched",
    "progressupdate": "SELECT action_id FROM touched",
    "ragoverride": "SELECT action_id FROM touched",
    "action_supporting": "SELECT action_id FROM touched",
    "action_districts": "SELECT action_id FROM touched",
}
# An action that moved takes its new plan along.
VOID_ACTION = """
CREATE FUNCTION actionplans_void_action() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE actionplans_standing SET turn = nextval('actionplans_mark'), rated_on = NULL, before_on = NULL , plan_id = touched.plan_id
    FROM touched WHERE action_id = touched.id;
    RETURN NULL;
END $$;
"""
# A plan or priority has no actions yet when it is made, and none when it goes; an action's row comes and goes with it.
ONLY_CHANGED = ("action", "actionplan", "priority")
EVENTS = {"added": ("INSERT", "NEW"), "changed": ("UPDATE", "NEW"), "removed": ("DELETE", "OLD")}
# An edition tells a change of names from every other.
NEW_EDITION = """
CREATE FUNCTION actionplans_new_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO actionplans_edition (connection, mark) VALUES (pg_backend_pid(), nextval('actionplans_mark'))
    ON CONFLICT (connection) DO UPDATE SET mark = excluded.mark;
    RETURN NULL;
END $$;
"""
NEW_NAMES = """
CREATE FUNCTION actionplans_new_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO actionplans_edition (connection, mark, names)
    VALUES (pg_backend_pid(), nextval('actionplans_mark'), nextval('actionplans_mark'))
    ON CONFLICT (connection) DO UPDATE SET mark = excluded.mark, names = excluded.names;
    RETURN NULL;
END $$;
"""
# Drafts are their writer's alone, and reminders on no page.
SHOWN = (
    *("action", "action_blocked_by", "action_districts", "action_supporting", "actionplan", "changerequest"),
    *("contribution", "evidence", "logentry", "measure", "meeting", "milestone", "priority"),
    *("progressupdate", "ragoverride", "strategystatement", "updatecycle"),
)
# Of the rooms below: what people and organisations are called, who works where, and who stands in for whom.
BELOW = ("partners_membership", "partners_organisation", "partners_district", "partners_absence")


def voiding() -> str:
    made = [VOID_ACTION, *(VOID.format(name=name, actions=actions) for name, actions in WHOSE.items())]
    for name in ("action", *WHOSE):
        for when, (event, rows) in EVENTS.items():
            if when == "changed" or name not in ONLY_CHANGED:
                made.append(
                    f"CREATE TRIGGER standing_{when} AFTER {event} ON actionplans_{name}"
                    f" REFERENCING {rows} TABLE AS touched FOR EACH STATEMENT"
                    f" EXECUTE FUNCTION actionplans_void_{name}();"
                )
    return "\n".join(made)


def marking() -> str:
    """Has the function called after each change of those tables."""
    called = {
        **{f"actionplans_{name}": "actionplans_new_edition" for name in SHOWN},
        **dict.fromkeys(BELOW, "actionplans_new_names"),
    }
    made = [
        f"CREATE TRIGGER new_edition AFTER INSERT OR UPDATE OR DELETE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
        for table, function in called.items()
    ]
    renamed = (
        "CREATE TRIGGER new_edition AFTER UPDATE ON partners_user FOR EACH ROW"
        " WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION actionplans_new_names();"
    )
    return "\n".join([NEW_EDITION, NEW_NAMES, *made, renamed])


UNMARKED = "DROP FUNCTION actionplans_new_names() CASCADE; DROP FUNCTION actionplans_new_edition() CASCADE;"
NOT_VOIDED = "\n".join(f"DROP FUNCTION actionplans_void_{name}() CASCADE;" for name in ("action", *WHOSE))


class Migration(migrations.Migration):
    replaces = [
        ("actionplans", "0010_how_actions_stand_is_kept"),
        ("actionplans", "0012_what_a_change_leaves_as_it_was"),
        ("actionplans", "0013_a_step_voids_what_is_kept"),
    ]
    dependencies = [
        ("actionplans", "0003_minutes_stay"),
        ("partners", "0003_second_factors_bound_to_their_person"),
    ]

    operations = [
        migrations.RunSQL(MARKS, "DROP SEQUENCE actionplans_mark;"),
        migrations.RunSQL(NEW_STANDING, "DROP FUNCTION actionplans_new_standing() CASCADE;"),
        migrations.RunSQL(voiding(), NOT_VOIDED),
        migrations.RunSQL(marking(), UNMARKED),
    ]
