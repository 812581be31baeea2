"""A journey that hypothesis makes up: whoever tells, answering whatever page with whatever can be sent.

At each page something is sent that may be refused; then every answer of it must still stand on the page, and something
good is sent instead. What was accepted is kept beside, as it should be stored, and compared with the report at the end.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any

from django.test import Client
from hypothesis import strategies as st

from reporting.export import everything_told
from reporting.journey import route
from reporting.journey.barring import barred_organisations
from reporting.journey.question import (
    SEEN,
    TOLD_AT_A_CENTRE,
    Answers,
    Kind,
    Page,
    Question,
    is_answered,
    who_tells,
)
from reporting.journey.sheets import sheet_of
from reporting.models import CentreRecord, Draft, EqualityAnswers, Report, Suspect
from reporting.recorded import recorded_by_a_centre
from scope.context import worker_scope
from tests.people import asha, client_for
from tests.reporting.walking import CHECK, SENT, WHO, given, url

PUBLIC_AT, CENTRE_AT = "/p/", "/staff/record/"
HELP = "/n5/"
PARTS = ("day", "month", "year")
CHOICES = (Kind.ONE, Kind.CHOSEN, Kind.MANY)
ODD_LETTERS = "\x00\r\n\t\u202e\u2066\u200f\ue000\ue001\ufeff'\"<>&{}%😀𐍈\u0301גآ"
ODD = st.text(
    alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(ODD_LETTERS)), max_size=40
)
LONG = st.builds(lambda letter, times: letter * times, st.sampled_from("ań😀\u202e"), st.integers(100, 6000))
TEXTS = st.one_of(ODD, ODD, ODD, LONG)
# What is typed there is looked up, and an area that nobody chose may come of it.
PLACES = {"Q14_postcode"}
NUMBERS = st.sampled_from(
    ["1", "2", "12", "29", "31", "32", "0", "-1", "2026", "2024", "1066", "99999", "٣", "x", ""]
)
DAYS = [("1", "2", "2025"), ("29", "2", "2024"), ("31", "12", "1999")]
GOOD_LINES = {"Q26_phone": "01632 960 123", "Q26_mobile": "07700 900 123", "Q26_email": "amina@example.org"}
Typed = dict[str, Any]


@dataclass
class Journey:
    """One person's way, and what should be stored of it."""

    client: Client
    at: str
    data: st.DataObject
    mine: dict[str, Any] = field(default_factory=dict)
    refused: int = 0
    posted: int = 0

    @classmethod
    def begin(cls, data: st.DataObject) -> "Journey":
        is_centre = data.draw(st.integers(0, 9)) == 0
        if is_centre:
            return cls(client_for(asha()), CENTRE_AT, data, {TOLD_AT_A_CENTRE: "centre"})
        return cls(Client(), PUBLIC_AT, data)

    def go(self) -> None:
        """From the first question to the receipt; what is stored is what was sent."""
        page: Page | None = route.BY_CODE[WHO]
        while page is not None:
            self._answer(*self._with_its_sheet(page))
            page = next(iter(route.unfinished(self._draft().read())), None)
        more = route.more_for(self._draft().read())
        for optional in self.data.draw(st.lists(st.sampled_from(more), max_size=3, unique=True)):
            self._answer(optional)
        assert self.client.get(f"{self.at}{CHECK}/").status_code == 200
        self._send()

    def _draft(self) -> Draft:
        return Draft.objects.get()

    def _with_its_sheet(self, page: Page) -> list[Page]:
        """The page, and at a centre all that stand on a sheet with it."""
        sheet = sheet_of(page) if self.at == CENTRE_AT else None
        return sheet.shown(self.mine) if sheet else [page]

    def _answer(self, *pages: Page) -> None:
        is_odd = self.data.draw(st.integers(0, 3)) == 0
        if not self._send_pages(pages, self._anything if is_odd else self._mostly_good):
            self.refused += 1
            taken = self._send_pages(pages, self._something_good)
            assert taken, (pages[0].name, "the good answers were refused too")

    def _send_pages(self, pages: Sequence[Page], make: Callable[[Page], Typed]) -> bool:
        """Whether what was made up for these pages was taken; then it is what should be stored."""
        before, typed = self.mine, {}
        for page in pages:
            made = make(page)
            self.mine, typed = self._now(page, _as_stored(page, made)), typed | made
        after, self.mine = self.mine, before
        if taken := self._post(pages, typed):
            self.mine = after
        return taken

    def _post(self, pages: Sequence[Page], typed: Typed) -> bool:
        """Whether it was taken; where it was not, the page shows every answer again."""
        self.posted += 1
        names = [page.name for page in pages]
        response = self.client.post(url(pages[0].code, at=self.at), typed)
        assert response.status_code in (200, 302), (names, typed, response.status_code)
        if response.status_code == 200:
            for page in pages:
                self._is_all_there(page, typed, response.content.decode())
            return False
        assert response["Location"].startswith(self.at), (names, typed, response["Location"])
        return True

    def _is_all_there(self, page: Page, typed: Typed, shown: str) -> None:
        known, text = self._known(page), _one_kind_of_line(unescape(shown))
        for name, value in typed.items():
            question = known.get(name.partition("-")[0])
            if question is None:
                continue
            if question.kind in CHOICES:
                for code in self._offered(question) & set(value if isinstance(value, list) else [value]):
                    assert re.search(rf'value="{code}"\s+(checked|selected)', shown), (page.name, name, code)
            elif question.kind is not Kind.TICK and value:
                assert _one_kind_of_line(value) in text, (page.name, name, value)

    def _known(self, page: Page) -> dict[str, Question]:
        return {question.id: question for question in page.asked(self._now(page, {}))}

    def _now(self, page: Page, typed: Answers) -> dict[str, Any]:
        """All answers with this page's as typed, before they are checked."""
        ids = {question.id for question in page.questions}
        return {**{name: each for name, each in self.mine.items() if name not in ids}, **typed}

    def _offered(self, question: Question) -> set[str]:
        return {option.code for option in question.options_for(who_tells(self.mine))}

    # What is sent ---------------------------------------------------------------------------------------------

    def _anything(self, page: Page) -> Typed:
        """Mostly possible answers, with odd ones among them."""
        typed: Typed = {}
        for question in page.asked(self._now(page, {})):
            if self.data.draw(st.integers(0, 3)):
                typed |= self._any_answer(question)
        if typed.get("Q02") == "centre":  # leads to signing in, and is tried elsewhere
            typed["Q02"] = "victim"
        return typed

    def _any_answer(self, question: Question) -> Typed:
        draw = self.data.draw
        if question.kind in CHOICES:
            codes = st.sampled_from([*sorted(self._offered(question)), "no-such-code\x00"])
            many = st.lists(codes, max_size=4, unique=True)
            return {question.id: draw(many if question.kind is Kind.MANY else codes)}
        if question.kind is Kind.TICK:
            return {question.id: "on"} if draw(st.booleans()) else {}
        if question.kind is Kind.DATE:
            return {f"{question.id}-{part}": draw(NUMBERS) for part in PARTS}
        return {question.id: draw(TEXTS)}

    def _something_good(self, page: Page) -> Typed:
        """Answers that no rule of the page refuses: what has to be there, found by asking the page itself."""
        typed: Typed = {}
        for _turn in range(len(page.questions) + 1):
            as_told = _as_stored(page, typed)
            missing = {name for name, _words in route.complaints(page, self._now(page, as_told))}
            if not missing:
                return typed
            for question in page.asked(self._now(page, as_told)):
                if question.id in missing:
                    typed |= self._good_answer(question, but=typed.get(question.id))
        return typed

    def _mostly_good(self, page: Page) -> Typed:
        """Good answers, and whatever letters there are where somebody may write."""
        typed = self._something_good(page)
        for question in page.asked(self._now(page, _as_stored(page, typed))):
            if question.kind in (Kind.LINE, Kind.WORDS) and not question.check and question.id not in PLACES:
                typed |= {question.id: self.data.draw(ODD)} if self.data.draw(st.booleans()) else {}
        return typed

    def _good_answer(self, question: Question, *, but: object = None) -> Typed:
        """One that is possible; `but` the one that a rule of the page has refused."""
        draw = self.data.draw
        if question.kind in CHOICES:
            refused = {
                "centre",
                "yes" if question.id == "Q24_bar" else "",
                but if isinstance(but, str) else "",
            }
            code = draw(st.sampled_from(sorted(self._offered(question) - refused)))
            return {question.id: [code] if question.kind is Kind.MANY else code}
        if question.kind is Kind.TICK:
            return {question.id: "on"}
        if question.kind is Kind.DATE:
            return dict(
                zip(
                    (f"{question.id}-{part}" for part in PARTS),
                    draw(st.sampled_from(DAYS)),
                    strict=True,
                )
            )
        return {question.id: GOOD_LINES.get(question.id) or "It was \u202e me 😀 & <you>"}

    # What is stored -------------------------------------------------------------------------------------------

    def _send(self) -> None:
        self.mine[SEEN] = [page.name for page in route.ALL]
        assert self.client.post(f"{self.at}{CHECK}/").status_code == 302
        reference = given(self.client.get(f"{self.at}{SENT}/")).reference
        assert not Draft.objects.exists()
        with worker_scope():
            report = Report.objects.select_related("data_key").get(reference=reference)
            apart = [*EqualityAnswers.objects.filter(report=report), *Suspect.objects.filter(report=report)]
            notes = [each.unseal("notes") for each in CentreRecord.objects.filter(report=report)]
            stored = everything_told(
                report,
                **{str(row.pk): row.told() for row in apart},
                centre=recorded_by_a_centre(report) | ({"C05": notes[0]} if notes else {}),
            )
        arrived, sent = _comparable(stored), _comparable(route.that_count(self.mine))
        other = {name for name in arrived | sent if arrived.get(name) != sent.get(name)}
        assert not other, {name: (arrived.get(name), sent.get(name)) for name in other}


def _as_stored(page: Page, typed: Typed) -> dict[str, Any]:
    """What becomes of what was typed: no NUL, one kind of line end, and one line without blanks round it."""
    kept: dict[str, Any] = {}
    for question in page.questions:
        if question.kind is Kind.DATE:
            kept[question.id] = _a_date(*(typed.get(f"{question.id}-{part}", "") for part in PARTS))
        elif question.kind is Kind.TICK and typed.get(question.id):
            kept[question.id] = "yes"
        elif question.kind is Kind.LINE:
            kept[question.id] = typed.get(question.id, "").replace("\x00", "").strip()
        elif question.kind is Kind.WORDS:
            text = typed.get(question.id, "").replace("\x00", "").replace("\r\n", "\n")
            kept[question.id] = text if text.strip() else ""
        elif question.id in typed:
            kept[question.id] = typed[question.id]
    return {question.id: kept[question.id] for question in page.questions if is_answered(kept, question)}


def _a_date(day: str, month: str, year: str) -> str:
    """The date as it is kept; nothing for what is none, which is only taken where nobody asked for it."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except (ValueError, OverflowError):
        return ""


def _comparable(answers: Answers) -> dict[str, Any]:
    """Answers without what is no question, and lists in one order. Of the questions about who must not see it, whom
    they bar: that is what is kept of them."""
    told = {name: sorted(value) if isinstance(value, list) else value for name, value in answers.items()}
    for name in (SEEN, TOLD_AT_A_CENTRE, "typed", "Q24_bar", "Q24_bar_org", "Q18_org_bar"):
        told.pop(name, None)
    told["barred"] = sorted(barred_organisations(answers))
    return {name: value for name, value in told.items() if value not in ("", [])}


def _one_kind_of_line(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
