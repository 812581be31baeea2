"""What rests on an organisation's sight of a case ends with it."""

from django.db import migrations

# What rests on an organisation's sight of a case ends with it, in the same transaction, whichever door that went
# through: the person takes a permission back or names somebody who must not see it in a room that knows of no cases.
# Acts that end a share by themselves have said why before, and are not overwritten. Whoever causes it need not see the
# case, so for these lines the worker asks. The moment is the one that stands on the grant or the bar: the portal's
# clock, not the database's.
END = """
CREATE FUNCTION casework_end_sight(the_case uuid, gone int, ends_referrals boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    the_moment timestamptz;
    why text := CASE WHEN coalesce(current_setting('llr.report', true), '') <> ''
        OR coalesce(current_setting('llr.receipt', true), '') <> '' THEN 'taken_back' ELSE 'no_sight' END;
    ended int;
    called_off int := 0;
BEGIN
    SELECT coalesce(max(said.at), now()) INTO the_moment FROM (
        SELECT it.withdrawn_at AS at FROM reporting_reportgrant it
        JOIN casework_casereport link ON link.report_id = it.report_id
        WHERE link.case_id = the_case AND it.organisation_id = gone
        UNION ALL
        SELECT bar.barred_at FROM reporting_reportbar bar
        JOIN casework_casereport link ON link.report_id = bar.report_id
        WHERE link.case_id = the_case AND bar.organisation_id = gone
    ) said;
    UPDATE casework_share SET ended_at = the_moment, ended_why = why
        WHERE case_id = the_case AND organisation_id = gone AND ended_at IS NULL;
    GET DIAGNOSTICS ended = ROW_COUNT;
    IF ends_referrals THEN
        UPDATE casework_referral SET state = 'withdrawn', ended_at = the_moment
            WHERE case_id = the_case AND organisation_id = gone AND state IN ('asked', 'accepted');
        GET DIAGNOSTICS called_off = ROW_COUNT;
        UPDATE reporting_helpasked SET stands = 'withdrawn', changed_on = (the_moment AT TIME ZONE 'Europe/London')::date
            WHERE organisation_id = gone AND stands IN ('asked', 'accepted')
            AND report_id IN (SELECT report_id FROM casework_casereport WHERE case_id = the_case);
        UPDATE reporting_reportgrant SET withdrawn_at = the_moment
            WHERE organisation_id = gone AND basis = 'shared' AND withdrawn_at IS NULL
            AND report_id IN (SELECT report_id FROM casework_casereport WHERE case_id = the_case);
    END IF;
    IF ended + called_off > 0 THEN
        INSERT INTO casework_caseevent (id, case_id, number, at, act, facts)
        SELECT gen_random_uuid(), the_case,
            (SELECT count(*) + 1 FROM casework_caseevent WHERE case_id = the_case), the_moment, 'sight_ended',
            jsonb_build_object('with', organisation.code, 'why', why)
        FROM partners_organisation organisation WHERE organisation.id = gone;
    END IF;
END $$;
"""
AS_WORKER = """
RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asker text := coalesce(current_setting('llr.scope', true), '');
BEGIN
    PERFORM set_config('llr.scope', 'worker', true);
    %s
    PERFORM set_config('llr.scope', asker, true);
    RETURN NULL;
END $$;
"""
CASE_NOT_SEEN = (
    "CREATE FUNCTION casework_case_not_seen()"
    + AS_WORKER
    % (
        "PERFORM casework_end_sight(NEW.id, gone, true) FROM ("
        "SELECT unnest(OLD.visible_to) EXCEPT SELECT unnest(NEW.visible_to)) lost(gone);"
    )
    + "CREATE TRIGGER casework_case_not_seen AFTER UPDATE OF visible_to ON casework_case FOR EACH ROW"
    " WHEN (NOT OLD.visible_to <@ NEW.visible_to) EXECUTE FUNCTION casework_case_not_seen();"
)
# An organisation that still sees the case on another ground: only what was shared with it ends, and not while another
# report of the case is shared with it.
SHARE_TAKEN_BACK = (
    "CREATE FUNCTION casework_share_taken_back()"
    + AS_WORKER
    % (
        "PERFORM casework_end_sight(case_id, NEW.organisation_id::int, false) FROM casework_casereport"
        " link WHERE link.report_id = NEW.report_id AND NOT EXISTS ("
        "SELECT 1 FROM reporting_reportgrant still JOIN casework_casereport other ON other.report_id = still.report_id"
        " WHERE other.case_id = link.case_id AND still.organisation_id = NEW.organisation_id"
        " AND still.basis = 'shared' AND still.withdrawn_at IS NULL);"
    )
    + "CREATE TRIGGER casework_share_taken_back AFTER UPDATE OF withdrawn_at ON reporting_reportgrant FOR EACH ROW"
    " WHEN (NEW.basis = 'shared' AND OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL)"
    " EXECUTE FUNCTION casework_share_taken_back();"
)
UNDO = """
DROP TRIGGER casework_share_taken_back ON reporting_reportgrant;
DROP TRIGGER casework_case_not_seen ON casework_case;
DROP FUNCTION casework_share_taken_back();
DROP FUNCTION casework_case_not_seen();
DROP FUNCTION casework_end_sight(uuid, int, boolean);
"""


class Migration(migrations.Migration):
    replaces = [
        ("casework", "0023_shares_end_with_sight"),
    ]
    dependencies = [
        ("casework", "0003_kept_in_step"),
    ]

    operations = [
        migrations.RunSQL(sql=END + CASE_NOT_SEEN + SHARE_TAKEN_BACK, reverse_sql=UNDO),
    ]
