"""A sheet as one form: the forms of its pages, checked together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import dropwhile, takewhile
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from govuk.forms import revealed_names
from govuk.rendering import fields_html
from reporting.forms import PageForm, form_for
from reporting.journey import route
from reporting.journey.question import Answers, Kept, Page, Words, words_for
from reporting.journey.sheets import HEADINGS, Sheet, is_the_centres
from reporting.later import form_as_typed, was_typed, with_typed, without_typed

READ_ALOUD_BEFORE = "Q24"
# What stands apart to the eye: what the person says, and what the centre adds.
LOOKS = {Kept.WORDS: "persons-words", Kept.NOTES: "centres-notes"}


@dataclass(frozen=True)
class Part:
    """One page on a sheet."""

    page: Page
    form: PageForm
    lead: Words

    @property
    def heading(self) -> str:
        return HEADINGS[self.page.name]

    @property
    def is_the_centres(self) -> bool:
        return is_the_centres(self.page)

    @property
    def is_read_aloud(self) -> bool:
        """Whether something is to be read aloud before some of its questions."""
        return READ_ALOUD_BEFORE in self.form.fields

    @property
    def fields(self) -> SafeString:
        """Its questions, or those that come before what is read aloud."""
        return fields_html(self.form, tuple(takewhile(lambda name: name != READ_ALOUD_BEFORE, self._shown)))

    @property
    def fields_read_aloud(self) -> SafeString:
        """The questions that come after what is read aloud."""
        return fields_html(self.form, tuple(dropwhile(lambda name: name != READ_ALOUD_BEFORE, self._shown)))

    @property
    def _shown(self) -> list[str]:
        inside = revealed_names(self.form)
        return [name for name in self.form.fields if name not in inside]


class SheetForm:
    """The pages of a sheet on one form; what was typed on any of them is checked in the light of all."""

    def __init__(self, sheet: Sheet, answers: Answers, *, today: date, data: QueryDict | None = None) -> None:
        self.sheet, self.answers = sheet, answers
        self.parts = [
            Part(page, _form(page, answers, today, data), words_for(page.lead, answers))
            for page in sheet.shown(answers)
        ]

    @property
    def forms(self) -> list[PageForm]:
        return [part.form for part in self.parts]

    @property
    def has_errors(self) -> bool:
        return any(form.is_bound and form.errors for form in self.forms)

    def is_valid(self) -> bool:
        """Whether nothing on any of its pages is wrong; all of them are looked at."""
        together, is_good = self.answers, True
        for part in self.parts:
            part.form.answers = together
            is_good = part.form.is_valid() and is_good
            together = route.with_page(part.page, together, part.form.given())
        return is_good

    def given(self) -> dict[str, Any]:
        """What was answered on the sheet, by question id, as it is kept."""
        return {name: value for form in self.forms for name, value in form.given().items()}

    def all_answers(self) -> dict[str, Any]:
        """All answers with those of this sheet in the place of what stood there, and of it nothing left half done."""
        kept = dict(self.answers)
        for part in self.parts:
            kept = route.with_page(part.page, without_typed(part.page, kept), part.form.given())
        return kept


def of_sheet(sheet: Sheet, answers: Answers) -> dict[str, object]:
    """The answers that belong to one sheet."""
    return {name: value for page in sheet.pages for name, value in route.of_page(page, answers).items()}


def with_sheet_typed(sheet: Sheet, answers: Answers, data: QueryDict) -> dict[str, Any]:
    """All answers, with what stands typed on this sheet kept as it is, finished or not."""
    kept = dict(answers)
    for page in sheet.shown(answers):
        if _is_begun(page, answers, data):
            kept = with_typed(page, kept, data)
    return kept


def _is_begun(page: Page, answers: Answers, data: QueryDict) -> bool:
    """Whether something stands there, or stood there before."""
    return (
        bool(route.of_page(page, answers)) or was_typed(page, answers) is not None or any(_typed(page, data))
    )


def _typed(page: Page, data: QueryDict) -> Iterator[str]:
    ids = {question.id for question in page.questions}
    return (
        value for name, values in data.lists() if name.partition("-")[0] in ids for value in values if value
    )


def _form(page: Page, answers: Answers, today: date, data: QueryDict | None) -> PageForm:
    if data is None and was_typed(page, answers) is not None:
        form = form_as_typed(page, answers, today=today)
    else:
        form = form_for(page, answers, today=today, data=data)
    for question in page.asked(answers):
        field: Any = form.fields[question.id]
        # The sheet has the page's one first heading, and each page on it the second.
        field.heading = False
        if field.label_size:
            field.label_size = "s"
        field.group_classes = LOOKS.get(question.kept, "")
    return form
