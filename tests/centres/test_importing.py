"""Halina looks after centres for the county council, and brings today's list in from a spreadsheet."""

from datetime import date, datetime

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audit.models import AuditEvent
from centres.columns import COLUMNS
from centres.exporting import KINDS, as_file, template
from centres.importing import ListChanged, bring_in, compare
from centres.models import CentreEvent
from centres.reading_lists import understand
from centres.standing import suspend
from documents.grids.cells import FileRefused
from documents.grids.packed import PaperKind
from documents.grids.reading import read
from partners.models import CentreStanding, Organisation, ReportingCentre, User
from tests.centres.lists import TALLOW, WILLOWMERE, as_csv, as_xlsx, rows_of
from tests.people import NOW, centre, client_for, member, organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]
TODAY = NOW.date()
LIST = reverse("centres:import")


def halina() -> User:
    return member("Halina Frost", organisation("lcc"), "centre_lead")


def sent(browser: Client, content: bytes, name: str = "our centres.xlsx"):
    return browser.post(LIST, {"paper": SimpleUploadedFile(name, content)})


def brought(*centres: dict, by: User | None = None, now: datetime = NOW):
    found = understand("list.xlsx", as_xlsx(rows_of(*centres)), today=TODAY)
    assert [str(error) for error in found.errors] == []
    return bring_in(found.wanted, seen=compare(found.wanted).fingerprint, by=by or halina(), now=now)


def mistakes(*centres: dict) -> list[str]:
    return [str(e) for e in understand("list.xlsx", as_xlsx(rows_of(*centres)), today=TODAY).errors]


def everything() -> list[tuple]:
    """All that a list can say, of every centre."""
    return [
        (each.organisation.code, each.organisation.name, each.district.code, *_own(each))
        for each in ReportingCentre.objects.select_related("organisation", "district").order_by("pk")
    ]


def _own(each: ReportingCentre) -> tuple:
    kept = (
        "kind",
        "address",
        "postcode",
        "phone",
        "email",
        "opening_hours",
        "languages",
        "about",
        "standing",
    )
    days = ("is_step_free", "has_private_room", "looked_after_by_id", "verified_on", "opened_on", "closed_on")
    return tuple(getattr(each, name) for name in (*kept, *days))


# The list with twelve mistakes ------------------------------------------------------------------------------------

PLANTED = (
    {**WILLOWMERE, "name": ""},
    {**WILLOWMERE, "name": "Two", "area": "Narnia"},
    {**WILLOWMERE, "name": "Three", "postcode": "LE8"},
    {**WILLOWMERE, "name": "Four", "languages": "English, Klingon"},
    {**WILLOWMERE, "name": "Five", "verified_on": "11/03/2099"},
    {**WILLOWMERE, "name": "Six", "opened_on": "last spring"},
    {**WILLOWMERE, "name": "Seven", "phone": "ask at the desk"},
    {**WILLOWMERE, "name": "Eight", "email": "desk at willowmere"},
    {**WILLOWMERE, "name": "Nine", "is_step_free": "nearly"},
    {**WILLOWMERE, "name": "Nine"},
    {**WILLOWMERE, "name": "Leicestershire Police"},
    {**WILLOWMERE, "name": "Twelve", "looked_after_by": "Atlantis", "standing": "listed"},
)
CELLS = ["B2", "D3", "F4", "J5", "P6", "Q7", "G8", "H9", "K10", "B11", "B12", "N13"]


@pytest.mark.parametrize("kind", ["xlsx", "csv", "windows"])
def test_a_list_with_twelve_mistakes_names_twelve_cells_and_keeps_nothing(kind: str):
    rows = rows_of(*PLANTED)
    content = {
        "xlsx": as_xlsx(rows),
        "csv": as_csv(rows),
        "windows": as_csv(rows, separator=";", encoding="cp1252"),
    }[kind]
    page = sent(client_for(halina()), content, "list.xlsx" if kind == "xlsx" else "list.csv")
    assert [error.place for error in page.context["errors"]] == CELLS
    assert "12 cells of the file need a change" in page.content.decode()
    assert not ReportingCentre.objects.exists()
    assert not Organisation.objects.filter(kind="centre").exists()
    assert not AuditEvent.objects.filter(act="centres.list_brought_in").exists()


def test_each_mistake_says_what_is_wrong_in_plain_words():
    assert mistakes(*PLANTED) == [
        "B2: the name is missing",
        "D3: “Narnia” is no area here. There are: Leicester, Blaby, Charnwood, Harborough, Hinckley and Bosworth, "
        "Melton, North West Leicestershire, Oadby and Wigston, Rutland",
        "F4: “LE8” is not a postcode, such as LE13 1AA",
        "J5: “Klingon” is no language that the portal knows",
        "P6: 11/03/2099 is still to come",
        "Q7: “last spring” is not a date, such as 14/10/2026",
        "G8: “ask at the desk” is not a telephone number: it has too few digits",
        "H9: “desk at willowmere” is not an e-mail address",
        "K10: “nearly” is neither yes nor no",
        "B11: “Nine” stands in row 10 already",
        "B12: “Leicestershire Police” is the name of an organisation that is no reporting centre",
        "N13: “Atlantis” is no council here. There are: " + councils(),
    ]


def councils() -> str:
    kinds = ("county_council", "district_council", "unitary")
    return ", ".join(Organisation.objects.filter(kind__in=kinds).values_list("short_name", flat=True))


def test_put_right_it_is_brought_in_once_however_often_it_is_sent_and_pressed():
    browser = client_for(halina())
    content = as_xlsx(rows_of(WILLOWMERE, TALLOW))
    page = sent(browser, content)
    assert "Nothing is kept yet" in page.content.decode()
    assert not ReportingCentre.objects.exists()
    for said in ("2 new, 0 changed", "all 2 centres of the list are so already"):
        answer = browser.post(LIST, {"seen": page.context["seen"]}, follow=True)
        assert said in answer.content.decode()
    assert "Nothing to change" in sent(browser, content).content.decode()
    assert ReportingCentre.objects.count() == 2
    assert AuditEvent.objects.filter(act="centres.list_brought_in").count() == 1


# What a list says -------------------------------------------------------------------------------------------------


def test_a_new_centre_is_as_the_list_says():
    brought(WILLOWMERE, TALLOW)
    willowmere = ReportingCentre.objects.get(organisation__name="Willowmere Library")
    assert willowmere.organisation.code == "willowmere-library"
    assert willowmere.district.code == "blaby"
    assert willowmere.looked_after_by == organisation("blaby-dc")
    assert willowmere.standing == CentreStanding.LISTED
    assert (willowmere.verified_on, willowmere.opened_on) == (date(2026, 3, 1), date(2021, 5, 12))
    assert (willowmere.is_step_free, willowmere.has_private_room) == (True, False)
    tallow = ReportingCentre.objects.get(organisation__code="tallow-street-community-hall")
    assert (tallow.standing, tallow.languages) == (CentreStanding.PROPOSED, "Gujarati, British Sign Language")
    assert [event.act for event in tallow.events.all()] == ["proposed"]


def test_a_centre_is_known_by_its_code_or_by_name_and_area():
    brought(WILLOWMERE)
    done = brought({**WILLOWMERE, "phone": "01632 960299"}, TALLOW)
    assert (done.new, done.changed, done.same) == (1, 1, 0)
    done = brought({"code": "willowmere-library", "name": "Willowmere Library and Museum", "area": "Blaby"})
    assert (done.new, done.changed) == (0, 1)
    names = Organisation.objects.filter(kind="centre").values_list("name", flat=True)
    assert set(names) == {"Willowmere Library and Museum", "Tallow Street Community Hall"}


def test_an_empty_cell_changes_nothing_and_whoever_is_not_in_the_list_stays():
    brought(WILLOWMERE, TALLOW)
    before = everything()
    done = brought({"name": "Willowmere Library", "area": "Blaby"})
    assert (done.new, done.changed, done.same) == (0, 0, 1)
    assert everything() == before


def test_the_preview_says_what_was_and_what_will_be():
    brought(WILLOWMERE)
    changed = {**WILLOWMERE, "phone": "01632 960299", "has_private_room": "yes"}
    page = sent(client_for(halina()), as_xlsx(rows_of(changed)))
    (line,) = page.context["comparison"].changed
    assert [(each.heading, each.before, each.after) for each in line.changes] == [
        ("Phone", "01632 960201", "01632 960299"),
        ("Private room", "No", "Yes"),
    ]


def test_a_list_does_not_decide_how_a_centre_stands():
    brought(WILLOWMERE)
    willowmere = ReportingCentre.objects.get()
    suspend(willowmere, reason="not_fit", by=halina(), now=NOW)
    assert mistakes(WILLOWMERE) == [
        "O2: the portal has it as suspended: that is changed on the centre’s page, not here"
    ]


def test_an_old_list_does_not_undo_a_newer_check():
    brought({**WILLOWMERE, "verified_on": "09/03/2026"})
    assert brought(WILLOWMERE).same == 1
    assert ReportingCentre.objects.get().verified_on == date(2026, 3, 9)


def test_numbers_and_days_of_a_spreadsheet_are_understood():
    brought({**WILLOWMERE, "phone": 1632960201, "verified_on": date(2026, 3, 1), "is_step_free": True})
    willowmere = ReportingCentre.objects.get()
    assert (willowmere.phone, willowmere.verified_on) == ("01632960201", date(2026, 3, 1))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "Willow Mere"}, "A2: “Willow Mere” can’t be a code: use small letters, digits and hyphens"),
        ({"code": "import"}, "A2: “import” is a word that the portal’s own addresses use: choose another"),
        ({"code": "police"}, "A2: “police” is the code of an organisation that is no reporting centre"),
        ({"standing": "open"}, "O2: “open” is no standing: proposed, listed, suspended or closed"),
        ({"standing": "closed"}, "R2: a closed centre says since when"),
        ({"closed_on": "01/03/2026"}, "R2: only a closed centre has been closed on a day"),
        ({"address": ""}, "E2: the address is missing: a new centre needs it"),
        ({"about": "word " * 101}, "M2: it has 504 letters: 500 at most can be kept"),
        ({"opened_on": "12/05/1921"}, "Q2: 12/05/1921 is very long ago: check the year"),
        ({"phone": "=1+1"}, "G2: holds a formula without a result: write its value instead"),
    ],
)
def test_more_that_can_be_wrong(change: dict, said: str):
    assert mistakes({**WILLOWMERE, **change}) == [said]


def test_a_name_in_another_area_is_not_taken_for_the_same_centre():
    brought(WILLOWMERE)
    (said,) = mistakes({**WILLOWMERE, "area": "Melton"})
    assert said == "B2: there is a centre of this name in Blaby: give its code if it has moved from there"


def test_two_rows_about_one_centre_are_a_mistake():
    brought(WILLOWMERE)
    code = {"code": "willowmere-library"}
    said = mistakes(WILLOWMERE, {**WILLOWMERE, **code, "name": "Willowmere Rooms"})
    assert said == ["A3: the same centre stands in row 2 already"]


# Two at once ------------------------------------------------------------------------------------------------------


def test_whoever_confirms_second_is_told_and_changes_nothing():
    brought(WILLOWMERE)
    quick = understand(
        "a.xlsx", as_xlsx(rows_of({**WILLOWMERE, "phone": "01632 960211"})), today=TODAY
    ).wanted
    slow = understand("b.xlsx", as_xlsx(rows_of({**WILLOWMERE, "phone": "01632 960222"})), today=TODAY).wanted
    seen_by_slow = compare(slow).fingerprint
    bring_in(quick, seen=compare(quick).fingerprint, by=halina(), now=NOW)
    with pytest.raises(ListChanged):
        bring_in(slow, seen=seen_by_slow, by=member("Bede Marr", organisation("lcc"), "centre_lead"), now=NOW)
    assert ReportingCentre.objects.get().phone == "01632 960211"


def test_a_name_that_somebody_took_meanwhile_keeps_all_of_the_list_out():
    found = understand("list.xlsx", as_xlsx(rows_of(TALLOW, WILLOWMERE)), today=TODAY)
    seen = compare(found.wanted).fingerprint
    Organisation.objects.create(code="other", name="Willowmere Library", short_name="W", kind="nhs", order=9)
    with pytest.raises(ListChanged):
        bring_in(found.wanted, seen=seen, by=halina(), now=NOW)
    assert not ReportingCentre.objects.exists()


def test_nobody_confirms_what_another_looked_at_and_nothing_made_up():
    page = sent(client_for(halina()), as_xlsx(rows_of(WILLOWMERE)))
    other = client_for(member("Bede Marr", organisation("lcc"), "centre_lead"))
    assert other.post(LIST, {"seen": page.context["seen"]}).status_code == 404
    forged = signing.dumps({"wanted": [], "as_of": "", "by": 1}, salt="another")
    assert client_for(halina()).post(LIST, {"seen": forged}).status_code == 302
    assert not ReportingCentre.objects.exists()


# There and back ---------------------------------------------------------------------------------------------------


def all_kinds_of_centres() -> None:
    brought(
        WILLOWMERE,
        {**TALLOW, "phone": "+44 1632 960202", "kind": "@home"},
        {**TALLOW, "name": "Larkfold", "standing": "closed", "closed_on": "02/03/2026"},
    )
    ReportingCentre.objects.filter(kind="@home").update(about="=2+2 is how\nwe begin")
    larkfold = centre("larkfold-annexe", area="melton")
    larkfold.languages = "English, Cornish"
    larkfold.save()
    suspend(larkfold, reason="not_fit", by=None, now=NOW)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_out_and_brought_in_again_is_the_same(kind: PaperKind):
    all_kinds_of_centres()
    before = everything()
    content = taken_out(kind)
    found = understand(f"list.{kind}", content, today=TODAY)
    assert [str(error) for error in found.errors] == []
    assert compare(found.wanted).is_nothing
    clear_away(but="larkfold-annexe")
    bring_in(found.wanted, seen=compare(found.wanted).fingerprint, by=halina(), now=NOW)
    assert sorted(everything(), key=str) == sorted(before, key=str)


def taken_out(kind: PaperKind) -> bytes:
    centres = ReportingCentre.objects.select_related("organisation", "district", "looked_after_by")
    return as_file(centres, kind, notice="Invented demonstration data")


def clear_away(*, but: str) -> None:
    CentreEvent.objects.all().delete()
    gone = ReportingCentre.objects.exclude(organisation__code=but)
    houses = list(gone.values_list("organisation_id", flat=True))
    gone.delete()
    houses_there = Organisation.objects.filter(pk__in=houses)
    houses_there._raw_delete(houses_there.db)


def test_no_cell_that_is_taken_out_makes_a_spreadsheet_calculate():
    all_kinds_of_centres()
    for line in taken_out(PaperKind.CSV).decode("utf-8-sig").splitlines():
        assert not any(cell.strip('"').startswith(("=", "+", "@")) for cell in line.split(","))
    sheet = read("list.xlsx", taken_out(PaperKind.XLSX))[0]
    assert any("=2+2 is how\nwe begin" in row for row in sheet.rows)


def test_taking_the_list_out_is_in_the_trail():
    browser = client_for(halina())
    answer = browser.post(reverse("centres:export"), {"kind": "csv"})
    assert answer["Content-Disposition"].startswith('attachment; filename="reporting-centres-')
    assert AuditEvent.objects.filter(act="centres.list_taken_out").get().facts == {"kind": "csv"}


# Files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_the_template_comes_back_without_its_example(kind: PaperKind):
    rows = [[str(cell) for cell in row][: len(COLUMNS)] for row in read(f"t.{kind}", template(kind))[0].rows]
    assert rows[0] == [column.heading for column in COLUMNS]
    with pytest.raises(FileRefused, match="no centres under them"):
        understand(f"t.{kind}", template(kind), today=TODAY)
    filled = as_csv([*rows, [WILLOWMERE.get(column.key, "") for column in COLUMNS]])
    found = understand("t.csv", filled, today=TODAY)
    assert found.had_example
    assert [each.code for each in found.wanted] == ["willowmere-library"]


def test_the_example_would_be_a_centre_if_it_were_none():
    """What the template shows is itself allowed."""
    example = {column.key: column.example for column in COLUMNS} | {"code": ""}
    assert mistakes(example) == []


def test_the_template_says_which_values_are_allowed():
    what = read("t.xlsx", template(PaperKind.XLSX))[1]
    said = {str(row[0]): str(row[2]) for row in what.rows if len(row) > 2}
    assert "Melton" in said["Area"]
    assert said["Standing"] == "proposed, listed, suspended, closed"


def test_headings_of_ones_own_do_and_strange_columns_are_named():
    rows = [["Our centres"], [], ["Borough", "Centre name", "Tel", "Street address", "Hours", "Colour"]]
    rows.append(["Melton", "Larkfold", "01632 960209", "1 Lark Lane", "Mondays", "blue"])
    found = understand("own.csv", as_csv(rows), today=TODAY)
    assert found.unknown_columns == ["Colour"]
    assert found.wanted[0].values["phone"] == "01632 960209"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("list.docx", b"PK", "A Word document can’t be read as a list"),
        ("list.xlsm", b"PK", "can hold macros"),
        ("list.csv", b"Borough,Hours\nMelton,always\n", "“Name” is missing"),
        ("list.xlsx", b"PK\x03\x04 broken", "damaged"),
        ("list.csv", b"  ", "empty"),
    ],
)
def test_a_file_that_can_not_be_read_is_refused_in_one_sentence(name: str, content: bytes, said: str):
    page = sent(client_for(halina()), content, name)
    assert said in page.content.decode()
    assert page.status_code == 200
