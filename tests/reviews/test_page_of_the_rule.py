"""docs/repeat-victims.md says what the rule and the partnership's data say."""

from pathlib import Path

import pytest

from partners.jag import decisions, letters_of, review_outcomes
from partners.standards import standard
from reviews.repeat import Why, rule_of_today
from tests.partnership_folder import AREAS

PAGE = (Path(__file__).resolve().parents[2] / "docs/repeat-victims.md").read_text()


@pytest.mark.parametrize("why", ["repeat", *Why])
def test_each_reason_stands_there_in_the_rules_own_words(why: str) -> None:
    assert rule_of_today().in_words[why] in PAGE


def test_the_days_and_the_month_are_those_of_the_data() -> None:
    assert f"the {standard('repeat_review').amount} days until a decision" in PAGE
    assert f"up to {standard('case_review').amount} days" in PAGE
    assert f"within {standard('case_review_report_within').amount} month" in PAGE


def test_every_district_has_letters_of_its_own() -> None:
    letters = [letters_of(area) for area in (*AREAS, None)]
    assert len({*letters}) == len(letters) == 10
    assert all(each.isalpha() and each.isupper() and len(each) == 3 for each in letters)


def test_what_may_be_decided_has_codes_of_its_own_and_one_way_to_do_nothing() -> None:
    codes = [each.code for each in decisions()]
    assert len({*codes}) == len(codes)
    assert [each.code for each in decisions() if each.alone] == ["no_further_action"]
    assert "taken_back" in [each.code for each in review_outcomes()]
