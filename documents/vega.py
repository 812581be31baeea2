"""Charts as Vega-Lite: one function a kind of chart, a width in pixels in, a specification out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import singledispatch
from textwrap import wrap
from typing import Any

from documents.charts import BarChart, Point, RagChart, TileMap, TrajectoryChart, TrendChart
from documents.palette import BAND, FONT, GREY, INK, MARKS, PLUM, PLUM_STEPS, QUIET, RULE
from documents.words import carried

Spec = dict[str, Any]

WIDE = 660
NARROW = 340
TEXT = 15
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_MONTH = "utcFormat(datum.value, '%b %Y')"
# Atkinson Hyperlegible's mean advance at 15 px, for laying out words that Vega does not measure.
_ADVANCE = 7.4


@singledispatch
def specification(chart: Any, width: int) -> Spec:
    """The Vega-Lite specification of the chart, `width` pixels wide."""
    raise TypeError(f"no drawing is known for {type(chart).__name__}")


@specification.register
def _bars(chart: BarChart, width: int) -> Spec:
    room = 18 if width <= NARROW else 34
    top = max([max(bar.value or 0, bar.before or 0) for bar in chart.bars] + [1])
    rows = [_bar_row(bar, room, chart.highlight) for bar in chart.bars]
    tallest = max(row["label"].count("\n") for row in rows) + 1
    y = {"field": "label", "type": "nominal", "sort": None, "axis": _label_axis(room)}
    x = {
        "field": "value",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, top * 1.18], "nice": False},
    }
    layers: list[Spec] = [
        {"mark": {"type": "bar", "height": {"band": 0.62}}, "encoding": {"color": _as_is("colour")}},
        _text_layer("shown", align="left", dx=8, fontWeight="bold"),
    ]
    layers[1]["encoding"]["x"] = {"field": "label_from", "type": "quantitative"}
    if chart.before_label:
        layers.insert(1, _before_layer())
    title = chart.unit + (f" (thin line: {chart.before_label})" if chart.before_label else "")
    height = len(rows) * (34 if tallest == 1 else 20 + 18 * (tallest - 1))
    return _framed({"layer": layers, "encoding": {"y": y, "x": x}, "height": height}, rows, width, title)


def _bar_row(bar: Any, room: int, highlight: frozenset[str]) -> Spec:
    picked = not highlight or bar.label in highlight
    before = bar.before if bar.value is not None else None
    return {
        "label": _broken(bar.label, room),
        "value": bar.value or 0,
        "shown": "withheld" if bar.value is None else f"{bar.value:,}",
        "before": before,
        "label_from": max(bar.value or 0, before or 0),
        "colour": PLUM if picked else GREY,
    }


def _before_layer() -> Spec:
    """Last period as a thin upright line with a white edge, so that it shows on bar and on paper."""
    x = {"field": "before", "type": "quantitative"}
    edge, line = (_tick(x, thickness=6, color="#ffffff"), _tick(x, thickness=2.5, color=INK))
    return {"layer": [edge, line], "transform": [{"filter": "isValid(datum.before)"}]}


def _tick(x: Spec, **look: Any) -> Spec:
    return {"mark": {"type": "tick", "opacity": 1, **look}, "encoding": {"x": x}}


@specification.register
def _trend(chart: TrendChart, width: int) -> Spec:
    rows = [{"day": point.day.isoformat(), "value": point.value} for point in chart.points]
    layers: list[Spec] = []
    if chart.events:
        layers.append(_event_layer(chart))
    layers.append(
        {"mark": {"type": "line", "color": PLUM, "strokeWidth": 2.5}, "encoding": _trend_axes(chart, width)}
    )
    layers.append(_last_value_layer(chart.points[-1]))
    names = ", ".join(dict.fromkeys(event.label for event in chart.events))
    title = chart.unit + (f" (shaded: {names})" if names else "")
    height = 220 if width <= NARROW else 250
    return _framed({"layer": layers, "height": height}, rows, width, title)


def _trend_axes(chart: TrendChart, width: int) -> Spec:
    days = [point.day for point in chart.points]
    top = max([point.value for point in chart.points] + [1])
    ticks = [day.isoformat() for day in _tick_days(days, 4 if width <= NARROW else 8)]
    return {
        "x": {
            "field": "day",
            "type": "temporal",
            "scale": {"type": "utc", "domain": [days[0].isoformat(), _room_after(days, width).isoformat()]},
            "axis": {"values": ticks, "labelExpr": _MONTH, "labelFlush": True, "tickSize": 6},
        },
        "y": {
            "field": "value",
            "type": "quantitative",
            "scale": {"domain": [0, top * 1.12], "nice": True},
            "axis": {"tickCount": 4, "grid": True, "gridColor": RULE},
        },
    }


def _room_after(days: Sequence[date], width: int) -> date:
    """The end of the time axis: the last month and room for the last value's label."""
    share = 55 / width
    return days[-1] + timedelta(31 + (days[-1] - days[0]).days * share)


def _tick_days(days: Sequence[date], most: int) -> list[date]:
    """Aprils where the years show (the reporting year starts then), else evenly spread months."""
    aprils = [day for day in days if day.month == 4]
    marks = aprils if len(aprils) >= 3 else list(days)
    step = -(-len(marks) // most)
    return marks[::step]


def _event_layer(chart: TrendChart) -> Spec:
    first, last = chart.points[0].day, chart.points[-1].day + timedelta(31)
    rows = [
        {"from": event.first.isoformat(), "to": (event.last + timedelta(1)).isoformat()}
        for event in chart.events
        if event.first >= first and event.last <= last
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "rect", "fill": BAND, "stroke": GREY, "strokeWidth": 1},
        "encoding": {"x": {"field": "from", "type": "temporal"}, "x2": {"field": "to"}},
    }


def _last_value_layer(point: Point) -> Spec:
    row = [{"day": point.day.isoformat(), "value": point.value, "shown": f"{point.value:,.0f}"}]
    where = {"x": {"field": "day", "type": "temporal"}, "y": {"field": "value", "type": "quantitative"}}
    dot = {
        "mark": {"type": "point", "shape": "circle", "filled": True, "size": 70, "color": PLUM, "opacity": 1}
    }
    return {
        "data": {"values": row},
        "encoding": where,
        "layer": [dot, _text_layer("shown", fontWeight="bold", align="left", dx=9)],
    }


@specification.register
def _trajectory(chart: TrajectoryChart, width: int) -> Spec:
    expected, actual = chart.expected, chart.actual
    layers = [
        _trajectory_line(expected, {"color": QUIET, "strokeDash": [6, 4], "strokeWidth": 2}, chart),
        _trajectory_line(
            actual, {"color": PLUM, "strokeWidth": 3, "point": {"color": PLUM, "size": 45}}, chart
        ),
    ]
    if actual:
        now = _now(expected, actual)
        ahead = actual[-1].value >= now.value
        gone = (actual[-1].day - chart.starts) / max(chart.ends - chart.starts, timedelta(1))
        layers.append(_end_label(actual[-1], f"done {actual[-1].value:.0f}%", PLUM, ahead, gone))
        layers.append(_end_label(now, f"expected {now.value:.0f}%", QUIET, not ahead, gone))
    return _framed({"layer": layers, "height": 230}, [], width, "Percentage of planned work done")


def _now(expected: Sequence[Point], actual: Sequence[Point]) -> Point:
    """The expected point on the day of the last actual one, or the nearest before it."""
    day = actual[-1].day
    return max(
        (point for point in expected if point.day <= day), key=lambda point: point.day, default=expected[0]
    )


def _trajectory_line(points: Sequence[Point], look: Spec, chart: TrajectoryChart) -> Spec:
    rows = [{"day": point.day.isoformat(), "value": point.value} for point in points]
    domain = [chart.starts.isoformat(), chart.ends.isoformat()]
    ticks = [chart.starts.isoformat(), chart.ends.isoformat()]
    return {
        "data": {"values": rows},
        "mark": {"type": "line", **look},
        "encoding": {
            "x": {
                "field": "day",
                "type": "temporal",
                "scale": {"type": "utc", "domain": domain},
                "axis": {"values": ticks, "labelExpr": _MONTH, "labelFlush": True, "tickSize": 6},
            },
            "y": {
                "field": "value",
                "type": "quantitative",
                "scale": {"domain": [0, 100]},
                "axis": {"values": [0, 25, 50, 75, 100], "labelExpr": "datum.label + '%'", "gridColor": RULE},
            },
        },
    }


def _end_label(point: Point, words: str, colour: str, above: bool, gone: float) -> Spec:
    """Words at a line's end: the upper line's to its left, the lower line's below, turned inwards late in the plan."""
    row = [{"day": point.day.isoformat(), "value": point.value, "shown": words}]
    where = {"x": {"field": "day", "type": "temporal"}, "y": {"field": "value", "type": "quantitative"}}
    below: Spec = (
        {"align": "right", "dx": 8, "dy": 30} if gone > 0.75 else {"align": "left", "dx": 10, "dy": 12}
    )
    beside: Spec = (
        {"align": "right", "dx": -10, "dy": -12} if gone > 0.4 else {"align": "left", "dx": -10, "dy": -20}
    )
    layer = _text_layer("shown", color=colour, fontWeight="bold", **(beside if above else below))
    return {"data": {"values": row}, "mark": layer["mark"], "encoding": {**where, **layer["encoding"]}}


@specification.register
def _rag(chart: RagChart, width: int) -> Spec:
    narrow = width <= NARROW
    left = 0 if narrow else max([len(row.label) for row in chart.rows] + [1]) * _ADVANCE + 16
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
        needed = 18 + len(word) * _ADVANCE + 22
        if x > 8 and x + needed - 22 > width:
            x, y = 8.0, y + 26
        marks.append(_mark(kind, x, y, 150))
        texts.append({"x": x + 15, "y": y, "text": carried(word)})
        x += needed
    return (marks, texts), y + 40


@specification.register
def _tiles(chart: TileMap, width: int) -> Spec:
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
        lines = wrap(carried(tile.label), int((side - 14) / (_ADVANCE * size / TEXT)), break_long_words=False)
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
    return _with_look({"layer": layers, "width": width - 5, "height": height})


def _mark_layer(rows: list[Spec]) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {"type": "point", "strokeWidth": 2.5, "opacity": 1},
        "encoding": {
            "x": {"field": "x", "type": "quantitative"},
            "y": {"field": "y", "type": "quantitative"},
            "shape": _as_is("shape"),
            "fill": _as_is("fill"),
            "stroke": _as_is("stroke"),
            "size": {**_as_is("size"), "type": "quantitative"},
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
            "color": _as_is("colour"),
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
            "fill": _as_is("fill"),
        },
    }


def _text_layer(field: str, **look: Any) -> Spec:
    mark = {"type": "text", "fontSize": TEXT, "color": INK, **look}
    return {"mark": mark, "encoding": {"text": {"field": field, "type": "nominal"}}}


def _as_is(field: str) -> Spec:
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


def _broken(label: str, room: int) -> str:
    return "\n".join(wrap(carried(label), room)) or " "


def _label_axis(room: int) -> Spec:
    return {"labelExpr": "split(datum.label, '\\n')", "labelLimit": int(room * 9.5), "labelPadding": 10}


def _framed(body: Spec, rows: list[Spec], width: int, title: str) -> Spec:
    """A chart with axes inside exactly `width` pixels, its unit in words above it."""
    words = wrap(carried(title), int(width / _ADVANCE))
    spec = {
        **body,
        "data": {"values": rows},
        "width": width,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "title": {"text": words, "anchor": "start", "frame": "bounds"},
    }
    return _with_look(spec)


def _with_look(spec: Spec) -> Spec:
    axis = {
        "title": None,
        "labelFontSize": TEXT,
        "labelColor": INK,
        "domainColor": QUIET,
        "tickColor": QUIET,
        "grid": False,
        "domain": False,
    }
    look = {
        "font": FONT,
        "background": None,
        "padding": 2,
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"ticks": True, "domain": True},
        "axisY": {"ticks": False, "labelPadding": 8},
        "title": {"fontSize": TEXT, "fontWeight": "normal", "color": QUIET, "offset": 12},
        "bar": {"color": PLUM},
    }
    return {"$schema": _SCHEMA, **spec, "config": look}
