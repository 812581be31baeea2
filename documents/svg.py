"""Charts as still SVG: no scripts, no inline styles, words for who cannot see them, drawn once per content."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache, lru_cache
from html import escape
from pathlib import Path

import vl_convert
from django.core.cache import cache as shared_cache

from documents.charts import Chart
from documents.vega import specification
from documents.vega_look import WIDE
from documents.words import carried

FONTS = Path(__file__).parent / "fonts"
_A_WEEK = 7 * 24 * 3600
_OPENING = re.compile(r"<svg[^>]*?viewBox=\"([^\"]+)\"[^>]*>")
# Vega describes its inner groups to screen readers one by one; the chart speaks as one image instead.
_INNER_SPEECH = re.compile(r' (?:role|aria-[a-z]+|class|pointer-events|xml:space)="[^"]*"')


def drawing(chart: Chart, width: int = WIDE) -> str:
    """The chart as an SVG document for paper, cached by what it shows."""
    text = json.dumps(specification(chart, width), sort_keys=True)
    return _drawn(text)


def inline(chart: Chart, *, width: int, key: str, title: str, alt: str) -> str:
    """The chart as an `<svg>` element for a page: one image with a title and a description, ids from `key`."""
    svg = drawing(chart, width)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{_view_box(svg)}" role="img" focusable="false" '
        f'aria-labelledby="{escape(key)}-title {escape(key)}-description">'
        f'<title id="{escape(key)}-title">{escape(carried(title))}</title>'
        f'<desc id="{escape(key)}-description">{escape(carried(alt))}</desc>'
    )
    return head + svg[svg.index(">") + 1 :]


def _view_box(svg: str) -> str:
    found = _OPENING.match(svg)
    assert found is not None, "a drawing always starts with its <svg> element and view box"
    return found.group(1)


@lru_cache(maxsize=512)
def _drawn(text: str) -> str:
    """This process's copy first, then the one that all processes share, then Vega."""
    key = "documents.svg." + hashlib.sha256(text.encode()).hexdigest()
    svg = shared_cache.get(key)
    if svg is None:
        svg = _draw(text)
        shared_cache.set(key, svg, _A_WEEK)
    return str(svg)


def _draw(text: str) -> str:
    fonts_registered()
    return _INNER_SPEECH.sub("", vl_convert.vegalite_to_svg(text))


@cache
def fonts_registered() -> None:
    """Tells the drawing engine of this process about our own letters, once."""
    vl_convert.register_font_directory(str(FONTS))
