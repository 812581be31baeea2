"""A walk through the journey: where its pages are, and the cookie that leads back to its draft.

The cookie holds the draft's id, signed, and nothing else; the answers are sealed in the draft's row. It lasts as
long as the browser is open, and no Django session is touched.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from partners.models import User
from reporting.journey.question import TOLD_AT_A_CENTRE, Page
from reporting.journey.sheets import FIRST, LAST, Sheet, sheet_of
from reporting.models import Draft, DraftGone
from reporting.practice_stories import Story

# What the sheets are called where an officer asks.
TO_OFFICERS = {
    1: "Somebody tells you something",
    2: "Who is telling you",
    5: "How they are",
    6: "Their name",
}


@dataclass(frozen=True)
class Walk:
    """One of the four ways to walk: by oneself, with a volunteer at a reporting centre, a volunteer alone with an
    invented story, or with an officer who is rung up or stands at a counter."""

    namespace: str
    cookie: str
    cookie_path: str
    base: str
    at_centre: bool
    # What is practised; without it a report is made.
    story: Story | None = None
    # How it is told to an officer who writes it down, 'phone' or 'counter'; they are asked nothing that is a centre's.
    told_to: str = ""

    def url(self, page: Page, *, change: bool = False) -> str:
        """The address of a page, at a centre its place on its sheet; with `change`, the way back leads to the check of
        all answers."""
        sheet = sheet_of(page) if self.at_centre else None
        if sheet is not None and sheet is not LAST:
            return f"{self.sheet(sheet)}{'?change' if change else ''}#{page.code}"
        name = "check" if page.name == "check" else "step"
        address = self.to(name, *(() if name == "check" else (page.code,)))
        return f"{address}?change" if change else address

    def sheet(self, sheet: Sheet) -> str:
        """The address of a sheet."""
        if sheet in (FIRST, LAST):
            return self.to("record" if sheet is FIRST else "check")
        return self.to("sheet", sheet.number)

    def to(self, name: str, *parts: str | int) -> str:
        """The address of one of the pages round the questions: 'check', 'sent', 'emergency', 'help'."""
        first = tuple(filter(None, (self.story.code if self.story else "", self.told_to)))
        return reverse(f"{self.namespace}:{name}", args=(*first, *parts))

    def template(self, name: str) -> str:
        """The template of a page round the sheets."""
        return f"reporting/{'told' if self.told_to else 'centre'}/{name}.html"

    def named(self, sheet: Sheet) -> Sheet:
        """A sheet as it is called here."""
        return replace(sheet, title=TO_OFFICERS.get(sheet.number, sheet.title)) if self.told_to else sheet

    @property
    def is_practice(self) -> bool:
        """Whether nothing of it is ever sent."""
        return self.story is not None

    @property
    def first_answers(self) -> Mapping[str, str]:
        """What is known before the first question."""
        return {TOLD_AT_A_CENTRE: self.told_to or "centre"} if self.at_centre else {}

    def draft_id(self, request: HttpRequest) -> UUID:
        """The id in the cookie; raises DraftGone when there is none that we signed."""
        try:
            return UUID(self._signer.unsign(request.COOKIES[self.cookie]))
        except (KeyError, BadSignature, ValueError):
            raise DraftGone from None

    def draft(self, request: HttpRequest) -> Draft:
        """The draft that the cookie leads to; at a centre only one that the volunteer began there. Raises DraftGone."""
        volunteer = self.volunteer(request)
        draft = Draft.belonging_to(volunteer, draft_id=self.draft_id(request))
        if draft is None or (volunteer and draft.centre_id != volunteer.organisation_id):
            raise DraftGone
        if draft.is_practice != self.is_practice:
            raise DraftGone
        return draft

    def volunteer(self, request: HttpRequest) -> User | None:
        """Who records, at a centre; the public page never asks who is signed in."""
        return request.user if self.at_centre else None  # type: ignore[return-value]

    def remember(self, response: HttpResponse, draft: Draft) -> None:
        """Gives the browser the way back to the draft, until it is closed."""
        response.set_cookie(
            self.cookie,
            self._signer.sign(str(draft.pk)),
            path=self.cookie_path,
            httponly=True,
            samesite="Lax",
            secure=settings.IS_PRODUCTION,
        )

    def forget(self, response: HttpResponse) -> None:
        """Takes the way back from the browser; the draft stays."""
        response.delete_cookie(self.cookie, path=self.cookie_path)

    @property
    def _signer(self) -> Signer:
        return Signer(salt=f"reporting.{self.cookie}")


PUBLIC = Walk("reporting", f"{settings.HOST_ONLY}llr_draft", "/", "reporting/base.html", at_centre=False)
CENTRE = Walk("reporting_staff", "llr_record", "/staff/record/", "reporting/centre/base.html", at_centre=True)


def telling(how: str) -> Walk:
    """The walk of an officer who writes down what somebody tells them, 'phone' or 'counter'."""
    path = f"/staff/told/{how}/"
    return Walk("told", "llr_told", path, "reporting/centre/base.html", at_centre=True, told_to=how)


def practising(story: Story) -> Walk:
    """The walk of a volunteer who practises on an invented story: the centre's pages, under addresses of their own."""
    path = f"/staff/practice/{story.code}/"
    return Walk("practice", "llr_practice", path, "reporting/practice/base.html", at_centre=True, story=story)
