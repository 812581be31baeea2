"""Each action carries what was told last, kept in step by the database: lists need not ask half a million updates."""

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


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0003_steering")]

    operations = [
        migrations.RunSQL(sql=NEWEST.format(among=""), reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(sql=KEEP_IN_STEP, reverse_sql=LET_GO),
    ]
