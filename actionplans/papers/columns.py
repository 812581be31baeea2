"""The columns of a plan on paper: their headings, what stands under each, and what else they are called."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from documents.grids.cells import folded
from partners.data import installed

FILE = "papers.toml"


@dataclass(frozen=True)
class Column:
    """One column. `hint` is what the template says under its heading; `share` its part of the width in Word."""

    key: str
    heading: str
    hint: str
    share: float = 1.0


COLUMNS = (
    Column("ref", "Ref", "C1: short, and once only", 0.6),
    Column("priority", "Priority", "The plan's priority that it belongs to", 1.4),
    Column("title", "Action", "What will be done, up to 250 letters", 3.0),
    Column("lead", "Lead", "One organisation, such as Blaby or Police", 1.3),
    Column("supporting", "Supporting", "Organisations, or All councils; separate with ;", 2.0),
    Column("supporting_text", "Also supporting", "Those that are no organisation here", 1.5),
    Column("importance", "Importance", "High or medium", 0.9),
    Column("starts", "Starts", "01/04/2026, or April 2026 for its first day", 0.9),
    Column("due", "Due", "31/03/2027, or March 2027 for its last day", 0.9),
    Column("course", "Runs", "Empty, or Ongoing, or Deferred", 0.8),
    Column("milestones", "Milestones", "One a line: • What (by 30 June 2026; done 12 June 2026)", 3.0),
    Column("measure", "Measure", "What is counted, in words", 2.5),
    Column("unit", "Unit", "Such as schools, or % of staff", 1.3),
    Column("baseline", "Baseline", "A number, or Not known", 0.9),
    Column("target", "Target", "A number; empty if none is agreed", 0.9),
    Column("better", "Better when", "Higher or lower", 0.9),
    Column("counted_by", "Counted by", "Empty for one figure, or Partner, or District", 1.0),
    Column("total", "Made up as", "Sum, Average or One figure", 1.0),
    Column("source", "Source", "Where the figure comes from", 1.6),
    Column("note", "Note on the measure", "Who does not count, and such", 1.6),
    Column("indicator", "Counted by the portal", "Leave empty, unless an export filled it in", 1.4),
    Column("trajectory", "Expected by", "One a line: 31 March 2027: 40", 1.4),
    Column("strands", "Strands", "All, or those it is about", 1.4),
    Column("areas", "Areas", "All, or those it is about", 1.4),
    Column("why", "Why", "Why it matters", 3.0),
    Column("good", "Good looks like", "How one will know", 3.0),
    Column("decision", "Decision needed", "What the Senior Officer Group is asked", 2.0),
    Column("blocked_by", "Waits for", "Refs of other actions; separate with ;", 1.0),
    Column("blocked_by_text", "Waits for, in words", "What else it waits for", 1.5),
    Column("public", "Public", "Yes or no: may the public page show it", 0.8),
)
BY_KEY: Mapping[str, Column] = {column.key: column for column in COLUMNS}
# Without these a table is none of actions.
NEEDED = ("title", "lead", "due")


def heading_of(key: str) -> str:
    """A column's heading in our own files."""
    return BY_KEY[key].heading


def words() -> dict[str, Any]:
    """The partnership's own words for headings, organisations, areas and strands."""
    return installed(FILE)


def known_headings() -> dict[str, str]:
    """The column behind each heading, as it is compared."""
    known = {folded(also): key for key, others in words()["headings"].items() for also in others}
    return known | {folded(column.heading): column.key for column in COLUMNS}


def told_apart() -> frozenset[str]:
    """Headings that are known, and whose columns are not brought in."""
    return frozenset(folded(each) for each in words()["told_apart"]["words"])


def column_named(heading: str, known: Mapping[str, str]) -> str:
    """The key of the column with this heading, "" for none; what stands in brackets may be left out."""
    return known.get(folded(heading)) or known.get(folded(heading.partition("(")[0]), "")
