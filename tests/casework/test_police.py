"""A case goes to the police as data in a published form, and what they say comes back, without typing it twice."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker

from casework.deciding import NotAChoiceNow
from casework.erasing import WhyErased, erase
from casework.finding import by_police_number
from casework.management.commands.write_police_schemas import FOLDER, written
from casework.models import AnswerSource, Case, Pack, PackMedium, PoliceAnswer, PoliceNumberSign
from casework.packs import NothingShared, Opened, PackIsOver, open_pack
from casework.police import AnswerIncomplete, Said, hand_to_police, record_police_answer, refuse_incomplete
from casework.police_answers import FileNotTaken, Taken, read, take
from casework.police_data import ANSWER, hand_off_as_json, schemas
from casework.sharing import BarredFromReport
from partners.police_outcomes import outcome_groups, police_outcomes
from reporting.models import Report
from reporting.strands import ReporterRole
from scope.context import staff_scope, worker_scope
from tests.at_a_centre import at_a_centre
from tests.casework.packed import LATER, Packed, as_found, packed
from tests.casework.world import (
    BARS_THE_POLICE,
    ZAYNAB,
    anonymously,
    close_case,
    shared_anyway,
    told,
    triaged,
)
from tests.database import standing
from tests.people import NOW, asha, client_for, gwen, ngozi, organisation, tomasz

TODAY = LATER.date()
NUMBER = Said(number="26*114 502", number_kind="crime")
ENDED = Said(outcome="15", outcome_on=TODAY, recorded_as="crime")


@pytest.fixture(scope="module")
def packed_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[Packed]:
    with standing(django_db_blocker, packed) as made:
        yield made


@pytest.fixture
def world(packed_once: Packed, db: None) -> Packed:
    return deepcopy(packed_once)


def handed_over(case: Case, *, by: Any = None) -> Pack:
    by = by or ngozi()
    with staff_scope(by.organisation_id, by.pk):
        return hand_to_police(as_found(case), organisation("police"), by=by, now=LATER)


def opened(pack: Pack) -> Opened:
    """Tomasz of the police opens it."""
    officer = tomasz()
    with staff_scope(officer.organisation_id or 0, officer.pk):
        found = Pack.objects.select_related("case__lead_organisation", "organisation", "made_by").get(
            pk=pack.pk
        )
        return open_pack(found, PackMedium.JSON, by=officer, now=LATER)


def answered(case: Case, said: Said, *, by: Any = None, **how: Any) -> PoliceAnswer:
    by = by or ngozi()
    with staff_scope(by.organisation_id, by.pk):
        return record_police_answer(as_found(case), said, by=by, now=LATER, **how)


# What goes out ------------------------------------------------------------------------------------------------


def test_the_published_schemas_are_what_the_code_makes() -> None:
    assert {path.name: path.read_text() for path in FOLDER.iterdir()} == written(), (
        "run: manage.py write_police_schemas"
    )
    for schema in schemas().values():
        Draft202012Validator.check_schema(schema)


FORMATS = FormatChecker(())
FORMATS.checks("date-time", ValueError)(lambda text: datetime.fromisoformat(text).tzinfo is not None)
FORMATS.checks("date", ValueError)(lambda text: bool(date.fromisoformat(text)))


def valid(data: dict[str, Any], name: str = "police-handoff") -> list[str]:
    checker = Draft202012Validator(schemas()[name], format_checker=FORMATS)
    return [error.message for error in checker.iter_errors(data)]


def told_by(role: ReporterRole) -> Case:
    """A report by somebody in this role, taken up by Ngozi."""
    if role == ReporterRole.CENTRE:
        return triaged(told(by=asha(), **at_a_centre(ZAYNAB)), by=ngozi())
    changes: dict[str, Any] = {
        ReporterRole.VICTIM: {},
        ReporterRole.WITNESS: {"Q02": "witness", "W02": "no", **anonymously()},
        ReporterRole.COMMUNITY: {"Q02": "community", "Q02a": ["worship"], "Q02a_name": "The old mosque"},
        ReporterRole.ON_BEHALF: {"Q02": "on_behalf", "Q03": "agreed", "Q04": "parent"},
    }[role]
    case = triaged(told(**changes), by=ngozi())
    if role == ReporterRole.WITNESS:  # is not asked whom to tell
        with staff_scope(ngozi().organisation_id or 0):
            shared_anyway(case, organisation("police"), by=ngozi())
    return case


@pytest.mark.django_db
def test_a_hand_off_of_every_role_holds_to_its_schema() -> None:
    for role in ReporterRole:
        data = json.loads(hand_off_as_json(opened(handed_over(told_by(role)))))
        assert valid(data) == []
        (report,) = data["case"]["reports"]
        assert report["told_by"]["answer"] == role
        assert report["words"]["id"] == "Q07"


def test_the_schema_notices_what_is_missing_unknown_or_of_another_kind(world: Packed) -> None:
    data = json.loads(hand_off_as_json(opened(handed_over(world.case))))
    assert valid(data) == []
    without = {name: value for name, value in data.items() if name != "case"}
    for broken in (without, data | {"more": 1}, data | {"number": "H1"}, data | {"made_at": "today"}):
        assert valid(broken) != []


def test_it_holds_safe_contact_hashes_and_an_id_for_every_value(world: Packed) -> None:
    data = json.loads(hand_off_as_json(opened(handed_over(world.case))))
    (report,) = data["case"]["reports"]
    rules = {rule["id"]: rule["in_words"] for rule in report["safe_contact"]["rules"]}
    assert rules["Q26_message"] == "No"
    assert rules["Q26_care"] == "My brother must not know."
    (file,) = report["files"]
    assert file["kind"] == "photo"
    assert len(file["sha256"]) == 64
    assert data["case"]["recorded_strands"]["answer"] == ["religion"]
    assert [each["answer"] for each in report["strands"] if each["id"] == "Q08"] == [["religion"]]
    assert data["parts"] == ["what", "person", "risk", "done", "suspect"]
    assert data["not_shared"] == []


def test_the_same_contents_keep_their_number_and_others_get_the_next(world: Packed) -> None:
    first = handed_over(world.case)
    assert first.name == f"{world.case.reference}-H1"
    assert handed_over(world.case).pk == first.pk
    assert handed_over(world.case, by=tomasz()).pk == first.pk
    assert first.maker == "Ngozi Bell, Charnwood"
    answered(world.case, ENDED)
    with pytest.raises(PackIsOver, match="it gets the next number"):
        opened(first)
    second = handed_over(world.case)
    assert second.name.endswith("-H2")
    assert opened(second).is_as_made
    with staff_scope(world.lead.organisation_id or 0):
        assert [each.act for each in as_found(world.case).events.all()].count("hand_to_police") == 2


@pytest.mark.django_db
def test_nothing_goes_to_police_that_must_not_see_it_or_may_not() -> None:
    barred = triaged(told(**BARS_THE_POLICE), by=ngozi())
    with pytest.raises(BarredFromReport, match="The person said that"):
        handed_over(barred)
    not_chosen = triaged(told(Q24=["council"]), by=ngozi())
    with pytest.raises(NothingShared, match="Nothing of this case is shared with"):
        handed_over(not_chosen)
    page = client_for(ngozi()).get(f"/staff/cases/{barred.reference}/police/hand-over/").content.decode()
    assert "The police may not see this case" in page
    assert client_for(tomasz()).get(f"/staff/cases/{barred.reference}/police/").status_code == 404


# What comes back ----------------------------------------------------------------------------------------------


def test_what_the_police_said_stands_on_the_case_and_before_it_what_they_said_first(world: Packed) -> None:
    answered(world.case, NUMBER, by=tomasz())
    answered(world.case, ENDED, note="Told by the sergeant.")
    with staff_scope(world.lead.organisation_id or 0):
        case = as_found(world.case)
        assert (case.recorded_as, case.police_outcome) == ("crime", "15")
        first, second = case.police_answers.order_by("number")
        assert (first.unseal("police_number"), first.source) == ("26*114 502", AnswerSource.POLICE)
        assert (second.outcome_on, second.source) == (TODAY, AnswerSource.LEAD)
        assert "26*114" not in str(list(case.events.values_list("facts", flat=True)))
        assert case.events.last().unseal("note") == "Told by the sergeant."
    page = client_for(world.lead).get(f"/staff/cases/{world.case.reference}/police/").content.decode()
    assert "Crime number: 26*114 502" in page
    assert "Outcome 15: Suspect identified, the victim supports action, not enough evidence" in page


def test_an_officer_finds_the_case_by_the_number_however_it_is_written(world: Packed) -> None:
    answered(world.case, NUMBER)
    for officer, found in ((ngozi(), [world.case.reference]), (gwen(), [])):
        with staff_scope(officer.organisation_id or 0, officer.pk):
            reports = by_police_number(" 26114-502", by=officer, now=LATER)
            assert [each.report.reference for each in reports] == found
    page = client_for(ngozi()).post("/staff/cases/find/", {"police_number": "26*114502"}).content.decode()
    assert f"/staff/cases/{world.case.reference}/" in page


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (Said(), "Enter a number, what it is recorded as, or an outcome"),
        (Said(number="***", number_kind="crime"), "Enter the number with its letters and digits"),
        (Said(number="26*1"), "Choose whether it is a crime or an occurrence number"),
        (Said(number_kind="crime", outcome="1", outcome_on=TODAY), "Enter the number"),
        (Said(outcome="15"), "Enter the day of the outcome"),
        (Said(outcome_on=TODAY, recorded_as="crime"), "Choose the outcome"),
        (Said(outcome="15", outcome_on=TODAY + timedelta(days=1)), "must be today or in the past"),
        (Said(outcome="23", outcome_on=TODAY), "“23” is not in the list for that day"),
    ],
)
def test_half_an_answer_is_refused_with_what_is_missing(said: Said, message: str) -> None:
    with pytest.raises(AnswerIncomplete, match=message):
        refuse_incomplete(said, today=TODAY)


def test_the_police_record_nothing_that_is_not_theirs_or_not_of_that_day() -> None:
    for code in ("undecided", "flying"):
        with pytest.raises(NotAChoiceNow):
            refuse_incomplete(Said(recorded_as=code), today=TODAY)
    with pytest.raises(NotAChoiceNow):
        refuse_incomplete(Said(recorded_as="nchi"), today=date(2026, 4, 1))


def test_the_outcomes_are_the_national_list_each_in_a_group() -> None:
    assert [each.code for each in police_outcomes()] == [str(number) for number in range(1, 23)]
    assert {each.group for each in police_outcomes()} == {group.code for group in outcome_groups()}


# A file of answers --------------------------------------------------------------------------------------------


def a_file(*rows: Any, schema: str = ANSWER) -> bytes:
    return json.dumps({"schema": schema, "answers": list(rows)}).encode()


def test_a_file_is_taken_once_and_holds_to_its_schema(world: Packed) -> None:
    row = {"reference": f"{world.case.reference}-H1", "outcome": "15", "outcome_on": "2026-03-10"}
    content = a_file(row)
    assert valid(json.loads(content), "police-answer") == []
    officer = tomasz()
    with staff_scope(officer.organisation_id or 0, officer.pk):
        assert take(read(content), by=officer, now=LATER) == Taken(new=1, known=0)
        assert take(read(content), by=officer, now=LATER) == Taken(new=0, known=1)
        assert as_found(world.case).police_answers.get().source == AnswerSource.FILE


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        (b"{", "The file", "It cannot be read as JSON."),
        (b"\xff\xfe", "The file", "It cannot be read as JSON."),
        (b"[" * 60_000, "The file", "It cannot be read as JSON."),
        (a_file({}, schema="other/1"), "The file", "must be “llr-police-answer/1”"),
        (a_file(), "The file", "It has no “answers”."),
        (a_file(*[{"reference": "x"}] * 501), "The file", "more than 500 answers"),
        (a_file("x"), "Answer 1", "It must be an object"),
        (a_file({"reference": "x", "name": "y"}), "Answer 1", "“name” is not known here."),
        (a_file({"reference": 7}), "Answer 1, reference", "a text in quotation marks"),
        (a_file({"reference": "x", "number": "9" * 61}), "Answer 1, number", "60 letters or fewer"),
        (a_file({"outcome": "15"}), "Answer 1, reference", "It is missing."),
    ],
)
def test_a_file_that_is_not_well_formed_says_where(content: bytes, place: str, words: str) -> None:
    with pytest.raises(FileNotTaken) as refused:
        read(content)
    assert refused.value.wrong[0].place == place
    assert words in refused.value.wrong[0].words


def test_one_wrong_answer_and_nothing_of_the_file_is_kept(world: Packed) -> None:
    reference = world.case.reference
    content = a_file(
        {"reference": reference, "outcome": "15", "outcome_on": "2026-03-10"},
        {"reference": "LLR-2222-2222", "outcome": "15", "outcome_on": "2026-03-10"},
        {"reference": reference, "outcome": "15", "outcome_on": "10.3.2026"},
        {"reference": reference, "recorded_as": "undecided"},
    )
    browser = client_for(tomasz())
    file = SimpleUploadedFile("answers.json", content)
    page = browser.post("/staff/police-answers/", {"paper": file}).content.decode()
    assert "3 things in the file need a change" in page
    assert "Answer 2, reference" in page
    assert "Write the day as YYYY-MM-DD" in page
    assert "Answer 4, recorded_as" in page
    with worker_scope():
        assert not PoliceAnswer.objects.exists()
    good = SimpleUploadedFile("answers.json", a_file(json.loads(content)["answers"][0]))
    done = browser.post("/staff/police-answers/", {"paper": good}, follow=True).content.decode()
    assert "The file was taken: 1 answer new." in done


def test_two_at_once_one_answer_is_kept_and_the_other_page_loses_nothing(world: Packed) -> None:
    address = f"/staff/cases/{world.case.reference}/police/answer/"
    tomasz_, ngozi_ = client_for(tomasz()), client_for(world.lead)
    seen = str(ngozi_.get(address).context["form"]["seen"].value())
    day = timezone.localdate()
    typed = {
        "outcome": "18",
        **{f"outcome_on-{part}": str(getattr(day, part)) for part in ("year", "month", "day")},
    }
    assert tomasz_.post(address, typed | {"seen": seen}).status_code == 302
    second = ngozi_.post(address, typed | {"seen": seen, "note": "The sergeant rang."})
    assert second.status_code == 409
    assert "The sergeant rang." in second.content.decode()


@pytest.mark.django_db
def test_the_forms_are_public_and_other_versions_are_not_there(client: Any) -> None:
    answer = client.get("/schemas/police-handoff/1/")
    assert answer.headers["Content-Type"] == "application/schema+json"
    assert answer.json() == schemas()["police-handoff"]
    assert client.get("/schemas/police-handoff/2/").status_code == 404
    assert client.get("/schemas/nothing/1/").status_code == 404


def test_who_made_it_is_not_part_of_what_it_says(world: Packed) -> None:
    taken = opened(handed_over(world.case))
    assert replace(taken.contents, lead="Another").fingerprint() != taken.contents.fingerprint()
    assert taken.contents.fingerprint() == deepcopy(taken.contents).fingerprint()
    assert NOW.isoformat()[:10] in hand_off_as_json(taken).decode()


def test_with_the_report_go_what_was_made_and_the_number_and_how_it_ended_stays(world: Packed) -> None:
    handed_over(world.case)
    answered(world.case, NUMBER)
    answered(world.case, ENDED)
    with staff_scope(world.lead.organisation_id or 0):
        close_case(as_found(world.case), by=world.lead, now=LATER)
    with worker_scope():
        report = Report.objects.get(reference=world.case.reference)
        erase(report, why=WhyErased.PERSON_ASKED, by=None, now=LATER + timedelta(days=1))
        case = as_found(world.case)
        assert not case.packs.exists()
        assert not PoliceNumberSign.objects.exists()
        assert not case.police_answers.exclude(police_number=None).exists()
        assert case.police_answers.filter(outcome="15").exists()
        assert case.police_outcome == "15"
