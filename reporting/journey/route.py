"""The way through the pages: which come, in what order, and which are not finished.

`PAGES` is what everybody is asked; `MORE` is offered when that is done, and can be asked again after sending: a page
of it is shown by `reporting.forms.form_for(page, answers, today=, data=)`, checked there by `complaints`, and taken by
`with_page`, whatever the answers came from. None of it is ever needed.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from reporting.journey.after import CONTACT, NAME, SAFETY, WISHES
from reporting.journey.at_centre import DONE, RISK
from reporting.journey.before import AGREEMENT, DANGER, WHO
from reporting.journey.happened import WHAT, WHEN, WHERE, WHY
from reporting.journey.more import MORE
from reporting.journey.question import SEEN, Answers, Page, Question, Words, is_answered, words_for

PARTS = 5
PAGES: tuple[Page, ...] = (
    *(DANGER, WHO, AGREEMENT, WHAT, WHY, WHEN, WHERE, SAFETY, RISK),
    *(NAME, DONE, CONTACT, WISHES),
)
ALL: tuple[Page, ...] = (*PAGES, *MORE)
BY_CODE = {page.code: page for page in ALL}
CHECK = Page("check", "z4", 5, _("check and send"), _("Check what you have told us"), ())


def pages_for(answers: Answers) -> list[Page]:
    """The pages that this teller is shown, as far as the answers so far say."""
    return [page for page in PAGES if page.applies(answers)]


def more_for(answers: Answers) -> list[Page]:
    """The pages that this teller may open if they like: those that ask them something."""
    return [page for page in MORE if page.applies(answers) and page.asked(answers)]


def complaints(page: Page, answers: Answers) -> Iterator[tuple[str, Words]]:
    """What is wrong with a page's answers: (question, what is said about it)."""
    for question in page.questions:
        # What is quickest to say comes first: this is asked of every page on every request.
        if is_answered(answers, question) or not question.required(answers):
            continue
        if question.counts(answers):
            yield question.id, missing_words(question, answers)
    for rule in page.rules:
        if rule.broken(answers):
            yield rule.at, rule.message


def missing_words(question: Question, answers: Answers) -> Words:
    """What is said when a needed answer is not there."""
    return words_for(question.missing, answers)


def is_finished(page: Page, answers: Answers) -> bool:
    """Whether the page was seen and nothing on it is missing."""
    if not page.is_stored:
        return True
    return page.name in answers.get(SEEN, ()) and next(complaints(page, answers), None) is None


def unfinished(answers: Answers) -> list[Page]:
    """The pages that still have to be answered, in order."""
    return [page for page in pages_for(answers) if not is_finished(page, answers)]


def may_open(page: Page, answers: Answers) -> bool:
    """Whether all pages before this one are finished."""
    waiting = unfinished(answers)
    if page.is_more:
        return not waiting and page in more_for(answers)
    return page.applies(answers) and (not waiting or PAGES.index(page) <= PAGES.index(waiting[0]))


def page_after(page: Page, answers: Answers) -> Page:
    """The next page, or the check of all answers."""
    if page.is_more:
        return CHECK
    later = [each for each in pages_for(answers) if PAGES.index(each) > PAGES.index(page)]
    return later[0] if later else CHECK


def page_before(page: Page, answers: Answers) -> Page | None:
    """The page before, None before the first."""
    if page.is_more:
        return CHECK
    earlier = [each for each in pages_for(answers) if page is CHECK or PAGES.index(each) < PAGES.index(page)]
    return earlier[-1] if earlier else None


def of_page(page: Page, answers: Answers) -> dict[str, object]:
    """The answers that belong to one page."""
    return {
        question.id: answers[question.id] for question in page.questions if is_answered(answers, question)
    }


def with_page(page: Page, answers: Answers, given: Answers) -> dict[str, object]:
    """All answers with those of one page replaced; what stands under a choice that was not made is dropped."""
    ids = {question.id for question in page.questions}
    kept = {name: value for name, value in answers.items() if name not in ids}
    kept |= {question.id: given[question.id] for question in page.questions if is_answered(given, question)}
    kept[SEEN] = sorted({*answers.get(SEEN, ()), page.name})
    return kept


def that_count(answers: Answers) -> dict[str, object]:
    """The answers to the questions that this teller was asked; left-overs of a changed mind are dropped."""
    return {
        question.id: answers[question.id]
        for page in ALL
        if page.applies(answers)
        for question in page.questions
        if is_answered(answers, question) and question.counts(answers)
    }
