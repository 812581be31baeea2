"""A page of the journey as a form: made from the page's data and the answers so far."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from govuk.fields import Agreed, ChosenFrom, DateParts, ManyOf, OneOf, TextField, WordsField
from govuk.forms import RevealMixin
from reporting.journey import route
from reporting.journey.before import LEADS_ELSEWHERE
from reporting.journey.question import (
    Answers,
    Kind,
    Page,
    Question,
    is_told_to_an_officer,
    who_tells,
    words_for,
)

# PostgreSQL and UTF-8 have no place for these; nobody types them on purpose, so nobody is told.
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
LONGEST_LINE = 300
TOO_LONG = _("Use %(limit_value)d characters or fewer. You have %(show_value)d")


def keepable(text: str) -> str:
    """The text without what no database can keep."""
    return UNKEEPABLE.sub("", text)


class KeepableLine(TextField):
    """One line, without what cannot be kept."""

    def to_python(self, value: Any) -> str:
        return super().to_python(keepable(value) if isinstance(value, str) else value) or ""


class KeepableWords(WordsField):
    """A person's own words, without what cannot be kept."""

    def to_python(self, value: Any) -> str:
        return super().to_python(keepable(value) if isinstance(value, str) else value)


class PageForm(RevealMixin, forms.Form):
    """The questions of one page. What is wrong is said in the words of the page's own data."""

    page: Page
    answers: Answers

    def clean(self) -> dict[str, Any]:
        """Says what is missing or does not fit together, beside the fields' own complaints."""
        cleaned = super().clean() or {}
        together = {**self.answers, **given(cleaned)}
        for name in {question.id for question in self.page.questions} - set(given(cleaned)):
            together.pop(name, None)
        for name, message in route.complaints(self.page, together):
            if name not in self.errors:
                self.add_error(name, ValidationError(str(message), code="missing"))
        return cleaned

    def given(self) -> dict[str, Any]:
        """The answers as they are kept."""
        return given(self.cleaned_data)


def given(cleaned: Answers) -> dict[str, Any]:
    """Cleaned values as they are kept: codes, lists of codes, texts, ISO dates; nothing for no answer."""
    return {name: _kept(value) for name, value in cleaned.items() if value not in (None, "", [], False)}


def form_for(page: Page, answers: Answers, *, today: date, data: Any = None) -> PageForm:
    """The form of a page as this teller sees it, filled with what they said, or with what they typed now."""
    asked = page.asked(answers)
    fields = {question.id: _field(question, answers, today) for question in asked}
    for question in asked:
        if question.under and question.under[0] in fields:
            for choice in question.under[1]:
                reveals = fields[question.under[0]].reveals
                reveals[choice] = [*reveals.get(choice, ()), question.id]
    _let_the_heading_be_the_question(page, asked, fields)
    initial = {
        name: (value == "yes" if isinstance(fields[name], Agreed) else value)
        for name, value in route.of_page(page, answers).items()
        if name in fields
    }
    form = PageForm(data, initial=initial, auto_id="%s", label_suffix="")
    form.fields = fields
    form.page, form.answers = page, answers
    return form


def _kept(value: Any) -> Any:
    if value is True:
        return "yes"
    return value.isoformat() if isinstance(value, date) else value


def _let_the_heading_be_the_question(page: Page, asked: list[Question], fields: dict[str, Any]) -> None:
    shown = [question for question in asked if not question.under]
    if len(shown) == 1:
        fields[shown[0].id].heading = True
        fields[shown[0].id].label_size = "l"


def _field(question: Question, answers: Answers, today: date) -> Any:
    looks = {
        "label": words_for(question.label, answers),
        "help_text": words_for(question.hint, answers),
        # Whether an answer is needed depends on other answers: the page's data says so in `clean`.
        "required": False,
    }
    if not question.under:
        looks["label_size"] = "m"
    return MAKERS[question.kind](question, answers, today, looks)


def _choices(question: Question, answers: Answers) -> dict[str, Any]:
    options = question.options_for(who_tells(answers))
    if is_told_to_an_officer(answers):
        options = tuple(each for each in options if (question.id, each.code) != LEADS_ELSEWHERE)
    return {
        "choices": [(option.code, option.label) for option in options],
        "choice_hints": {option.code: option.hint for option in options if option.hint},
        "reveals": {},
    }


def _one(question: Question, answers: Answers, today: date, looks: dict[str, Any]) -> OneOf:
    return OneOf(**_choices(question, answers), **looks)


def _many(question: Question, answers: Answers, today: date, looks: dict[str, Any]) -> ManyOf:
    return ManyOf(**_choices(question, answers), exclusive=question.exclusive, **looks)


def _chosen_from(question: Question, answers: Answers, today: date, looks: dict[str, Any]) -> ChosenFrom:
    choices = _choices(question, answers)
    return ChosenFrom(choices=[("", _("Choose")), *choices["choices"]], **looks)


def _tick(question: Question, answers: Answers, today: date, looks: dict[str, Any]) -> Agreed:
    return Agreed(**looks)


def _line(question: Question, answers: Answers, today: date, looks: dict[str, Any]) -> KeepableLine:
    made = KeepableLine(
        max_length=question.limit or LONGEST_LINE,
        width=question.width,
        inputmode=question.inputmode,
        spellcheck=False,
        error_messages={"max_length": TOO_LONG},
        **looks,
    )
    if question.check:
        made.validators.append(_checked_by(*question.check))
    return made


def _words(question: Question, answers: Answers, today: date, looks: dict[str, Any]) -> KeepableWords:
    return KeepableWords(limit=question.limit, rows=question.rows, **looks)


def _date(question: Question, answers: Answers, today: date, looks: dict[str, Any]) -> DateParts:
    return DateParts(past=True, today=today, **looks)


def _checked_by(is_good: Any, message: Any) -> Any:
    def check(value: str) -> None:
        if not is_good(value):
            raise ValidationError(message, code="invalid")

    return check


MAKERS = {
    Kind.ONE: _one,
    Kind.MANY: _many,
    Kind.CHOSEN: _chosen_from,
    Kind.TICK: _tick,
    Kind.LINE: _line,
    Kind.WORDS: _words,
    Kind.DATE: _date,
}
