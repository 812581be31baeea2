"""Postcodes come from the directory of the ONS, whole or not at all; nobody else is asked about them."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import District, Postcode
from partners.postcodes import area_of, import_directory, parts_of
from tests.people import make_partnership

pytestmark = pytest.mark.django_db

# A few lines of the directory under each of its two sets of column names.
FOLDER = Path(__file__).parent / "postcodes"
FILES = sorted(FOLDER.glob("*.csv"))
NEW = FOLDER / "ONSPD_MAY_2025_UK.csv"


@pytest.fixture(autouse=True)
def _partnership() -> None:
    make_partnership()


def bring_in(path: Path = NEW) -> list[str]:
    said: list[str] = []
    import_directory(path, say=said.append)
    return said


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_both_sets_of_column_names_are_read(path: Path) -> None:
    said = bring_in(path)
    assert area_of("LE11 3TU") == "charnwood"
    assert said == ["5 postcodes in the area written"]
    assert Postcode.objects.filter(district=None).count() == 1 + 6


@pytest.mark.parametrize(
    ("typed", "area"),
    [
        ("LE1 1WB", "leicester"),
        ("le11wb", "leicester"),
        (" Le1-1wB. ", "leicester"),
        ("LE1 9ZZ", "leicester"),  # ended in 2011, and still said
        ("LE15 6HP", "rutland"),
        ("NG13 0EF", "melton"),
        ("NG13 8AA", "outside"),
        ("LE12 6XX", "outside"),
        ("NG12 5AB", "outside"),
        ("SW1A 1AA", "outside"),
        ("SW1A 9XX", "outside"),  # no such line, but all that begin so are elsewhere
        ("LE1 5XX", None),  # perhaps newer than the file
        ("ZZ99 9ZZ", None),
        ("LE1", None),
        ("the bus stop", None),
        ("", None),
        ("１２", None),
        ("LE1 1WB" * 100, None),
    ],
)
def test_a_postcode_says_its_district(typed: str, area: str | None) -> None:
    bring_in()
    assert area_of(typed) == area


def test_it_is_one_question_and_none_for_what_is_no_postcode() -> None:
    bring_in()
    for typed, questions in (("LE11 3TU", 1), ("SW1A 1AA", 1), ("the bus stop", 0), ("", 0)):
        with CaptureQueriesContext(connection) as captured:
            area_of(typed)
        assert len(captured) == questions, typed


def test_bringing_in_again_replaces_everything() -> None:
    bring_in()
    Postcode.objects.create(code="LE999ZZ", district=District.objects.get(code="leicester"))
    bring_in()
    assert area_of("LE99 9ZZ") is None
    assert Postcode.objects.count() == 12


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is not the ONS Postcode Directory"),
        (b"name,age\nAmina,30\n", "must name the columns pcds and oslaua, or pcds"),
        (b"PK\x03\x04\xff\xfe", "is not a CSV file. Unpack the ZIP"),
        (b"pcds,lad25cd\nLE1 1WB,E06000016\nnot one,E06000016\n", "line 3: there is no postcode"),
        (b"pcds,lad25cd\nLE1 1WB\n", "line 2: there is no postcode"),
        (b"pcds,lad25cd\nSW1A 1AA,E09000033\n", "no postcode in any of our 9 districts"),
        (b"pcds,lad25cd\nLE1 1WB,E06000016\nLE1 1WB,E06000016\n", "stands twice"),
    ],
)
def test_a_wrong_file_is_refused_in_a_sentence_and_changes_nothing(
    tmp_path: Path, content: bytes, says: str
) -> None:
    bring_in()
    wrong = tmp_path / "file.csv"
    wrong.write_bytes(content)
    with pytest.raises(CommandError, match=says):
        call_command("import_postcodes", wrong)
    assert area_of("LE11 3TU") == "charnwood"


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_postcodes", tmp_path / "nothing.csv")


def test_a_file_of_many_lines_goes_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partners.postcodes.BATCH", 2)
    assert len(bring_in()) == 3
    assert Postcode.objects.count() == 12


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_postcodes", NEW)
    assert (
        "5 postcodes in the area; 1 that begin alike outside it; 6 beginnings elsewhere."
        in capsys.readouterr().out
    )


def test_halves_of_a_postcode() -> None:
    assert parts_of("sw1a1aa") == ("SW1A", "1AA")
    assert parts_of("E1 6AN") == ("E1", "6AN")
