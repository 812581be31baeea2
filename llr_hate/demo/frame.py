"""The frame of the invented years, read from `partnership/<name>/demo/`: proportions, events and narratives."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Narrative:
    """One invented account with all that goes with it; the fields are those of the partnership's README."""

    id: str
    text: str
    role: str
    channel: str
    anonymous: bool
    strands: tuple[str, ...]
    other_differences: tuple[str, ...]
    kinds: tuple[str, ...]
    place: str
    areas: tuple[str, ...]
    repeats: str
    effects: tuple[str, ...]
    again: str
    age_band: str
    wishes: tuple[str, ...]
    share_with: tuple[str, ...]
    risk: str
    outcome: str
    told: tuple[str, ...]
    note: str
    tags: tuple[str, ...]
    religion: str = ""
    cluster_day: int = -1
    barred_organisation: str = ""
    barred_text: str = ""

    def fits(self, strand: str, area: str) -> bool:
        """Whether it could have been told about this strand in this area ('online' is one)."""
        return strand in self.strands and (area in self.areas or "any" in self.areas)


@dataclass(frozen=True)
class Frame:
    """Everything the generator draws from."""

    numbers: dict[str, Any]
    awareness_weeks: tuple[tuple[date, date], ...]
    populations: dict[str, int]
    narratives: tuple[Narrative, ...] = field(repr=False)

    @property
    def area_weights(self) -> dict[str, float]:
        """Relative number of reports by district, and by 'online', 'outside' and 'not_sure'."""
        areas = self.numbers["areas"]
        districts = {code: people * areas["telling"][code] for code, people in self.populations.items()}
        inside = 1 - sum(areas["none"].values())
        whole = sum(districts.values()) / inside
        return districts | {code: share * whole for code, share in areas["none"].items()}

    def cluster(self) -> list[Narrative]:
        """The planted low-level cluster, in the order it happened."""
        return sorted((n for n in self.narratives if "cluster" in n.tags), key=lambda n: n.cluster_day)

    def ordinary(self) -> list[Narrative]:
        """All other narratives."""
        return [narrative for narrative in self.narratives if "cluster" not in narrative.tags]

    def narrative(self, narrative_id: str) -> Narrative:
        return next(narrative for narrative in self.narratives if narrative.id == narrative_id)


def read_frame(folder: Path) -> Frame:
    """The frame of one partnership's folder."""
    demo = folder / "demo"
    weeks = _toml(folder / "awareness_weeks.toml")["weeks"]
    areas = _toml(folder / "areas.toml")["areas"]
    return Frame(
        numbers=_toml(demo / "bulk.toml"),
        awareness_weeks=tuple((week["starts"], week["ends"]) for week in weeks),
        populations={area["code"]: area["population"] for area in areas},
        narratives=tuple(
            _narrative(entry)
            for path in sorted((demo / "narratives").glob("*.toml"))
            for entry in _toml(path)["narratives"]
        ),
    )


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text())


def _narrative(entry: dict[str, Any]) -> Narrative:
    told: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in entry.items()
        if name in Narrative.__dataclass_fields__
    }
    return Narrative(**told)
