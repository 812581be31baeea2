"""What somebody typed on a page and saved for later although it is not finished: kept word for word beside the answers,
and shown again without a word about what is missing. It never becomes part of a report by itself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.forms.utils import ErrorDict
from django.http import QueryDict

from reporting.forms import PageForm, form_for, keepable
from reporting.journey import route
from reporting.journey.question import SEEN, Answers, Page
from reporting.journey.versions import TYPED


def with_typed(page: Page, answers: Answers, data: QueryDict) -> dict[str, Any]:
    """All answers, with what was typed on this page kept as it is; the page counts as not answered any more."""
    ids = {question.id for question in page.questions}
    typed = {
        name: [keepable(value) for value in values]
        for name, values in data.lists()
        if name.partition("-")[0] in ids
    }
    kept = {name: value for name, value in answers.items() if name != SEEN}
    kept[SEEN] = [name for name in answers.get(SEEN, ()) if name != page.name]
    kept[TYPED] = {**answers.get(TYPED, {}), page.name: typed}
    return kept


def without_typed(page: Page, answers: Answers) -> dict[str, Any]:
    """All answers, and of this page nothing that waits: it was answered."""
    waits = {name: typed for name, typed in answers.get(TYPED, {}).items() if name != page.name}
    kept = {name: value for name, value in answers.items() if name != TYPED}
    return {**kept, TYPED: waits} if waits else kept


def was_typed(page: Page, answers: Answers) -> Mapping[str, list[str]] | None:
    """What waits on this page, None where nothing does."""
    return answers.get(TYPED, {}).get(page.name)


def form_as_typed(page: Page, answers: Answers, *, today: date) -> PageForm:
    """The page's form with what waits there, and nothing said about what is missing in it."""
    data = QueryDict(mutable=True)
    for name, values in (was_typed(page, answers) or {}).items():
        data.setlist(name, values)
    form = form_for(page, answers, today=today, data=data)
    vars(form)["_errors"] = ErrorDict()  # as after a check that found nothing: nobody has sent it yet
    return form


def where_it_goes_on(answers: Answers) -> Page:
    """Where somebody who comes back is led: a page that they left half done, else the first that is not answered, else
    the check of all."""
    pages = [*route.pages_for(answers), *route.more_for(answers)]
    half_done = [page for page in pages if was_typed(page, answers) is not None]
    return next(iter([*half_done, *route.unfinished(answers)]), route.CHECK)
