"""What stays in a browser's history says nothing: the address and the title of every page on the public's way."""

import html
import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from reporting import visit
from reporting.journey import route
from reporting.receiving import receive
from reporting.urls import urlpatterns
from tests.casework.world import ZAYNAB
from tests.reporting.walking import DANGER, WHO, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]
TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
GIVES_AWAY = re.compile(
    r"hate|crime|incident|report|police|victim|witness|leicester|llr|race|religio|faith|disab|gender|muslim|attack"
    r"|abuse|harass|threat|danger|999|evidence|suspect|offend|help line|complain|erase",
    re.IGNORECASE,
)


def addresses() -> list[str]:
    """Every address of the public's way, with each page's code where there is one."""
    codes = [page.code for page in (*route.PAGES, *route.MORE)]
    found: list[str] = []
    for pattern in urlpatterns:
        where = str(pattern.pattern)
        if "<slug:code>" not in where:
            found += [] if "<" in where else [f"/{where}"]
        elif where.startswith("l/"):
            found += ["/l/en-gb/", "/l/ar/"]
        else:
            found += [f"/{where.replace('<slug:code>', code)}" for code in codes]
    return found


def browsers() -> Iterator[tuple[str, Client]]:
    """Somebody new, somebody on the way, and somebody who came back."""
    yield "new", Client()
    on_the_way = Client()
    on_the_way.post(url(DANGER), {"Q01": "no"})
    on_the_way.post(url(WHO), {"Q02": "victim"})
    yield "on the way", on_the_way
    back = Client()
    receipt = receive(ZAYNAB, key=uuid4(), now=timezone.now())
    response = HttpResponse()
    visit.begin(response, receipt.code.digest, timezone.now())
    back.cookies = response.cookies
    yield "back", back


def test_no_address_says_what_it_is_about() -> None:
    assert len(addresses()) > 40
    assert [address for address in addresses() if GIVES_AWAY.search(address)] == []


def test_no_title_says_what_it_is_about() -> None:
    seen = 0
    loud = []
    for who, browser in browsers():
        for address in addresses():
            if address == "/leave/":
                continue
            response = browser.get(address)
            if not response.get("Content-Type", "").startswith("text/html") or not response.content:
                continue
            found = TITLE.search(response.content.decode())
            assert found, address
            seen += 1
            title = html.unescape(found[1].strip())
            if GIVES_AWAY.search(title) or not title:
                loud.append(f"{who} {address}: {title}")
    assert loud == []
    assert seen > 60
