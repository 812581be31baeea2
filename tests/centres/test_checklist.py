"""The fit-for-purpose checklist and the visit script, as the partnership's folder has them."""

from datetime import date, timedelta
from typing import Any

import pytest

from centres import checklist as checklist_module
from centres import visit_script as script_module
from centres.checklist import UnknownPoint, checklist
from centres.models import Outcome, VisitKind
from centres.visit_script import UnknownItem, visit_script
from partners.data import PartnershipDataError
from tests.partnership_folder import read

DAY = date(2026, 3, 10)
CODES = [point.code for point in checklist().points]


def test_there_are_twenty_points_in_six_groups_and_a_proposal_says_so() -> None:
    assert len(CODES) == len(set(CODES)) == 20
    assert [group.code for group in checklist().groups] == [
        "access",
        "people",
        "process",
        "materials",
        "safety",
        "oversight",
    ]
    assert all(group.points for group in checklist().groups)
    assert "Proposed" in checklist().source


@pytest.mark.parametrize(
    ("met", "outcome", "improve_by"),
    [
        (20, Outcome.PASS, None),
        (16, Outcome.PASS, None),
        (15, Outcome.IMPROVE, DAY + timedelta(days=90)),
        (12, Outcome.IMPROVE, DAY + timedelta(days=90)),
        (11, Outcome.SUSPEND, None),
        (0, Outcome.SUSPEND, None),
    ],
)
def test_what_a_score_leads_to_at_the_borders(met: int, outcome: Outcome, improve_by: date | None) -> None:
    verdict = checklist().verdict(CODES[:met], on=DAY)
    assert (verdict.score, verdict.outcome, verdict.improve_by) == (met, outcome, improve_by)


def test_a_point_that_is_ticked_twice_counts_once() -> None:
    assert checklist().verdict([*CODES[:12], *CODES[:12]], on=DAY).score == 12


def test_a_point_that_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownPoint, match="no point 'free_tea'"):
        checklist().verdict(["free_tea"], on=DAY)


def test_what_is_missing_stands_in_the_order_of_the_list() -> None:
    assert [point.code for point in checklist().missing(CODES[2:])] == CODES[:2]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"limits": {"pass": 12, "improve": 16, "improve_days": 90}}, "must rise from improve to pass"),
        ({"limits": {"pass": 21, "improve": 12, "improve_days": 90}}, "at most 20 points"),
        ({"limits": {"pass": 16, "improve": 12}}, "'limits': improve_days is missing"),
        ({"limits": {"pass": "many", "improve": 12, "improve_days": 90}}, "pass is not a whole number"),
        ({"points": [{"code": "a", "group": "attic", "words": "A"}]}, "the group 'attic' is not known"),
        (
            {"points": [{"code": "a", "group": "access", "words": "A"}] * 2},
            "the point 'a' stands there twice",
        ),
        (
            {"points": [{"code": "a", "group": "access", "words": "A", "known": "stars"}]},
            "known fact 'stars'",
        ),
    ],
)
def test_a_checklist_that_does_not_fit_together_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], sentence: str
) -> None:
    said = {**read(checklist_module.FILE), **change}
    monkeypatch.setattr(checklist_module, "installed", lambda name: said)
    with pytest.raises(PartnershipDataError, match=sentence):
        checklist_module._read.__wrapped__("")


def test_a_visitor_looks_for_ten_things_on_the_telephone_and_in_person() -> None:
    script = visit_script()
    assert len(script.items) == 10
    assert set(script.say) == {kind.value for kind in VisitKind}
    assert all(item.how[kind.value] for item in script.items for kind in VisitKind)
    assert "Never make up an incident" in script.never


@pytest.mark.parametrize(("noticed", "score"), [(0, 0), (1, 10), (7, 70), (10, 100)])
def test_the_score_of_a_visit_is_the_share_that_was_noticed(noticed: int, score: int) -> None:
    codes = [item.code for item in visit_script().items]
    assert visit_script().score(codes[:noticed]) == score


def test_something_that_the_script_does_not_look_for_is_refused() -> None:
    with pytest.raises(UnknownItem, match="'biscuits'"):
        visit_script().score(["biscuits"])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"say": [{"kind": "call", "words": "Ring."}]}, "what a visitor says on a visit"),
        ({"say": [{"kind": "letter", "words": "Write."}]}, "kind of visit 'letter' is not known"),
        ({"items": [{"code": "a", "words": "A", "call": "c"}]}, "visit is missing"),
        ({"never": {}}, "'never': words is missing"),
    ],
)
def test_a_script_that_does_not_fit_together_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], sentence: str
) -> None:
    said = {**read(script_module.FILE), **change}
    monkeypatch.setattr(script_module, "installed", lambda name: said)
    with pytest.raises(PartnershipDataError, match=sentence):
        script_module._read.__wrapped__("")
