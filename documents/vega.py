"""Charts as Vega-Lite: one function a kind of chart, a width in pixels in, a specification out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import singledispatch
from typing import Any

from documents.charts import BarChart, Point, RagChart, TileMap, TrajectoryChart, TrendChart
from documents.palette import BAND, GREY, INK, PLUM, QUIET, RULE
from documents.vega_look import NARROW, Spec, as_is, broken, framed, label_axis, text_layer
from documents.vega_pixels import rag, tiles

# Room for “expected 100%” beside the end of a line, in pixels.
_LABEL_ROOM = 125
_MONTH = "utcFormat(datum.value, '%b %Y')"


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
    y = {"field": "label", "type": "nominal", "sort": None, "axis": label_axis(room)}
    x = {
        "field": "value",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, top * 1.18], "nice": False},
    }
    layers: list[Spec] = [
        {"mark": {"type": "bar", "height": {"band": 0.62}}, "encoding": {"color": as_is("colour")}},
        text_layer("shown", align="left", dx=8, fontWeight="bold"),
    ]
    layers[1]["encoding"]["x"] = {"field": "label_from", "type": "quantitative"}
    if chart.before_label:
        layers.insert(1, _before_layer())
    title = chart.unit + (f" (thin line: {chart.before_label})" if chart.before_label else "")
    height = len(rows) * (34 if tallest == 1 else 20 + 18 * (tallest - 1))
    return framed({"layer": layers, "encoding": {"y": y, "x": x}, "height": height}, rows, width, title)


def _bar_row(bar: Any, room: int, highlight: frozenset[str]) -> Spec:
    picked = not highlight or bar.label in highlight
    before = bar.before if bar.value is not None else None
    return {
        "label": broken(bar.label, room),
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
    rows = [_in_mid_month(point) for point in chart.points]
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
    return framed({"layer": layers, "height": height}, rows, width, title)


def _in_mid_month(point: Point) -> Spec:
    """A month's value stands in its middle, so that a week in it stands where it was."""
    return {"day": (point.day + timedelta(14)).isoformat(), "value": point.value}


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
    row = [{**_in_mid_month(point), "shown": f"{point.value:,.0f}"}]
    where = {"x": {"field": "day", "type": "temporal"}, "y": {"field": "value", "type": "quantitative"}}
    dot = {
        "mark": {"type": "point", "shape": "circle", "filled": True, "size": 70, "color": PLUM, "opacity": 1}
    }
    return {
        "data": {"values": row},
        "encoding": where,
        "layer": [dot, text_layer("shown", fontWeight="bold", align="left", dx=9)],
    }


@specification.register
def _trajectory(chart: TrajectoryChart, width: int) -> Spec:
    expected, actual = chart.expected, chart.actual
    days = chart.ends - chart.starts
    gone = (actual[-1].day - chart.starts) / max(days, timedelta(1)) if actual else 0.0
    ends = chart.ends + days * max(0.0, gone + _LABEL_ROOM / width - 1)
    domain = [chart.starts.isoformat(), ends.isoformat()]
    layers = [
        _trajectory_line(expected, {"color": QUIET, "strokeDash": [6, 4], "strokeWidth": 2}, chart, domain),
        _trajectory_line(
            actual, {"color": PLUM, "strokeWidth": 3, "point": {"color": PLUM, "size": 45}}, chart, domain
        ),
    ]
    if actual:
        now = _now(expected, actual)
        ahead = actual[-1].value >= now.value
        is_late = gone * width > _LABEL_ROOM
        layers.append(_end_label(actual[-1], f"done {actual[-1].value:.0f}%", PLUM, ahead, is_late))
        layers.append(_end_label(now, f"expected {now.value:.0f}%", QUIET, not ahead, is_late))
    return framed({"layer": layers, "height": 230}, [], width, "Percentage of planned work done")


def _now(expected: Sequence[Point], actual: Sequence[Point]) -> Point:
    """The expected point on the day of the last actual one, or the nearest before it."""
    day = actual[-1].day
    return max(
        (point for point in expected if point.day <= day), key=lambda point: point.day, default=expected[0]
    )


def _trajectory_line(points: Sequence[Point], look: Spec, chart: TrajectoryChart, domain: list[str]) -> Spec:
    rows = [{"day": point.day.isoformat(), "value": point.value} for point in points]
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


def _end_label(point: Point, words: str, colour: str, above: bool, is_late: bool) -> Spec:
    """Words at a line's end: the upper line's above and before it, the lower line's after it."""
    row = [{"day": point.day.isoformat(), "value": point.value, "shown": words}]
    where = {"x": {"field": "day", "type": "temporal"}, "y": {"field": "value", "type": "quantitative"}}
    before: Spec = (
        {"align": "right", "dx": -8, "dy": -14} if is_late else {"align": "left", "dx": -8, "dy": -30}
    )
    place: Spec = before if above else {"align": "left", "dx": 10, "dy": 12}
    layer = text_layer("shown", color=colour, fontWeight="bold", **place)
    return {"data": {"values": row}, "mark": layer["mark"], "encoding": {**where, **layer["encoding"]}}


specification.register(RagChart, rag)
specification.register(TileMap, tiles)
