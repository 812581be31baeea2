"""From the first question to the page that shows how it stands."""

import pytest
from django.test import Client

from reporting.models import Draft, Report
from scope.context import worker_scope
from tests.people import make_partnership, organisation
from tests.reporting.walking import AMINA, CHECK, DANGER, WHO, WORDS, given, send, url, walk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _partnership() -> None:
    make_partnership()


def test_amina_tells_it_in_ten_pages_and_comes_back_with_her_code(client: Client) -> None:
    assert client.post(url(DANGER), {"Q01": "no"})["Location"] == url(WHO)
    assert walk(client, AMINA) == url(CHECK)
    assert 1 + len(AMINA) + 1 == 10  # danger, her pages, check
    assert WORDS in client.get(url(CHECK)).content.decode()

    assert client.post(url(CHECK))["Location"] == "/p/w2/"
    sent = client.get("/p/w2/")

    reference, code = given(sent).reference, given(sent)
    for typed in (code.words, code.digits, code.words.upper().replace(" ", "-")):
        status = client.post("/back/", {"reference": reference.lower(), "code": typed}, follow=True)
        assert b"We have your report" in status.content
    with worker_scope():
        report = Report.objects.get()
        assert report.unseal("words") == WORDS
        assert report.told()["Q08b"] == "muslim"
        assert report.contact_details() == {}
        assert report.perceived_strands == ["race", "religion"]
        assert report.visible_to == [organisation("charnwood-bc").pk]
    assert not Draft.objects.exists()


def test_every_page_of_the_journey_is_shown(client: Client) -> None:
    for address in ("/", "/safety/", url(DANGER), url(WHO), "/p/b8/", "/back/"):
        assert client.get(address).status_code == 200, address
    for code, answers in AMINA.items():
        page = client.get(url(code))
        assert page.status_code == 200, code
        assert b"<title>Part " in page.content
        walk(client, {code: answers})
    assert send(client).status_code == 200
