"""Marks and maps drawn as data: what a template shows as SVG or as a grid."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify


@dataclass(frozen=True, slots=True)
class RagLook:
    """A progress mark: word, shape and colour, never colour alone."""

    key: str
    word: str
    shape: str


RAG_LOOKS = {
    look.key: look
    for look in (
        RagLook("green", "On track", "circle"),
        RagLook("amber", "Slipping", "triangle"),
        RagLook("red", "Off track", "diamond"),
        RagLook("overdue", "Overdue", "wedge"),
        RagLook("grey", "Not started", "ring"),
        RagLook("complete", "Complete", "tick"),
        RagLook("ongoing", "Ongoing", "arrow"),
        RagLook("deferred", "Deferred", "pause"),
        RagLook("closed", "Closed", "square"),
        RagLook("ended", "Ended", "bar"),
    )
}
SAME = {"on_track": "green", "not_started": "grey", "gray": "grey", "done": "complete", "blue": "complete"}

# Where the nine districts lie, roughly as on a map: row by row from the north-west.
TILE_PLACES = (
    ("north-west-leicestershire", "North West Leicestershire"),
    ("charnwood", "Charnwood"),
    ("melton", "Melton"),
    ("hinckley-and-bosworth", "Hinckley and Bosworth"),
    ("leicester", "Leicester"),
    ("rutland", "Rutland"),
    ("blaby", "Blaby"),
    ("oadby-and-wigston", "Oadby and Wigston"),
    ("harborough", "Harborough"),
)


def rag_look(rating: Any) -> RagLook:
    """Find the look of a rating by its value; an unknown one reads as not started."""
    key = str(getattr(rating, "value", rating) or "grey").lower()
    return RAG_LOOKS.get(SAME.get(key, key), RAG_LOOKS["grey"])


def placed_tiles(tiles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put tiles where their district lies; a district without a tile stands empty, an unknown district comes last."""
    given = {_district_slug(tile["district"]): tile for tile in tiles}
    placed = [{"name": name, **given.pop(slug, {})} for slug, name in TILE_PLACES]
    return placed + [{"name": str(tile["district"]), **tile} for tile in given.values()]


def _district_slug(district: Any) -> str:
    return slugify(str(district).replace("&", "and"))
