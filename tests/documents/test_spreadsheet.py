"""A file for a spreadsheet shows what stands in it and calculates nothing."""

import csv
import io

import pytest

from documents.spreadsheet import as_csv, harmless


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_what_looks_like_a_formula_is_quoted(begins: str) -> None:
    assert harmless(f"{begins}1+1") == f"'{begins}1+1"


@pytest.mark.parametrize("text", ["LLR-7KQ4-M2XD", "a = b", "", "'quoted'"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_names_and_lines_come_back_as_they_were() -> None:
    rows = [["Zoë, “Z”", "two\nlines", 7]]
    made = as_csv(["Name", "Note", "Count"], rows, notice="Invented demonstration data")
    assert made.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(made.decode("utf-8-sig")))) == [
        ["Invented demonstration data"],
        ["Name", "Note", "Count"],
        ["Zoë, “Z”", "two\nlines", "7"],
    ]
