"""Recording in sheets: several pages on one form, saved at once; what is begun goes on in any browser."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.postcodes import import_directory
from reporting.journey import route, sheets
from reporting.journey.question import SEEN, Page
from reporting.models import Draft, Report
from scope.context import worker_scope
from tests.at_a_centre import HIGH_RISK, as_typed
from tests.people import asha, centre, client_for, gwen, member
from tests.reporting.test_places import FILE as POSTCODES
from tests.reporting.walking import (
    AGREEMENT,
    AMINA,
    AMINA_AT_A_CENTRE,
    CHECK,
    DONE,
    RISK,
    SAFETY,
    SENT,
    WHAT,
    WHERE,
    WHO,
    WHY,
    WISHES,
    WORDS,
    given,
    telling,
    url,
    walk,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

AT = "/staff/record/"
TOLD = telling(AMINA_AT_A_CENTRE)
KEEP = {"Llr-Keep": "1"}
OUR_REPORTS, UNFINISHED = "/staff/centre/", f"{AT}unfinished/"


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response
    return response.content.decode()


def until(code: str) -> dict[str, dict[str, Any]]:
    """What Amina tells before this page's sheet."""
    number = sheet_number(code)
    return {each: typed for each, typed in TOLD.items() if sheet_number(each) < number}


def sheet_number(code: str) -> int:
    sheet = sheets.sheet_of(route.BY_CODE[code])
    assert sheet
    return sheet.number


def as_seen(page: str) -> str:
    return page.split('name="as" value="')[1].partition('"')[0]


def keep(client: Client, code: str, typed: dict[str, Any], *, seen: str | None = None) -> int:
    """What the page's own script sends."""
    address = url(code, at=AT)
    form = {"as": seen or as_seen(shown(client, address)), **typed}
    return client.post(address, form, headers=KEEP).status_code


# The sheets ---------------------------------------------------------------------------------------------------


def test_every_page_that_a_centre_is_asked_stands_on_one_sheet_in_the_journeys_order() -> None:
    on_sheets = [page for sheet in sheets.SHEETS for page in sheet.pages]
    assert on_sheets == list(route.PAGES)
    assert len(sheets.SHEETS) == 8
    assert {page.name for page in on_sheets} == set(sheets.HEADINGS)


@pytest.mark.parametrize("sheet", sheets.ASKED, ids=lambda sheet: str(sheet.number))
def test_no_page_comes_or_goes_with_an_answer_of_its_own_sheet(sheet: sheets.Sheet) -> None:
    """What stands on a sheet is the same whatever is answered on it: but for what stands under a choice."""
    for about in ("victim", "witness", "on_behalf", "community"):
        told_before = {"Q02": about, "Q25": "yes"} if sheet.number > 2 else {}
        before = {"channel": "centre", **told_before}
        for name, value in every_choice(sheet):
            assert on(sheet, {**before, name: value}) == on(sheet, before), (name, value)


def on(sheet: sheets.Sheet, answers: dict[str, Any]) -> list[tuple[Page, list[str]]]:
    return [(page, [each.id for each in page.asked(answers)]) for page in sheet.shown(answers)]


def every_choice(sheet: sheets.Sheet) -> list[tuple[str, Any]]:
    return [
        (question.id, value)
        for page in sheet.pages
        for question in page.questions
        for option in question.options_for("C")
        for value in (option.code, [option.code])
    ]


def test_one_form_holds_several_pages_and_saves_all_of_them_at_once() -> None:
    client = client_for(asha())
    walk(client, until(WHAT), at=AT)
    page = shown(client, f"{AT}3/")
    assert 'id="k9"' in page
    assert 'id="m4"' in page
    response = client.post(f"{AT}3/", TOLD[WHAT] | TOLD[WHY])
    assert response["Location"] == f"{AT}4/"
    answers = Draft.objects.get().read()
    assert answers["Q07"] == WORDS
    assert answers["Q08"] == ["race", "religion"]
    assert {"what", "why"} <= set(answers[SEEN])


def test_what_is_wrong_on_any_page_of_a_sheet_is_said_together_and_nothing_typed_is_lost() -> None:
    client = client_for(asha())
    walk(client, until(WHAT), at=AT)
    page = client.post(f"{AT}3/", {"Q07": "They shouted."}).content.decode()
    summary = page.split('class="govuk-error-summary__body"')[1].partition("</div>")[0]
    assert "Choose at least one thing that happened" in summary
    assert "Choose at least one reason" in summary
    assert "They shouted." in page
    assert page.count("<h1") == 1
    assert "<title>Error:" in page.replace("\n", "").replace("    ", "")
    assert "what" not in Draft.objects.get().read()[SEEN]


def test_who_would_rather_tell_somebody_else_needs_to_answer_nothing_else_of_the_sheet() -> None:
    client = client_for(asha())
    walk(client, until(WHAT), at=AT)
    assert client.post(f"{AT}3/", {"Q07_person": "on"})["Location"] == f"{AT}4/"


def test_somebody_who_saw_it_is_asked_about_agreement_on_the_sheet_of_what_happened() -> None:
    client = client_for(asha())
    walk(client, {WHO: TOLD[WHO]}, at=AT)
    assert 'id="h2"' not in shown(client, f"{AT}3/")
    walk(client, {WHO: TOLD[WHO] | {"Q02": "witness"}}, at=AT)
    page = shown(client, f"{AT}3/")
    assert 'id="h2"' in page
    assert "Leave out the name of the person" in page
    walk(client, {AGREEMENT: {"Q03": "no"}, WHAT: TOLD[WHAT], WHY: TOLD[WHY]}, at=AT)
    assert Draft.objects.get().read()["Q03"] == "no"


def test_a_sheet_opens_when_all_before_it_are_answered() -> None:
    client = client_for(asha())
    walk(client, until(WHAT), at=AT)
    assert client.get(f"{AT}6/")["Location"] == f"{AT}3/"
    assert client.get(url(CHECK, at=AT))["Location"] == f"{AT}3/"
    assert client.get(f"{AT}9/").status_code == 404
    assert client.get(f"{AT}1/").status_code == 404


def test_a_pages_old_address_leads_to_its_place_on_its_sheet() -> None:
    client = client_for(asha())
    assert client.get(f"{AT}{WHY}/")["Location"] == f"{AT}3/#{WHY}"
    assert client.get(f"{AT}a3/")["Location"].startswith(f"{AT}#")
    assert client.get(f"{AT}nothing/").status_code == 404


def test_a_child_is_offered_help_before_the_next_sheet() -> None:
    client = client_for(asha())
    walk(client, until(SAFETY), at=AT)
    answer = client.post(f"{AT}5/", TOLD[SAFETY] | {"Q28": "under_13"} | TOLD[RISK])
    assert answer["Location"] == f"{AT}n5/"
    assert f'href="{AT}6/' in shown(client, f"{AT}n5/")


def test_a_postcode_outside_is_said_on_its_sheet_and_then_let_through() -> None:
    import_directory(POSTCODES, say=lambda _line: None)
    client = client_for(asha())
    walk(client, until(WHERE), at=AT)
    typed = {"Q11": "not_sure", "Q13": "street", "Q14_postcode": "SW1A 1AA"}
    page = client.post(f"{AT}4/", typed).content.decode()
    assert "outside our area" in page
    assert "There is a problem" not in page
    assert client.post(f"{AT}4/", {**typed, "Q14": "outside"})["Location"] == f"{AT}5/"


def test_today_stands_there_as_the_day_on_which_the_person_told() -> None:
    page = shown(client_for(asha()), f"{AT}2/")
    day = page.split('id="C01_on-day"')[1].partition(">")[0]
    assert f'value="{timezone.localdate().day}"' in day


# Reading it back, and what it sets off ------------------------------------------------------------------------


def test_the_check_is_by_sheet_and_keeps_the_persons_words_apart_from_the_centres_notes() -> None:
    client = client_for(asha())
    walk(client, TOLD | {DONE: TOLD[DONE] | {"C05": "Her hands shook."}}, at=AT)
    page = shown(client, url(CHECK, at=AT))
    assert "Page 8 of 8" in page
    words = page.split("In the person’s own words")[1].partition("</figure>")[0]
    assert WORDS in words
    notes = page.split('<section class="told told--centre" aria-label="What you did"')[1].partition(
        "</section>"
    )[0]
    assert "These are not the person’s words" in notes
    assert "Her hands shook." in notes
    assert WORDS not in notes
    assert page.index(WORDS) < page.index("Her hands shook.")


def test_change_opens_the_whole_sheet_at_the_page_and_leads_back_to_the_check() -> None:
    client = client_for(asha())
    walk(client, TOLD, at=AT)
    change = f"{AT}3/?change#{WHY}"
    assert f'href="{change}"' in shown(client, url(CHECK, at=AT))
    assert f'href="{url(CHECK, at=AT)}"' in shown(client, change)
    answer = client.post(f"{AT}3/?change", TOLD[WHAT] | {"Q08": ["disability"]})
    assert answer["Location"] == url(CHECK, at=AT)


def test_a_change_that_asks_for_more_leads_there_first() -> None:
    client = client_for(asha())
    walk(client, TOLD, at=AT)
    answer = client.post(f"{AT}6/?change", {"Q25": "yes"} | TOLD[DONE])
    assert answer["Location"] == f"{AT}7/?change"


def test_before_it_is_sent_the_volunteer_reads_what_a_high_risk_sets_off() -> None:
    client = client_for(asha())
    walk(client, TOLD, at=AT)
    assert "Risk: Standard" in shown(client, url(CHECK, at=AT))
    walk(client, {SAFETY: TOLD[SAFETY], RISK: HIGH_RISK}, at=AT)
    page = shown(client, url(CHECK, at=AT))
    assert "Risk: High" in page
    assert "The police and the council" in page
    assert Report.objects.count() == 0


def test_what_is_read_aloud_stands_on_the_sheet_of_what_is_agreed_to() -> None:
    client = client_for(asha())
    walk(client, until(WISHES), at=AT)
    page = shown(client, f"{AT}7/")
    aloud = page.split("Read this aloud")[1].partition("</div>")[0]
    assert "You can take this back at any time." in aloud
    assert "If a court tells us to." in aloud
    assert page.index("Read this aloud") < page.index('name="Q24"') < page.index('name="C02"')


def test_a_page_that_nobody_has_to_answer_is_asked_alone_and_leads_back() -> None:
    client = client_for(asha())
    walk(client, TOLD, at=AT)
    assert client.post(f"{AT}e2/", {"Q15": "no"})["Location"] == f"{url(CHECK, at=AT)}#more"
    assert "Was anyone hurt?" in shown(client, url(CHECK, at=AT))


def test_the_receipt_is_for_the_person_and_leads_to_another_report() -> None:
    client = client_for(asha())
    walk(client, TOLD, at=AT)
    client.post(url(CHECK, at=AT))
    sent = client.get(url(SENT, at=AT))
    page = sent.content.decode()
    assert given(sent).words in page
    assert "Record another" in page
    assert "http://testserver/back/" in page
    title = page.split("<title>")[1].partition("</title>")[0]
    assert title.strip() == "Thank you"


# A report of another person begins anew -----------------------------------------------------------------------


def test_another_report_begins_empty_and_the_first_is_kept() -> None:
    client = client_for(asha())
    walk(client, until(WHY) | {WHAT: TOLD[WHAT], WHY: TOLD[WHY]}, at=AT)
    assert f'href="{AT}4/' in shown(client, AT)
    assert client.post(AT, {"Q01": "no"})["Location"] == f"{AT}2/"
    walk(client, {WHO: TOLD[WHO] | {"Q02": "witness"}}, at=AT)
    assert sorted(draft.read()["Q02"] for draft in Draft.objects.all()) == ["victim", "witness"]
    assert WORDS not in shown(client, f"{AT}3/")


def test_going_back_to_the_first_page_and_on_is_still_the_same_report() -> None:
    client = client_for(asha())
    walk(client, until(WHAT), at=AT)
    assert f'href="{AT}?on"' in shown(client, f"{AT}2/")
    assert client.post(f"{AT}?on", {"Q01": "no"})["Location"] == f"{AT}2/"
    assert client.get(f"{AT}3/").status_code == 200


# A form that was filled in on paper ---------------------------------------------------------------------------


def test_a_paper_form_is_typed_in_with_its_number_and_its_own_day() -> None:
    client = client_for(asha())
    assert f'href="{AT}paper/"' in shown(client, AT)
    assert f'href="{AT}paper/"' in shown(client, OUR_REPORTS)
    where = client.get(f"{AT}paper/")["Location"]
    page = shown(client, where)
    assert "filled in on paper" in page
    assert 'value="' not in page.split('id="C01_on-day"')[1].partition(">")[0]
    client.post(where, TOLD[WHO] | {"C01_paper": "114"} | as_typed("2026-01-09", "C01_on"))
    answers = Draft.objects.get().read()
    assert (answers["C01_paper"], answers["C01_on"]) == ("114", "2026-01-09")
    assert "paper form 114" in shown(client, OUR_REPORTS)


def test_a_paper_number_that_was_used_here_is_said_once_and_may_be_right() -> None:
    client = client_for(asha())
    on_paper = TOLD[WHO] | {"C01_paper": "114"}
    walk(client, TOLD | {WHO: on_paper}, at=AT)
    client.post(url(CHECK, at=AT))
    with worker_scope():
        first = Report.objects.get()
    client.get(f"{AT}paper/")
    answer = client.post(f"{AT}2/?paper", on_paper)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert (
        f"A form with this number was recorded on {first.received_at:%-d %B %Y} as {first.reference}." in page
    )
    assert not Draft.objects.exists()
    assert client.post(f"{AT}2/?paper", on_paper | {"known_number": "114"})["Location"] == f"{AT}3/"
    # Changing something else on the sheet does not ask again.
    assert client.post(f"{AT}2/", on_paper)["Location"] == f"{AT}3/"


def test_the_same_number_at_another_centre_is_another_form() -> None:
    client = client_for(asha())
    on_paper = TOLD[WHO] | {"C01_paper": "114"}
    walk(client, TOLD | {WHO: on_paper}, at=AT)
    client.post(url(CHECK, at=AT))
    tollgate = centre("tollgate", area="harborough").organisation
    other = client_for(member("Bela Novak", tollgate, "centre_volunteer"))
    assert other.post(f"{AT}2/?paper", on_paper)["Location"] == f"{AT}3/"


# Kept as it stands --------------------------------------------------------------------------------------------


def test_what_stands_typed_is_kept_though_it_is_not_finished() -> None:
    client = client_for(asha())
    walk(client, until(WHAT), at=AT)
    assert keep(client, WHAT, {"Q07": "They shouted at"}) == 204
    page = shown(client, f"{AT}3/")
    assert "They shouted at" in page
    assert "There is a problem" not in page
    assert client.get(f"{AT}4/")["Location"] == f"{AT}3/"
    walk(client, {WHAT: TOLD[WHAT], WHY: TOLD[WHY]}, at=AT)
    answers = Draft.objects.get().read()
    assert answers["Q07"] == WORDS
    assert "typed" not in answers


def test_a_change_that_is_kept_unfinished_is_not_sent_by_the_way() -> None:
    client = client_for(asha())
    walk(client, TOLD, at=AT)
    assert keep(client, WHY, TOLD[WHAT] | {"Q08": []}) == 204
    assert client.get(url(CHECK, at=AT))["Location"] == f"{AT}3/"
    assert client.post(url(CHECK, at=AT))["Location"] == f"{AT}3/"


def test_what_is_kept_after_its_page_was_sent_changes_nothing() -> None:
    """Two requests on a bad line may arrive in the other order."""
    client = client_for(asha())
    walk(client, until(WHAT), at=AT)
    before = as_seen(shown(client, f"{AT}3/"))
    walk(client, {WHAT: TOLD[WHAT], WHY: TOLD[WHY]}, at=AT)
    assert keep(client, WHAT, {"Q07": "They"}, seen=before) == 409
    assert Draft.objects.get().read()["Q07"] == WORDS


def test_what_is_kept_of_a_report_that_is_gone_is_refused() -> None:
    client = client_for(asha())
    walk(client, until(WHAT), at=AT)
    seen = as_seen(shown(client, f"{AT}3/"))
    Draft.objects.all().delete()
    assert keep(client, WHAT, {"Q07": "They"}, seen=seen) == 410


def test_two_windows_never_overwrite_each_other_unseen() -> None:
    client = client_for(asha())
    walk(client, until(WHAT), at=AT)
    seen = as_seen(shown(client, f"{AT}3/"))
    walk(client, {WHAT: TOLD[WHAT], WHY: TOLD[WHY]}, at=AT)
    answer = client.post(f"{AT}3/", TOLD[WHAT] | TOLD[WHY] | {"Q07": "Something else", "as": seen})
    assert "another window" in answer.content.decode()
    assert "Something else" in answer.content.decode()
    assert Draft.objects.get().read()["Q07"] == WORDS


def test_the_public_cannot_keep_a_page_that_way(client: Client) -> None:
    walk(client, {WHO: AMINA[WHO]})
    client.post(url(WHAT), {"Q07": "They"}, headers=KEEP)
    assert "Q07" not in Draft.objects.get().read()


# What was not finished ----------------------------------------------------------------------------------------


def unfinished_id(client: Client) -> str:
    return shown(client, OUR_REPORTS).split('name="draft" value="')[1].partition('"')[0]


def test_what_asha_began_goes_on_in_another_browser_where_she_left_it() -> None:
    first = client_for(asha())
    walk(first, until(SAFETY), at=AT)
    second = client_for(asha())
    page = shown(second, OUR_REPORTS)
    assert "Your unfinished reports" in page
    assert "Page 5 of 8" in page
    assert f"Begun on {timezone.localdate():%-d %B %Y}" in page
    assert f"Kept until {Draft.objects.get().expires_on:%-d %B %Y}" in page
    assert WORDS not in page
    answer = second.post(UNFINISHED, {"draft": unfinished_id(second), "act": "go_on"})
    assert answer["Location"].startswith(f"{AT}5/")
    rest = {code: typed for code, typed in TOLD.items() if code not in until(SAFETY)}
    assert walk(second, rest, at=AT) == url(CHECK, at=AT)


def test_a_half_typed_sheet_is_where_it_goes_on() -> None:
    first = client_for(asha())
    walk(first, TOLD, at=AT)
    keep(first, WHY, {"Q07": "They shouted at"})
    second = client_for(asha())
    answer = second.post(UNFINISHED, {"draft": unfinished_id(second), "act": "go_on"})
    assert answer["Location"].startswith(f"{AT}3/")
    assert "They shouted at" in shown(second, f"{AT}3/")


def test_throwing_it_away_asks_first() -> None:
    client = client_for(asha())
    walk(client, until(WHAT), at=AT)
    mine = unfinished_id(client)
    asked = client.post(UNFINISHED, {"draft": mine, "act": "ask"}).content.decode()
    assert "Nobody can bring it back" in asked
    assert Draft.objects.count() == 1
    assert client.post(UNFINISHED, {"draft": mine, "act": "throw_away"})["Location"] == OUR_REPORTS
    assert not Draft.objects.exists()
    assert "unfinished" not in shown(client, OUR_REPORTS).replace("The unfinished report is deleted", "")


def test_nobody_elses_unfinished_report_is_there() -> None:
    client = client_for(asha())
    walk(client, until(WHAT), at=AT)
    hers = unfinished_id(client)
    tollgate = centre("tollgate", area="harborough").organisation
    for other in (
        member("Ruth Okafor", asha().organisation, "centre_volunteer"),
        member("Bela Novak", tollgate, "centre_volunteer"),
        member("Mara Lind", asha().organisation, "centre_manager"),
        gwen(),
    ):
        theirs = client_for(other)
        for act in ("go_on", "ask", "throw_away"):
            assert theirs.post(UNFINISHED, {"draft": hers, "act": act}).status_code == 404
        assert "Your unfinished reports" not in theirs.get(OUR_REPORTS).content.decode()
    assert client.post(UNFINISHED, {"draft": "no id", "act": "go_on"}).status_code == 404
    assert Draft.objects.count() == 1


def test_who_has_moved_to_another_centre_leaves_what_they_began_behind() -> None:
    client = client_for(asha())
    walk(client, until(WHAT), at=AT)
    Draft.objects.update(centre=centre("tollgate", area="harborough").organisation)
    assert client.get(f"{AT}3/").status_code == 410
    assert "Your unfinished reports" not in shown(client, OUR_REPORTS)


def test_what_has_expired_is_not_listed() -> None:
    client = client_for(asha())
    walk(client, until(WHAT), at=AT)
    Draft.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert "Your unfinished reports" not in shown(client, OUR_REPORTS)


def test_the_list_costs_the_same_for_one_and_for_many(django_assert_num_queries: Any) -> None:
    client = client_for(asha())
    walk(client, until(WHAT), at=AT)
    shown(client, OUR_REPORTS)
    with CaptureQueriesContext(connection) as one:
        shown(client, OUR_REPORTS)
    for _ in range(20):
        Draft.begin(
            {"Q02": "victim"}, today=timezone.localdate(), centre=asha().organisation, recorded_by=asha()
        )
    with django_assert_num_queries(len(one)):
        shown(client, OUR_REPORTS)
