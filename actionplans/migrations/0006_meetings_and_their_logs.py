"""Logs with their history, agendas that are written by two at once, and minutes that stay as they are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

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
    dependencies = [
        ("actionplans", "0005_counts_of_the_portal_and_why_things_were_taken_back"),
        ("partners", "0009_second_factors_bound_to_their_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LogChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("done", "Done"),
                            ("dropped", "Dropped"),
                            ("due_moved", "Due date moved"),
                            ("reopened", "Opened again"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
                ("due_before", models.DateField(null=True)),
                ("due_after", models.DateField(null=True)),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.AddField(
            model_name="logentry",
            name="sending",
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="meeting",
            name="others_present",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="meetingitem",
            name="entry",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="discussed",
                to="actionplans.logentry",
            ),
        ),
        migrations.AddField(
            model_name="meetingitem",
            name="version",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="logentry",
            index=models.Index(fields=["organisation", "state"], name="log_of_an_organisation"),
        ),
        migrations.AddField(
            model_name="logchange",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="logchange",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="actionplans.logentry"
            ),
        ),
        migrations.AddConstraint(
            model_name="logchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("act", "due_moved"), ("due_after__isnull", False), ("due_before__isnull", False)
                    ),
                    models.Q(
                        models.Q(("act", "due_moved"), _negated=True),
                        ("due_after", None),
                        ("due_before", None),
                    ),
                    _connector="OR",
                ),
                name="moved_due_date_has_both_days",
            ),
        ),
        migrations.RunSQL(STAY, LET_GO),
    ]
