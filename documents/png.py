"""Charts as pictures for Word, which shows no SVG everywhere; drawn from the same drawing, once per content."""

from __future__ import annotations

import hashlib

import vl_convert
from django.core.cache import cache as shared_cache

from documents.charts import Chart
from documents.svg import drawing, fonts_registered

_A_WEEK = 7 * 24 * 3600
# Pixels for each unit of the drawing: sharp when printed.
_SCALE = 2


def picture(chart: Chart) -> bytes:
    """The chart as PNG, shared by all processes."""
    svg = drawing(chart)
    key = "documents.png." + hashlib.sha256(svg.encode()).hexdigest()
    made = shared_cache.get(key)
    if made is None:
        fonts_registered()
        made = vl_convert.svg_to_png(svg, scale=_SCALE)
        shared_cache.set(key, made, _A_WEEK)
    return bytes(made)
