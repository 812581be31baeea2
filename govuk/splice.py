"""Render a field's macro once per wording and state, and put what a person typed into it afterwards.

What was typed never goes through the macro and never into the store: where it belongs, the macro sees a slot, and the
finished HTML is kept in pieces between the slots. The key is the whole wording and state, so a changed label can never
show another form's text; only a field that says `varies` is not kept, because its wording quotes what a person typed.
"""

import re
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from govuk.macros import render_macro

OPEN, CLOSE = "\ue000", "\ue001"
SLOT = re.compile(f"{OPEN}([0-9]+){CLOSE}")
MOST_KEPT = 1024

Pieces = tuple[str, ...]
_kept: "OrderedDict[str, Pieces]" = OrderedDict()


@dataclass(slots=True)
class Slots:
    """What a person typed, in the order in which it will be put back."""

    texts: list[str] = field(default_factory=list)

    def put(self, text: Any) -> str:
        """Keep the text aside and give the mark that stands for it."""
        self.texts.append(str(escape(text)))
        return f"{OPEN}{len(self.texts) - 1}{CLOSE}"

    def put_lines(self, lines: Iterable[Any]) -> str:
        """Keep several lines aside (error messages), each escaped, with a line break between."""
        self.texts.append(str(Markup("<br>").join(lines)))
        return f"{OPEN}{len(self.texts) - 1}{CLOSE}"


@dataclass(frozen=True, slots=True)
class Piece:
    """One macro and what it is told; `{"html": [Piece, …]}` inside the params is rendered first."""

    component: str
    params: dict[str, Any]

    def render(self) -> Markup:
        """Render this piece and what stands inside it, slots and all."""
        return render_macro(self.component, _inside_rendered(self.params))


def _inside_rendered(value: Any) -> Any:
    if isinstance(value, Piece):
        return value.render()
    if isinstance(value, dict):
        return {name: _inside_rendered(inner) for name, inner in value.items()}
    if isinstance(value, list):
        inner_values = [_inside_rendered(inner) for inner in value]
        return Markup("\n").join(inner_values) if value and isinstance(value[0], Piece) else inner_values
    return value


def spliced(piece: Piece, slots: Slots, *, keep: bool = True) -> Markup:
    """Render the piece, from the store when this wording and state was rendered before."""
    key = repr(piece)
    pieces = _kept.get(key)
    if pieces is None:
        pieces = tuple(SLOT.split(piece.render()))
        if keep:
            _keep(key, pieces)
    return _filled(pieces, slots)


def _keep(key: str, pieces: Pieces) -> None:
    _kept[key] = pieces
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)


def _filled(pieces: Pieces, slots: Slots) -> Markup:
    # Odd positions hold slot numbers, even positions the macro's own HTML: one pass, so a slot's mark inside what was
    # typed is only text.
    filled = list(pieces)
    for place in range(1, len(filled), 2):
        filled[place] = slots.texts[int(filled[place])]
    return Markup("".join(filled))


def forget() -> None:
    """Empty the store (tests)."""
    _kept.clear()
