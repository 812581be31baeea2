"""The partnership's own folder is complete, and its codes resolve."""

import csv
import datetime as dt
import re
from collections import Counter

from tests.partnership_folder import (
    ACTIONS,
    AREAS,
    ELEVEN,
    HOME,
    ORGANISATION_CODES,
    ORGANISATIONS,
    codes,
    read,
)


def test_nine_areas_stand_in_the_agreed_order_on_nine_different_tiles() -> None:
    areas = read("areas.toml")["areas"]
    assert AREAS[0] == "leicester"
    assert AREAS[-1] == "rutland"
    assert AREAS[1:-1] == sorted(AREAS[1:-1])
    assert [area["order"] for area in areas] == list(range(1, 10))
    assert len({(area["tile_column"], area["tile_row"]) for area in areas}) == 9


def test_blaby_shares_its_community_safety_partnership_with_hinckley_and_bosworth() -> None:
    data = read("areas.toml")
    csp = {area["code"]: area["csp"] for area in data["areas"]}
    assert csp["blaby"] == csp["hinckley-bosworth"]
    assert set(csp.values()) == set(codes(data["csps"]))
    assert len([code for entry in data["csps"] for code in entry["ons_codes"]]) == 9


def test_every_area_is_triaged_by_its_own_council_and_everything_else_by_the_county() -> None:
    data = read("areas.toml")
    served = {entry["code"]: entry["areas"] for entry in ORGANISATIONS}
    assert all(served[area["triage"]] == [area["code"]] for area in data["areas"])
    assert data["fallback"]["triage"] == "lcc"
    assert codes(data["other_places"]) == ["online", "outside", "not_sure"]


def test_populations_agree_with_the_census_and_add_up() -> None:
    with (HOME / "census2021.csv").open(encoding="utf-8") as file:
        census = {row["area_code"]: row for row in csv.DictReader(file)}
    areas = read("areas.toml")["areas"]
    assert all(
        (int(census[area["code"]]["pop"]), census[area["code"]]["lad"])
        == (area["population"], area["ons_code"])
        for area in areas
    )
    assert sum(area["population"] for area in areas) == int(census["llr"]["pop"])


def test_eleven_organisations_are_the_partners_of_the_strategy() -> None:
    kinds = Counter(entry["kind"] for entry in ORGANISATIONS if entry["partner_of_eleven"])
    assert kinds == {"county_council": 1, "district_council": 7, "unitary": 2, "police": 1}
    assert len(set(ORGANISATION_CODES)) == len(ORGANISATION_CODES)
    groups = {entry["code"]: set(entry["members"]) for entry in read("organisations.toml")["groups"]}
    assert groups["eleven"] == ELEVEN
    assert groups["councils"] == ELEVEN - {"police"}
    assert all(set(entry["areas"]) <= set(AREAS) and entry["areas"] for entry in ORGANISATIONS)


def test_each_partner_has_adopted_the_definition_once_and_the_dates_say_they_are_invented() -> None:
    adoptions = read("strategy.toml")["adoptions"]
    assert sorted(entry["organisation"] for entry in adoptions) == sorted(ELEVEN)
    assert all(entry["illustrative"] for entry in adoptions)


def test_what_is_not_marked_illustrative_in_the_strategy_names_its_source() -> None:
    strategy = read("strategy.toml")
    parts = [entry for name in ("definitions", "adoptions", "priorities") for entry in strategy[name]]
    assert all(entry["illustrative"] or entry["source"] for entry in parts)
    assert all(
        entry["source"]
        for entry in strategy["challenges"] + strategy["achievements"] + strategy["governance"]["roles"]
    )


def test_the_awareness_week_of_2018_is_the_one_in_the_board_paper() -> None:
    weeks = {week["year"]: (week["starts"], week["ends"]) for week in read("awareness_weeks.toml")["weeks"]}
    assert sorted(weeks) == list(range(2016, 2027))
    assert weeks[2018] == (dt.date(2018, 10, 13), dt.date(2018, 10, 21))
    assert all(starts.weekday() == 5 and 8 <= starts.day <= 14 for starts, _ in weeks.values())
    title = next(action["title"] for action in ACTIONS if action["ref"] == "D3")
    assert "13–21 October 2018" in title


def test_nothing_is_shared_under_wording_without_a_version_and_one_choice_shuts_out_the_others() -> None:
    sharing = read("wording/sharing.toml")
    assert sharing["version"] == 1
    assert codes(sharing["recipients"]) == [
        "police",
        "council",
        "victim_first",
        "centre",
        "charity",
        "no_one",
    ]
    assert [entry["code"] for entry in sharing["recipients"] if entry["exclusive"]] == ["no_one"]
    places = {"by_area", "by_centre", "chosen", "none"}
    assert all(entry["organisation"] in places | set(ORGANISATION_CODES) for entry in sharing["recipients"])


def test_public_sentences_are_short() -> None:
    statuses = read("wording/status.toml")["statuses"]
    standards = read("service_standards.toml")["standards"]
    texts = [entry[name] for entry in statuses for name in ("text", "next")] + [
        entry["public"] for entry in standards
    ]
    longest = max(
        (len(sentence.split()) for text in texts for sentence in re.split(r"[.!?]", text)), default=0
    )
    assert longest <= 20


def test_contact_is_due_in_three_working_days_at_the_next_or_on_the_same() -> None:
    standards = {
        entry["code"]: (entry["amount"], entry["unit"])
        for entry in read("service_standards.toml")["standards"]
    }
    assert standards["first_contact_standard"] == (3, "working_days")
    assert standards["first_contact_medium"] == (1, "working_days")
    assert standards["first_contact_high"] == (0, "working_days")
    assert standards["update"] == (10, "working_days")


def test_a_non_crime_hate_incident_can_only_be_chosen_until_the_rules_changed() -> None:
    recorded_as = {entry["code"]: entry for entry in read("dispositions.toml")["recorded_as"]}
    assert set(recorded_as) == {"undecided", "crime", "asb", "intelligence_only", "nchi", "not_police"}
    assert [code for code, entry in recorded_as.items() if "until" in entry] == ["nchi"]
