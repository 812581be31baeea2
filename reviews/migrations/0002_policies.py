"""Who finds which items, and what keeps them in step with the cases they are about."""

from django.db import migrations

from scope.policies import (
    BY_COUNTING,
    BY_ORGANISATION,
    BY_WORKER,
    NOT_A_BARRED_PERSON,
    may_write,
    protect,
    through,
)

ITEMS = f"({BY_ORGANISATION} OR {BY_WORKER} OR {BY_COUNTING}) AND {NOT_A_BARRED_PERSON}"
OF_AN_ITEM = through("reviews_jagitem", "item_id")
OF_A_CASE = through("casework_case", "case_id")
# Which case is in an item says who somebody is: only to those who see the case.
OF_ITEM_AND_CASE = f"({OF_AN_ITEM}) AND ({OF_A_CASE})"
OF_BOTH_CASES = f"({through('casework_case', 'one_id')}) AND ({through('casework_case', 'other_id')})"

# An item is seen by the district's council, the police, who works on one of its cases and who has something to do about
# it, without those that any of its reports bars.
RECOMPUTE = """
CREATE FUNCTION reviews_keep_in_step(the_item uuid) RETURNS void LANGUAGE sql AS $$
    WITH report AS (
        SELECT link.report_id AS id
        FROM reviews_jagcase part JOIN casework_casereport link ON link.case_id = part.case_id
        WHERE part.item_id = the_item
    ), barred AS (
        SELECT bar.organisation_id AS organisation
        FROM reporting_reportbar bar JOIN report ON report.id = bar.report_id
        WHERE bar.organisation_id IS NOT NULL
        UNION
        SELECT bar.organisation_id
        FROM reporting_conflictbar bar JOIN report ON report.id = bar.report_id
        WHERE bar.organisation_id IS NOT NULL AND bar.lifted_at IS NULL
    ), working AS (
        SELECT DISTINCT organisation
        FROM reviews_jagcase part JOIN casework_case of_it ON of_it.id = part.case_id
        CROSS JOIN unnest(of_it.visible_to) organisation
        WHERE part.item_id = the_item
        EXCEPT SELECT organisation FROM barred
    ), seeing AS (
        (SELECT council_id AS organisation FROM reviews_jagitem WHERE id = the_item
         UNION SELECT id FROM partners_organisation WHERE kind = 'police'
         UNION SELECT organisation_id FROM reviews_jagaction WHERE item_id = the_item)
        EXCEPT SELECT organisation FROM barred
        UNION SELECT organisation FROM working
    )
    UPDATE reviews_jagitem SET
        visible_to = (SELECT coalesce(array_agg(organisation ORDER BY organisation), '{}') FROM seeing),
        works_on = (SELECT coalesce(array_agg(organisation ORDER BY organisation), '{}') FROM working),
        barred_people = (
            SELECT array_agg(DISTINCT person ORDER BY person)
            FROM reviews_jagcase part JOIN casework_case of_it ON of_it.id = part.case_id
            CROSS JOIN unnest(of_it.barred_people) person
            WHERE part.item_id = the_item)
    WHERE id = the_item
$$;
"""

# Whoever changes a case need not see its item: for these lines, and no longer, the worker asks.
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

CASE_SEEN_BY_OTHERS = (
    "CREATE FUNCTION reviews_case_seen_by_others()"
    + AS_WORKER % "PERFORM reviews_keep_in_step(item_id) FROM reviews_jagcase WHERE case_id = NEW.id;"
    + "CREATE TRIGGER reviews_case_seen_by_others AFTER UPDATE OF visible_to, barred_people ON casework_case"
    " FOR EACH ROW EXECUTE FUNCTION reviews_case_seen_by_others();"
)
ITEM_GREW = (
    "CREATE FUNCTION reviews_item_grew()"
    + AS_WORKER % "PERFORM reviews_keep_in_step(NEW.item_id);"
    + "CREATE TRIGGER reviews_item_grew AFTER INSERT ON reviews_jagcase"
    " FOR EACH ROW EXECUTE FUNCTION reviews_item_grew();"
    "CREATE TRIGGER reviews_item_given AFTER INSERT ON reviews_jagaction"
    " FOR EACH ROW EXECUTE FUNCTION reviews_item_grew();"
)
# Whoever is barred later, and a barred report that joins a case, even where nobody's sight of the case changes.
BARRED_LATER = (
    "CREATE FUNCTION reviews_report_barred()"
    + AS_WORKER
    % """
    PERFORM reviews_keep_in_step(part.item_id) FROM reviews_jagcase part
    JOIN casework_casereport link ON link.case_id = part.case_id WHERE link.report_id = NEW.report_id;
    """
    + "CREATE TRIGGER reviews_report_barred AFTER INSERT ON reporting_reportbar"
    " FOR EACH ROW EXECUTE FUNCTION reviews_report_barred();"
    "CREATE TRIGGER reviews_conflict_barred AFTER INSERT OR UPDATE ON reporting_conflictbar"
    " FOR EACH ROW EXECUTE FUNCTION reviews_report_barred();"
    "CREATE TRIGGER reviews_report_joined AFTER INSERT ON casework_casereport"
    " FOR EACH ROW EXECUTE FUNCTION reviews_report_barred();"
)
# What is erased below is erased here, in the same transaction: nobody can tell which of the words are about it.
REPORT_ERASED = (
    "CREATE FUNCTION reviews_report_erased()"
    + AS_WORKER
    % """
    UPDATE reviews_jagincident SET month = NULL, strands = '{}', place_kind = '' WHERE case_id IN (
        SELECT case_id FROM casework_casereport WHERE report_id = NEW.id);
    UPDATE reviews_jagdecision SET why = NULL WHERE item_id IN (
        SELECT part.item_id FROM reviews_jagcase part
        JOIN casework_casereport link ON link.case_id = part.case_id WHERE link.report_id = NEW.id);
    UPDATE reviews_jagaction SET what = NULL, what_was_done = NULL WHERE item_id IN (
        SELECT part.item_id FROM reviews_jagcase part
        JOIN casework_casereport link ON link.case_id = part.case_id WHERE link.report_id = NEW.id);
    UPDATE reviews_casereviewrequest SET why = NULL, decision = NULL, recommendations = NULL, appeal = NULL,
        answer = NULL
    WHERE case_id IN (SELECT case_id FROM casework_casereport WHERE report_id = NEW.id);
    """
    + "CREATE TRIGGER reviews_report_erased AFTER UPDATE OF erased_at ON reporting_report"
    " FOR EACH ROW WHEN (NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL)"
    " EXECUTE FUNCTION reviews_report_erased();"
)

UNDO = """
DROP TRIGGER reviews_report_joined ON casework_casereport;
DROP TRIGGER reviews_conflict_barred ON reporting_conflictbar;
DROP TRIGGER reviews_report_barred ON reporting_reportbar;
DROP FUNCTION reviews_report_barred();
DROP TRIGGER reviews_report_erased ON reporting_report;
DROP TRIGGER reviews_item_given ON reviews_jagaction;
DROP TRIGGER reviews_item_grew ON reviews_jagcase;
DROP TRIGGER reviews_case_seen_by_others ON casework_case;
DROP FUNCTION reviews_report_erased();
DROP FUNCTION reviews_item_grew();
DROP FUNCTION reviews_case_seen_by_others();
DROP FUNCTION reviews_keep_in_step(uuid);
"""


class Migration(migrations.Migration):
    replaces = [
        ("reviews", "0002_row_level_security"),
    ]
    dependencies = [
        ("reviews", "0001_tables"),
        ("casework", "0005_clocks_of_open_cases"),
    ]

    operations = [
        protect("reviews_jagitem", read=ITEMS, write=may_write(ITEMS)),
        protect("reviews_jagcase", read=OF_ITEM_AND_CASE, write=may_write(OF_ITEM_AND_CASE)),
        protect("reviews_jagincident", read=OF_AN_ITEM, write=may_write(OF_AN_ITEM)),
        protect("reviews_jagdecision", read=OF_AN_ITEM, write=may_write(OF_AN_ITEM)),
        protect("reviews_jagaction", read=OF_AN_ITEM, write=may_write(OF_AN_ITEM)),
        protect("reviews_sameplace", read=OF_BOTH_CASES, write=may_write(OF_BOTH_CASES)),
        protect("reviews_casereviewrequest", read=OF_A_CASE, write=may_write(OF_A_CASE)),
        migrations.RunSQL(RECOMPUTE + CASE_SEEN_BY_OTHERS + ITEM_GREW + BARRED_LATER + REPORT_ERASED, UNDO),
    ]
