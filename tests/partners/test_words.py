"""What the partnership's folder says reaches the screens as it stands there."""

from datetime import date
from pathlib import Path

import pytest

from partners import codes, dispositions, standards, wording
from partners.data import PartnershipDataError, installed, read_toml


def test_a_high_risk_report_is_to_be_answered_the_same_day() -> None:
    found = standards.standard("first_contact_high")
    assert (found.amount, found.unit) == (0, "working_days")


def test_a_standard_nobody_wrote_is_missed() -> None:
    with pytest.raises(standards.NoSuchStandard):
        standards.standard("first_contact_yesterday")


def test_a_word_that_left_the_vocabulary_stays_readable() -> None:
    assert codes.name_of("strands", "race") == "Race"
    assert codes.name_of("strands", "gone") == "gone"


def test_the_answers_that_are_no_district() -> None:
    assert [code for code, _ in codes.other_places()] == ["online", "outside", "not_sure"]


def test_a_non_crime_hate_incident_may_not_be_chosen_after_its_last_day() -> None:
    def chosen(day: date) -> list[str]:
        return [each.code for each in dispositions.recorded_as_choices(on=day)]

    assert "nchi" in chosen(date(2026, 3, 31))
    assert "nchi" not in chosen(date(2026, 4, 1))
    assert "nchi" in [each.code for each in dispositions.all_recorded_as()]


def test_every_outcome_stays_in_the_counts() -> None:
    assert dispositions.outcomes()
    assert all(each.keeps_in_counts for each in dispositions.outcomes())


def test_only_no_one_stands_alone_among_the_choices_about_sharing() -> None:
    assert [each.code for each in wording.recipients() if each.exclusive] == ["no_one"]
    assert wording.sharing()["version"] == 1


def test_a_status_says_what_happens_next() -> None:
    assert "3 working days" in wording.statuses()["read"].next
    assert wording.status_page()["title"]


def test_the_first_contact_is_999() -> None:
    assert wording.contacts()[0].number == "999"
    assert wording.partnership()["reference_prefix"] == "LLR"


def test_a_file_is_read_once_a_process() -> None:
    assert installed("codes.toml") is installed("codes.toml")


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "areas.toml").write_text("[[areas]\n")
    with pytest.raises(PartnershipDataError, match=r"areas\.toml cannot be read as TOML"):
        read_toml(tmp_path, "areas.toml")
