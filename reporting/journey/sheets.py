"""The same pages in sheets: a volunteer with the person beside them answers several at once.

Nothing on a sheet depends on an answer of the same sheet, but for what stands under a choice: what a later page asks
is known before its sheet is shown. English alone, as all that staff read.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reporting.journey import route
from reporting.journey.after import CONTACT, NAME, SAFETY, WISHES
from reporting.journey.at_centre import AT_A_CENTRE, DONE, RISK
from reporting.journey.before import AGREEMENT, DANGER, WHO
from reporting.journey.happened import WHAT, WHEN, WHERE, WHY
from reporting.journey.question import Answers, Page


@dataclass(frozen=True, eq=False)  # there is one of each
class Sheet:
    """What is asked on one form; its `number` is its address."""

    number: int
    title: str
    pages: tuple[Page, ...] = ()

    def shown(self, answers: Answers) -> list[Page]:
        """The pages of it that this teller is asked."""
        return [page for page in self.pages if page.applies(answers)]

    def is_finished(self, answers: Answers) -> bool:
        """Whether every page of it was answered."""
        return all(route.is_finished(page, answers) for page in self.shown(answers))


FIRST = Sheet(1, "Record a report", (DANGER,))
ASKED = (
    Sheet(2, "Who is with you", (WHO,)),
    Sheet(3, "What happened, and why", (AGREEMENT, WHAT, WHY)),
    Sheet(4, "When and where", (WHEN, WHERE)),
    Sheet(5, "How they are, and the risk", (SAFETY, RISK)),
    Sheet(6, "Their name, and what you did", (NAME, DONE)),
    Sheet(7, "Keeping in touch, and who can see it", (CONTACT, WISHES)),
)
LAST = Sheet(8, "Read it back, then send")
SHEETS = (FIRST, *ASKED, LAST)
BY_NUMBER: Mapping[int, Sheet] = {sheet.number: sheet for sheet in ASKED}

# What each page is called above its questions.
HEADINGS: Mapping[str, str] = {
    DANGER.name: "Danger",
    WHO.name: "Who is with you",
    AGREEMENT.name: "The person it happened to",
    WHAT.name: "What happened",
    WHY.name: "Why",
    WHEN.name: "When",
    WHERE.name: "Where",
    SAFETY.name: "How they are now",
    RISK.name: "How great is the risk?",
    NAME.name: "Their name",
    DONE.name: "What you did",
    CONTACT.name: "Contacting them safely",
    WISHES.name: "What they would like, and who can see it",
}


def sheet_of(page: Page) -> Sheet | None:
    """The sheet on which a page stands; None of a page that nobody has to answer."""
    return next((sheet for sheet in SHEETS if page in sheet.pages), LAST if page is route.CHECK else None)


def is_the_centres(page: Page) -> bool:
    """Whether a page asks the centre itself and nothing that the person says."""
    return all(question.who == AT_A_CENTRE for question in page.questions)


def unfinished(answers: Answers) -> Sheet | None:
    """The first sheet on which something is left to answer."""
    return next((sheet for sheet in ASKED if not sheet.is_finished(answers)), None)


def may_open(sheet: Sheet, answers: Answers) -> bool:
    """Whether all sheets before it are finished."""
    waiting = unfinished(answers)
    return waiting is None or sheet.number <= waiting.number


def after(sheet: Sheet) -> Sheet:
    """The next sheet; the last is followed by none."""
    return SHEETS[min(sheet.number, len(SHEETS) - 1)]


def before(sheet: Sheet) -> Sheet:
    """The sheet before."""
    return SHEETS[max(sheet.number - 2, 0)]
