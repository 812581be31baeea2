"""What ten answers about risk add up to: every border, every answer that counts alone, and what is not known."""

import itertools
from pathlib import Path
from typing import Any

import pytest

from partners.data import PartnershipDataError
from partners.standards import standard
from reporting.models import RiskLevel
from reporting.risk import IDS, NOT_KNOWN, NotAllAnswered, assess, highest_total, tool
from tests.at_a_centre import HIGH_RISK, LOW_RISK, MEDIUM_RISK

ORDER = ("standard", "medium", "high")
UNKNOWN = dict.fromkeys(IDS, NOT_KNOWN)
NOTHING = {name: min(asked.scores, key=asked.scores.__getitem__) for name, asked in tool().questions.items()}
# What neither counts alone nor lifts the level, so that the total decides.
BY_TOTAL_ALONE = [name for name in IDS if name not in ("R2", "R3", "R8")]


def level(**answers: str) -> str:
    return assess(NOTHING | answers).level.code


def adding_up_to(total: int) -> dict[str, str]:
    """Answers that add up to so many points, without an override and without an escalation."""
    answers, left = dict(NOTHING), total
    for name in BY_TOTAL_ALONE:
        scores = {score: code for code, score in tool().questions[name].scores.items() if score <= left}
        answers[name] = scores[max(scores)]
        left -= max(scores)
    if left % 2:
        answers["R3"], left = "threats_or_damage", left - 1
    for name, code in (("R8", "worse"), ("R2", "maybe"), ("R3", "minor_injury")):
        if left and answers[name] == NOTHING[name]:
            answers[name], left = code, left - 2
    assert left == 0, left
    return answers


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        *((points, "standard") for points in range(9)),
        *((points, "medium") for points in range(9, 17)),
        *((points, "high") for points in range(17, 28)),
    ],
)
def test_the_total_gives_the_level(total: int, expected: str) -> None:
    found = assess(adding_up_to(total))
    assert (found.total, found.level.code, found.because) == (total, expected, ("total",))
    assert found.why() == [f"{total} point{'' if total == 1 else 's'} of 30"]


@pytest.mark.parametrize(("question", "answer"), [("R3", "serious"), ("R8", "at_risk")])
def test_one_answer_alone_can_be_the_highest_level(question: str, answer: str) -> None:
    found = assess(NOTHING | {question: answer})
    assert (found.level.code, found.total, found.because) == ("high", 3, (question,))
    assert found.is_highest
    assert len(found.why()) == 1


def test_both_of_them_are_both_named() -> None:
    assert assess(NOTHING | {"R3": "serious", "R8": "at_risk"}).because == ("R3", "R8")


@pytest.mark.parametrize(
    ("often", "worse", "lifts"),
    [
        ("first", "yes", False),
        ("once_before", "yes", False),
        ("two_or_three", "yes", True),
        ("four_or_more", "yes", True),
        ("two_or_three", "maybe", False),
        ("four_or_more", "no", False),
        ("not_known", "yes", False),
        ("four_or_more", "not_known", False),
    ],
)
def test_what_has_happened_before_and_gets_worse_lifts_by_one(often: str, worse: str, lifts: bool) -> None:
    found = assess(NOTHING | {"R1": often, "R2": worse})
    assert ("escalation" in found.because) is lifts
    assert found.level.code == ("medium" if lifts else "standard")


def test_it_lifts_medium_to_high_and_high_no_further() -> None:
    gets_worse = {"R1": "four_or_more", "R2": "yes"}  # six points
    assert level(**gets_worse, R4="daily") == "high"  # nine points are medium
    found = assess(
        NOTHING
        | gets_worse
        | {"R4": "daily", "R5": "yes", "R6": "organised", "R7": "changed"}  # seventeen are high
    )
    assert (found.level.code, found.total, found.because) == ("high", 17, ("total",))


def test_every_answer_to_every_question_gives_a_level_and_none_worse_gives_a_lower() -> None:
    """Each pair of questions, with all their answers, on each of three grounds."""
    for ground in (NOTHING, LOW_RISK, MEDIUM_RISK):
        for one, other in itertools.combinations(IDS, 2):
            _never_lower_when_worse(ground, one, other)


def _never_lower_when_worse(ground: dict[str, str], one: str, other: str) -> None:
    first, second = tool().questions[one].scores, tool().questions[other].scores
    place = {
        (a, b): ORDER.index(assess(ground | {one: a, other: b}).level.code) for a in first for b in second
    }
    for (a, b), (c, d) in itertools.product(place, repeat=2):
        if first[a] <= first[c] and second[b] <= second[d]:
            assert place[a, b] <= place[c, d], (one, a, c, other, b, d)


def test_what_is_not_known_scores_nothing_and_says_so() -> None:
    found = assess(UNKNOWN)
    assert (found.level.code, found.total, found.not_known) == ("standard", 0, IDS)
    assert found.could_be.code == "high"
    assert found.may_be_higher


def test_it_says_how_high_it_could_be_and_nothing_where_that_changes_nothing() -> None:
    assert not assess(NOTHING | {"R10": NOT_KNOWN}).may_be_higher
    near = adding_up_to(8)
    unsure = next(name for name in IDS if near[name] == NOTHING[name] and name in BY_TOTAL_ALONE)
    found = assess(near | {unsure: NOT_KNOWN})
    assert (found.level.code, found.could_be.code) == ("standard", "medium")
    assert assess(NOTHING | {"R3": NOT_KNOWN}).could_be.code == "high"
    assert not assess(HIGH_RISK | {"R10": NOT_KNOWN}).may_be_higher


@pytest.mark.parametrize("wrong", ["", "no-such-answer", None, ["first"]])
def test_no_answer_and_an_unknown_one_are_refused_by_name(wrong: Any) -> None:
    with pytest.raises(NotAllAnswered) as refused:
        assess({**LOW_RISK, "R4": wrong})
    assert refused.value.ids == ["R4"]
    with pytest.raises(NotAllAnswered):
        assess({})


def test_other_answers_beside_them_do_no_harm() -> None:
    assert assess({**LOW_RISK, "Q02": "victim", "seen": []}) == assess(LOW_RISK)


def test_the_answers_that_tests_use_are_what_they_are_called() -> None:
    assert [assess(each).level.code for each in (LOW_RISK, MEDIUM_RISK, HIGH_RISK)] == list(ORDER)


# The partnership's file ---------------------------------------------------------------------------------------


def test_the_worst_answers_add_up_to_thirty_and_levels_are_those_of_cases() -> None:
    assert highest_total() == 30
    assert [(each.code, each.from_) for each in tool().levels] == [
        ("standard", 0),
        ("medium", 9),
        ("high", 17),
    ]
    assert tuple(RiskLevel.values) == ORDER
    assert "pilot" in tool().source


def test_each_level_says_what_has_to_be_done_and_when() -> None:
    for each in tool().levels:
        due = [standard(action.standard) for action in each.actions if action.standard]
        assert f"first_contact_{each.code}" in {found.code for found in due}


def test_all_questions_begin_at_nothing_and_none_has_not_known_as_an_answer_of_its_own() -> None:
    for asked in tool().questions.values():
        assert min(asked.scores.values()) == 0
        assert NOT_KNOWN not in asked.scores


GOOD = (Path(__file__).parents[2] / "partnership" / "llr" / "risk_tool.toml").read_text()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "R10"', 'id = "R11"', "R1, R2"),
        ('answer = "serious"', 'answer = "dreadful"', "dreadful"),
        ('question = "R8"', 'question = "R80"', "R80"),
        ("from = 17", "from = 9", "above the one before"),
        ('code = "medium"', 'code = "middling"', "standard, medium, high"),
        ('code = "daily"', 'code = "sometimes"', "twice"),
        ('words = "They meet every day or nearly", ', "", "words is missing"),
    ],
)
def test_what_does_not_fit_together_in_it_is_said(
    old: str, new: str, says: str, tmp_path: Path, settings: Any
) -> None:
    assert old in GOOD
    (tmp_path / "risk_tool.toml").write_text(GOOD.replace(old, new, 1))
    settings.PARTNERSHIP_DIR = tmp_path
    with pytest.raises(PartnershipDataError, match=says):
        tool()
