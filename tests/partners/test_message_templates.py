"""The messages that officers begin with can be read by everybody, give nothing away and fit what the page says."""

import re

import pytest

from partners import contact_words
from partners.message_templates import BLANK, MessageTemplate, blanks_in, message_templates
from partners.wording import statuses
from tests.reading_age import reading_of

READING_AGE = 9
# Somebody else may see the screen: no word of what was done to them, or why.
GIVES_AWAY = re.compile(r"hate|crime|incident|attack|abuse|threat|race|racis|religio|gay|disab|gender", re.I)


@pytest.mark.parametrize("template", message_templates().values(), ids=lambda each: each.code)
def test_a_message_can_be_read_and_says_nothing_of_what_happened(template: MessageTemplate) -> None:
    plain = BLANK.sub(lambda blank: blank[1], template.text)
    page = "".join(f"<p>{part}</p>" for part in plain.split("\n\n"))
    reading = reading_of(f"<main>{page}</main>")
    assert reading.age <= READING_AGE, reading.hardest
    assert not GIVES_AWAY.search(f"{template.title} {template.text}")
    assert template.status in statuses()


def test_what_is_still_to_be_filled_in_is_named_once() -> None:
    text = "Hello [name], I ring on [day]. Bye, [name]. A list: a[0], and an empty []."
    assert blanks_in(text) == ["[name]", "[day]", "[0]", "[]"]
    assert blanks_in("Nothing is left, on 3 March.") == []


def test_every_message_but_the_one_without_news_has_a_blank() -> None:
    without = [each.code for each in message_templates().values() if not blanks_in(each.text)]
    assert without == ["recorded"]


def test_each_way_of_reaching_somebody_has_an_end_that_reached_them_and_one_that_did_not() -> None:
    for way in contact_words.WAYS:
        fits = [each for each in contact_words.outcomes().values() if way in each.ways]
        assert {each.reached for each in fits} == {True, False}, way


def test_three_attempts_propose_something_that_always_fits() -> None:
    said = contact_words.not_reached()
    assert said.after == 3
    assert "{count}" in said.words
    assert any(not each.when for each in said.next)
