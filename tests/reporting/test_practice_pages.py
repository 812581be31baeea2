"""A volunteer practises on the pages of recording, and every one of them says so."""

from typing import Any

import pytest

from partners.models import CentreStanding, ReportingCentre
from reporting.models import Draft, PracticeRun
from reporting.practice_stories import story
from reporting.walk import CENTRE, practising
from tests.people import NOW, asha, client_for, gwen, member
from tests.reporting.practising import ALL, AT, ROBIN, practised
from tests.reporting.walking import (
    CHECK,
    DANGER,
    WHO,
    url,
    walk,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

ON_THE_DOOR = f"{ALL}at_the_door/"
BAND = "Nothing is sent, nobody is told."


def says_that_it_is_practice(response: Any) -> bool:
    page = response.content.decode()
    return BAND in page and "<title>Practice: " in page.replace("\n", "").replace("  ", "")


def test_asha_practises_to_the_end_and_is_told_what_she_found() -> None:
    client = client_for(asha())
    found = practised(client)
    page = found.content.decode()
    run = PracticeRun.objects.get()
    assert found.redirect_chain[-1][0] == f"{ALL}done/{run.pk}/"
    assert "You chose “Any other perceived difference”. The story has “Transgender identity”." in page
    assert f"You found {len(run.found)} of {run.points} points" in page
    assert "PRACTICE" in page
    assert f"{len(run.found)} of {run.points} points found" in client.get(ALL).content.decode()


def test_every_page_says_that_it_is_practice() -> None:
    client = client_for(asha())
    pages = [client.get(address) for address in (ALL, AT, f"{AT}story/", f"{AT}2/", f"{AT}b8/")]
    client.post(url(DANGER, at=AT), {"Q01": "no"})
    walk(client, ROBIN, at=AT)
    pages += [client.get(f"{AT}{number}/") for number in range(2, 8)]
    pages += [client.get(f"{AT}{rest}/") for rest in ("n5", "z4", "e2", "l3")]
    pages.append(client.post(url(CHECK, at=AT), follow=True))
    pages.append(client.get(f"{AT}3/"))  # what was practised is gone
    assert [page.request["PATH_INFO"] for page in pages if not says_that_it_is_practice(page)] == []


def test_no_page_of_practice_leads_to_a_page_on_which_something_is_sent() -> None:
    client = client_for(asha())
    client.post(url(DANGER, at=AT), {"Q01": "no"})
    walk(client, ROBIN, at=AT)
    for address in (AT, *(f"{AT}{number}/" for number in range(2, 8)), f"{AT}z4/", f"{AT}e2/"):
        page = client.get(address).content.decode().partition("<main")[2]
        assert "/staff/record/" not in page, address


def test_files_are_never_asked_for() -> None:
    client = client_for(asha())
    client.post(url(DANGER, at=AT), {"Q01": "no"})
    walk(client, ROBIN, at=AT)
    assert client.post(f"{AT}l3/", {"Q21": "yes"})["Location"] == f"{AT}z4/#more"
    assert client.get(f"{AT}w7/").status_code == 404


def test_calling_999_ends_the_story_with_danger() -> None:
    client = client_for(asha())
    assert client.post(ON_THE_DOOR, {"Q01": "yes"})["Location"] == f"{ON_THE_DOOR}b8/"
    shown = client.get(f"{ON_THE_DOOR}b8/")
    assert "This is practice: do not call now" in shown.content.decode()
    assert "tel:999" in shown.content.decode()
    given = {"practice": shown.context["practice_id"]}
    first, again = (client.post(f"{ON_THE_DOOR}b8/", given)["Location"] for _press in range(2))
    assert first == again
    assert "You found 1 of 1 point<" in client.get(first).content.decode()


def test_where_nobody_is_in_danger_the_page_of_numbers_is_no_end() -> None:
    client = client_for(asha())
    assert "In this story nobody is in danger" in client.get(f"{AT}b8/").content.decode()
    assert client.post(f"{AT}b8/", {"practice": "no id"}).status_code == 200
    assert not PracticeRun.objects.exists()


def test_pressing_finish_twice_shows_the_same_once_more() -> None:
    client = client_for(asha())
    found = practised(client)
    again = client.post(url(CHECK, at=AT))
    assert again["Location"] == found.redirect_chain[-1][0]
    assert PracticeRun.objects.count() == 1


def test_practice_and_recording_never_meet() -> None:
    """Whatever cookie is brought: recording knows no practice, and practice no report that was begun."""
    client = client_for(asha())
    walk(client, {WHO: ROBIN[WHO]}, at=AT)
    practice = Draft.objects.get()
    walked = practising(story("changing_room"))
    client.cookies[CENTRE.cookie] = CENTRE._signer.sign(str(practice.pk))
    assert client.get("/staff/record/3/").status_code == 410
    assert client.post("/staff/record/z4/").status_code == 410
    del client.cookies[CENTRE.cookie]

    walk(client, {WHO: ROBIN[WHO]}, at="/staff/record/")
    real = Draft.objects.get(is_practice=False)
    client.cookies[walked.cookie] = walked._signer.sign(str(real.pk))
    assert client.get(f"{AT}3/").status_code == 410
    assert client.post(f"{AT}z4/").status_code == 410
    assert Draft.objects.filter(pk=real.pk).exists()


def test_what_is_practised_is_not_among_the_unfinished_reports() -> None:
    client = client_for(asha())
    walk(client, {WHO: ROBIN[WHO]}, at=AT)
    page = client.get("/staff/centre/")
    assert page.context["unfinished"] == []
    assert client.post("/staff/record/unfinished/", {"draft": Draft.objects.get().pk}).status_code == 404


def test_what_a_colleague_found_is_nobody_elses() -> None:
    found = practised(client_for(asha())).redirect_chain[-1][0]
    colleague = client_for(member("Ruth Okafor", asha().organisation, "centre_volunteer"))
    assert colleague.get(found).status_code == 404
    assert "Not practised yet" in colleague.get(ALL).content.decode()


def test_a_paper_form_is_begun_where_paper_forms_are_typed_in() -> None:
    page = client_for(asha()).get(f"{ALL}paper_form/story/").content.decode()
    assert f'href="{ALL}paper_form/2/?paper"' in page


def test_a_suspended_centre_may_practise() -> None:
    client = client_for(asha())
    ReportingCentre.objects.filter(organisation__code="quillfeather").update(
        standing=CentreStanding.SUSPENDED
    )
    assert client.get("/staff/record/").status_code == 403
    assert practised(client).status_code == 200


def test_a_practice_that_was_begun_is_gone_on_with() -> None:
    client = client_for(asha())
    walk(client, {WHO: ROBIN[WHO]}, at=AT)
    assert f'href="{AT}3/' in client.get(AT).content.decode()


def test_a_story_that_is_not_there_has_no_pages() -> None:
    client = client_for(asha())
    assert {
        client.get(f"{ALL}nothing-here/{rest}").status_code for rest in ("", "story/", "2/", "b8/", "z4/")
    } == {404}


def test_for_an_officer_there_is_no_practice() -> None:
    client = client_for(gwen(now=NOW))
    assert {client.get(address).status_code for address in (ALL, AT, f"{AT}story/", f"{AT}2/")} == {404}


def test_the_volunteer_finds_it_from_where_reports_are_recorded() -> None:
    client = client_for(asha())
    assert all(
        f'href="{ALL}"' in client.get(at).content.decode() for at in ("/staff/record/", "/staff/centre/")
    )
