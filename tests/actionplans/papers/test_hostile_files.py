"""Files that are meant to do harm, or that are merely broken, are refused in a sentence; others can't calculate."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from documents.grids import packed
from documents.grids.cells import FileRefused
from documents.grids.packed import PaperKind
from documents.grids.reading import read
from tests.actionplans.papers.samples import KINDS, as_kind, understood
from tests.people import make_partnership

ROWS = [["Ref", "Action", "Lead", "Due"], ["A1", "Do it", "Blaby", "31/03/2019"]]
PACKED = (PaperKind.XLSX, PaperKind.ODS, PaperKind.DOCX)
MAIN = {
    PaperKind.XLSX: "xl/worksheets/sheet1.xml",
    PaperKind.ODS: "content.xml",
    PaperKind.DOCX: "word/document.xml",
}


def changed(kind: PaperKind, change: Callable[[str, bytes], bytes], **added: bytes) -> bytes:
    """A good file with each part changed, and parts added."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_kind(kind, ROWS))) as good,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            bad.writestr(name, change(name, good.read(name)))
        for name, content in added.items():
            bad.writestr(name, content)
    return made.getvalue()


def as_it_is(name: str, content: bytes) -> bytes:
    return content


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        read(name, content)
    return str(refused.value)


@pytest.mark.parametrize("kind", PACKED)
def test_what_grows_a_thousand_times_when_opened_is_refused(kind: PaperKind):
    bomb = changed(
        kind, lambda name, part: part + b" " * (packed.MAX_EXPANDED + 1) if name == MAIN[kind] else part
    )
    assert len(bomb) < 100_000
    assert (
        refusal(f"plan.{kind}", bomb) == "The file is far larger inside than it looks, so it was not opened."
    )


@pytest.mark.parametrize("kind", PACKED)
def test_a_thousand_entries_are_refused(kind: PaperKind):
    many = {f"part{number}.bin": b"" for number in range(packed.MAX_ENTRIES)}
    assert "far larger inside" in refusal(f"plan.{kind}", changed(kind, as_it_is, **many))


@pytest.mark.parametrize("kind", PACKED)
@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE x [<!ENTITY leak SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        b'<!DOCTYPE x SYSTEM "http://listener.example/x.dtd">',
    ],
)
def test_what_declares_entities_is_not_opened(kind: PaperKind, declared: bytes):
    def declare(name: str, part: bytes) -> bytes:
        return (
            part.replace(b"?>", b"?>" + declared, 1)
            if name == MAIN[kind] and b"?>" in part
            else (declared + part if name == MAIN[kind] else part)
        )

    assert "declarations that no table needs" in refusal(f"plan.{kind}", changed(kind, declare))


@pytest.mark.parametrize("kind", PACKED)
def test_declarations_in_two_byte_letters_do_not_hide(kind: PaperKind):
    def hide(name: str, part: bytes) -> bytes:
        text = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
        return text.encode("utf-16") if name == MAIN[kind] else part

    assert "declarations that no table needs" in refusal(f"plan.{kind}", changed(kind, hide))


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        (PaperKind.XLSX, "xl/vbaProject.bin"),
        (PaperKind.DOCX, "word/vbaProject.bin"),
        (PaperKind.ODS, "Basic/script-lc.xml"),
    ],
)
def test_macros_are_refused_whatever_the_file_is_called(kind: PaperKind, part: str):
    assert "holds macros" in refusal(f"plan.{kind}", changed(kind, as_it_is, **{part: b"Sub Harm()"}))


def test_a_workbook_that_says_it_has_macros_is_refused():
    claims = changed(
        PaperKind.XLSX, lambda name, part: part.replace(b"spreadsheetml.sheet.main", b"macroEnabled.main")
    )
    assert "holds macros" in refusal("plan.xlsx", claims)
    assert "can hold macros" in refusal("plan.xlsm", as_kind(PaperKind.XLSX, ROWS))


def test_a_locked_file_says_so():
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500
    assert "locked with a password" in refusal("plan.xlsx", locked)
    assert "old .xls format" in refusal("plan.xls", locked)
    manifest = {"META-INF/manifest.xml": b"<m><encryption-data/></m>"}
    assert "locked with a password" in refusal(
        "plan.ods", without(PaperKind.ODS, "META-INF/manifest.xml", **manifest)
    )


def without(kind: PaperKind, left_out: str, **added: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_kind(kind, ROWS))) as good, zipfile.ZipFile(made, "w") as bad:
        for name in set(good.namelist()) - {left_out}:
            bad.writestr(name, good.read(name))
        for name, content in added.items():
            bad.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_that_says_something_else_is_refused(kind: PaperKind):
    for other in set(KINDS) - {kind}:
        assert f"ends in .{other}, but it is not" in refusal(f"plan.{other}", as_kind(kind, ROWS))
    assert "Choose an Excel workbook" in refusal("plan.pdf", as_kind(kind, ROWS))
    assert "Choose an Excel workbook" in refusal("plan", as_kind(kind, ROWS))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("kind", PACKED)
def test_a_part_that_stands_there_twice_is_refused(kind: PaperKind):
    assert "damaged" in refusal(f"plan.{kind}", without(kind, "", **{MAIN[kind]: b"<x/>"}))


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_file_and_a_cut_one_are_refused(kind: PaperKind):
    assert refusal(f"plan.{kind}", b"") == "The file is empty."
    if kind is not PaperKind.CSV:
        assert "damaged" in refusal(f"plan.{kind}", as_kind(kind, ROWS)[:-400])
        assert "damaged" in refusal(f"plan.{kind}", without(kind, MAIN[kind], **{MAIN[kind]: b"<not xml"}))


def test_too_large_a_file_is_refused():
    assert refusal("plan.csv", b"a,b\n" * (packed.MAX_BYTES // 4 + 1)) == "The file is larger than 5 MB."


@pytest.mark.parametrize("kind", KINDS)
def test_a_hundred_thousand_rows_are_refused(kind: PaperKind):
    content = long_table(kind, 100_000)
    assert "more than 2,000 filled rows" in refusal(f"plan.{kind}", content) or "far larger" in refusal(
        f"plan.{kind}", content
    )


def long_table(kind: PaperKind, rows: int) -> bytes:
    """A good file whose last row stands there many times."""
    if kind is PaperKind.CSV:
        return b"Ref,Action,Lead,Due\n" + b"A1,Do it,Blaby,31/03/2019\n" * rows
    ends = {PaperKind.XLSX: b"</row>", PaperKind.ODS: b"</table:table-row>", PaperKind.DOCX: b"</w:tr>"}[kind]
    starts = ends.replace(b"</", b"<").replace(b">", b"")

    def repeat(name: str, part: bytes) -> bytes:
        if name != MAIN[kind]:
            return part
        first, last = part.rindex(starts), part.rindex(ends) + len(ends)
        row = part[first:last]
        if kind is PaperKind.XLSX:
            row = b'<row><c t="inlineStr"><is><t>A1</t></is></c></row>'
        if kind is PaperKind.DOCX:
            row = b"<w:tr><w:tc><w:p><w:r><w:t>A1</w:t></w:r></w:p></w:tc></w:tr>"
        return part[:last] + row * rows + part[last:]

    return changed(kind, repeat)


def test_empty_rows_to_the_bottom_of_the_sheet_are_none():
    def stretch(name: str, part: bytes) -> bytes:
        cells = b'<table:table-cell table:number-columns-repeated="16384"/>'
        empty = b'<table:table-row table:number-rows-repeated="1048000">' + cells + b"</table:table-row>"
        return part.replace(b"</table:table>", empty + b"</table:table>") if name == "content.xml" else part

    [grid] = read("plan.ods", changed(PaperKind.ODS, stretch))
    assert len(grid.rows) == 2


def test_zero_bytes_in_text_are_refused():
    assert "is not text" in refusal("plan.csv", b"Ref,Action,Lead,Due\nA1,Do\x00it,Blaby,31/03/2019\n")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_marks_that_turn_or_hide_words_are_taken_out(kind: PaperKind):
    make_partnership()
    rows = [
        ["\u200fRef\u200f", "Action", "Lead", "Due"],
        ["A\u200b1", "Do \u202eevil\u202c it", "Bla\u2066by", "31/03/2019"],
    ]
    [action] = understood(kind, as_kind(kind, rows)).actions
    assert (action.ref, action.title, action.lead) == ("A1", "Do evil it", "blaby-dc")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_what_looks_like_a_formula_is_only_words(kind: PaperKind):
    make_partnership()
    rows = [ROWS[0], ["A1", '=HYPERLINK("http://x.example","y")', "Blaby", "31/03/2019"]]
    [action] = understood(kind, as_kind(kind, rows)).actions
    assert action.title == '=HYPERLINK("http://x.example","y")'


def test_a_formula_counts_as_its_result_and_one_without_is_named():
    book_of_rows = openpyxl.Workbook()
    sheet = book_of_rows.active
    for row in [*ROWS, ["A2", "=A1", "Blaby", "31/03/2019"]]:
        sheet.append(row)
    made = io.BytesIO()
    book_of_rows.save(made)
    [grid] = read("plan.xlsx", made.getvalue())
    assert grid.rows[2][1].why == "holds a formula without a result: write its value instead"
    with zipfile.ZipFile(made) as book:
        worked_out = {
            name: book.read(name)
            .replace(b"<f>A1</f><v></v>", b"<f>A1</f><v>7</v>")
            .replace(b"<f>A1</f><v />", b"<f>A1</f><v>7</v>")
            for name in book.namelist()
        }
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w") as book:
        for name, part in worked_out.items():
            book.writestr(name, part)
    [grid] = read("plan.xlsx", again.getvalue())
    assert grid.rows[2][1] == 7
