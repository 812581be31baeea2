"""Charts whose every mark we place ourselves, in pixels from the top left: marks of actions, tiles of districts."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from documents.charts import RagChart, TileMap
from documents.palette import INK, MARKS, PLUM_STEPS, QUIET
from documents.vega_look import ADVANCE, NARROW, TEXT, Spec, as_is, with_look
from documents.words import carried


def rag(chart: RagChart, width: int) -> Spec:
    """A row of marks for each plan or priority, its label before it (above it where the width is narrow)."""
    narrow = width <= NARROW
    left = 0 if narrow else max([len(row.label) for row in chart.rows] + [1]) * ADVANCE + 16
    left = min(left, width * 0.5)
    most = max([sum(count for _, count in row.counts) for row in chart.rows] + [1])
    pitch = min(26.0, (width - left - 12) / most)
    legend, top = _rag_legend(chart, width)
    marks, texts = list(legend[0]), list(legend[1])
    for number, row in enumerate(chart.rows):
        y = top + number * (56 if narrow else 38)
        texts.append({"x": 0, "y": y, "text": carried(row.label)})
        marks += _rag_units(row.counts, left + pitch / 2, y + (24 if narrow else 0), pitch)
    height = top + len(chart.rows) * (56 if narrow else 38) - 10
    return _pixels([_mark_layer(marks), _words_layer(texts)], width, height)


def _rag_units(counts: Sequence[tuple[str, int]], x: float, y: float, pitch: float) -> list[Spec]:
    kinds = [kind for kind, count in counts for _ in range(count)]
    size = (pitch * 0.38) ** 2 * 4
    return [_mark(kind, x + place * pitch, y, size) for place, kind in enumerate(kinds)]


def _mark(kind: str, x: float, y: float, size: float) -> Spec:
    look = MARKS[kind]
    fill = look.colour if look.filled else "transparent"
    return {"x": x, "y": y, "shape": look.path, "fill": fill, "stroke": look.colour, "size": size}


def _rag_legend(chart: RagChart, width: int) -> tuple[tuple[list[Spec], list[Spec]], float]:
    """Shape and word for each state that occurs, set in as many lines as the width needs."""
    marks: list[Spec] = []
    texts: list[Spec] = []
    x, y = 8.0, 12.0
    for kind, word in chart.words:
        needed = 18 + len(word) * ADVANCE + 22
        if x > 8 and x + needed - 22 > width:
            x, y = 8.0, y + 26
        marks.append(_mark(kind, x, y, 150))
        texts.append({"x": x + 15, "y": y, "text": carried(word)})
        x += needed
    return (marks, texts), y + 40


def tiles(chart: TileMap, width: int) -> Spec:
    """Equal squares with name and count, darker where the count is higher."""
    columns = max(tile.column for tile in chart.tiles) + 1
    rows = max(tile.row for tile in chart.tiles) + 1
    side, tall, gap = (min(width, 560) - 6 * (columns - 1)) / columns, 104 if width <= NARROW else 96, 6
    size = 13 if width <= NARROW else TEXT
    top = max([tile.value or 0 for tile in chart.tiles] + [1])
    boxes, names, notes = list[Spec](), list[Spec](), list[Spec]()
    values, withheld = list[Spec](), list[Spec]()
    for tile in chart.tiles:
        x, y = tile.column * (side + gap), tile.row * (tall + gap)
        fill, colour = _tint(tile.value, top)
        lines = wrap(carried(tile.label), int((side - 14) / (ADVANCE * size / TEXT)), break_long_words=False)
        boxes.append({"x": x, "x2": x + side, "y": y, "y2": y + tall, "fill": fill})
        names += [
            {"x": x + 9, "y": y + 18 + 17 * n, "text": line, "colour": colour} for n, line in enumerate(lines)
        ]
        shown = withheld if tile.value is None else values
        words = "withheld" if tile.value is None else f"{tile.value:,}"
        shown.append({"x": x + 9, "y": y + tall - 20, "text": words, "colour": colour})
        notes.append({"x": x + side - 9, "y": y + tall - 16, "text": carried(tile.note), "colour": colour})
    layers = [
        _box_layer(boxes),
        _words_layer(names, fontSize=size),
        _words_layer(values, fontSize=26, fontWeight="bold"),
        _words_layer(withheld),
        _words_layer(notes, fontSize=size, align="right"),
    ]
    return _pixels(layers, width, rows * (tall + gap) - gap)


def _tint(value: int | None, top: int) -> tuple[str, str]:
    """A quarter of the highest count to each step of plum; a withheld count has a white tile."""
    if value is None:
        return "#ffffff", INK
    return PLUM_STEPS[min(3, value * 4 // (top + 1))]


def _pixels(layers: list[Spec], width: float, height: float) -> Spec:
    """Layers that say their places in pixels from the top left."""
    for layer in layers:
        for channel, far in (("x", width), ("y", height)):
            layer["encoding"][channel]["scale"] = {"domain": [0, far], "nice": False, "zero": False}
            layer["encoding"][channel]["axis"] = None
            if channel == "y":
                layer["encoding"]["y"]["scale"]["reverse"] = True
    return with_look({"layer": layers, "width": width - 5, "height": height})


def _mark_layer(rows: list[Spec]) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {"type": "point", "strokeWidth": 2.5, "opacity": 1},
        "encoding": {
            "x": {"field": "x", "type": "quantitative"},
            "y": {"field": "y", "type": "quantitative"},
            "shape": as_is("shape"),
            "fill": as_is("fill"),
            "stroke": as_is("stroke"),
            "size": {**as_is("size"), "type": "quantitative"},
        },
    }


def _words_layer(rows: list[Spec], **look: Any) -> Spec:
    rows = [{"colour": INK, **row} for row in rows]
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "align": "left", "baseline": "middle", "fontSize": TEXT, **look},
        "encoding": {
            "x": {"field": "x", "type": "quantitative"},
            "y": {"field": "y", "type": "quantitative"},
            "text": {"field": "text", "type": "nominal"},
            "color": as_is("colour"),
        },
    }


def _box_layer(rows: list[Spec]) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {"type": "rect", "stroke": QUIET, "strokeWidth": 1},
        "encoding": {
            "x": {"field": "x", "type": "quantitative"},
            "x2": {"field": "x2"},
            "y": {"field": "y", "type": "quantitative"},
            "y2": {"field": "y2"},
            "fill": as_is("fill"),
        },
    }
