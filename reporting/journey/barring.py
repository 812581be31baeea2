"""Which organisations must not see a report: named as such, or because it was somebody of theirs."""

from django.utils.translation import gettext_lazy as _

from reporting.journey.choices import organisations
from reporting.journey.question import Answers, chosen

LEAVE_ONE = _(
    "Leave at least one organisation that may read it, or call Stop Hate UK on 0800 138 1625 instead"
)


def barred_organisations(answers: Answers) -> list[str]:
    """The codes of the organisations that are kept from it from the first read."""
    barred = list(chosen(answers, "Q24_bar_org")) if answers.get("Q24_bar") == "yes" else []
    if answers.get("Q18_staff") == "yes" and answers.get("Q18_org_bar") == "yes":
        barred += [code for code in chosen(answers, "Q18_org") if code not in barred]
    return barred


def bars_everybody(answers: Answers) -> bool:
    """Whether nobody would be left to read it."""
    return {option.code for option in organisations()} <= set(barred_organisations(answers))
