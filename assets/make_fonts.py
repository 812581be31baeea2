"""Make the web fonts (WOFF2, Latin) and the document fonts (TTF, Latin and Latin Extended) from the npm package.

Run by scripts/build-assets with fonttools and brotli in an environment of its own. Hinting is dropped: what shows
WOFF2 or PDF does not use it, and it is half of the weight.
"""

import sys
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont

# Letters of English and its neighbours, the punctuation people paste, arrows left out: 4 KB a face less.
WEB_TEXT = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x131, 0x152, 0x153, 0x2212, 0x20AC, 0x2122, 0x2044]
WEB_TEXT += [0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026, 0x2039, 0x203A]


def web_font(source: Path, target: Path) -> None:
    """Subset one face to WEB_TEXT and write it as WOFF2."""
    options = subset.Options()
    options.hinting = False
    options.flavor = "woff2"
    options.layout_features = ["kern", "ccmp", "tnum", "mark"]
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    options.notdef_outline = True
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=WEB_TEXT)
    cutter.subset(font)
    subset.save_font(font, str(target), options)


def document_font(latin: Path, extended: Path, target: Path) -> None:
    """Join the Latin and Latin Extended halves of one face into one TTF, so that Łukasz keeps his name in a PDF."""
    halves = []
    for number, source in enumerate((latin, extended)):
        font = TTFont(source)
        font.flavor = None
        for table in ("fpgm", "prep", "cvt ", "gasp"):
            if table in font:
                del font[table]
        for glyph in font["glyf"].glyphs:
            font["glyf"][glyph].removeHinting()
        if number:
            for table in ("GSUB", "GPOS", "GDEF"):
                del font[table]
        half = target.with_suffix(f".{number}.half")
        font.save(half)
        halves.append(half)
    joined = merge.Merger().merge([str(half) for half in halves])
    joined["name"] = TTFont(latin)["name"]
    joined.save(target)
    for half in halves:
        half.unlink()


def main(package: Path, static: Path, documents: Path) -> None:
    """Write four font files and two copies of the licence."""
    files = package / "files"
    for weight, style in ((400, "Regular"), (700, "Bold")):
        latin = files / f"atkinson-hyperlegible-latin-{weight}-normal.woff2"
        extended = files / f"atkinson-hyperlegible-latin-ext-{weight}-normal.woff2"
        web_font(latin, static / f"atkinson-hyperlegible-{style.lower()}.woff2")
        document_font(latin, extended, documents / f"AtkinsonHyperlegible-{style}.ttf")
    for folder in (static, documents):
        (folder / "OFL.txt").write_bytes((package / "LICENSE").read_bytes())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
