"""The communication calendar: what is planned by month, what may be changed by whom, and what it reached."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from actionplans import campaigning
from actionplans.campaigning import AlreadyCancelled
from actionplans.models import Action, Campaign, CampaignEvent, CommsContact, Material
from actionplans.naming_contacts import NotThere, name_contact
from audit.models import AuditEvent
from files.models import SealedFile
from insight import awareness
from outbox.tasks import sweep
from partners.models import ReferenceVersion
from scope.context import worker_scope
from tests.actionplans.world import plans_as_of_today, tight
from tests.people import (
    NOW,
    administrator,
    client_for,
    district,
    farah,
    gwen,
    make_partnership,
    member,
    ngozi,
    organisation,
    sog_member,
)

pytestmark = pytest.mark.django_db
CALENDAR = "/staff/plans/calendar/"
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def partnership() -> None:
    make_partnership()


@pytest.fixture
def browser() -> Client:
    return client_for(ngozi())


def campaign(name: str = "Taxi week", lead: str = "charnwood-bc", **said: Any) -> Campaign:
    usual = {
        "kind": "campaign",
        "name": name,
        "starts": date(2026, 5, 4),
        "ends": date(2026, 5, 10),
        "lead": organisation(lead),
        "partners": (),
        "districts": (),
    }
    return campaigning.plan_campaign(**{**usual, **said}, by=farah(), now=NOW)


def page(browser: Client, address: str) -> str:
    response = browser.get(CALENDAR + address)
    assert response.status_code == 200
    return tight(response.content.decode())


def names_in(browser: Client, address: str) -> set[str]:
    shown = page(browser, address)
    return {name for name in Campaign.objects.values_list("name", flat=True) if name in shown}


# The list by month


def test_twelve_months_from_the_one_asked_for_and_the_empty_ones_are_said(browser: Client) -> None:
    campaign()
    shown = page(browser, "?from=2026-04")
    assert shown.count("<h2") == 12
    assert shown.index("April 2026") < shown.index("Taxi week") < shown.index("June 2026")
    assert "Taxi week" not in shown[: shown.index("May 2026")]
    said = sum(map(shown.count, ("Nothing is planned yet.", "Nothing was planned.", "Proposed:")))
    assert said == 11
    assert names_in(browser, "?from=2027-06") == set()


def test_what_goes_on_over_months_stands_in_each_of_them(browser: Client) -> None:
    campaign(starts=date(2026, 4, 20), ends=date(2026, 6, 2))
    shown = page(browser, "?from=2026-05")
    assert shown.count("Goes on:") == 2
    assert shown.count("Taxi week</a>") == 2


def test_a_week_to_come_is_proposed_in_its_month_until_it_stands_in_the_calendar(browser: Client) -> None:
    year = timezone.localdate().year + 1
    at = f"?from={year}-10"
    assert f"Proposed: National Hate Crime Awareness Week {year}" in page(browser, at)
    assert "Proposed:" not in page(browser, at + "&kind=rapid")
    browser.post(f"{CALENDAR}weeks/{year}/accept/")
    assert f"Proposed: National Hate Crime Awareness Week {year}," not in page(browser, at)
    assert "Proposed:" not in page(browser, "?from=2018-01"), "what is over is not proposed"


@pytest.mark.parametrize("typed", ["2026-13", "soon", "26-1", "٢٠٢٦-٠٥", "0000-01", ""])
def test_what_is_no_month_is_this_month(browser: Client, typed: str) -> None:
    this_month = timezone.localdate().replace(day=1)
    assert f'id="m-{this_month:%Y-%m}"' in page(browser, f"?from={typed}")


def test_filters_by_strand_district_partner_and_kind(browser: Client) -> None:
    campaign("For all")
    campaign("Bus cards", strands=["disability"], districts=[district("rutland")], lead="police")
    campaign("Together", partners=[organisation("melton-bc")], kind="rapid", strands=["race"], lead="lcc")
    at = "?from=2026-05&"
    assert names_in(browser, at + "strand=disability") == {"For all", "Bus cards"}
    assert names_in(browser, at + "district=melton") == {"For all", "Together"}
    assert names_in(browser, at + "partner=melton-bc") == {"Together"}
    assert names_in(browser, at + "partner=police") == {"Bus cards"}
    assert names_in(browser, at + "kind=rapid") == {"Together"}
    assert names_in(browser, at + "kind=nonsense") == {"For all", "Bus cards", "Together"}


def test_ways_to_other_months_keep_the_filters(browser: Client) -> None:
    shown = page(browser, "?from=2026-05&kind=rapid")
    assert "?kind=rapid&amp;from=2025-05" in shown
    assert "?kind=rapid&amp;from=2027-05" in shown


# Campaigns


def answers(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "campaign",
        "name": "Open doors",
        **dict(zip(("starts-day", "starts-month", "starts-year"), (1, 6, 2026), strict=True)),
        **dict(zip(("ends-day", "ends-month", "ends-year"), (7, 6, 2026), strict=True)),
        "lead": "charnwood-bc",
        "partners": ["police", "charnwood-bc"],
        "strands": ["race"],
        "districts": ["charnwood"],
        "languages": ["gu"],
        "audiences": "Neighbours",
        "about": "Come in.",
        "action": "",
        **changes,
    }


def test_ngozi_adds_a_campaign_and_its_link_carries_its_code(browser: Client) -> None:
    response = browser.post(CALENDAR + "add/", answers(), follow=True)
    made = Campaign.objects.get()
    assert (made.code, made.languages, made.strands) == ("open-doors-2026", ["gu"], ["race"])
    assert [each.code for each in made.partners.all()] == ["police"], "who leads does not also take part"
    shown = response.content.decode()
    assert "http://testserver/?c=open-doors-2026" in shown
    assert "The portal does not follow who uses it" in shown


def test_the_link_of_a_campaign_opens_the_public_start_page() -> None:
    assert Client().get("/?c=open-doors-2026").status_code == 200


def test_two_campaigns_of_one_name_have_two_codes() -> None:
    assert [campaign("Open doors").code, campaign("Open doors").code] == [
        "open-doors-2026",
        "open-doors-2026-2",
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Enter what it is called"),
        ({"ends-day": "", "ends-month": "", "ends-year": ""}, "Enter the last day"),
        ({"ends-year": "2025"}, "The last day comes before the first"),
        ({"ends-year": "2028"}, "That is more than a year"),
        ({"lead": "nobody"}, "Choose one of the answers"),
    ],
)
def test_what_is_wrong_with_a_campaign_is_said(browser: Client, changes: dict[str, str], words: str) -> None:
    assert words in browser.post(CALENDAR + "add/", answers(**changes)).content.decode()
    assert not Campaign.objects.exists()


def test_a_change_is_noted_by_the_fields_it_touched_and_the_code_stays(browser: Client) -> None:
    made = campaign()
    browser.post(f"{CALENDAR}{made.code}/edit/", answers(name="Taxi month", partners=["police"]))
    made.refresh_from_db()
    assert (made.name, made.code) == ("Taxi month", "taxi-week-2026")
    changed = AuditEvent.objects.get(act="campaign.changed").facts["changed"]
    assert {"name", "partners", "districts"} <= set(changed)


def test_only_who_takes_part_or_owns_plans_changes_a_campaign() -> None:
    made = campaign(lead="lcc", partners=[organisation("police")])
    may = {
        "edit/": 200,
        "cancel/": 200,
        "events/add/": 200,
        "reach/": 200,
    }
    for address, answer in may.items():
        at = f"{CALENDAR}{made.code}/{address}"
        assert client_for(farah()).get(at).status_code == answer
        assert client_for(ngozi()).get(at).status_code == 404
        owner = member("Ruta Lind", organisation("opcc"), "plan_owner")
        assert client_for(owner).get(at).status_code == answer
    assert client_for(ngozi()).get(f"{CALENDAR}{made.code}/").status_code == 200


def test_a_cancelled_campaign_stays_with_its_reason_and_changes_no_more(browser: Client) -> None:
    made = campaign()
    assert (
        "Say why it is cancelled"
        in browser.post(f"{CALENDAR}{made.code}/cancel/", {"why": ""}).content.decode()
    )
    browser.post(f"{CALENDAR}{made.code}/cancel/", {"why": "The printer failed"})
    assert "The printer failed" in page(browser, f"{made.code}/")
    assert "Cancelled" in page(browser, "?from=2026-05")
    assert browser.get(f"{CALENDAR}{made.code}/edit/").status_code == 404
    with pytest.raises(AlreadyCancelled):
        campaigning.cancel_campaign(made, why="Again", by=ngozi(), now=NOW)


# Events and reach


def test_the_event_map_says_plainly_where_there_is_none(browser: Client) -> None:
    made = campaign()
    response = browser.post(
        f"{CALENDAR}{made.code}/events/add/",
        {
            "name": "Market stall",
            "held_on-day": 5,
            "held_on-month": 5,
            "held_on-year": 2026,
            "district": "melton",
            "place": "Cattle market",
            "organisation": "charnwood-bc",
            "people_reached": "90",
        },
        follow=True,
    )
    shown = tight(response.content.decode())
    assert shown.count("No event yet") == 16, "eight districts, on the map and in the table"
    assert "5 May: Market stall, Cattle market (Charnwood, 90 people came)" in shown
    event = CampaignEvent.objects.get()
    browser.post(f"{CALENDAR}{made.code}/events/{event.pk}/cancel/")
    assert page(browser, f"{made.code}/").count("No event yet") == 18


def test_an_event_of_another_campaign_is_not_there(browser: Client) -> None:
    mine, other = campaign(), campaign("Other", lead="lcc")
    event = campaigning.add_event(
        other, name="A stall", held_on=NOW.date(), organisation=organisation("lcc"), by=farah(), now=NOW
    )
    assert browser.post(f"{CALENDAR}{mine.code}/events/{event.pk}/cancel/").status_code == 404
    assert CampaignEvent.objects.get().cancelled_at is None


def test_reach_is_kept_each_time_and_the_newest_of_each_channel_counts(browser: Client) -> None:
    made = campaign(starts=NOW.date(), ends=NOW.date())
    for people, channel, day in (("100", "Facebook", 5), ("250", "facebook", 9)):
        browser.post(
            f"{CALENDAR}{made.code}/reach/",
            {
                "organisation": "police",
                "channel": channel,
                "people": people,
                "clicks": "",
                "as_at-day": day,
                "as_at-month": 3,
                "as_at-year": 2024,
            },
        )
    assert [each.people for each in campaigning.newest_reach(made)] == [250]
    shown = page(browser, f"{made.code}/")
    assert "100 people, entered by Ngozi Bell" in shown
    assert "not added up" in shown


# Awareness weeks


@pytest.mark.parametrize(
    ("year", "first", "last"), [(2027, 9, 16), (2028, 14, 21), (2033, 8, 15), (2016, 8, 15)]
)
def test_the_rule_is_the_second_to_the_third_saturday_of_october(year: int, first: int, last: int) -> None:
    days = awareness.by_rule(year)
    assert (days.first, days.last) == (date(year, 10, first), date(year, 10, last))


def test_the_folder_s_week_of_2018_ends_a_day_later_than_the_rule() -> None:
    week = awareness.week_of(2018)
    assert week.days.last - awareness.by_rule(2018).last == timedelta(days=1)
    assert (week.differs, week.by_rule) == (True, False)


@pytest.mark.django_db(transaction=False)
def test_days_that_somebody_enters_count_in_figures_too(
    django_capture_on_commit_callbacks: Any,
) -> None:
    year = timezone.localdate().year + 1
    browser = client_for(administrator())
    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(
            f"{CALENDAR}weeks/{year}/",
            {
                "version": "0",
                "starts-day": 3,
                "starts-month": 11,
                "starts-year": year,
                "ends-day": 12,
                "ends-month": 11,
                "ends-year": year,
            },
            follow=True,
        )
    assert f"The week of {year} is 3 November {year} to 12 November {year}." in response.content.decode()
    assert awareness.week_of(year).days.first == date(year, 11, 3)
    assert awareness.awareness_weeks(awareness.by_rule(year)) == []
    assert [each.version for each in ReferenceVersion.objects.of("awareness_week", str(year))] == [2, 1]


def test_two_who_change_one_week_do_not_overwrite_each_other() -> None:
    year = timezone.localdate().year + 1
    browser = client_for(administrator())
    typed = {
        "starts-day": 3,
        "starts-month": 11,
        "ends-day": 12,
        "ends-month": 11,
        "starts-year": year,
        "ends-year": year,
    }
    browser.post(f"{CALENDAR}weeks/{year}/", {"version": "0", **typed})
    again = browser.post(f"{CALENDAR}weeks/{year}/", {"version": "0", **typed, "ends-day": 14})
    assert "Somebody changed these days" in again.content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends-month": 9}, "The last day comes before the first"),
        ({"ends-year": 2099}, "Both days must be in"),
        ({"ends-month": 12}, "That is more than a month"),
    ],
)
def test_days_that_are_no_week_are_refused(changes: dict[str, int], words: str) -> None:
    year = timezone.localdate().year + 1
    typed = {
        "starts-day": 3,
        "starts-month": 10,
        "ends-day": 12,
        "ends-month": 10,
        "starts-year": year,
        "ends-year": year,
    }
    response = client_for(administrator()).post(
        f"{CALENDAR}weeks/{year}/", {"version": "0", **typed, **changes}
    )
    assert words in response.content.decode()


def test_a_proposed_week_becomes_a_campaign_of_all_partners_once(browser: Client) -> None:
    year = timezone.localdate().year + 1
    for _ in range(2):
        assert browser.post(f"{CALENDAR}weeks/{year}/accept/").status_code == 302
    made = Campaign.objects.get()
    assert (made.code, made.lead.code, made.partners.count()) == (
        f"awareness-week-{year}",
        "charnwood-bc",
        10,
    )
    assert (made.starts, made.ends) == (awareness.by_rule(year).first, awareness.by_rule(year).last)
    assert "In the calendar" in page(browser, "weeks/")


def test_a_week_that_is_over_is_not_accepted(browser: Client) -> None:
    assert browser.post(f"{CALENDAR}weeks/2018/accept/").status_code == 404


# Contacts


def test_a_partner_has_one_contact_at_a_time_and_the_earlier_ones_are_known(browser: Client) -> None:
    charnwood = organisation("charnwood-bc")
    ada = member("Ada Flint", charnwood, "officer")
    at = f"{CALENDAR}contacts/charnwood-bc/"
    for person in (ngozi(), ada):
        browser.post(at, {"person": str(person.pk)})
    assert CommsContact.objects.get(until=None).person == ada
    assert CommsContact.objects.count() == 2
    assert "Ngozi Bell" in page(browser, "contacts/charnwood-bc/")
    assert "10 of the eleven partners have nobody named who works there" in page(browser, "contacts/")
    browser.post(at + "end/")
    assert not CommsContact.objects.filter(until=None).exists()


def test_a_contact_who_has_left_is_said_and_counts_no_longer(browser: Client) -> None:
    ada = member("Ada Flint", organisation("charnwood-bc"), "officer")
    name_contact(organisation("charnwood-bc"), ada, by=ngozi(), now=NOW)
    membership = ada.membership
    assert membership
    membership.end(by=administrator(), now=NOW)
    shown = page(browser, "contacts/")
    assert "Has left" in shown
    assert "11 of the eleven partners" in shown


def test_nobody_names_a_contact_for_others(browser: Client) -> None:
    assert browser.get(f"{CALENDAR}contacts/police/").status_code == 404
    assert browser.post(f"{CALENDAR}contacts/police/end/").status_code == 404
    assert "Name somebody" not in page(client_for(sog_member()), "contacts/")


def test_only_somebody_who_works_there_can_speak_for_it(browser: Client) -> None:
    with pytest.raises(NotThere):
        name_contact(organisation("charnwood-bc"), gwen(), by=ngozi(), now=NOW)
    response = browser.post(f"{CALENDAR}contacts/charnwood-bc/", {"person": str(gwen().pk)})
    assert response.status_code == 200
    assert not CommsContact.objects.exists()


# Materials


LIBRARY = "/staff/plans/materials/"


def material(**changes: Any) -> dict[str, Any]:
    return {"title": "You can tell us", "kind": "Poster", "language": "gu", "campaign": "", **changes}


def test_a_file_is_held_until_it_has_been_scanned(browser: Client) -> None:

    file = SimpleUploadedFile("poster.pdf", PDF, content_type="application/pdf")
    response = browser.post(LIBRARY + "add/", material(file=file), follow=True)
    assert "Held until it has been scanned" in response.content.decode()
    made = Material.objects.get()
    assert browser.get(f"{LIBRARY}{made.pk}/file/").status_code == 404
    with worker_scope():
        SealedFile.objects.filter(pk=made.file_id).update(scanned_at=NOW)
    opened = browser.get(f"{LIBRARY}{made.pk}/file/")
    assert (opened.content, opened["Content-Type"]) == (PDF, "application/pdf")
    assert opened["Content-Disposition"] == 'attachment; filename="you-can-tell-us.pdf"'
    assert "no-store" in opened["Cache-Control"]


def test_a_file_in_the_library_is_released_by_the_scanner(browser: Client, scanner: str) -> None:
    file = SimpleUploadedFile("poster.pdf", PDF, content_type="application/pdf")
    browser.post(LIBRARY + "add/", material(file=file))
    sweep()
    opened = browser.get(f"{LIBRARY}{Material.objects.get().pk}/file/")
    assert opened.content == PDF
    assert opened["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_file_of_another_kind_is_refused_and_nothing_is_added(browser: Client) -> None:

    file = SimpleUploadedFile("poster.pdf", b"MZ\x90", content_type="application/pdf")
    response = browser.post(LIBRARY + "add/", material(file=file))
    assert "not a photo (JPEG or PNG) or a PDF" in response.content.decode()
    assert not Material.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Give a link, a file or words"),
        ({"title": "", "words": "x"}, "Enter what it is called"),
        ({"link": "javascript:alert(1)"}, "Enter a whole link"),
    ],
)
def test_what_is_wrong_with_a_material_is_said(browser: Client, changes: dict[str, str], words: str) -> None:
    assert words in browser.post(LIBRARY + "add/", material(**changes)).content.decode()
    assert not Material.objects.exists()


def test_the_library_is_filtered_by_language_and_easy_read(browser: Client) -> None:
    browser.post(LIBRARY + "add/", material(words="Tell us.", title="In Gujarati"))
    browser.post(
        LIBRARY + "add/", material(words="Tell us.", title="Simple", language="en", is_easy_read="on")
    )
    assert "In Gujarati" in browser.get(LIBRARY + "?language=gu").content.decode()
    assert "Simple" not in browser.get(LIBRARY + "?language=gu").content.decode()
    assert "In Gujarati" not in browser.get(LIBRARY + "?easy_read=on").content.decode()


def test_what_is_retired_is_out_of_the_library_and_still_known(browser: Client) -> None:
    browser.post(LIBRARY + "add/", material(words="Tell us."))
    made = Material.objects.get()
    other = client_for(gwen())
    assert other.post(f"{LIBRARY}{made.pk}/retire/").status_code == 404
    browser.post(f"{LIBRARY}{made.pk}/retire/")
    assert "The library is empty" in browser.get(LIBRARY).content.decode()
    assert "Out of the library since" in browser.get(f"{LIBRARY}{made.pk}/").content.decode()


def test_a_campaign_can_serve_an_action_of_a_running_plan(browser: Client) -> None:
    plans_as_of_today()

    week = Action.objects.get(ref="D3")
    response = browser.post(CALENDAR + "add/", answers(action=str(week.pk)), follow=True)
    assert Campaign.objects.get().action == week
    assert str(week) in response.content.decode()
