"""The Senior Officer Group's pages: what changed, what is off track, what is asked; the same numbers everywhere."""

import re
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone

from actionplans.models import Action, ActionPlan
from actionplans.rag import RagRating
from actionplans.sog import views
from audit.models import AuditEvent
from reporting.strands import Strand, Whereabouts
from tests.actionplans.world import plans_as_of
from tests.insight.reports import case, received, told
from tests.people import (
    administrator,
    asha,
    client_for,
    farah,
    gwen,
    member,
    organisation,
    sog_member,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PAGES = ("/staff/sog/", "/staff/sog/report/", "/staff/sog/report.pdf")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def partnership(monkeypatch):
    plans_as_of(NOW)
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def ivor() -> Client:
    """Ivor of the commissioner's office, signed in."""
    return client_for(sog_member(now=NOW))


@pytest.fixture
def autumn() -> None:
    """Reports of an autumn, and of the autumn before."""
    day = datetime(2026, 10, 14, 12, tzinfo=UTC)
    first, *_ = received(day, Strand.RACE, Strand.RELIGION, count=14)
    received(day, Strand.DISABILITY, area="melton", count=6)
    received(day, Strand.OTHER, area=None, whereabouts=Whereabouts.ONLINE, count=3)
    received(day - timedelta(days=365), Strand.RACE, count=11)
    told(first, day + timedelta(days=2))
    case(day, due=day + timedelta(days=1))


def words(response) -> str:
    """What the page or the PDF says, without markup and line breaks."""
    if response["Content-Type"] == "application/pdf":
        pages = pypdfium2.PdfDocument(response.content)
        return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in pages))
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&"))


@pytest.mark.parametrize("page", PAGES)
def test_members_of_the_group_the_delivery_group_and_administrators_may_see_it(page):
    for person in (sog_member(now=NOW), farah(now=NOW), administrator(now=NOW)):
        assert client_for(person).get(page).status_code == 200
    for person in (gwen(now=NOW), asha(now=NOW)):
        assert client_for(person).get(page).status_code == 404
    assert Client().get(page).status_code == 302
    assert client_for(sog_member(now=NOW)).post(page).status_code == 405


@pytest.mark.parametrize("page", PAGES)
def test_the_same_numbers_stand_on_every_page(ivor, autumn, page):
    shown = words(ivor.get(page))
    for sentence in (
        "23 reports were received from 1 October to 22 November 2026, 12 more than in the same days last year (11)",
        "Race is named in 14 of 23 reports, the most of six strands",
        "Leicester has 14 of 23 reports; 3 were online, outside the area or not placed",
        "37 mentions in 23 reports",
        "1 case waits for a first contact that is overdue",
        "1 of 23 reports",
        "not for publication",
    ):
        assert sentence in shown


def test_what_changed_comes_before_what_is_off_track_before_what_is_asked(ivor, autumn):
    for page in PAGES:
        shown = words(ivor.get(page))
        places = [
            shown.index(heading)
            for heading in (
                "What changed",
                "What is off track",
                "What you are asked to decide",
                "How the plans stand",
                "What people told us",
            )
        ]
        assert places == sorted(places)


def test_a_new_report_moves_the_numbers_at_once(ivor, autumn):
    received(NOW - timedelta(minutes=5), Strand.TRANSGENDER, area="rutland")
    for page in PAGES:
        assert "24 reports were received" in words(ivor.get(page))


def test_an_update_moves_the_numbers_at_once(ivor):
    before = words(ivor.get("/staff/sog/report/"))
    assert re.search(r"(\d+) of 38 actions need attention", before)
    late = Action.objects.get(ref="C1").plan.actions.order_by("order")
    number = int(re.search(r"(\d+) of 38 actions need attention", before)[1])
    rated = [(action, action.rating(today=NOW.date())) for action in late]
    attention = [action for action, rating in rated if rating.rag.is_exception and not rating.holds]
    attention[0].record_update(
        percent_done=100, what_changed="Done.", by=None, organisation=organisation("lcc"), now=NOW
    )
    for page in PAGES:
        assert f"{number - 1} of 38 actions need attention" in words(ivor.get(page))


def test_a_decision_that_is_needed_is_asked_of_the_group(ivor):
    Action.objects.filter(ref="C4").update(decision_needed="Pay for forty places on the training.")
    for page in PAGES:
        shown = words(ivor.get(page))
        assert "Pay for forty places on the training." in shown
    assert 'href="/staff/plans/appendix-c/C4/"' in ivor.get("/staff/sog/").content.decode()


def test_an_empty_portal_still_has_a_dashboard(ivor):
    shown = words(ivor.get("/staff/sog/"))
    assert "0 reports were received" in shown
    assert "No report has been received in this period yet" in shown


def test_the_last_full_quarter_can_be_chosen(ivor, autumn):
    received(datetime(2026, 8, 1, 12, tzinfo=UTC), count=5)
    shown = words(ivor.get("/staff/sog/report/?quarter=last"))
    assert "Quarter 2 of 2026/27" in shown
    assert "5 reports were received from 1 July to 30 September 2026" in shown
    assert "in the same quarter last year" in shown
    answer = ivor.get("/staff/sog/report.pdf?quarter=last")
    assert answer["Content-Disposition"] == 'inline; filename="sog-report-2026-07-01-to-2026-09-30.pdf"'
    assert answer["Content-Type"] == "application/pdf"


def test_a_quarter_nobody_knows_is_the_running_one(ivor):
    assert "Quarter 3 of 2026/27" in words(ivor.get("/staff/sog/?quarter=<script>"))


def test_who_saw_true_counts_is_in_the_trail(ivor):
    ivor.get("/staff/sog/report.pdf")
    event = AuditEvent.objects.filter(act="figures.exported").get()
    assert event.actor_id == sog_member(now=NOW).pk
    assert event.facts == {"medium": "pdf", "first": "2026-10-01", "last": "2026-12-31"}


@pytest.mark.parametrize("page", PAGES)
def test_statements_do_not_grow_with_reports(ivor, autumn, page, django_assert_max_num_queries):
    ivor.get(page)
    with django_assert_max_num_queries(30) as few:
        ivor.get(page)
    received(datetime(2026, 10, 20, 12, tzinfo=UTC), count=50)
    with django_assert_max_num_queries(30) as many:
        ivor.get(page)
    assert len(few) == len(many)


def test_its_own_statements_are_few(autumn, django_assert_max_num_queries):
    quarter = views.ReportingPeriod.quarter_containing(NOW.date())
    with django_assert_max_num_queries(22):
        views.figures_for(quarter, now=NOW)
    # How the plans stand is kept until one of them is changed.
    with django_assert_max_num_queries(12):
        views.figures_for(quarter, now=NOW)


def test_nothing_on_the_page_needs_an_inline_style_or_script(ivor, autumn):
    page = ivor.get("/staff/sog/").content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)


@pytest.mark.parametrize("page", PAGES)
def test_progress_alone_is_told_too_with_what_looks_better_so(ivor, page):
    shown = words(ivor.get(page))
    assert (
        "By progress against time alone: 1 overdue, 1 off track, 7 slipping, 19 on track, 3 not started and 7 "
        "complete. 1 action looks better so than in the rule's rating: D5 (measure behind)."
    ) in shown
    assert "2 measures are behind the trajectory" in shown
    assert "10 of 38 actions need attention: 1 overdue, 1 off track and 8 slipping" in shown


def test_deferred_closed_and_the_owners_word_are_shown_and_drafts_are_not(ivor):
    Action.objects.filter(ref="C2").update(course="deferred")
    Action.objects.filter(ref="C4").update(course="ongoing")
    Action.objects.filter(ref="C5").update(closed_on=NOW.date())
    odile = member("Odile Marsh", organisation("lcc"), "plan_owner", now=NOW)
    Action.objects.get(ref="C10").override_rating(
        RagRating.RED, "The platforms do not answer.", by=odile, now=NOW
    )
    ActionPlan.objects.filter(code="cohesion").update(is_draft=True)
    for page in PAGES:
        shown = words(ivor.get(page))
        assert "of 32 actions need attention" in shown
        assert "1 by the word of the plan's owner" in shown.replace("’", "'")
        assert "Odile Marsh says: Off track, “The platforms do not answer.”" in shown
    report = words(ivor.get("/staff/sog/report/"))
    for word in ("Deferred", "Ongoing", "Closed"):
        assert word in report
    assert "Community profile" not in report
