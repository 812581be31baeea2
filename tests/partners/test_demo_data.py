"""The invented world of the demonstration is coded with known words, covers the hard cases, and holds nobody real."""

import hashlib
import re
from collections import Counter
from typing import Any

import pytest

from partners.models.granting import AT_A_CENTRE
from partners.roles import ROLES
from tests.partnership_folder import (
    AREAS,
    CODES,
    ELEVEN,
    HOME,
    NARRATIVES,
    ORGANISATION_CODES,
    PLANS,
    all_text,
    codes,
    read,
)

NARRATIVE_FIELDS = {
    "id", "text", "role", "channel", "anonymous", "strands", "other_differences", "kinds", "place", "areas", "repeats",
    "effects", "again", "age_band", "wishes", "share_with", "risk", "outcome", "told", "note", "tags",
}  # fmt: skip
# SHA-256, first 16 digits, of the names of the officers in the board papers: so the names are not here either.
REAL_OFFICERS = {
    "828fbe12f14e0df1",
    "7711ba6e39ff567a",
    "2be4e33aa3e21f6f",
    "772b0219b9ed5fc9",
    "9e16eda17f505ea8",
}
DRAMA_NUMBER = re.compile(r"^(01632 960|07700 900)\d{3}$")


each_narrative = pytest.mark.parametrize("narrative", NARRATIVES, ids=lambda narrative: narrative["id"])


def test_a_dozen_invented_centres_are_spread_over_all_nine_areas() -> None:
    centres = read("demo/centres.toml")["centres"]
    assert len(centres) == 12
    assert {centre["area"] for centre in centres} == set(AREAS)
    languages = set(codes(read("partnership.toml")["languages"]))
    assert all(set(centre["languages"]) <= languages for centre in centres)
    assert [centre["code"] for centre in centres if centre["verified_days_ago"] > 90] == ["larkfold-office"]


def test_every_council_and_the_police_have_two_officers_and_someone_in_the_senior_officer_group() -> None:
    people = read("demo/people.toml")["people"]
    officers = Counter(person["organisation"] for person in people if "officer" in person["roles"])
    assert all(officers[code] >= 2 for code in ELEVEN)
    assert {person["organisation"] for person in people if "sog_member" in person["roles"]} >= ELEVEN


def test_invented_people_have_addresses_that_nobody_can_own_and_known_roles() -> None:
    people = read("demo/people.toml")["people"]
    centres = set(codes(read("demo/centres.toml")["centres"]))
    assert (
        len({person["email"] for person in people})
        == len({person["code"] for person in people})
        == len(people)
    )
    assert all(person["email"].endswith(".example") for person in people)
    assert all(
        set(person["roles"]) <= set(ROLES) and person["organisation"] in ORGANISATION_CODES
        for person in people
    )
    assert {person["centre"] for person in people if "centre" in person} == centres
    assert all(("centre" in person) == (set(person["roles"]) <= AT_A_CENTRE) for person in people)


def test_seventeen_personas_have_work_waiting_and_the_district_officer_owes_six_updates() -> None:
    data = read("demo/people.toml")
    people = {person["code"]: person for person in data["people"]}
    personas = data["personas"]
    assert [persona["order"] for persona in personas] == list(range(1, 18))
    assert all(persona["line"] for persona in personas)
    assert all(persona["person"] in people for persona in personas[1:])
    assert personas[0]["narrative"] in {narrative["id"] for narrative in NARRATIVES}
    actions = {
        f"{plan['plan']['code']}/{action['ref']}": action for plan in PLANS for action in plan["actions"]
    }
    owed = personas[2]["owes_updates"]
    organisation = people[personas[2]["person"]]["organisation"]
    assert len(set(owed)) == 6
    assert all(organisation in {actions[ref]["lead"], *actions[ref]["supporting"]} for ref in owed)


def test_narratives_are_many_and_no_two_are_alike() -> None:
    assert len(NARRATIVES) >= 80
    assert len({narrative["id"] for narrative in NARRATIVES}) == len(NARRATIVES)
    openings = {" ".join(re.findall(r"\w+", narrative["text"].lower())[:8]) for narrative in NARRATIVES}
    assert len(openings) == len(NARRATIVES)


@each_narrative
def test_a_narrative_is_coded_with_words_we_know(narrative: dict[str, Any]) -> None:
    assert set(narrative) >= NARRATIVE_FIELDS
    for field, vocabulary in {
        "strands": "strands", "other_differences": "other_differences", "kinds": "incident_kinds",
        "effects": "effects", "wishes": "wishes",
    }.items():  # fmt: skip
        assert set(narrative[field]) <= CODES[vocabulary], field
    for field, vocabulary in {
        "role": "roles",
        "place": "places",
        "repeats": "repeats",
        "channel": "channels",
    }.items():
        assert narrative[field] in CODES[vocabulary], field
    assert narrative["age_band"] in CODES["age_bands"]
    assert narrative["again"] in CODES["again"]
    assert narrative.get("religion", "not_known") in CODES["religions"]
    assert narrative["outcome"] in codes(read("dispositions.toml")["outcomes"])
    assert set(narrative["share_with"]) <= set(codes(read("wording/sharing.toml")["recipients"]))
    assert set(narrative["areas"]) <= {*AREAS, "any", "online"}
    assert narrative["risk"] in {"standard", "medium", "high"}
    assert narrative["strands"]
    assert narrative["kinds"]
    assert narrative["note"]


@each_narrative
def test_a_narrative_is_told_as_its_answers_say(narrative: dict[str, Any]) -> None:
    witness = narrative["role"] == "witness"
    assert not witness or not (narrative["effects"] or narrative["wishes"] or narrative["share_with"])
    assert witness or (narrative["wishes"] and narrative["share_with"])
    assert ("agreement" in narrative) or narrative["role"] != "on_behalf"
    assert narrative.get("agreement", "no") in CODES["agreements"]
    assert narrative.get("relation", "other") in CODES["relations"]
    assert ("other" in narrative["strands"]) == bool(narrative["other_differences"])
    assert "religion" not in narrative or "religion" in narrative["strands"]
    assert narrative["told"] or "overdue" in narrative["tags"]
    assert ("barred" in narrative["tags"]) == ("barred_text" in narrative)
    assert "no_one" not in narrative["share_with"] or narrative["share_with"] == ["no_one"]


def test_narratives_cover_every_strand_role_channel_outcome_and_hard_case() -> None:
    assert {strand for narrative in NARRATIVES for strand in narrative["strands"]} == CODES["strands"]
    assert {narrative["role"] for narrative in NARRATIVES} == CODES["roles"]
    assert {narrative["channel"] for narrative in NARRATIVES} == {"online", "centre"}
    assert {kind for narrative in NARRATIVES for kind in narrative["kinds"]} == CODES["incident_kinds"]
    assert {narrative["place"] for narrative in NARRATIVES} == CODES["places"]
    assert {narrative["outcome"] for narrative in NARRATIVES} == set(
        codes(read("dispositions.toml")["outcomes"])
    )
    tags = Counter(tag for narrative in NARRATIVES for tag in narrative["tags"])
    assert all(
        tags[tag] >= 3
        for tag in ("overdue", "refused", "withdrawn", "barred", "serious", "low_level", "online")
    )
    assert any(len(narrative["strands"]) > 1 for narrative in NARRATIVES)


def test_any_area_can_draw_narratives_of_its_own() -> None:
    for area in AREAS:
        assert (
            sum(area in narrative["areas"] or "any" in narrative["areas"] for narrative in NARRATIVES) >= 20
        ), area


def test_eight_low_level_narratives_form_one_cluster_within_four_weeks() -> None:
    cluster = [narrative for narrative in NARRATIVES if "cluster" in narrative["tags"]]
    plan = read("demo/bulk.toml")["cluster"]
    assert len(cluster) == plan["reports"] == 8
    assert all(n["areas"] == [plan["area"]] and n["strands"] == [plan["strand"]] for n in cluster)
    days = [narrative["cluster_day"] for narrative in cluster]
    assert len(set(days)) == 8
    assert 0 <= min(days) <= max(days) < 28


def test_the_five_invented_years_are_drawn_from_words_we_know() -> None:
    bulk = read("demo/bulk.toml")
    assert set(bulk["strands"]["first"]) == set(bulk["strands"]["also"]) == CODES["strands"]
    assert set(bulk["areas"]["telling"]) == set(AREAS)
    assert set(bulk["places"]) == CODES["places"]
    assert set(bulk["kinds"]) - {"second_kind"} == CODES["incident_kinds"]
    assert set(bulk["outcomes"]) == set(codes(read("dispositions.toml")["outcomes"]))
    assert len(bulk["season"]["months"]) == 12
    assert len(bulk["span"]["reports_a_year"]) == bulk["span"]["years"]
    assert 1_100 <= sum(bulk["span"]["reports_a_year"]) / bulk["span"]["years"] <= 1_300


def test_no_officer_of_the_board_papers_is_named_anywhere() -> None:
    words = set(re.findall(r"[^\W\d_]+", all_text().lower()))
    assert not {hashlib.sha256(word.encode()).hexdigest()[:16] for word in words} & REAL_OFFICERS


def test_demonstration_numbers_are_from_the_range_kept_for_drama() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in (HOME / "demo").rglob("*.toml"))
    numbers = re.findall(r"(?<![\d.])\+?0\d[\d ]{7,}\d", text)
    assert numbers
    assert all(DRAMA_NUMBER.match(number) for number in numbers)


def test_addresses_in_the_folder_end_in_example() -> None:
    assert all(address.endswith(".example") for address in re.findall(r"[\w.-]+@[\w.-]+\w", all_text()))
