"""What all charts have in common: sizes, type, colours of axes, how words stand."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from documents.palette import FONT, INK, PLUM, QUIET
from documents.words import carried

Spec = dict[str, Any]

WIDE = 660
NARROW = 340
TEXT = 15
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
# Atkinson Hyperlegible's mean advance at 15 px, for laying out words that Vega does not measure.
ADVANCE = 7.4


def text_layer(field: str, **look: Any) -> Spec:
    mark = {"type": "text", "fontSize": TEXT, "color": INK, **look}
    return {"mark": mark, "encoding": {"text": {"field": field, "type": "nominal"}}}


def as_is(field: str) -> Spec:
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


def broken(label: str, room: int) -> str:
    return "\n".join(wrap(carried(label), room)) or " "


def label_axis(room: int) -> Spec:
    return {"labelExpr": "split(datum.label, '\\n')", "labelLimit": int(room * 9.5), "labelPadding": 10}


def framed(body: Spec, rows: list[Spec], width: int, title: str) -> Spec:
    """A chart with axes inside exactly `width` pixels, its unit in words above it."""
    words = wrap(carried(title), int(width / ADVANCE))
    spec = {
        **body,
        "data": {"values": rows},
        "width": width,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "title": {"text": words, "anchor": "start", "frame": "bounds"},
    }
    return with_look(spec)


def with_look(spec: Spec) -> Spec:
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
