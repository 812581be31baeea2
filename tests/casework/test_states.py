"""The page about states says what the table says."""

from casework.management.commands.write_states import PAGE
from casework.states import ACT_DONE, ACT_WORDS, TRANSITIONS, as_markdown
from partners.wording import statuses
from reporting.strands import PublicStatus


def test_the_page_about_states_is_the_one_that_the_table_makes() -> None:
    assert PAGE.read_text() == as_markdown(), "run: manage.py write_states"


def test_every_act_has_its_words() -> None:
    assert set(ACT_WORDS) == set(TRANSITIONS)
    # A case begins open; whoever leaves gives their cases up, and a share runs out, in whatever state these are.
    assert set(ACT_DONE) == set(TRANSITIONS) | {"open", "release", "share_ran_out"}


def test_what_a_reporter_may_be_shown_has_its_sentences() -> None:
    assert list(statuses()) == PublicStatus.values
