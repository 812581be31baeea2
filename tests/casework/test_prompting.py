"""What an officer thinks of first, by what was told."""

from typing import Any

import pytest

from casework.prompting import WHEN, prompts
from partners.data import entries, installed


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        ({}, []),
        ({"Q19": "yes"}, ["may_come_back"]),
        ({"Q28": "13_15"}, ["child"]),
        (
            {"Q28": "13_15", "Q03": "not_possible", "Q16": ["self_harm"]},
            ["self_harm", "child", "child_not_asked"],
        ),
        ({"Q29": "yes", "Q13": "transport"}, ["adult", "transport"]),
        ({"Q06": ["threats"], "Q13": "home"}, ["threatened_near"]),
        ({"Q06": ["threats"], "Q13": "street"}, []),
        ({"Q06": ["attacked"], "Q18_staff": "yes"}, ["was_attacked", "staff"]),
    ],
)
def test_danger_comes_first_then_safeguarding(told: dict[str, Any], codes: list[str]) -> None:
    assert [prompt.code for prompt in prompts(told)] == codes


def test_every_prompt_has_words_and_says_what_to_do() -> None:
    listed = entries(installed("prompts.toml"), "prompts", file="prompts.toml")
    assert [entry["code"] for entry in listed] == list(WHEN)
    assert all(entry["says"].endswith(".") and entry["do"].endswith(".") for entry in listed)
