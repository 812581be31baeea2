"""Walking the journey in the tests as a browser without scripts does."""

import re
from dataclasses import dataclass
from typing import Any

from django.test import Client

from reporting.journey import route
from reporting.journey.sheets import FIRST, sheet_of
from reporting.receipt_code import ReceiptCode
from tests.at_a_centre import AGREED_TYPED, DONE_TYPED, LOW_RISK, TOLD_TYPED

Answers = dict[str, Any]

DANGER, WHO, AGREEMENT, WHAT, WHY, WHEN, WHERE = "a3", "f6", "h2", "k9", "m4", "p7", "r5"
SAFETY, NAME, CONTACT, WISHES, CHECK, SENT = "t8", "v3", "y9", "x6", "z4", "w2"
RISK, DONE = "t4", "v7"

WORDS = "They shouted at me at the bus stop and threw a can at my bag."

# What Amina, whom it happened to, answers on each page; she stays anonymous.
AMINA: dict[str, Answers] = {
    WHO: {"Q02": "victim"},
    WHAT: {"Q06": ["name_calling"], "Q07": WORDS},
    WHY: {"Q08": ["race", "religion"], "Q08b": "muslim"},
    WHEN: {"Q11": "about", "Q11_about": "week"},
    WHERE: {"Q14": "charnwood", "Q13": "street"},
    SAFETY: {"Q19": "no"},
    NAME: {"Q25": "no"},
    WISHES: {"Q23": ["record_only"], "Q24": ["no_one"]},
}


# The same, told to a volunteer at a centre.
AMINA_AT_A_CENTRE: dict[str, Answers] = {
    **AMINA,
    WHO: AMINA[WHO] | TOLD_TYPED,
    RISK: dict(LOW_RISK),
    DONE: dict(DONE_TYPED),
    WISHES: AMINA[WISHES] | AGREED_TYPED,
}


def url(code: str, *, at: str = "/p/") -> str:
    """The address of a page; at a centre that of the sheet on which it stands."""
    sheet = sheet_of(route.BY_CODE[code]) if at != "/p/" and code in route.BY_CODE else None
    if sheet is not None:
        return at if sheet is FIRST else f"{at}{sheet.number}/"
    return f"{at}{code}/"


def walk(client: Client, pages: dict[str, Answers], *, at: str = "/p/") -> str:
    """Answers each page in turn, those on one sheet together; gives the address that the last one leads to."""
    typed: dict[str, Answers] = {}
    for code, answers in pages.items():
        typed[url(code, at=at)] = typed.get(url(code, at=at), {}) | answers
    onwards = ""
    for address, answers in typed.items():
        response = client.post(address, answers)
        assert response.status_code == 302, (address, errors_of(response))
        onwards = response["Location"]
    return onwards


def send(client: Client, pages: dict[str, Answers] | None = None) -> Any:
    """Walks all pages, sends, and gives the page with the receipt."""
    walk(client, pages or AMINA)
    client.post(url(CHECK))
    return client.get(url(SENT))


@dataclass(frozen=True)
class Given:
    """What the last page gives the person to keep."""

    reference: str
    words: str
    digits: str

    @property
    def digest(self) -> bytes:
        return ReceiptCode.typed(self.words).digest


def given(sent: Any) -> Given:
    """Reference and code as they stand on the page with the receipt."""
    page = sent.content.decode()
    shown = [re.search(rf'id="{name}">([^<]+)<', page) for name in ("reference", "code", "digits")]
    assert all(shown), page
    return Given(*(found[1] for found in shown if found))


def errors_of(response: Any) -> Any:
    shown = response.context or {}
    forms = [part.form for part in shown["parts"]] if "sheet" in shown else [shown.get("form")]
    return [form.errors for form in forms if form is not None] or response.content[:500]


def telling(base: dict[str, Answers] | None = None, **pages: Answers) -> dict[str, Answers]:
    """Amina's pages with some of them answered otherwise, in the order of the journey."""
    order = [WHO, AGREEMENT, WHAT, WHY, WHEN, WHERE, SAFETY, RISK, NAME, DONE, CONTACT, WISHES]
    changed = {**(base or AMINA), **pages}
    return {code: changed[code] for code in order if code in changed}
