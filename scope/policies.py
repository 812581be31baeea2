"""Row policies as migration operations: each table's policy is one line in the migration that made the table.

The patterns are the ones that stayed flat from 25 to a million rows: an array of organisations on the row under
a GIN index for tables that staff list, and the parent's own policy (asked through a sub-select by primary key)
for tables that hang on a row.
"""

from collections.abc import Sequence

from django.db.migrations.operations import RunSQL

KIND = "current_setting('llr.scope', true)"
# After a scoped transaction a setting is '' and not NULL: nullif keeps the cast from failing.
ORGANISATION = "nullif(current_setting('llr.org', true), '')::int"
REPORT = "nullif(current_setting('llr.report', true), '')::uuid"
USER = "nullif(current_setting('llr.user', true), '')::int"
RECEIPT = "decode(nullif(current_setting('llr.receipt', true), ''), 'hex')"

SMALLEST_ID = "'00000000-0000-0000-0000-000000000000'::uuid"


def only_in(kind: str, value: str) -> str:
    """`value` in scopes of this kind, nothing in others.

    A policy's arms are joined by OR, and one arm without an index would make PostgreSQL read the whole table for
    every list. So each arm compares an indexed column with what this gives: the planner looks it up in each index,
    and an arm of another scope compares with nothing and costs nothing.
    """
    return f"(CASE WHEN {KIND} = '{kind}' THEN {value} END)"


BY_ORGANISATION = f"(visible_to @> {only_in('staff', f'ARRAY[{ORGANISATION}]')})"
BY_WORKER = f"(id >= {only_in('worker', SMALLEST_ID)})"
BY_COUNTING = f"(id >= {only_in('counting', SMALLEST_ID)})"

# Joined by AND, so that the index of the arms is used all the same; for nearly every row nobody is barred, and nothing
# is compared.
NOT_A_BARRED_PERSON = f"(barred_people IS NULL OR NOT barred_people @> ARRAY[{only_in('staff', USER)}])"


def protect(table: str, *, read: str, write: str | None = None) -> RunSQL:
    """Turns row-level security on for `table`, for its owner too: `read` says which rows exist for SELECT,
    `write` (default: `read`) which may be inserted, changed or deleted."""
    write = write or read
    on = f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
    policies = [
        f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({read});",
        f"CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK ({write});",
        f"CREATE POLICY {table}_change ON {table} FOR UPDATE USING ({write}) WITH CHECK ({write});",
        f"CREATE POLICY {table}_remove ON {table} FOR DELETE USING ({BY_WORKER});",
    ]
    off = [f"DROP POLICY {table}_{act} ON {table};" for act in ("read", "add", "change", "remove")]
    off.append(
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
    )
    return RunSQL(sql="\n".join([on, *policies]), reverse_sql="\n".join(off))


def through(parent: str, foreign_key: str) -> str:
    """The rows whose parent exists for the asker: the parent's own policy decides."""
    return f"EXISTS (SELECT 1 FROM {parent} parent WHERE parent.id = {foreign_key})"


def keep_barred_people_out(table: str, *, rows: str) -> RunSQL:
    """Narrows the policy of a table that has a `barred_people`, whose rule is `rows`: to a member of staff whom it
    names the row does not exist, whatever their organisation may see."""

    def ruled_by(rule: str) -> str:
        return (
            f"ALTER POLICY {table}_read ON {table} USING ({rule});"
            f"ALTER POLICY {table}_add ON {table} WITH CHECK ({may_write(rule)});"
            f"ALTER POLICY {table}_change ON {table} USING ({may_write(rule)}) WITH CHECK ({may_write(rule)});"
        )

    return RunSQL(sql=ruled_by(f"({rows}) AND {NOT_A_BARRED_PERSON}"), reverse_sql=ruled_by(rows))


def may_write(rows: str) -> str:
    """The same rows, but not for figures: counting changes nothing."""
    return f"({rows}) AND {KIND} IN ('staff', 'public', 'worker')"


def ask_once(parent: str, tables: Sequence[str], foreign_key: str) -> RunSQL:
    """Has new rows of `tables` checked through a function that asks for the parent.

    The rule stays `through`'s. But as text in a policy PostgreSQL plans it again for each added row, which takes
    longer than adding it; a session plans what stands in a function once. Reading keeps the text, because a function
    would hide the index from the planner. The function runs as who calls it, so the parent's own policy decides.
    """
    function = f"{parent}_is_there"
    make = (
        f"CREATE FUNCTION {function}(asked uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$ BEGIN "
        f"RETURN EXISTS (SELECT 1 FROM {parent} parent WHERE parent.id = asked); END $$;"
    )

    def checked_by(rule: str) -> str:
        return "\n".join(
            f"ALTER POLICY {table}_add ON {table} WITH CHECK ({may_write(rule)});" for table in tables
        )

    return RunSQL(
        sql=f"{make}\n{checked_by(f'{function}({foreign_key})')}",
        reverse_sql=f"{checked_by(through(parent, foreign_key))}\nDROP FUNCTION {function}(uuid);",
    )
