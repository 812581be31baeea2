"""A QR code as a picture that is drawn sharp at every size."""

import segno

# The white edge without which cameras do not find a code, in squares of the code.
EDGE = 4


def qr_svg(text: str) -> str:
    """The code of a text, usually an address, as SVG; a seventh of it may be dirty or torn."""
    squares = segno.make(text, error="m", micro=False, boost_error=False).matrix
    side = len(squares) + 2 * EDGE
    # One path of whole rows: squares drawn one by one leave hairlines on paper.
    runs = "".join(
        f"M{start + EDGE},{y + EDGE}h{length}v1h-{length}z"
        for y, row in enumerate(squares)
        for start, length in _dark_runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="#fff" d="M0,0h{side}v{side}h-{side}z"/><path fill="#1d1d28" d="{runs}"/></svg>'
    )


def _dark_runs(row: bytearray) -> list[tuple[int, int]]:
    """Where dark squares begin in a row, and how many follow each other."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((x, 1))
    return runs
