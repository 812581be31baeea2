"""The history of logs is added to, and the minutes of a closed meeting stay as they are."""

from django.db import migrations

# Minutes of a closed meeting stay: its own row, its agenda and who was there. The meeting's row is held while it is
# looked at, so that nobody closes it in between.
STAY = """
CREATE FUNCTION actionplans_refuse_if_closed(meeting bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    closed timestamptz;
BEGIN
    SELECT closed_at INTO closed FROM actionplans_meeting WHERE id = meeting FOR SHARE;
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'Meeting % is closed: its minutes stay as they are.', meeting
            USING ERRCODE = 'check_violation';
    END IF;
END $$;
CREATE FUNCTION actionplans_minutes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM actionplans_refuse_if_closed(OLD.meeting_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM actionplans_refuse_if_closed(NEW.meeting_id);
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;
CREATE FUNCTION actionplans_closed_meeting_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'Meeting % is closed: its minutes stay as they are.', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION actionplans_log_history_is_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The history of an action log can only be added to.';
END $$;
CREATE TRIGGER closed_meeting_stays BEFORE UPDATE OR DELETE ON actionplans_meeting
    FOR EACH ROW EXECUTE FUNCTION actionplans_closed_meeting_stays();
CREATE TRIGGER minutes_stay BEFORE INSERT OR UPDATE OR DELETE ON actionplans_meetingitem
    FOR EACH ROW EXECUTE FUNCTION actionplans_minutes_stay();
CREATE TRIGGER attendance_stays BEFORE INSERT OR UPDATE OR DELETE ON actionplans_meeting_present
    FOR EACH ROW EXECUTE FUNCTION actionplans_minutes_stay();
CREATE TRIGGER log_history_is_added_to BEFORE UPDATE OR DELETE ON actionplans_logchange
    FOR EACH ROW EXECUTE FUNCTION actionplans_log_history_is_added_to();
"""
LET_GO = """
DROP TRIGGER closed_meeting_stays ON actionplans_meeting;
DROP TRIGGER minutes_stay ON actionplans_meetingitem;
DROP TRIGGER attendance_stays ON actionplans_meeting_present;
DROP TRIGGER log_history_is_added_to ON actionplans_logchange;
DROP FUNCTION actionplans_closed_meeting_stays();
DROP FUNCTION actionplans_minutes_stay();
DROP FUNCTION actionplans_log_history_is_added_to();
DROP FUNCTION actionplans_refuse_if_closed(bigint);
"""


class Migration(migrations.Migration):
    replaces = [
        ("actionplans", "0006_meetings_and_their_logs"),
    ]
    dependencies = [
        ("actionplans", "0002_on_the_action_itself"),
    ]

    operations = [
        migrations.RunSQL(STAY, LET_GO),
    ]
