"""The proofs at their small size; ./scripts/prove runs them whole."""

import pytest

from proofs import (
    acknowledged,
    audit,
    canary,
    centres_year,
    double_click,
    guessing,
    known_again,
    many_at_once,
    plans,
    reminders,
    rotate_keys,
)
from proofs.house import House

# Its own process in a parallel run, because all share one house; starting it counts into the first test's time.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("proofs"), pytest.mark.timeout(240)]


def test_ten_presses_at_the_same_moment_are_one_report_and_one_answer(house: House) -> None:
    assert double_click.prove(house, **double_click.SMALL).broken() == []


def test_many_at_once_are_all_received(house: House) -> None:
    # How long a press takes is measured at full size, on a machine that does nothing else.
    broken = many_at_once.prove(house, **many_at_once.SMALL).broken()
    assert [line for line in broken if not line.startswith("seconds")] == []


def test_what_was_acknowledged_outlives_a_kill_of_every_process(house: House) -> None:
    assert acknowledged.prove(house, **acknowledged.SMALL).broken() == []


def test_no_canary_is_found_in_database_sessions_queue_mail_or_log(house: House) -> None:
    assert canary.prove(house, **canary.SMALL).broken() == []


def test_whatever_an_insider_does_to_the_trail_is_found(house: House) -> None:
    assert audit.prove(house, **audit.SMALL).broken() == []


@pytest.mark.timeout(420)
def test_keys_rotate_while_people_tell_and_read_and_nothing_is_unreadable(house: House) -> None:
    assert rotate_keys.prove(house, **rotate_keys.SMALL).broken() == []


def test_guessing_opens_nothing_and_its_victim_comes_in(house: House) -> None:
    # How long others wait is measured at full size, on a machine that does nothing else.
    broken = guessing.prove(house, **guessing.SMALL).broken()
    assert [line for line in broken if "times as long" not in line] == []


def test_somebody_is_known_again_in_a_moment(house: House) -> None:
    # How long a look-up takes is measured at full size, on a machine that does nothing else.
    broken = known_again.prove(house, **known_again.SMALL).broken()
    assert [line for line in broken if "milliseconds" not in line] == []


def test_a_centre_is_on_the_page_while_the_rule_says_so_and_warned_once_a_stage(house: House) -> None:
    assert centres_year.prove(house, **centres_year.SMALL).broken() == []


@pytest.mark.timeout(420)
def test_pages_of_many_plans_ask_the_database_as_often_as_those_of_a_few(house: House) -> None:
    # Before the reminders move the dates. How long pages take is measured at full size alone.
    assert plans.prove(house, **plans.SMALL).broken() == []


def test_everybody_is_reminded_once_a_stage_however_workers_die(house: House) -> None:
    # The last one here: it moves the plans' dates.
    assert reminders.prove(house, **reminders.SMALL).broken() == []
