"""The aims, and how each measured request stands to its own."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bench.rounds import Measured
from bench.targets import GROUP, PDF, WHOLE

FLAT = 1.25
JOURNEY_LIMIT = 2.0
QUEUE, CASE = "GET triage queue", "GET case page"
PDF_MS = 1000.0
GET, POST, LIST, RECORD = "bare GET", "bare POST", "bare list", "bare record"
# What an officer opens all day: (the bare page of its kind, at most so many times as long, at most so many statements).
OF_OFFICERS = {QUEUE: (LIST, 3.0, 12), CASE: (RECORD, 4.0, 20)}
NOT_OF_THE_JOURNEY = {*OF_OFFICERS, "GET my updates", *(f"GET {name}" for name in {**GROUP, **PDF})}


@dataclass(frozen=True)
class Row:
    """One request at few and at many reports, beside its bare request. Times in milliseconds."""

    name: str
    bare: str
    bare_ms: float
    few_ms: float
    few_p95: float
    many_ms: float
    many_p95: float
    times_bare: float
    times_few: float
    statements: int | None
    aims: tuple[str, ...]
    missed: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def rows(measured: Measured, statements: Mapping[str, int]) -> list[Row]:
    """A row for each request of the portal, in the order in which they were first asked."""
    requests = [name for name in measured.many.of if name not in (WHOLE, *NOT_OF_THE_JOURNEY)]
    whole = _whole_bare(measured, requests)
    made = [_row(name, measured, statements, whole) for name in [*requests, WHOLE]]
    return made + [
        _row(name, measured, statements, whole) for name in measured.many.of if name in NOT_OF_THE_JOURNEY
    ]


def _whole_bare(measured: Measured, requests: list[str]) -> float:
    """What as many bare requests of the same kinds take."""
    return sum(measured.floor.median(_bare_of(name)) for name in requests)


def _bare_of(name: str) -> str:
    if name in OF_OFFICERS:
        return OF_OFFICERS[name][0]
    return POST if name.startswith("POST ") else GET


def _row(name: str, measured: Measured, statements: Mapping[str, int], whole: float) -> Row:
    bare = "the same requests" if name == WHOLE else _bare_of(name)
    bare_ms = whole if name == WHOLE else measured.floor.median(bare)
    few, many = measured.few.median(name), measured.many.median(name)
    asked = sum(statements.get(each, 0) for each in statements if each not in NOT_OF_THE_JOURNEY)
    count = asked if name == WHOLE else statements.get(name)
    aims = dict(_aims(name, few=few, many=many, bare=bare_ms, statements=count))
    return Row(
        name=name,
        bare=bare,
        bare_ms=bare_ms,
        few_ms=few,
        few_p95=measured.few.p95(name),
        many_ms=many,
        many_p95=measured.many.p95(name),
        times_bare=many / bare_ms,
        times_few=many / few,
        statements=count,
        aims=tuple(aims),
        missed=tuple(aim for aim, is_met in aims.items() if not is_met),
    )


def _aims(
    name: str, *, few: float, many: float, bare: float, statements: int | None
) -> Iterator[tuple[str, bool]]:
    """Each aim of this request in words, and whether it is met."""
    if name.endswith(", PDF"):
        yield "under 1 s", many < PDF_MS
    if name in OF_OFFICERS:
        _bare, times, most = OF_OFFICERS[name]
        yield f"at most {times:g} × bare", many <= times * bare
        yield f"at most {most} statements", (statements or 0) <= most
        yield "flat", many <= FLAT * few
    if name not in NOT_OF_THE_JOURNEY:
        yield f"at most {JOURNEY_LIMIT:g} × bare", many <= JOURNEY_LIMIT * bare
        yield "flat", many <= FLAT * few
