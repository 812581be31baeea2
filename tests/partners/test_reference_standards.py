"""Service standards and bank holidays are kept by administrators, and every clock follows."""

from datetime import date

import pytest
from django.test import Client

from partners import bank_holidays, standards, working_days
from partners.data import in_folder, installed
from partners.keeping_standards import effects, standard_now
from partners.models import ReferenceVersion
from tests.partners.reference import another_process
from tests.people import administrator, client_for

HOME = "/staff/partnership/"
HERE = HOME + "standards/first_contact_standard/"
PUBLIC = "If you asked us to contact you, we will do it within 5 working days."


@pytest.fixture
def maud(db: None) -> Client:
    return client_for(administrator())


def changed(**more: object) -> dict[str, object]:
    return {"version": 0, "amount": 5, "public": PUBLIC, "note": "Agreed in March", **more}


def publish(maud: Client, **more: object) -> str:
    return maud.post(HERE, changed(publish="yes", **more), follow=True).content.decode()


def test_the_preview_says_what_a_number_would_change_and_changes_nothing(maud: Client) -> None:
    page = maud.post(HERE, changed()).content.decode()
    assert "What this changes" in page
    assert "is due by" in page
    assert (
        "If you asked us to contact you, we will do it within 3 working days." in page
    )  # a status says so still
    assert not ReferenceVersion.objects.exists()
    assert standard_now("first_contact_standard").amount == 3


def test_a_published_number_counts_in_every_process_once_it_has_looked(maud: Client) -> None:
    assert "Published: First contact, standard risk" in publish(maud)
    assert standards.standard("first_contact_standard").amount == 3
    with another_process():
        assert standards.standard("first_contact_standard").amount == 5
        assert standards.standard("update").amount == 10
    assert standards.standard("first_contact_standard").amount == 3


def test_what_was_changed_last_has_the_name_of_its_own_page(maud: Client) -> None:
    publish(maud)
    page = maud.get(HOME).content.decode()
    assert "First contact, standard risk" in page
    assert "first contact standard" not in page


def test_a_sentence_that_still_promises_the_old_time_is_not_published(maud: Client) -> None:
    page = maud.post(HERE, changed(public=PUBLIC.replace("5", "3"), publish="yes"))
    assert page.context["form"].errors["public"] == ["The sentence still says 3. Reword it too"]


@pytest.mark.parametrize("typed", ["", "-1", "61", "three", "2.5"])
def test_a_number_that_is_none_is_explained_with_what_it_may_be(maud: Client, typed: str) -> None:
    page = maud.post(HERE, changed(amount=typed))
    expected = ["Enter a whole number of working days from 0 to 60"]
    assert page.context["form"].errors["amount"] == expected


def test_publishing_needs_a_reason(maud: Client) -> None:
    page = maud.post(HERE, changed(note="", publish="yes"))
    assert page.context["form"].errors["note"] == ["Say in a few words why it is changed"]
    assert not ReferenceVersion.objects.exists()


def test_the_history_shows_both_and_an_older_version_is_brought_back_as_a_new_one(maud: Client) -> None:
    publish(maud)
    page = maud.get(HERE).content.decode()
    assert "Agreed in March" in page
    assert "Bring back version 1" in page
    maud.post(HERE + "versions/1/", {"version": 2})
    assert standard_now("first_contact_standard").amount == 3
    newest = ReferenceVersion.objects.of("standard", "first_contact_standard")[0]
    assert (newest.version, newest.note) == (3, "Version 1 brought back")


def test_the_second_of_two_administrators_sees_both_numbers(maud: Client) -> None:
    publish(maud)
    page = maud.post(HERE, changed(amount=4, public=PUBLIC.replace("5", "4"), publish="yes")).content.decode()
    assert "Somebody changed this while you were writing" in page
    assert "Stands there now: 5" in page
    assert "You wrote: 4" in page
    assert standard_now("first_contact_standard").amount == 5


def test_a_standard_that_nobody_wrote_is_missing(maud: Client) -> None:
    assert maud.get(HOME + "standards/yesterday/").status_code == 404


def test_a_friday_before_the_may_holiday_shows_in_the_effect(maud: Client) -> None:
    told = standard_now("first_contact_standard")
    friday = next(each for each in effects(told, 1, today=date(2026, 4, 30)) if each.started.weekday() == 4)
    assert friday.started == date(2026, 5, 1)
    assert friday.due_now == date(2026, 5, 7)
    assert friday.due_then == date(2026, 5, 5)


# Bank holidays

DAY = {"day-day": "6", "day-month": "5", "day-year": "2026", "name": "A coronation"}


def test_the_rules_give_every_day_of_the_folder_but_those_proclaimed_once() -> None:
    extra, missing = set(), set()
    for year, days in in_folder("bank_holidays.toml")["holidays"].items():
        listed, by_rule = {date.fromisoformat(day) for day in days}, set(bank_holidays.rule_days(int(year)))
        extra |= listed - by_rule
        missing |= by_rule - listed
    assert extra == {date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)}
    assert missing == {date(2022, 5, 30)}


@pytest.mark.parametrize(
    ("year", "easter"),
    [(1954, (4, 18)), (1981, (4, 19)), (2008, (3, 23)), (2025, (4, 20)), (2038, (4, 25)), (2049, (4, 18))],
)
def test_easter_falls_where_the_calendar_says(year: int, easter: tuple[int, int]) -> None:
    assert bank_holidays.easter_sunday(year) == date(year, *easter)


def test_a_day_set_by_hand_says_what_it_does_and_stops_the_clocks(maud: Client) -> None:
    page = maud.post(HOME + "bank-holidays/", DAY, follow=True).content.decode()
    assert "First contact for a report of Tuesday 5 May 2026 is due by Monday 11 May 2026" in page
    assert "Set by hand" in page
    assert working_days.is_working_day(date(2026, 5, 6))
    with another_process():
        assert not working_days.is_working_day(date(2026, 5, 6))
        assert not working_days.is_working_day(date(2026, 12, 25))


def test_a_removed_day_is_a_working_day_and_stands_among_what_is_left_out(maud: Client) -> None:
    page = maud.post(HOME + "bank-holidays/2026-05-04/remove/", follow=True).content.decode()
    assert "Early May bank holiday, Monday 4 May 2026, is a working day now" in page
    assert "By the standing rules, but not in the list: Early May bank holiday" in page
    with another_process():
        assert working_days.is_working_day(date(2026, 5, 4))
    maud.post(HOME + "bank-holidays/2026/by-rule/")
    with another_process():
        assert not working_days.is_working_day(date(2026, 5, 4))


def test_a_year_that_nobody_entered_is_filled_by_the_rules(maud: Client) -> None:
    assert (
        "No bank holiday is entered for this year"
        in maud.get(HOME + "bank-holidays/?year=2031").content.decode()
    )
    maud.post(HOME + "bank-holidays/2031/by-rule/")
    assert len(bank_holidays.days_of(2031)) == 8
    with another_process():
        assert "2031-12-25" in installed("bank_holidays.toml")["holidays"]["2031"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"day-day": "4"}, "This day is a bank holiday already"),
        ({"day-day": "9"}, "No clock runs at the weekend. Enter the day that is given instead"),
        ({"day-year": "1999"}, "The year must be from 2021 to 2100"),
    ],
)
def test_a_day_that_makes_no_sense_is_explained(maud: Client, typed: dict[str, str], said: str) -> None:
    page = maud.post(HOME + "bank-holidays/", DAY | typed)
    assert page.context["form"].errors["day"] == [said]


def test_a_day_that_is_no_day_is_answered_with_the_list(maud: Client) -> None:
    page = maud.post(HOME + "bank-holidays/never/remove/", follow=True).content.decode()
    assert "That day is no bank holiday any more" in page
