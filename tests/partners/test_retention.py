"""The schedule of keeping is data: the partnership's own is complete, and a mistake is said in one sentence."""

from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from partners.data import PartnershipDataError
from partners.retention import RecordClass, Then, Unit, read_schedule, schedule
from tests.partnership_folder import read

BANDS = {entry["code"]: entry for entry in read("codes.toml")["age_bands"]}
OURS = read("retention.toml")


def rule_of(data: dict[str, Any], code: str) -> dict[str, Any]:
    return next(entry for entry in data["classes"] if entry["code"] == code)


def refusal(data: dict[str, Any]) -> str:
    with pytest.raises(PartnershipDataError) as refused:
        read_schedule(data, BANDS)
    return str(refused.value)


@pytest.fixture
def data() -> dict[str, Any]:
    return deepcopy(OURS)


def test_the_partnerships_own_schedule_names_every_class_with_its_source() -> None:
    rules = schedule()
    assert set(rules.rules) == set(RecordClass)
    assert all(rule.source and rule.covers and rule.counted_from for rule in rules.rules.values())
    assert rules.rule(RecordClass.CHILD).then is Then.REVIEW
    assert rules.rule(RecordClass.CASE_CLOSED).in_words == "6 years from the day the case was closed"


def test_every_age_below_18_that_can_be_chosen_stands_for_a_child() -> None:
    assert list(schedule().youngest) == list(BANDS)[:3]
    assert all(youngest < 18 for youngest in schedule().youngest.values())


def test_it_agrees_with_what_the_service_standards_say() -> None:
    standards = {entry["code"]: entry for entry in read("service_standards.toml")["standards"]}
    for standard, code in (
        ("keep_closed_case", "case_closed"),
        ("keep_anonymous_record", "anonymous_record_only"),
    ):
        ours = rule_of(OURS, code)
        assert (standards[standard]["amount"], standards[standard]["unit"]) == (ours["keeps"], ours["unit"])


def test_backups_expire_a_number_of_days_after_the_erasing() -> None:
    assert schedule().backup_days == OURS["backups"]["keeps_days"] == 35
    assert schedule().last_backup_expires(date(2026, 1, 31)) == date(2026, 3, 7)


def test_a_class_that_is_missing_is_named(data: dict[str, Any]) -> None:
    data["classes"] = [entry for entry in data["classes"] if entry["code"] != "child"]
    assert refusal(data) == "retention.toml does not say how long these are kept: child."


def test_a_class_that_stands_there_twice_is_named(data: dict[str, Any]) -> None:
    data["classes"].append(rule_of(data, "draft"))
    assert refusal(data) == "retention.toml: the class 'draft' stands there twice."


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("code", "cases", "retention.toml, entry 'cases': the class 'cases' is not known."),
        ("unit", "weeks", "retention.toml, entry 'case_closed': the unit 'weeks' is not known."),
        ("keeps", "six", "retention.toml, entry 'case_closed': keeps is not a whole number from 0."),
        ("keeps", -1, "retention.toml, entry 'case_closed': keeps is not a whole number from 0."),
        (
            "then",
            "burn",
            "retention.toml, entry 'case_closed': the word for what happens then 'burn' is not known.",
        ),
    ],
)
def test_a_mistake_names_its_entry(data: dict[str, Any], name: str, value: Any, sentence: str) -> None:
    rule_of(data, "case_closed")[name] = value
    assert refusal(data) == sentence


def test_a_field_that_is_missing_is_named(data: dict[str, Any]) -> None:
    del rule_of(data, "case_closed")["covers"]
    assert refusal(data) == "retention.toml, entry 'case_closed': covers is missing."


def test_nobody_can_review_a_session_and_a_birthday_is_counted_in_years(data: dict[str, Any]) -> None:
    rule_of(data, "session")["then"] = "review"
    assert refusal(data) == "retention.toml, entry 'session': this class can only be erased."
    rule_of(data, "session")["then"] = "erase"
    rule_of(data, "child")["unit"] = "days"
    assert refusal(data) == "retention.toml, entry 'child': a birthday is counted in years."


def test_a_schedule_without_version_or_backups_is_refused(data: dict[str, Any]) -> None:
    del data["backups"]
    assert refusal(data) == "retention.toml, entry 'backups': keeps_days is missing."
    del data["version"]
    assert refusal(data) == "retention.toml: version is missing."


def test_an_age_band_that_nobody_can_choose_is_named(data: dict[str, Any]) -> None:
    data["age_bands"][0]["code"] = "under_5"
    assert refusal(data) == "retention.toml, entry 'under_5': the age band 'under_5' is not known."


def test_nothing_that_began_after_the_latest_start_is_over() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(0, 800, 3)]
    for unit, keeps in (("days", 28), ("months", 1), ("months", 18), ("years", 6)):
        rule = replace(schedule().rule(RecordClass.CASE_CLOSED), unit=Unit(unit), keeps=keeps)
        for day in days:
            latest = rule.latest_start(day)
            assert all(rule.ends(latest + timedelta(days=n)) > day for n in range(1, 4)), (unit, day)
            assert rule.ends(latest - timedelta(days=3)) <= day
