"""What the public is asked, and what their pages can say is wrong, read from the journey's own data: what the walks
must have looked at."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import override

from govuk.fields import DateParts
from reporting.journey import route
from reporting.journey.question import Kind, Page, Question, Wording, Words

AT_A_CENTRE = "C"


def public_pages() -> list[Page]:
    """All that the public can open: those that ask somebody else than a centre."""
    return [page for page in route.ALL if any(each.who != AT_A_CENTRE for each in page.questions)]


def mistakes_of(page: Page) -> Iterator[Words]:
    """Each thing that may be wrong on a page of the public. What only a volunteer reads is never translated."""
    yield from (rule.message for rule in page.rules if isinstance(rule.message, Promise))
    for question in page.questions:
        if question.who != AT_A_CENTRE:
            yield from _mistakes_in(question)


def _mistakes_in(question: Question) -> Iterator[Words]:
    if question.missing:
        yield question.missing.others if isinstance(question.missing, Wording) else question.missing
    if question.check:
        yield question.check[1]
    if question.kind is Kind.DATE:
        yield from (DateParts.default_error_messages[code] for code in ("invalid", "future", "year"))


def all_mistakes(language: str) -> set[str]:
    """The words of all of them in one language."""
    with override(language):
        return {str(words) for page in public_pages() for words in mistakes_of(page)}


def all_questions() -> set[str]:
    """The ids of all that the public is asked."""
    asked = (question for page in route.ALL for question in page.questions)
    return {question.id for question in asked if question.who != AT_A_CENTRE}


def pages_without_mistakes() -> set[str]:
    """Addresses of pages on which nothing can be wrong."""
    return {f"/p/{page.code}/" for page in public_pages() if next(mistakes_of(page), None) is None}
