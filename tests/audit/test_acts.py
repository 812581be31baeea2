"""Every act that the code records has its words, and every act that has words is recorded somewhere."""

import ast
import gc
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from audit.acts import ACTS, KINDS, Kind, codes_of, words_of
from casework.states import ACT_DONE

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "llr_hate",
    "api",
    "actionplans",
    "centres",
    "insight",
    "reviews",
    "rights",
    "casework",
    "reporting",
    "partners",
    "outbox",
    "documents",
)
RECORDING = {"record", "record_public", "prepare"}


@cache
def code() -> tuple[ast.AST, ...]:
    """Every node of the code, read once for all tests."""
    paths = (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))
    gc.disable()  # nearly half of the time, looking at nodes that all stay
    try:
        return tuple(
            node
            for path in paths
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Call | ast.Constant)
        )
    finally:
        gc.enable()


def recorded() -> Iterator[str]:
    """The acts that are written as they are in a call such as trail.record("report.read", …)."""
    for node in code():
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in RECORDING
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "trail"
            and isinstance(node.args[0], ast.Constant)
        ):
            yield str(node.args[0].value)
        if isinstance(node, ast.Call) and is_of_a_centre(node.func):
            yield from (f"centre.{act.value}" for act in node.args[:1] if isinstance(act, ast.Constant))


def is_of_a_centre(function: ast.expr) -> bool:
    """Such as CentreEvent.note("listed", …), which writes "centre.listed"."""
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "note"
        and isinstance(function.value, ast.Name)
        and function.value.id == "CentreEvent"
    )


def test_every_act_that_is_recorded_has_its_words() -> None:
    found = {*recorded(), *(f"case.{done}" for done in ACT_DONE.values())}
    assert len(found) > 40
    assert found - set(ACTS) == set(), "give these a line in audit/acts.py"


def test_every_act_that_has_words_is_recorded_somewhere() -> None:
    constants = {
        node.value for node in code() if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    of_cases = {f"case.{done}" for done in ACT_DONE.values()} | set(recorded())
    assert set(ACTS) - constants - of_cases == set(), "nobody does these any more"


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_name_and_acts(kind: Kind) -> None:
    assert KINDS[kind]
    assert codes_of(kind)


def test_an_act_fits_its_column() -> None:
    assert max(map(len, ACTS)) <= 60


def test_an_act_of_an_earlier_version_is_shown_by_its_code() -> None:
    assert words_of("report.read") == "read what somebody told us"
    assert words_of("report.sniffed_at") == "report.sniffed_at"
