"""A run as a table on the terminal, as JSON, and as a page in docs."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.verdicts import Row

HEADINGS = ("request", "bare ms", "ms", "p95", "× bare", "ms", "p95", "× bare", "flat", "SQL", "aim")


def table(rows: Sequence[Row], *, few: int, many: int) -> str:
    """The rows in columns; a missed aim is marked with !!."""
    lines = [HEADINGS, *(cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    over = " " * (widths[0] + widths[1] + 4) + f"|- at {few} reports" + f"   |- at {many:,} reports"
    return "\n".join([over, *(_aligned(line, widths) for line in lines)])


def cells(row: Row) -> tuple[str, ...]:
    verdict = f"!! {', '.join(row.missed)}" if row.missed else "met" if row.aims else ""
    return (
        row.name,
        f"{row.bare_ms:.2f}",
        f"{row.few_ms:.2f}",
        f"{row.few_p95:.2f}",
        f"{row.few_ms / row.bare_ms:.2f}",
        f"{row.many_ms:.2f}",
        f"{row.many_p95:.2f}",
        f"{row.times_bare:.2f}",
        f"{row.times_few:.2f}",
        "" if row.statements is None else str(row.statements),
        verdict,
    )


def _aligned(line: Iterable[str], widths: Sequence[int]) -> str:
    first, *rest, last = zip(line, widths, strict=True)
    middle = "  ".join(text.rjust(width) for text, width in rest)
    return f"{first[0].ljust(first[1])}  {middle}  {last[0]}".rstrip()


def write_json(path: Path, facts: Mapping[str, Any], rows: Sequence[Row]) -> None:
    path.parent.mkdir(exist_ok=True)
    rounded = [
        {key: round(value, 3) if isinstance(value, float) else value for key, value in row.as_dict().items()}
        for row in rows
    ]
    path.write_text(json.dumps({**facts, "rows": rounded}, indent=1, ensure_ascii=False) + "\n")


def page(facts: Mapping[str, Any], rows: Sequence[Row]) -> str:
    """docs/SPEED.md, or that of another size: the last whole run, in words that say how to read it."""
    few, many = facts["few"], facts["many"]
    head = (
        "| request | bare | "
        f"{few} reports | × bare | {many:,} reports | p95 | × bare | {many:,} ÷ {few} | SQL | aim |"
    )
    lines = [head, "|---|" + "--:|" * 8 + "---|"]
    for row in rows:
        name, bare, few_ms, _few_p95, few_times, many_ms, p95, times, flat, sql, verdict = cells(row)
        mark = f"**missed:** {', '.join(row.missed)}" if row.missed else verdict
        told = (name, bare, few_ms, few_times, many_ms, p95, times, flat, sql, mark)
        lines.append(f"| {' | '.join(told)} |")
    return TEXT.format(
        table="\n".join(lines), few=few, many=many, machine=machine_in_words(facts), **_floor(facts)
    )


def _floor(facts: Mapping[str, Any]) -> dict[str, str]:
    return {f"bare_{name.split()[1].lower()}": f"{ms:.2f}" for name, ms in facts["floor"].items()}


def machine_in_words(facts: Mapping[str, Any]) -> str:
    machine = facts["machine"]
    return (
        f"{facts['date']}, commit {facts['commit']}, {machine['system']}, {machine['cores']} cores,"
        f" Python {machine['python']}, PostgreSQL {machine['postgresql']}, load {machine['load_before']} before and"
        f" {machine['load_after']} after; {facts['rounds']} rounds"
    )


TEXT = """# Speed

Written by `./scripts/bench`; do not edit. Medians in milliseconds, as a client on the same machine sees them.
Every portal request is measured beside a bare one in the same run: same PostgreSQL, same server and settings
(granian, one process with four threads), same client. The bare floor is an unmodified `startproject`
(`bench/floor`): a form of 14 hand-written inputs by GET ({bare_get} ms), a POST that inserts a row and redirects
({bare_post} ms), one indexed list of 25 of 20,000 rows ({bare_list} ms), and the page of one record with its two
related rows and a history of twelve with author and organisation ({bare_record} ms), without signing in, row-level
security, sealed words or trail. Compare within a table only: another machine, or a busy one, gives other times.

Sending a report adds seven rows and removes one, in one transaction. A bare POST that does as much, one row after the
other and nothing sealed, takes {bare_writing} ms.

Aims: a request of the journey takes at most 2 × the bare one of its kind, and no longer with {many:,} reports than
with {few} (within 1.25 ×); the queue at most 3 × the bare list with at most 12 statements, the page of a case at most
4 × the bare record with at most 20, both as flat; the PDF less than a second. SQL counts what a page sends, savepoints
and the lines that set the scope included, BEGIN and COMMIT not.

{machine}.

{table}

## Elsewhere

The same with a million reports: [SPEED-1000000.md](SPEED-1000000.md), written by `./scripts/bench --reports 1000000`.

How quick the pages of the plans are with 200 plans, 10,000 actions and 500,000 updates, beside the same bare pages:
[proofs/plans.md](proofs/plans.md), written by `./scripts/prove plans`.
"""
