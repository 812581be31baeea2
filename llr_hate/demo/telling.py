"""The answers that an invented person gives in the journey, so that the last year is told as any report is."""

from datetime import timedelta
from random import Random
from typing import Any

from llr_hate.demo.years import Invented
from reporting.journey.question import SEEN, TOLD_AT_A_CENTRE, who_tells
from reporting.journey.route import pages_for
from reporting.risk import IDS

NAMES = (
    "Amina",
    "Bronwen",
    "Chidi",
    "Delphine",
    "Emrys",
    "Farida",
    "Gethin",
    "Halina",
    "Imani",
    "Jaroslav",
    "Keisha",
    "Lorcan",
    "Manpreet",
    "Nerys",
    "Oluwaseun",
    "Parveen",
    "Quentin",
    "Roksana",
    "Simran",
    "Tendai",
    "Ursula",
    "Vikram",
    "Wiktoria",
    "Yusuf",
    "Zuzanna",
)
# Nobody is called so; what is said of them is invented.
SUSPECTS = ("Ray Nettleworth", "Ida Quillstone", "Col Thornapple")
HEARD = ("poster", "awareness_week", "centre", "friend", "search")
BARRIERS = ("all_the_time", "nothing_done", "afraid", "not_serious", "did_not_know")
# Answers to the risk questions, R1 to R10, by what the narrative says of the risk.
RISKS = {
    "standard": "once_before no words sometimes no no some no some talk",
    "medium": "two_or_three maybe threats_or_damage sometimes near no changed no some not_known",
    "high": "four_or_more yes threats_or_damage daily yes group changed worse isolated talk",
}
# How many days a centre takes to send what it was told.
DAYS_UNTIL_SENT = (0, 0, 0, 1, 0, 0, 4)
# Ofcom keeps these numbers free for drama: nobody has them.
PHONE = "01632 960 {:03d}"
MOBILE = "07700 900 {:03d}"
WAYS = ("phone", "text", "email")


def answers_of(invented: Invented, lots: Random) -> dict[str, Any]:
    """All core answers, by question id; every page that this teller meets is finished."""
    narrative = invented.narrative
    if narrative is None:
        raise ValueError("Only a report of the last year has words.")
    answers: dict[str, Any] = {"Q02": narrative.role}
    if invented.channel == "centre":
        answers |= _at_a_centre(invented)
    answers |= _agreement(answers)
    answers |= _what(invented) | _when(invented, lots) | _where(invented, lots)
    if who_tells(answers) != "W":
        answers |= _safety(invented)
    answers |= _contact(invented, lots) | _wishes(invented, answers) | _more(narrative.id, who_tells(answers))
    answers[SEEN] = sorted(page.name for page in pages_for(answers))
    return answers


def _at_a_centre(invented: Invented) -> dict[str, Any]:
    """What the centre adds; as `_more` it draws no lots."""
    narrative = invented.narrative
    assert narrative
    lot = sum(map(ord, narrative.id))
    told_on = invented.received_at.date() - timedelta(days=DAYS_UNTIL_SENT[lot % len(DAYS_UNTIL_SENT)])
    risk = dict(zip(IDS, RISKS[narrative.risk].split(), strict=True))
    return risk | {
        TOLD_AT_A_CENTRE: "centre",
        "C01": ("face_to_face", "phone")[lot % 5 == 0],
        "C01_on": told_on.isoformat(),
        "C02": ("spoken", "written")[lot % 4 == 0],
        "C04": [("leaflet", "victim_first", "nothing")[lot % 3]],
        "C05": ("", "Calm, and stayed an hour. A friend came to fetch them.")[lot % 4 == 1],
        "C06": ("centre", "direct")[lot % 3 == 0],
    }


def _more(narrative: str, teller: str) -> dict[str, Any]:
    """What two in three added, the same for a narrative each time: the lots of all that follows stay as they were."""
    lot = sum(map(ord, narrative))
    if lot % 3 == 0:
        return {}
    more: dict[str, Any] = {"Q15": "no", "Q31": HEARD[lot % len(HEARD)], "Q32": "yes"}
    if lot % 3 == 1:
        more |= {"Q18": "name", "Q18a_name": SUSPECTS[lot % len(SUSPECTS)], "Q18a_how": "neighbour"}
    else:
        more |= {"Q18": "stranger", "Q18b": "Two young men, one with a grey hood."}
    if teller != "W":
        more |= {"Q22": "no", "Q22a": [BARRIERS[lot % len(BARRIERS)]], "Q30_sex": ("female", "male")[lot % 2]}
    return more


def _agreement(answers: dict[str, Any]) -> dict[str, Any]:
    if answers["Q02"] == "witness":
        return {"W02": "no", "Q03": "not_possible"} if TOLD_AT_A_CENTRE in answers else {"W02": "no"}
    return {"Q03": "agrees"} if answers["Q02"] == "on_behalf" else {}


def _what(invented: Invented) -> dict[str, Any]:
    narrative = invented.narrative
    assert narrative
    what: dict[str, Any] = {
        "Q06": list(narrative.kinds) or ["other"],
        "Q07": narrative.text,
        "Q08": list(narrative.strands),
    }
    if "online" in narrative.kinds and sum(map(ord, narrative.id)) % 2:
        what["Q06a_link"] = "https://posts.example/shared"
    if "prefers_person" in narrative.tags:
        what["Q07_person"] = "yes"
    if "religion" in narrative.strands and narrative.religion:
        what["Q08b"] = narrative.religion
    if "other" in narrative.strands and narrative.other_differences:
        what["Q08a"] = list(narrative.other_differences)
    return what


def _when(invented: Invented, lots: Random) -> dict[str, Any]:
    assert invented.narrative
    if invented.narrative.repeats == "all_the_time":
        return {"Q11": "going_on", "Q11_often": "weekly", "Q12": "all_the_time"}
    happened = invented.received_at.date() - timedelta(days=lots.choice((0, 0, 1, 1, 2, 4, 9)))
    return {"Q11": "exact", "Q11_date": happened.isoformat(), "Q12": invented.narrative.repeats}


def _where(invented: Invented, lots: Random) -> dict[str, Any]:
    return {"Q14": invented.area, "Q13": invented.place}


def _safety(invented: Invented) -> dict[str, Any]:
    narrative = invented.narrative
    assert narrative
    return {
        "Q16": list(narrative.effects) or ["prefer_not"],
        "Q19": narrative.again,
        "Q28": narrative.age_band,
    }


def _contact(invented: Invented, lots: Random) -> dict[str, Any]:
    assert invented.narrative
    if invented.is_anonymous and "prefers_person" not in invented.narrative.tags:
        return {"Q25": "no"}
    number = lots.randrange(1000)
    name = lots.choice(NAMES)
    how = lots.choice(WAYS)
    ways = {
        "phone": {"Q26_phone": PHONE.format(number), "Q26_message": "no"},
        "text": {"Q26_mobile": MOBILE.format(number)},
        "email": {"Q26_email": f"{name.lower()}.{number}@mail.example"},
    }
    return {"Q25": "yes", "Q26_name": name, "Q26_how": how, "Q26_times": "weekdays after 4"} | ways[how]


def _wishes(invented: Invented, answers: dict[str, Any]) -> dict[str, Any]:
    narrative = invented.narrative
    assert narrative
    wishes: dict[str, Any] = {"Q24_bar": "no"}
    if "barred" in narrative.tags:
        wishes = {"Q24_bar": "yes", "Q24_bar_person": narrative.barred_text or "A relative who works there."}
        if narrative.barred_organisation:
            wishes["Q24_bar_org"] = [narrative.barred_organisation]
    if who_tells(answers) != "W":
        wishes["Q23"] = list(narrative.wishes) or ["record_only"]
        shared = [code for code in narrative.share_with if code != "centre" or invented.channel == "centre"]
        wishes["Q24"] = shared or ["no_one"]
    return wishes
