"""A step that is changed voids what is kept of its action, also where the earliest that is open stays the same: how the
action stood on an earlier day may be another."""

from django.db import migrations

VOID = """
CREATE FUNCTION actionplans_void_milestone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE actionplans_standing SET turn = nextval('actionplans_mark'), rated_on = NULL, before_on = NULL
    WHERE action_id IN (SELECT action_id FROM touched);
    RETURN NULL;
END $$;
"""
EVENTS = {"added": ("INSERT", "NEW"), "changed": ("UPDATE", "NEW"), "removed": ("DELETE", "OLD")}
TRIGGERS = "\n".join(
    f"CREATE TRIGGER standing_{when} AFTER {event} ON actionplans_milestone"
    f" REFERENCING {rows} TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION actionplans_void_milestone();"
    for when, (event, rows) in EVENTS.items()
)


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0012_what_a_change_leaves_as_it_was")]

    operations = [
        migrations.RunSQL(VOID + TRIGGERS, "DROP FUNCTION actionplans_void_milestone() CASCADE;"),
    ]
