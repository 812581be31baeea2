"""What the public sees of plans: what their owner chose after looking at it, and nobody's name."""

from decimal import Decimal

import pytest
from django.utils import timezone

from actionplans.models import Action, ActionPlan, Measure
from actionplans.publishing import publish
from actionplans.rag import RagRating
from tests.actionplans.owners import mabel, of_plan, owen, plan_of
from tests.actionplans.world import plans_as_of_today, tight
from tests.people import client_for, ngozi

PAGE, PUBLISH = "/plans/appendix-c/", "/staff/plans/appendix-c/publish/"


@pytest.fixture
def world(db):
    plans_as_of_today()
    plan_of(owen())


def page(client, path=PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return tight(answer.content.decode())


def published(**said) -> None:
    plan = ActionPlan.objects.get(code="appendix-c")
    shown = said.pop("shown", None)
    refs = [each.ref for each in plan.actions.all()] if shown is None else shown
    publish(plan, said, refs, by=owen(), now=timezone.now())


def test_everybody_reads_what_was_promised_and_how_it_goes(world, client):
    words = page(client)
    assert "Charnwood Borough Council" in words
    assert "27% done, 33% of the time gone" in words
    assert "Illustrative" in words
    assert "/plans/appendix-c/" in page(client, "/plans/")
    assert 'href="/plans/"' in page(client, "/safety/")


def test_nobody_is_named_and_no_words_from_inside_are_shown(world, client):
    action, now = of_plan(), timezone.now()
    Action.objects.filter(pk=action.pk).update(
        owner=ngozi(now=now), closing_words="Whisper", decision_needed="Whisper"
    )
    action.override_rating(RagRating.GREEN, "Whisper of Ngozi.", by=owen(), now=now)
    action.record_update(
        percent_done=28, what_changed="Whisper", by=ngozi(now=now), organisation=action.lead, now=now
    )
    words = page(client)
    assert "The partnership judges it otherwise" in words
    assert not [secret for secret in ("Whisper", "Ngozi", "Owen", ".example") if secret in words]


def test_figures_show_only_where_the_plan_publishes_them(world, client):
    measure = of_plan().measure
    assert measure.text not in page(client)
    published(publishes_figures=True)
    assert f"<strong>{measure.words_for(measure.value_now)}</strong>" in page(client)


def test_a_measure_behind_tells_its_figures_only_where_they_are_published(world, client):
    Measure.objects.filter(action=of_plan()).update(value_now=Decimal("3.25"))
    assert "its measure is behind." in page(client)
    assert "3.3" not in page(client)
    published(publishes_figures=True)
    assert "its measure is behind: 3.2" in page(client) or "its measure is behind: 3.3" in page(client)


def test_what_the_portal_counts_of_reports_stays_inside(world, client):
    Measure.objects.filter(action=of_plan()).update(indicator="contacted_in_time", value_now=Decimal("41.25"))
    published(publishes_figures=True)
    words = page(client)
    assert of_plan().measure.text not in words
    assert "41.2" not in words


def test_progress_shows_only_where_the_plan_publishes_it(world, client):
    published(publishes_progress=False)
    words = page(client)
    assert "Charnwood Borough Council" in words
    assert "of the time gone" not in words
    assert "Slipping" not in words


def test_an_action_that_is_not_shown_is_in_no_list_and_no_number(world, client):
    title = of_plan().title
    published(shown=["C1"])
    words = page(client)
    assert title not in words
    assert "1 action." in words
    assert of_plan().versions.first().act == "shown or hidden in public"


def test_a_draft_and_an_unpublished_plan_are_not_there(world, client):
    published(is_published=False)
    assert client.get(PAGE).status_code == 404
    assert "/plans/appendix-c/" not in page(client, "/plans/")
    published(is_published=True)
    ActionPlan.objects.filter(code="appendix-c").update(is_draft=True)
    assert client.get(PAGE).status_code == 404


def test_titles_say_nothing_and_nothing_is_kept_by_the_browser(world, client):
    answer = client.get(PAGE)
    assert "<title>Plans</title>" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("path", "most"), [("/plans/", 2), (PAGE, 4)])
def test_a_public_page_asks_little(world, client, django_assert_max_num_queries, path, most):
    with django_assert_max_num_queries(most):
        page(client, path)


# Choosing ---------------------------------------------------------------------------------------------------------

CHOSEN = {
    "is_published": "on",
    "publishes_progress": "on",
    "public_words": "In our words.",
    "actions": ["C1", "C3"],
}


def test_owen_looks_at_it_first_and_then_publishes_it(world, client):
    browser = client_for(owen(now=timezone.now()))
    preview = tight(browser.post(PUBLISH, CHOSEN | {"button": "preview"}).content.decode())
    assert "In our words." in preview
    assert "2 actions." in preview
    assert "In our words." not in page(client)
    assert browser.post(PUBLISH, CHOSEN | {"button": "publish"}).status_code == 302
    words = page(client)
    assert "In our words." in words
    assert "2 actions." in words


def test_only_the_plan_s_owner_chooses(world):
    for other in (mabel, ngozi):
        assert client_for(other(now=timezone.now())).get(PUBLISH).status_code == 404
