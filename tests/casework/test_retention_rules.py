"""The rules of keeping, at their edges; pure, without a database."""

from datetime import date, timedelta

import pytest

from casework.retention import Due, Record, Told, Verdict, due
from partners.retention import RecordClass, Schedule, Then, add_months, schedule

RECEIVED = date(2026, 3, 10)
CLOSED = date(2026, 6, 1)
ZAYNAB = Told(RECEIVED)
AMINA = Told(RECEIVED, is_anonymous=True, is_record_only=True)


@pytest.fixture
def rules() -> Schedule:
    return schedule()


def found(record: Record, rules: Schedule) -> Due:
    answer = due(record, rules)
    assert answer
    return answer


def code_and_day(record: Record, rules: Schedule) -> tuple[str, date]:
    answer = found(record, rules)
    return answer.rule.code, answer.on


def test_a_closed_case_is_kept_six_years_from_closing(rules: Schedule) -> None:
    record = Record([ZAYNAB], has_case=True, closed_on=CLOSED)
    assert code_and_day(record, rules) == ("case_closed", date(2032, 6, 1))


def test_an_open_case_is_never_due_and_a_reopened_one_is_open(rules: Schedule) -> None:
    assert due(Record([ZAYNAB], has_case=True, closed_on=None), rules) is None
    assert due(Record([AMINA], has_case=True, closed_on=None), rules) is None


def test_a_case_closed_again_counts_from_the_second_closing(rules: Schedule) -> None:
    again = Record([ZAYNAB], has_case=True, closed_on=CLOSED + timedelta(days=400))
    assert found(again, rules).on == add_months(CLOSED + timedelta(days=400), 72)


def test_an_anonymous_report_to_record_only_is_kept_two_years(rules: Schedule) -> None:
    assert code_and_day(Record([AMINA]), rules) == ("anonymous_record_only", date(2028, 3, 10))


def test_one_with_a_case_is_kept_until_the_case_is_closed_at_least(rules: Schedule) -> None:
    late = date(2029, 1, 5)
    assert code_and_day(Record([AMINA], has_case=True, closed_on=CLOSED), rules) == (
        "anonymous_record_only",
        date(2028, 3, 10),
    )
    assert found(Record([AMINA], has_case=True, closed_on=late), rules).on == late


@pytest.mark.parametrize(
    "told",
    [Told(RECEIVED, is_anonymous=True), Told(RECEIVED, is_record_only=True), ZAYNAB],
    ids=["wants more than a record", "gave a name", "both"],
)
def test_any_other_report_that_nobody_took_up_is_looked_at_by_a_person(told: Told, rules: Schedule) -> None:
    answer = found(Record([told]), rules)
    assert (answer.rule.code, answer.rule.then) == (RecordClass.NOT_TAKEN_UP, Then.REVIEW)


def test_earlier_records_without_a_case_are_not_waiting_for_anybody(rules: Schedule) -> None:
    assert code_and_day(Record([Told(RECEIVED, is_earlier_record=True)]), rules) == (
        "earlier_record",
        date(2032, 3, 10),
    )


@pytest.mark.parametrize(
    ("band", "birthday"),
    [
        ("under_13", date(2051, 3, 10)),  # born on the day, at the latest
        ("13_15", date(2038, 3, 10)),
        ("16_17", date(2035, 3, 10)),
    ],
)
def test_a_childs_record_is_reviewed_at_the_latest_birthday_that_the_answer_allows(
    band: str, birthday: date, rules: Schedule
) -> None:
    answer = found(Record([Told(RECEIVED, age_band=band)], has_case=True, closed_on=CLOSED), rules)
    assert (answer.rule.code, answer.on) == (RecordClass.CHILD, birthday)
    assert answer.verdict(birthday) is Verdict.REVIEW


@pytest.mark.parametrize("band", ["18_24", "65_plus", "not_sure", "", "a band that was dropped"])
def test_an_adults_record_has_no_birthday(band: str, rules: Schedule) -> None:
    record = Record([Told(RECEIVED, age_band=band)], has_case=True, closed_on=CLOSED)
    assert found(record, rules).rule.code is RecordClass.CASE_CLOSED


def test_a_childs_case_that_was_closed_late_is_kept_as_long_as_anybodys(rules: Schedule) -> None:
    late = date(2034, 1, 1)
    record = Record([Told(RECEIVED, age_band="16_17")], has_case=True, closed_on=late)
    assert code_and_day(record, rules) == ("case_closed", date(2040, 1, 1))


def test_a_case_of_two_people_is_kept_for_the_younger(rules: Schedule) -> None:
    both = [Told(RECEIVED, age_band="16_17"), Told(RECEIVED, age_band="13_15")]
    assert found(Record(both, has_case=True, closed_on=CLOSED), rules).on == date(2038, 3, 10)


def test_one_named_report_in_a_case_keeps_the_anonymous_one_too(rules: Schedule) -> None:
    record = Record([AMINA, ZAYNAB], has_case=True, closed_on=CLOSED)
    assert found(record, rules).rule.code is RecordClass.CASE_CLOSED


def test_what_begins_on_the_29th_of_february_never_ends_too_early(rules: Schedule) -> None:
    leap = date(2024, 2, 29)
    assert found(Record([ZAYNAB], has_case=True, closed_on=leap), rules).on == date(2030, 3, 1)
    assert found(Record([Told(leap, age_band="16_17")]), rules).on == date(2033, 3, 1)
    assert found(Record([Told(leap, age_band="13_15")]), rules).on == date(2036, 2, 29)
    assert add_months(date(2026, 1, 31), 1) == date(2026, 3, 1)


def test_the_day_itself_is_the_first_on_which_it_goes(rules: Schedule) -> None:
    answer = found(Record([AMINA]), rules)
    assert answer.verdict(date(2028, 3, 9)) is Verdict.KEEP
    assert answer.verdict(date(2028, 3, 10)) is Verdict.ERASE


def test_a_hold_is_stronger_than_every_rule_and_its_end_gives_the_rule_back(rules: Schedule) -> None:
    day = date(2060, 1, 1)
    for told in (AMINA, ZAYNAB, Told(RECEIVED, age_band="under_13")):
        assert found(Record([told], is_held=True), rules).verdict(day) is Verdict.HELD
        assert found(Record([told]), rules).verdict(day) in (Verdict.ERASE, Verdict.REVIEW)


def test_what_the_rights_desk_keeps_longer_is_kept_and_never_shorter(rules: Schedule) -> None:
    longer, shorter = date(2031, 1, 1), date(2027, 1, 1)
    assert found(Record([ZAYNAB], kept_until=longer), rules).on == longer
    assert found(Record([ZAYNAB], kept_until=shorter), rules).on == date(2028, 3, 10)
