"""Row policies for tables of which a row is one part of a record: an organisation that was given other parts alone
finds none of its rows.

`reporting.limits` says how the array on a report is written. Other scopes have no organisation, so for them nothing is
limited.
"""

from django.db.migrations.operations import RunSQL

ASKER = "coalesce(current_setting('llr.org', true), '')"


def through_with_part(part: str, *, foreign_key: str = "report_id") -> str:
    """The rows of reports that exist for the asker and of which they were given this part."""
    return (
        f"EXISTS (SELECT 1 FROM reporting_report parent WHERE parent.id = {foreign_key} AND "
        f"(parent.limited_to IS NULL OR NOT parent.limited_to @> ARRAY[{ASKER} || ':']::varchar[] "
        f"OR parent.limited_to @> ARRAY[{ASKER} || ':{part}']::varchar[]))"
    )


def only_with_part(table: str, part: str, *, before: str) -> RunSQL:
    """Narrows who reads `table`, whose rule for reading is `before`, to those who were given the part."""
    rule = f"({before}) AND {through_with_part(part)}"
    return RunSQL(
        sql=f"ALTER POLICY {table}_read ON {table} USING ({rule});",
        reverse_sql=f"ALTER POLICY {table}_read ON {table} USING ({before});",
    )
