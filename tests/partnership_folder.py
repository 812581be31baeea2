"""The partnership's folder as the tests read it: plain data, no database."""

import tomllib
from pathlib import Path
from typing import Any

HOME = Path(__file__).parents[1] / "partnership" / "llr"


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((HOME / name).read_text(encoding="utf-8"))


def codes(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["code"] for entry in entries]


AREAS = codes(read("areas.toml")["areas"])
ORGANISATIONS = read("organisations.toml")["organisations"]
ORGANISATION_CODES = codes(ORGANISATIONS)
ELEVEN = {entry["code"] for entry in ORGANISATIONS if entry["partner_of_eleven"]}
CODES = {name: set(codes(entries)) for name, entries in read("codes.toml").items()}
PLANS = [read(f"plans/{path.name}") for path in sorted((HOME / "plans").glob("*.toml"))]
ACTIONS = [action for plan in PLANS for action in plan["actions"]]
NARRATIVE_FILES = sorted((HOME / "demo" / "narratives").glob("*.toml"))
NARRATIVES = [
    entry for path in NARRATIVE_FILES for entry in tomllib.loads(path.read_text("utf-8"))["narratives"]
]


def all_text() -> str:
    """Every file of the folder, one after the other; of translations what was written, not what was made of it."""
    written = (path for path in HOME.rglob("*") if path.is_file() and path.suffix != ".mo")
    return "\n".join(path.read_text(encoding="utf-8") for path in written)
