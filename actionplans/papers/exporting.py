"""A plan as rows of a table, and as a file in each of the kinds that people work with."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from actionplans.models import Action, ActionPlan, Course, ProgressUpdate, Total
from actionplans.papers import columns
from actionplans.papers.columns import COLUMNS, heading_of
from actionplans.papers.dates import split_at_day, written
from actionplans.papers.naming import Directory, directory
from actionplans.papers.planned import PlannedAction, PlannedMilestone, as_planned, whole
from documents.definition import Cell, Column, Document, Heading, Paragraph, Table
from documents.grids.cells import plain
from documents.grids.packed import PaperKind
from documents.spreadsheet import Sheet, Value, as_csv, as_ods, as_xlsx
from documents.word import as_docx

BULLET = "• "
# In Word a wide table is unreadable: the same columns in tables of their own, each with the ref before.
WORD_TABLES = (
    (
        "Actions",
        ("ref", "priority", "title", "lead", "supporting", "supporting_text", "importance", "starts", "due", "course"),
    ),
    ("Milestones and what they wait for", ("ref", "milestones", "blocked_by", "blocked_by_text", "decision", "public")),
    (
        "Measures",
        ("ref", "measure", "unit", "baseline", "target", "better", "counted_by", "total", "source", "note"),
    ),
    ("What the portal counts, and when it should be where", ("ref", "indicator", "trajectory")),
    ("Why, and for whom", ("ref", "why", "good", "strands", "areas")),
)  # fmt: skip
# What is told in the portal: exported to be read, never brought in.
STANDING = ("Progress (%)", "Standing", "Last told", "First due", "First target", "Figure now", "Closed on")
UPDATES = ("Action", "On", "Organisation", "Done (%)", "What was said", "Next", "Risk", "How sure")


@dataclass(frozen=True)
class Row:
    """An action on paper, with how it stands today."""

    planned: PlannedAction
    standing: tuple[Value, ...]


def as_file(plan: ActionPlan, kind: PaperKind, *, today: date, notice: str) -> bytes:
    """The plan as a file of this kind; `notice` stands at its head."""
    names = directory()
    rows = [Row(as_planned(each, plan), _standing(each, plan, today)) for each in whole(plan)]
    if kind is PaperKind.DOCX:
        return as_docx(_document(plan, rows, names, today, notice), landscape=True)
    sheet = _sheet(rows, names, notice)
    if kind is PaperKind.CSV:
        return as_csv(
            sheet.headings, ([_in_words(cell) for cell in row] for row in sheet.rows), notice=notice
        )
    write = as_xlsx if kind is PaperKind.XLSX else as_ods
    return write([sheet, _updates(plan, notice)], title=plan.title)


def template(kind: PaperKind) -> bytes:
    """An empty table with the headings, and under them a line that says what each column holds."""
    heads, hints = tuple(each.heading for each in COLUMNS), tuple(each.hint for each in COLUMNS)
    if kind is PaperKind.CSV:
        return as_csv(heads, [hints])
    write = as_xlsx if kind is PaperKind.XLSX else as_ods
    return write([Sheet("Actions", heads, (hints,))], title="An action plan to bring in")


def _sheet(rows: Iterable[Row], names: Directory, notice: str) -> Sheet:
    heads = tuple(column.heading for column in COLUMNS) + STANDING
    cells = tuple(
        tuple(cell_of(column.key, row.planned, names) for column in COLUMNS) + row.standing for row in rows
    )
    return Sheet("Actions", heads, cells, notice)


def _updates(plan: ActionPlan, notice: str) -> Sheet:
    told = (
        ProgressUpdate.objects.filter(action__plan=plan)
        .select_related("action", "organisation")
        .order_by("action__order", "-as_at", "-id")
    )
    rows = tuple(
        (
            each.action.ref,
            each.as_at,
            str(each.organisation),
            each.percent_done,
            each.what_changed,
            each.next_step,
            each.risk,
            each.get_confidence_display(),
        )
        for each in told
    )
    return Sheet("Updates", UPDATES, rows, notice)


def _standing(action: Action, plan: ActionPlan, today: date) -> tuple[Value, ...]:
    action.plan = plan
    measure = getattr(action, "measure", None)
    return (
        action.percent_now,
        action.rating(today=today).rag.word,
        action.updated_on,
        action.original_due,
        measure.original_target if measure else None,
        measure.value_now if measure else None,
        action.closed_on,
    )


def _in_words(value: Value) -> str:
    if value is None:
        return ""
    return plain(value) if isinstance(value, Decimal | date) else str(value)


def _document(plan: ActionPlan, rows: list[Row], names: Directory, today: date, notice: str) -> Document:
    blocks: list[Heading | Paragraph | Table] = [Paragraph(plan.about)] if plan.about else []
    for caption, keys in WORD_TABLES:
        blocks += [Heading(caption), _word_table(caption, keys, rows, names)]
    blocks += [Heading("How they stand"), _standing_table(rows, today)]
    return Document(
        title=plan.title,
        blocks=tuple(blocks),
        period=f"{written(plan.period_start)} to {written(plan.period_end)}",
        prepared_on=today,
        notice=notice,
    )


def _word_table(caption: str, keys: tuple[str, ...], rows: Iterable[Row], names: Directory) -> Table:
    heads = tuple(Column(heading_of(key), share=columns.BY_KEY[key].share) for key in keys)
    cells = tuple(tuple(_in_words(cell_of(key, row.planned, names)) for key in keys) for row in rows)
    return Table(caption, heads, cells)


def _standing_table(rows: Iterable[Row], today: date) -> Table:
    heads = (Column(heading_of("ref"), share=0.6), *(Column(each) for each in STANDING))
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        (row.planned.ref, *(_in_words(value) for value in row.standing)) for row in rows
    )
    return Table(f"How they stand on {written(today)}", heads, cells)


# Cells ------------------------------------------------------------------------------------------------------------


def cell_of(key: str, action: PlannedAction, names: Directory) -> Value:
    """What stands in a column for an action; reading it gives the same again."""
    special = _CELLS.get(key)
    if special:
        return special(action, names)
    owner = action.measure if key in _OF_MEASURE else action
    value: Value = getattr(owner, _ATTRIBUTES.get(key, key))
    return value


def _supporting(action: PlannedAction, names: Directory) -> str:
    wanted = set(action.supporting)
    for group, members in names.groups.items():
        if wanted and wanted == members - {action.lead}:
            return group
    shown = names.organisations.shown
    return "; ".join(shown[code] for code in shown if code in wanted)


def _milestones(action: PlannedAction, names: Directory) -> str:
    return "\n".join(f"{BULLET}{_milestone(each)}" for each in action.milestones)


def _milestone(milestone: PlannedMilestone) -> str:
    said = []
    if milestone.due:
        said.append(f"by {written(milestone.due)}")
    if milestone.done_on:
        said.append(f"done {written(milestone.done_on)}")
    # A title that itself ends with a day says that this is not its own.
    if not milestone.due and (split_at_day(milestone.title)[1] or milestone.title.endswith(")")):
        said.insert(0, "no date")
    return f"{milestone.title} ({'; '.join(said)})" if said else milestone.title


def _listed(codes: tuple[str, ...], shown: dict[str, str]) -> str:
    return "; ".join(shown[code] for code in codes) if codes else "All"


def _indicator(action: PlannedAction, names: Directory) -> str:
    measure = action.measure
    if not measure.facts:
        return measure.indicator
    return f"{measure.indicator} ({'; '.join(f'{name}: {_fact(value)}' for name, value in measure.facts)})"


def _fact(value: str | bool | int) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _trajectory(action: PlannedAction, names: Directory) -> str:
    return "\n".join(f"{BULLET}{written(day)}: {plain(value)}" for day, value in action.measure.trajectory)


def _total(action: PlannedAction, names: Directory) -> str:
    return {Total.SUM: "Sum", Total.MEAN: "Average"}.get(Total(action.measure.total), "One figure")


_OF_MEASURE = {"measure", "unit", "target", "source", "note"}
_ATTRIBUTES = {"measure": "text", "good": "good_looks_like", "decision": "decision_needed"}
_CELLS: dict[str, Callable[[PlannedAction, Directory], Value]] = {
    "lead": lambda action, names: names.organisations.shown.get(action.lead, action.lead),
    "supporting": _supporting,
    "importance": lambda action, names: action.importance.capitalize(),
    "course": lambda action, names: "" if action.course == Course.TIMED else action.course.capitalize(),
    "milestones": _milestones,
    "baseline": lambda action, names: (
        "Not known" if action.measure.baseline is None else action.measure.baseline
    ),
    "better": lambda action, names: "Lower" if action.measure.is_lower_better else "Higher",
    "counted_by": lambda action, names: action.measure.counted_by.capitalize(),
    "total": _total,
    "indicator": _indicator,
    "trajectory": _trajectory,
    "strands": lambda action, names: _listed(action.strands, dict(names.strands.shown)),
    "areas": lambda action, names: _listed(action.districts, dict(names.areas.shown)),
    "blocked_by": lambda action, names: "; ".join(action.blocked_by),
    "public": lambda action, names: "Yes" if action.is_public else "No",
}
