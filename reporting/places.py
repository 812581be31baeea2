"""The area that a postcode stands for, put where the person would have chosen it: they see it and can change it."""

from django.http import QueryDict

from partners.postcodes import OUTSIDE, area_of
from reporting.journey.question import Answers, Page

POSTCODE, AREA = "Q14_postcode", "Q14"


def with_area_of_postcode(page: Page, typed: QueryDict, answers: Answers) -> tuple[QueryDict, bool]:
    """What was typed on a page, with the area of its postcode where none was chosen, or where the postcode is another
    one and the area that of before; and whether it turned out to be outside our area: that is said before going on."""
    postcode = typed.get(POSTCODE, "").strip()
    if not postcode or all(question.id != POSTCODE for question in page.questions):
        return typed, False
    is_of_before = typed.get(AREA) == answers.get(AREA) and postcode != answers.get(POSTCODE)
    if typed.get(AREA) and not is_of_before:
        return typed, False
    area = area_of(postcode)
    if area is None:
        return typed, False
    found = typed.copy()
    found[AREA] = area
    return found, area == OUTSIDE
