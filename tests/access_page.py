"""docs/ACCESS.md: the access matrix as a page that an auditor can read. Run it to write the page again."""

from collections.abc import Iterator
from pathlib import Path

from partners.roles import ROLES
from tests.access_matrix import ALL, LETTERS, LOGIN, MATRIX, RELATIONS, SECOND_STEP, Row

PAGE = Path(__file__).resolve().parent.parent / "docs/ACCESS.md"
INTRODUCTION = """\
# Who may open what

Every address of the portal, and what each of the {roles} roles gets from it. The tests ask for every address, by
GET and by POST, as somebody in each role, signed out, signed in without the second step, and suspended; where an
address names a record, also for a record of each kind below. An address that is missing here, or an answer that
is not the one here, fails the tests. `./scripts/print-access` writes this page from the table that the tests use
(`tests/access_matrix.py`).

## Rules without an exception

- What a role may not open looks like what does not exist: 404.
- Pages for staff lead to signing in when nobody is signed in or the account is suspended, and to setting up the
  second step when somebody came with a password alone.
- Only GET, HEAD and POST are answered; everything else is refused (405) before anything is looked at.
- Every form that is sent must carry its token, but for Exit this page (`leave/`).

## Whose record it is

| record | meaning |
|---|---|
| own | the person's own organisation works on it, or works with it |
| shared | another organisation's, which let this one see it |
| foreign | another organisation's |
| barred | the reporter said that this organisation must not see it, though it would read reports from there |
"""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION.format(roles=number(len(LETTERS))), *roles(), *pages()]) + "\n"


def number(count: int) -> str:
    return {16: "sixteen"}.get(count, str(count))


def roles() -> Iterator[str]:
    yield "## Roles\n"
    yield "| | role | what it is for | opens |\n|---|---|---|---|"
    for letter, code in LETTERS.items():
        role = ROLES[code]
        opens = sum(letter in row.everybody_in for row in MATRIX if row.others)
        yield f"| {letter} | {role.name} | {role.description} | {opens} staff addresses |"
    yield ""


def pages() -> Iterator[str]:
    yield from table("Pages for staff, by role", "| address | roles | records | GET | POST |", for_staff())
    yield from table(
        "Pages for everybody who signed in",
        "| address | signed out | without the second step | signed in, GET | POST |",
        for_the_signed_in(),
    )
    yield from table("Pages for everybody", "| address | GET | POST |", for_everybody())


def table(heading: str, columns: str, rows: Iterator[str]) -> Iterator[str]:
    yield f"## {heading}\n"
    yield f"{columns}\n|{'---|' * (columns.count('|') - 1)}"
    yield from rows
    yield ""


def for_staff() -> Iterator[str]:
    for row in MATRIX:
        if row.others:
            for letters, records in ((row.letters, row.records), *row.also):
                who = "all" if letters == ALL else " ".join(letters)
                answers = f"{in_words(row.get)} | {in_words(row.post)}"
                yield f"| {address(row)} | {who} | {whose(row, records)} | {answers} |"


def whose(row: Row, records: frozenset[str]) -> str:
    if not row.records:
        return "–"
    return ", ".join(each for each in RELATIONS if each in records) or "none of these"


def for_the_signed_in() -> Iterator[str]:
    for row in MATRIX:
        if not row.others and (row.out or row.weak):
            out, weak = (in_words(each or row.get) for each in (row.out, row.weak))
            yield f"| {address(row)} | {out} | {weak} | {in_words(row.get)} | {in_words(row.post)} |"


def for_everybody() -> Iterator[str]:
    for row in MATRIX:
        if not (row.others or row.out or row.weak):
            yield f"| {address(row)} | {in_words(row.get)} | {in_words(row.post)} |"


def address(row: Row) -> str:
    return "`/" + row.route.replace("|", "\\|") + "`"


def in_words(answer: object) -> str:
    known = {
        200: "opens",
        302: "leads on",
        303: "leads on",
        404: "missing",
        405: "refused",
        410: "gone",
        LOGIN: "sign in",
        SECOND_STEP: "second step",
    }
    return known.get(answer, str(answer))  # type: ignore[call-overload]


if __name__ == "__main__":
    PAGE.write_text(page())
