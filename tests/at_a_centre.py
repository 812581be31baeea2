"""What a reporting centre is asked beside everybody's questions, answered in full: here and in no other test."""

from typing import Any

# How the person told, what was agreed to, what was done.
RECORDED: dict[str, Any] = {
    "C01": "face_to_face",
    "C01_on": "2026-03-10",
    "C02": "spoken",
    "C04": ["leaflet"],
    "C06": "direct",
}
# Six points.
LOW_RISK = {
    "R1": "once_before",
    "R2": "no",
    "R3": "words",
    "R4": "sometimes",
    "R5": "no",
    "R6": "no",
    "R7": "some",
    "R8": "no",
    "R9": "some",
    "R10": "talk",
}
# Nine points.
MEDIUM_RISK = {**LOW_RISK, "R3": "minor_injury", "R9": "good", "R7": "changed", "R10": "afraid"}
# Whatever the total.
HIGH_RISK = {**LOW_RISK, "R3": "serious"}


def at_a_centre(answers: dict[str, Any], **otherwise: Any) -> dict[str, Any]:
    """Answers with those of a centre added, some of them answered `otherwise`."""
    return {**answers, **RECORDED, **LOW_RISK, **otherwise}


def as_typed(date: str, name: str) -> dict[str, str]:
    """A date as three boxes."""
    return dict(zip((f"{name}-year", f"{name}-month", f"{name}-day"), date.split("-"), strict=True))


# The same as a volunteer types it, page by page.
TOLD_TYPED = {"C01": RECORDED["C01"], **as_typed(RECORDED["C01_on"], "C01_on")}
DONE_TYPED = {"C04": RECORDED["C04"]}
AGREED_TYPED = {"C02": RECORDED["C02"], "C06": RECORDED["C06"]}
