"""The journey on paper: every page and question as data says them, with the same ids, to be filled in by hand."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from documents.form import Asked, PaperForm, Part, render_form
from partners import wording
from partners.edited import until_edited
from partners.languages import Language, known
from reporting.journey import route
from reporting.journey.after import WISHES
from reporting.journey.at_centre import AGREED, AT_A_CENTRE, DID, FEEDBACK, TOLD
from reporting.journey.before import LEADS_ELSEWHERE
from reporting.journey.question import (
    Condition,
    Kind,
    Option,
    Page,
    Question,
    Wording,
    Words,
)

LINES_OF_WORDS = {Kind.LINE: 1, Kind.WORDS: 5}
# What happened is the heart of it: it gets room.
LONG_FROM, LONG_LINES = 4000, 14
CHOICES = (Kind.ONE, Kind.CHOSEN, Kind.MANY)
# Languages whose letters are all in the fonts that we have on paper.
ON_PAPER = ("en", "ar", "gu", "pa", "pl", "ro", "ur")


@until_edited
def paper_pdf(today: date, language: str) -> bytes:
    """The form as a PDF, made once a day, a language and an edit; raises documents.pdf.NotPrintable."""
    return render_form(paper_form(today=today, language=language))


def paper_form(*, today: date, language: str) -> PaperForm:
    """The form as it would be filled in today, in the language that is active."""
    pages = [page for page in route.ALL if page.is_stored]
    spoken = known()[language]
    return PaperForm(
        title=_("Form"),
        heading=_("Tell us what happened"),
        intro=[
            _("You can fill in this form by hand. Someone you trust can help you."),
            _("Leave out what you do not want to say. You do not have to give your name."),
            _("Give it to a reporting centre or to your council. They type it in and give you a code."),
            _("Keep it where nobody finds it whom it could put in danger."),
        ],
        warning=_("Is someone in danger now? Call 999. Nobody reads this form straight away."),
        parts=[part for page in pages if (part := _part(page, spoken)) is not None],
        ending=[_("Thank you for telling us.")],
        page_words=_("Page"),
        date_words=[_("Day"), _("Month"), _("Year")],
        prepared_on=today,
        language=spoken.lang,
        right_to_left=spoken.right_to_left,
        in_large_print=spoken.is_easy,
        for_staff=_for_the_centre(),
    )


def _for_the_centre() -> Part:
    """What the centre itself writes on it, and types in with the rest; its notes never stand beside the person's
    words."""
    return Part(
        heading="For the reporting centre",
        lead="Leave this part empty. The centre fills it in.",
        asked=[_of_the_centre(question) for question in (*TOLD, DID, AGREED, FEEDBACK)],
    )


def _of_the_centre(question: Question) -> Asked:
    if question is AGREED:
        extra = "If they read it and signed: their signature, or “signed on a paper of our own”."
    else:
        extra = "Day, month and year." if question.kind is Kind.DATE else ""
    is_written = question is AGREED or question.kind not in CHOICES
    return Asked(
        id=question.id,
        label=_neutral(question.label),
        hint=extra,
        choices=[(str(option.label), "") for option in _every(question)],
        lines=LINES_OF_WORDS.get(question.kind, 1) if is_written else 0,
    )


def _part(page: Page, spoken: Language) -> Part | None:
    """One page; None for one that asks nothing on paper."""
    meant_for = _only_if(page.applies, before=_choices_before(page))
    asked = [
        _asked(question, page, known=meant_for, is_twin=is_twin)
        for question, is_twin in _once_each(page.questions)
    ]
    if not asked:
        return None
    return Part(
        heading=_neutral(page.title),
        lead=_neutral(page.lead),
        only_if=meant_for,
        picture=_picture(page, spoken),
        asked=asked,
        notes=_anyway() if page is WISHES else (),
    )


def _picture(page: Page, spoken: Language) -> str:
    """What stands beside the page's heading on screen, where the language has pictures."""
    name = spoken.pictures.get(page.name)
    return (settings.BASE_DIR / "static" / "pictures" / f"{name}.svg").read_text() if name else ""


def _anyway() -> list[str]:
    """When we may have to share in any case: it stands where permission is asked, on paper too."""
    anyway = wording.sharing()["anyway"]
    return [_(words) for words in (anyway["title"], *anyway["text"], anyway["ending"])]


def _once_each(questions: Iterable[Question]) -> Iterator[tuple[Question, bool]]:
    """Each question, and whether it stands twice, each time for other tellers: then the last, which is for more of
    them, is printed for all. What only a centre is asked is typed in there."""
    by_id: dict[str, list[Question]] = {}
    for question in questions:
        if question.who != AT_A_CENTRE:
            by_id.setdefault(question.id, []).append(question)
    for twins in by_id.values():
        yield twins[-1], len(twins) > 1


def _asked(question: Question, page: Page, *, known: str, is_twin: bool) -> Asked:
    options = _options(question) if question.kind in CHOICES else []
    tick = [(_neutral(question.label), "")] if question.kind is Kind.TICK else []
    only_if = _under(question, page) or _only_if(question.is_asked, before=_choices_before(page))
    is_long = question.kind is Kind.WORDS and (question.limit or 0) >= LONG_FROM
    return Asked(
        id=question.id,
        label=_neutral(question.label),
        hint=_hint(question),
        only_if="" if is_twin or only_if == known else only_if,
        choices=[(str(option.label), str(option.hint)) for option in options] or tick,
        lines=LONG_LINES if is_long else LINES_OF_WORDS.get(question.kind, 0),
        is_date=question.kind is Kind.DATE,
    )


def _hint(question: Question) -> str:
    how = {Kind.ONE: _("Tick one."), Kind.CHOSEN: _("Tick one.")}.get(question.kind, "")
    hint = _neutral(question.hint)
    return ("\n" if "\n" in hint else " ").join(filter(None, [hint, how]))


def _every(question: Question) -> tuple[Option, ...]:
    return question.options() if callable(question.options) else question.options


def _options(question: Question) -> list[Option]:
    """Each choice once, in the words for whoever tells for somebody; what only leads to another place is left out."""
    on_paper = [
        each
        for each in _every(question)
        if each.who != AT_A_CENTRE and (question.id, each.code) != LEADS_ELSEWHERE
    ]
    by_code: dict[str, Option] = {}
    for option in on_paper:
        if option.code not in by_code or "O" in option.who:
            by_code[option.code] = option
    return list(by_code.values())


def _under(question: Question, page: Page) -> str:
    """“Only if you ticked …”, for what stands under a choice."""
    if question.under is None:
        return ""
    parent = next((each for each in page.questions if each.id == question.under[0]), None)
    if parent is None:
        return ""
    if parent.kind is Kind.TICK:
        return _only([_neutral(parent.label)], parent.id)
    labels = [str(each.label) for each in _options(parent) if each.code in question.under[1]]
    return _only(labels, parent.id)


def _only(labels: list[str], at: str) -> str:
    ticked = ", ".join(f"“{label}”" for label in labels)
    return _("Only if you ticked %(ticked)s (%(question)s).") % {"ticked": ticked, "question": at}


def _choices_before(page: Page) -> list[Question]:
    """The questions with one answer, up to and on this page, on which it can depend whether something is asked."""
    before = route.ALL[: route.ALL.index(page) + 1]
    return [
        question
        for each in before
        if each.is_stored
        for question in each.questions
        if question.kind is Kind.ONE
    ]


def _only_if(applies: Condition, *, before: list[Question]) -> str:
    """For whom something is meant, found by asking its own rule about each answer to the questions before it."""
    for question in before:
        options = _options(question)
        meant = [option for option in options if applies({question.id: option.code})]
        if 0 < len(meant) < len(options):
            return _only([str(option.label) for option in meant], question.id)
    return ""


def _neutral(words: Wording | Words) -> str:
    """The words for whoever it may be."""
    return str(words.others if isinstance(words, Wording) else words)
