"""A million reports of twenty thousand: rows are copied inside the database, each copy under an id of its own.

What is sealed is copied as it is and opens in no copy, because it is bound to the row that it was sealed for: nothing
that is measured opens one. Triggers don't run, so what they keep is copied too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bench import servers

BASE = 20_000
# For the copy number {n} of a row: an id that every table finds again by itself.
ID = "md5({column}::text || '-' || n)::uuid"
# The real ones have no 0; in a copy it comes first.
REFERENCE = (
    "regexp_replace(lpad(upper(to_hex(number * {copies} + n)), 8, '0'), '(....)(....)', 'LLR-\\1-\\2')"
)
LATER = "{column} - n * interval '7 minutes'"
# The reports to copy, numbered; not the one whose case is looked at.
FIRST = """
CREATE TEMP TABLE base ON COMMIT DROP AS
SELECT report.id, report.data_key_id, link.case_id, row_number() OVER () AS number
FROM reporting_report report LEFT JOIN casework_casereport link ON link.report_id = report.id
WHERE NOT EXISTS (SELECT 1 FROM casework_caseevent event WHERE event.case_id = link.case_id);
ANALYZE base;
"""
# What a case of today would have beside what is copied: that it was opened, read and closed.
AND_EVENTS = """
INSERT INTO casework_caseevent (id, case_id, number, at, act, organisation_id, facts)
SELECT md5(made.id::text || act)::uuid, made.id, place, coalesce(made.closed_at, made.opened_at), act,
  made.lead_organisation_id, '{}'
FROM casework_case made CROSS JOIN (VALUES ('open', 1), ('close', 2)) acts (act, place)
WHERE NOT EXISTS (SELECT 1 FROM casework_caseevent event WHERE event.case_id = made.id);
INSERT INTO reporting_reportaccess (id, report_id, organisation_id, user_id, role_name, day)
SELECT md5(link.report_id::text || 'read')::uuid, link.report_id, made.lead_organisation_id,
  (SELECT min(id) FROM partners_user), 'Officer', made.opened_at::date
FROM casework_case made JOIN casework_casereport link ON link.case_id = made.id
ON CONFLICT DO NOTHING;
"""


@dataclass(frozen=True)
class Table:
    """A table whose rows are copied, which of its columns is the key of `base`, and what changes in a copy."""

    name: str
    key: str
    of_base: str
    changes: Mapping[str, str] = field(default_factory=dict)


TABLES = (
    Table("vault_datakey", "id", "data_key_id", {"id": ID}),
    Table(
        "reporting_report",
        "id",
        "id",
        {"id": ID, "data_key_id": ID, "idempotency_key": ID, "reference": REFERENCE, "received_at": LATER},
    ),
    Table("reporting_reportgrant", "report_id", "id", {"id": ID, "report_id": ID}),
    Table("casework_case", "id", "case_id", {"id": ID, "reference": REFERENCE, "opened_at": LATER}),
    Table("casework_casereport", "case_id", "case_id", {"id": ID, "case_id": ID, "report_id": ID}),
)
WRITTEN = [*(table.name for table in TABLES), "casework_caseevent", "reporting_reportaccess"]
# Indexes are made anew afterwards: row by row, a million random ids take ten times as long.
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY('{{{tables}}}'::regclass[]) AND NOT indisunique
"""
COLUMNS = """
SELECT array_agg(quote_ident(attname)::text ORDER BY attnum) FROM pg_attribute
WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""


def multiply(env: Mapping[str, str], *, to: int) -> None:
    """Makes of the reports that there are as many as asked for, to the next lower multiple; as the owner, in one
    transaction."""
    copies = to // BASE - 1
    if copies < 1:
        return
    indexes = servers.run_sql(env, INDEXES.format(tables=",".join(WRITTEN)))
    steps = [*(_unguarded(name) for name in WRITTEN), FIRST]
    steps += [f"DROP INDEX {name}" for name, _definition in indexes]
    steps += [_copied(table, _columns(env, table.name), copies) for table in TABLES]
    steps += [AND_EVENTS, *(str(definition) for _name, definition in indexes)]
    steps += [_guarded(name) for name in WRITTEN]
    settings = (
        "SET LOCAL work_mem = '64MB'; SET LOCAL maintenance_work_mem = '256MB'; SET CONSTRAINTS ALL IMMEDIATE"
    )
    servers.run_sql(env, f"BEGIN; {settings}; {';'.join(steps)}; COMMIT")


def _columns(env: Mapping[str, str], table: str) -> list[str]:
    ((columns,),) = servers.run_sql(env, COLUMNS.format(table=table))
    assert isinstance(columns, list)
    return columns


def _copied(table: Table, columns: list[str], copies: int) -> str:
    values = [
        table.changes.get(column, "{column}").format(column=f"mine.{column}", copies=copies + 1)
        for column in columns
    ]
    return (
        f"INSERT INTO {table.name} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table.name} mine"
        f" JOIN base ON base.{table.of_base} = mine.{table.key} CROSS JOIN generate_series(1, {copies}) n"
    )


def _unguarded(table: str) -> str:
    return f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE TRIGGER USER"


def _guarded(table: str) -> str:
    return f"ALTER TABLE {table} ENABLE TRIGGER USER; ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
