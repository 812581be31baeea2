"""Every action of the four plans has what its page, its grid and its trajectory need."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from tests.partnership_folder import ACTIONS, AREAS, CODES, ELEVEN, ORGANISATION_CODES, PLANS, codes

AS_AT = dt.date(2019, 1, 31)
ACTION_FIELDS = {
    "ref", "priority", "title", "lead", "supporting", "supporting_text", "importance", "starts", "due", "why",
    "good_looks_like", "strands", "areas", "progress_31_jan_2019", "milestones", "updates", "measure",
}  # fmt: skip

each_action = pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action["ref"])
each_plan = pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan["plan"]["code"])


def rag(starts: dt.date, due: dt.date, percent: float, on: dt.date) -> str:
    """The published rule, written a second time and as plainly as can be."""
    if percent >= 100:
        return "complete"
    if on < starts:
        return "not started"
    if on > due:
        return "overdue"
    performance = percent / (100 * (on - starts).days / (due - starts).days)
    return "green" if performance >= 0.9 else "amber" if performance >= 0.7 else "red"


def test_there_are_38_actions_with_references_of_their_own() -> None:
    refs = [action["ref"] for action in ACTIONS]
    assert len(refs) == len(set(refs)) == 38
    assert Counter(ref[0] for ref in refs) == {"C": 12, "D": 10, "E": 10, "F": 6}


@each_plan
def test_a_plan_says_that_it_is_illustrative_and_holds_its_actions(plan: dict[str, Any]) -> None:
    about = plan["plan"]
    assert about["illustrative"] is True
    assert about["notice"].startswith("Illustrative.")
    assert {action["priority"] for action in plan["actions"]} == set(codes(plan["priorities"]))
    assert all(
        about["starts"] <= action["starts"] < action["due"] <= about["ends"] for action in plan["actions"]
    )


@each_action
def test_an_action_has_everything_its_page_shows(action: dict[str, Any]) -> None:
    assert set(action) >= ACTION_FIELDS
    assert all(action[name].endswith(".") for name in ("why", "good_looks_like"))
    assert action["importance"] in {"high", "medium"}
    assert set(action["strands"]) <= CODES["strands"] | {"all"}
    assert set(action["areas"]) <= {*AREAS, "all"}
    assert action["milestones"]


@each_action
def test_an_action_is_led_and_supported_by_organisations_we_know(action: dict[str, Any]) -> None:
    assert action["lead"] in ORGANISATION_CODES
    assert set(action["supporting"]) <= set(ORGANISATION_CODES) - {action["lead"]}
    assert len(action["supporting"]) == len(set(action["supporting"]))
    assert action["supporting"] or action["supporting_text"]


@each_action
def test_a_measure_has_a_target_and_a_grid_if_it_is_counted_by_partner_or_district(
    action: dict[str, Any],
) -> None:
    measure = action["measure"]
    assert measure["text"]
    assert measure["unit"]
    assert measure["source"]
    assert measure["target"] > measure.get("baseline", 0)
    assert measure["direction"] == "up"
    assert ("grid" in action) == bool(measure["counted_by"])
    assert measure["total"] in ({"sum", "mean"} if measure["counted_by"] else {"single"})
    if measure["counted_by"]:
        cells = ELEVEN if measure["counted_by"] == "partner" else set(AREAS)
        assert set(action["grid"]["values"]) <= cells
        assert set(action["grid"]["values"]) == cells or action["grid"]["note"]


@each_action
def test_what_partners_counted_fits_the_progress_that_was_told(action: dict[str, Any]) -> None:
    values = list(action.get("grid", {}).get("values", {}).values())
    if not values:
        return
    total = sum(values) if action["measure"]["total"] == "sum" else sum(values) / len(values)
    assert abs(100 * total / action["measure"]["target"] - action["progress_31_jan_2019"]) <= 6


@each_action
def test_updates_lead_up_to_the_progress_of_31_january_2019(action: dict[str, Any]) -> None:
    updates = action["updates"]
    assert 2 <= len(updates) <= 5
    assert [entry["on"] for entry in updates] == sorted({entry["on"] for entry in updates})
    assert updates[-1]["on"] <= AS_AT
    percents = [entry["percent"] for entry in updates]
    assert percents == sorted(percents)
    assert percents[-1] == action["progress_31_jan_2019"]
    assert {entry["by"] for entry in updates} <= {action["lead"], *action["supporting"]}
    assert all(entry["changed"] and entry["next"] and "risk" in entry for entry in updates)
    assert all(entry["confidence"] in {"high", "medium", "low"} for entry in updates)


@each_action
def test_a_milestone_is_not_reached_in_the_future(action: dict[str, Any]) -> None:
    assert all(entry["title"] and entry.get("done", AS_AT) <= AS_AT for entry in action["milestones"])


def test_targets_of_every_partner_or_every_area_are_counted_in_a_grid() -> None:
    whole = {"partner": 11, "district": 9}
    found = {a["ref"] for a in ACTIONS if whole.get(a["measure"]["counted_by"]) == a["measure"]["target"]}
    assert found == {"C1", "D1", "D3", "D5", "D6", "F1", "F3"}
    assert all(a["ref"] in found for a in ACTIONS if a["measure"]["target"] in whole.values())


def test_on_31_january_2019_the_rule_finds_the_expected_colours() -> None:
    found = Counter(rag(a["starts"], a["due"], a["progress_31_jan_2019"], AS_AT) for a in ACTIONS)
    assert found == {"green": 19, "amber": 7, "red": 1, "overdue": 1, "complete": 7, "not started": 3}


def test_the_primary_pack_is_for_years_3_to_6_and_names_no_key_stage() -> None:
    assert "Years 3 to 6" in next(action["title"] for action in ACTIONS if action["ref"] == "C2")
    assert not any("KS1" in action["title"] or "Key Stage" in action["title"] for action in ACTIONS)
