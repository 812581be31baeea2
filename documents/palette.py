"""Colours and shapes of data: Okabe-Ito for states, ink and plum for reports received."""

from __future__ import annotations

from dataclasses import dataclass

FONT = "Atkinson Hyperlegible"
INK = "#1d1d28"
PLUM = "#4b2e83"
GREY = "#b8b5c0"
QUIET = "#5c5866"
RULE = "#d5d2dc"
WASH = "#f5f3f8"
BAND = "#e4dff0"

# Four steps of plum for tiles, light to dark, with the text colour that reads on each.
PLUM_STEPS = (("#f1eef7", INK), ("#d3c8e6", INK), ("#7458a8", "#ffffff"), (PLUM, "#ffffff"))


@dataclass(frozen=True)
class Mark:
    """How one state looks: an SVG path in the box -1 to 1, filled or only drawn."""

    path: str
    colour: str
    filled: bool = True


_CIRCLE = "M-0.9,0A0.9,0.9,0,1,1,0.9,0A0.9,0.9,0,1,1,-0.9,0Z"
MARKS: dict[str, Mark] = {
    "complete": Mark("M-0.9,0.05L-0.25,0.75L0.95,-0.7", "#00625f", filled=False),
    "green": Mark(_CIRCLE, "#009e73"),
    "amber": Mark("M0,-0.9L1,0.85H-1Z", "#e69f00"),
    "red": Mark("M0,-1L1,0L0,1L-1,0Z", "#d55e00"),
    "overdue": Mark("M-1,-0.85H1L0,0.9Z", "#8f2d00"),
    "not_started": Mark(_CIRCLE, QUIET, filled=False),
    "on_hold": Mark("M-0.5,-0.8V0.8M0.5,-0.8V0.8", QUIET, filled=False),
    "ongoing": Mark("M-0.85,0H0.85M0.2,-0.65L0.85,0L0.2,0.65", QUIET, filled=False),
    "deferred": Mark("M-0.45,-0.8V0.8M0.45,-0.8V0.8M-0.9,0.9H0.9", QUIET, filled=False),
    "closed": Mark("M-0.8,-0.8H0.8V0.8H-0.8Z", QUIET, filled=False),
    "ended": Mark("M-0.85,0H0.85", QUIET, filled=False),
}
