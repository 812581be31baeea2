"""A file with mistakes names each cell, all at once, and nothing of it is kept."""

import pytest

from actionplans.models import Action, ActionPlan
from documents.definition import Column, Document, Table
from documents.grids.cells import FileRefused
from documents.grids.packed import PaperKind
from documents.word import as_docx
from tests.actionplans.papers.samples import KINDS, STARTS, as_kind, partners_own_table, place, understood
from tests.people import make_partnership

pytestmark = pytest.mark.django_db

HEADS = partners_own_table()[0]
# One mistake of each kind: (row from 1 with the headings, column, what is written there, what is said of it).
PLANTED = [
    (2, "due", "31/02/2019", "“31/02/2019” is not a date"),
    (4, "lead_partner", "Sheriff of Nottingham", "“Sheriff of Nottingham” is no organisation here"),
    (6, "target", "lots", "“lots” is not a number"),
    (8, "title", "", "the action is missing"),
    (10, "id", "C8", "“C8” stands in"),
    (12, "due", "01/01/2017", "the due date is not after the start"),
    (14, "importance", "Very", "“Very” is not understood. It takes: High or medium"),
    (16, "milestone", "Tried by two towns (by 30/13/2018)", "“30/13/2018” is not a date"),
    (18, "lead_partner", "All councils", "“All councils” is more than one organisation: name one"),
    (20, "baseline", "a few", "“a few” is not a number"),
    (22, "start", "soon", "“soon” is not a date"),
    (24, "title", "x" * 251, "the action has 251 letters: 250 at most can be kept"),
]


def with_mistakes() -> list[list[str]]:
    rows = partners_own_table()
    for row, heading, words, _ in PLANTED:
        rows[row - 1][HEADS.index(heading)] = words
    return rows


@pytest.mark.parametrize("kind", KINDS)
def test_twelve_planted_mistakes_are_twelve_named_cells(kind: PaperKind):
    make_partnership()
    found = understood(kind, as_kind(kind, with_mistakes()))
    wanted = [place(kind, HEADS.index(heading), row, heading) for row, heading, _, _ in PLANTED]
    assert [error.place for error in found.errors] == wanted
    for error, (*_, words) in zip(found.errors, PLANTED, strict=True):
        assert error.words.startswith(words), str(error)
    assert found.actions == ()
    assert (ActionPlan.objects.count(), Action.objects.count()) == (0, 0)


def table(*rows: list[str], heads: str = "Ref|Action|Lead|Due") -> list[list[str]]:
    return [heads.split("|"), *rows]


def said(*rows: list[str], heads: str = "Ref|Action|Lead|Due", kind: PaperKind = PaperKind.XLSX) -> list[str]:
    make_partnership()
    return [str(error) for error in understood(kind, as_kind(kind, table(*rows, heads=heads))).errors]


def test_two_mistakes_in_one_row_are_both_named():
    assert said(["A1", "", "Nobody", "31/03/2019"]) == [
        "B2: the action is missing",
        "C2: “Nobody” is no organisation here",
    ]


def test_a_name_that_several_have_says_which_they_could_be():
    [error] = said(["A1", "Do it", "Leicestershire", "31/03/2019"])
    assert error.startswith("C2: “Leicestershire” is no organisation here. It could be ")
    assert "County Council" in error
    assert "Police" in error


def test_an_unknown_area_strand_count_and_ref_are_named():
    heads = "Ref|Action|Lead|Due|Areas|Strands|Counted by|Waits for|Public|Counted by the portal"
    row = ["A1", "Do it", "Blaby", "31/03/2019", "Atlantis", "Colour", "moon", "Z9", "perhaps", "goblins"]
    assert said(row, heads=heads) == [
        "E2: “Atlantis” is no area here",
        "F2: “Colour” is no strand here",
        "G2: “moon” is not understood. It takes: Empty for one figure, or Partner, or District",
        "H2: no action has the ref “Z9”",
        "I2: “perhaps” is not understood. It takes: Yes or no: may the public page show it",
        "J2: The portal has no count called goblins",
    ]


def test_a_column_that_stands_twice_is_named():
    assert said(
        ["A1", "Do it", "Blaby", "31/03/2019", "Melton"], heads="Ref|Action|Lead|Due|Lead partner"
    ) == ["E1: “Lead partner” says the same as the heading in C1: keep one of them"]


def test_a_ref_that_no_address_can_hold_is_named():
    assert said(["A/1 (new!)", "Do it", "Blaby", "31/03/2019"]) == [
        "A2: “A-1(new!)” can't be a ref: use up to ten letters and digits, such as C1"
    ]


def test_a_ref_that_is_a_page_is_named():
    assert said(["Export", "Do it", "Blaby", "31/03/2019"]) == [
        "A2: “Export” is a word that the portal's own addresses use: choose another ref"
    ]


def in_two_tables(*more: list[str]) -> list[str]:
    """A Word document whose second table says more of the actions in the first."""
    make_partnership()
    first = Table(
        "", tuple(map(Column, ("Ref", "Action", "Lead", "Due"))), (("A1", "Do it", "Blaby", "May 2019"),)
    )
    second = Table("", tuple(map(Column, ("Ref", "Target", "Lead"))), tuple(map(tuple, more)))
    made = as_docx(Document("A plan", (first, second), period="", prepared_on=STARTS))
    return [str(error) for error in understood(PaperKind.DOCX, made).errors]


def test_a_further_table_says_more_of_the_same_actions():
    assert in_two_tables(["a1", "90", "Blaby"]) == []


def test_a_further_table_that_names_no_action_or_says_otherwise_is_named():
    assert in_two_tables(["A7", "90", ""], ["A1", "90", "Melton"], ["", "90", ""]) == [
        "table 2, row 2, column Ref: no action has the ref “A7”",
        "table 2, row 3, column Lead: A1 has another lead in table 1, row 2, column Lead",
        "table 2, row 4, column Ref: the row names no ref",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_without_a_table_of_actions_says_what_it_needs(kind: PaperKind):
    make_partnership()
    with pytest.raises(
        FileRefused, match="No table of actions was found. It needs a row of headings, among them"
    ):
        understood(kind, as_kind(kind, [["Town", "People"], ["Melton", "51,000"]]))


def test_a_table_that_lacks_a_column_names_it():
    make_partnership()
    with pytest.raises(FileRefused, match="has no column for Lead. It needs at least Action, Lead, Due"):
        understood(
            PaperKind.CSV, as_kind(PaperKind.CSV, [["Ref", "Action", "Due"], ["A1", "Do", "2019-01-01"]])
        )


def test_headings_without_actions_are_refused():
    make_partnership()
    with pytest.raises(FileRefused, match="no actions under them"):
        understood(PaperKind.CSV, as_kind(PaperKind.CSV, table()))
