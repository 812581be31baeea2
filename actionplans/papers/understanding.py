"""What the cells of a file mean: planned actions, or every mistake with the cell it stands in. Nothing is half read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from actionplans.computed import computed
from actionplans.models import CountedBy, Course, Importance, Total
from actionplans.papers.dates import Means, day_from, split_at_day
from actionplans.papers.naming import Directory, parts
from actionplans.papers.planned import NO_MEASURE, PlannedAction, PlannedMeasure, PlannedMilestone
from actionplans.papers.reader import RecordReader, decimal_from
from actionplans.papers.tables import CellError, Record, Records, records_of
from actionplans.writing import NO_REFS
from documents.grids.cells import FileRefused, Grid, folded

# More than any plan has.
MAX_ACTIONS = 500
REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,9}")
# A milestone with its days in brackets behind it.
_TOLD = re.compile(r"(?P<title>.*?)\s*\((?P<said>[^()]*)\)", re.DOTALL)
_WORD_BEFORE = re.compile(r"(?:by|due|done|no date)\b", re.IGNORECASE)
_FACTS = re.compile(r"(?P<key>[\w-]+)(?:\s*\((?P<facts>.*)\))?", re.DOTALL)
PUBLIC = {"": True, "yes": True, "y": True, "true": True, "public": True} | dict.fromkeys(
    ("no", "n", "false", "not public"), False
)
IMPORTANCE = {
    "": Importance.MEDIUM,
    "high": Importance.HIGH,
    "h": Importance.HIGH,
    "medium": Importance.MEDIUM,
    "med": Importance.MEDIUM,
    "m": Importance.MEDIUM,
}
COURSES = {"": Course.TIMED, "timed": Course.TIMED, "ongoing": Course.ONGOING, "deferred": Course.DEFERRED}
COUNTED_BY = {
    "": CountedBy.WHOLE,
    "partner": CountedBy.PARTNER,
    "partners": CountedBy.PARTNER,
    "each partner": CountedBy.PARTNER,
    "organisation": CountedBy.PARTNER,
    "district": CountedBy.DISTRICT,
    "districts": CountedBy.DISTRICT,
    "each district": CountedBy.DISTRICT,
    "area": CountedBy.DISTRICT,
    "one figure": CountedBy.WHOLE,
    "the whole partnership": CountedBy.WHOLE,
}
TOTALS = {
    "sum": Total.SUM,
    "average": Total.MEAN,
    "mean": Total.MEAN,
    "one figure": Total.SINGLE,
    "single": Total.SINGLE,
}
BETTER = {"": False, "higher": False, "up": False, "more": False, "lower": True, "down": True, "less": True}


@dataclass(frozen=True)
class Understood:
    """What a file says: its actions, or its mistakes in reading order; and what was left aside, by name."""

    actions: tuple[PlannedAction, ...]
    errors: tuple[CellError, ...]
    told_apart: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    not_read: tuple[str, ...] = ()


def understand(grids: Iterable[Grid], names: Directory, *, starts: date, ends: date) -> Understood:
    """The actions of a plan that runs from `starts` to `ends`; with any mistake, none. Raises FileRefused."""
    records = records_of(grids)
    if len(records.actions) > MAX_ACTIONS:
        raise FileRefused(f"The file has more than {MAX_ACTIONS} actions. Divide it into several plans.")
    if not records.actions and not records.errors:
        raise FileRefused("The table has headings, but no actions under them.")
    readers = [_Reader(record, names, records, starts, ends) for record in records.actions]
    _number(readers, records)
    found = [reader.action() for reader in readers]
    _refuse_doubles(readers)
    _refuse_unknown_refs(readers, names)
    errors = [*records.errors, *(error for reader in readers for error in reader.errors)]
    errors.sort(key=lambda error: error.order)
    return Understood(
        () if errors else tuple(action for action in found if action),
        tuple(errors),
        tuple(records.told_apart),
        tuple(records.unknown),
        tuple(records.not_read),
    )


def _number(readers: list["_Reader"], records: Records) -> None:
    """Plans without refs get numbers in their order."""
    if "ref" not in records.columns:
        for number, reader in enumerate(readers, 1):
            reader.ref = str(number)


def _refuse_doubles(readers: list["_Reader"]) -> None:
    seen: dict[str, str] = {}
    for reader in readers:
        if reader.ref and reader.ref.casefold() in seen:
            reader.wrong(
                "ref", f"“{reader.ref}” stands in {seen[reader.ref.casefold()]} too: each ref is used once"
            )
        elif reader.ref:
            seen[reader.ref.casefold()] = reader.place("ref")


def _refuse_unknown_refs(readers: list["_Reader"], names: Directory) -> None:
    refs = {reader.ref for reader in readers}
    for reader in readers:
        for said in reader.waits_for:
            plan, _, ref = said.rpartition(" ")
            if said == reader.ref:
                reader.wrong("blocked_by", "an action can't wait for itself")
            elif said not in refs and not (plan and names.has_action(plan, ref)):
                reader.wrong("blocked_by", f"no action has the ref “{said}”")


class _Reader(RecordReader):
    """Reads one action."""

    def __init__(self, record: Record, names: Directory, records: Records, starts: date, ends: date) -> None:
        super().__init__(record)
        self.names, self.columns = names, records.columns
        self.plan_starts, self.plan_ends = starts, ends
        self.ref = self._ref()
        self.waits_for: tuple[str, ...] = ()

    def action(self) -> PlannedAction | None:
        """The action, None where something in it is wrong."""
        title, lead = self.line("title", 250, needed=True), self.lead()
        starts, due, course = self.times()
        supporting, supporting_text = self.supporting(lead)
        self.waits_for = tuple(sorted(self._spelt(each) for each in parts(self.words("blocked_by"))))
        action = PlannedAction(
            ref=self.ref,
            priority=self.priority(),
            title=title,
            lead=lead,
            starts=starts or self.plan_starts,
            due=due or self.plan_ends,
            importance=self.choice("importance", IMPORTANCE, Importance.MEDIUM).value,
            supporting=supporting,
            supporting_text=supporting_text,
            course=course,
            why=self.text("why"),
            good_looks_like=self.text("good"),
            strands=self.several("strands", self.names.strands),
            districts=tuple(sorted(self.several("areas", self.names.areas))),
            decision_needed=self.text("decision"),
            blocked_by=self.waits_for,
            blocked_by_text=self.line("blocked_by_text", 250),
            is_public=self.choice("public", PUBLIC, True),
            milestones=self.milestones(),
            measure=self.measure(),
        )
        return None if self.errors else action

    def _ref(self) -> str:
        if "ref" not in self.columns:
            return ""
        said = self._spelt(self.words("ref"))
        if not said:
            self.wrong("ref", "the ref is missing")
        elif not REF.fullmatch(said):
            self.wrong("ref", f"“{said}” can't be a ref: use up to ten letters and digits, such as C1")
        elif said.lower() in NO_REFS:
            self.wrong("ref", f"“{said}” is a word that the portal's own addresses use: choose another ref")
        return said

    @staticmethod
    def _spelt(ref: str) -> str:
        """A ref as addresses can hold it: 1.2 becomes 1-2, “C 1” C1; a plan's code before it stays apart."""
        plan, _, own = ref.strip().rpartition(" ")
        if re.fullmatch(r"[a-z0-9-]{3,}", plan):
            return f"{plan} {own}"
        return re.sub(r"[./]", "-", re.sub(r"\s+", "", ref)).strip("-")

    def priority(self) -> str:
        said = self.line("priority", 120) or " ".join(self.record.section.split())
        return said[:120] or "Actions"

    def lead(self) -> str:
        said = self.line("lead", 500, needed=True)
        return (self.reads("lead", lambda: self.names.organisations.one(said)) or "") if said else ""

    def supporting(self, lead: str) -> tuple[tuple[str, ...], str]:
        codes, strange = self.names.organisations.each_of(self.words("supporting"))
        text = "; ".join([*strange, *filter(None, [self.words("supporting_text")])])
        if len(text) > 250:
            self.wrong(
                "supporting_text" if self.words("supporting_text") else "supporting", "is too long to be kept"
            )
        return tuple(sorted(code for code in codes if code != lead)), " ".join(text.split())

    def times(self) -> tuple[date | None, date | None, str]:
        """Start, due date and course. “Ongoing” for a due date means to the plan's end."""
        course = self.choice("course", dict(COURSES), Course.TIMED)
        said = folded(self.words("due"))
        due: date | None
        if said in {"ongoing", "deferred"}:
            course, due = Course(said), self.plan_ends
        else:
            due = self.day("due", Means.LAST)
            if not said:
                self.wrong("due", "the due date is missing")
        starts = self.day("starts", Means.FIRST) if self.words("starts") else self.plan_starts
        if starts and due and starts >= due:
            self.wrong("due", "the due date is not after the start")
        return starts, due, course.value

    def milestones(self) -> tuple[PlannedMilestone, ...]:
        said = self.words("milestones")
        lines = _items(said)
        return tuple(milestone for line in lines if (milestone := self.milestone(line)))

    def milestone(self, line: str) -> PlannedMilestone | None:
        found = _TOLD.fullmatch(line)
        told = [part.strip() for part in found["said"].split(";")] if found else []
        if found and all(_WORD_BEFORE.match(part) for part in told):
            title = found["title"]
            days = {part.partition(" ")[0].lower(): part.partition(" ")[2] for part in told}
        else:
            title, when = split_at_day(line)
            days = {"by": when}
        if len(title) > 200:
            self.wrong("milestones", f"a milestone has {len(title)} letters: 200 at most can be kept")
        due = self._milestone_day(days.get("by") or days.get("due", ""))
        return PlannedMilestone(title, due, self._milestone_day(days.get("done", ""))) if title else None

    def _milestone_day(self, said: str) -> date | None:
        return self.reads("milestones", lambda: day_from(said, Means.LAST)) if said else None

    def measure(self) -> PlannedMeasure:
        baseline, _ = self.number("baseline")
        target, behind = self.number("target")
        unit = self.line("unit", 80) or behind[:80]
        counted_by = self.choice("counted_by", COUNTED_BY, CountedBy.WHOLE)
        indicator, facts = self.indicator(counted_by)
        return PlannedMeasure(
            text=self.line("measure", 200) or NO_MEASURE,
            unit=unit,
            baseline=baseline,
            target=target,
            is_lower_better=self.choice("better", BETTER, False),
            counted_by=counted_by.value,
            total=self.choice("total", {"": _usual_total(counted_by, unit), **TOTALS}, Total.SINGLE).value,
            source=self.line("source", 60),
            note=self.text("note"),
            indicator=indicator,
            facts=facts,
            trajectory=self.trajectory(),
        )

    def indicator(self, counted_by: str) -> tuple[str, tuple[tuple[str, str | bool | int], ...]]:
        said = self.words("indicator")
        found = _FACTS.fullmatch(said)
        if not said:
            return "", ()
        if not found:
            self.wrong("indicator", f"“{said}” is no count of the portal")
            return "", ()
        facts = dict(_fact(each) for each in (found["facts"] or "").split(";") if each.strip())
        self.reads("indicator", lambda: computed(found["key"], facts, counted_by))
        return found["key"], tuple(sorted(facts.items()))

    def trajectory(self) -> tuple[tuple[date, Decimal], ...]:
        points = [self.point(line) for line in _items(self.words("trajectory"))]
        return tuple(point for point in points if point)

    def point(self, line: str) -> tuple[date, Decimal] | None:
        when, _, said = line.rpartition(":")
        day, value = self.reads("trajectory", lambda: day_from(when, Means.LAST)), decimal_from(said)
        if value is None:
            self.wrong("trajectory", f"“{line}” is no day and number, such as 31 March 2027: 40")
        return None if day is None or value is None else (day, value)


def _items(text: str) -> list[str]:
    """What somebody listed: one an item where there are bullets or lines, else with semicolons between."""
    if "•" in text:
        items = re.split(r"\s*•\s*", text)
    elif "\n" in text:
        items = [re.sub(r"^\s*(?:[-–*·]|\d{1,2}[.)])\s+", "", line) for line in text.split("\n")]
    else:
        items = re.split(r";\s*(?![^()]*\))", text)
    return [" ".join(item.split()) for item in items if item.strip()]


def _fact(said: str) -> tuple[str, str | bool | int]:
    name, _, value = (part.strip() for part in said.partition(":"))
    return name, {"yes": True, "no": False}.get(value, int(value) if value.isdigit() else value)


def _usual_total(counted_by: str, unit: str) -> Total:
    if counted_by == CountedBy.WHOLE:
        return Total.SINGLE
    return Total.MEAN if unit.startswith("%") else Total.SUM
