"""The published plans as JSON, and the document that describes them."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.html import escape

import api
from actionplans.models import Action, ActionPlan
from actionplans.rag import RagRating
from tests.actionplans.world import plans_as_of_today
from tests.people import ngozi

DOCUMENT = Path(api.__file__).parent / "openapi.yaml"
PLANS, SCHEMA = "/api/v1/plans/", "/api/v1/schema/"


@pytest.fixture
def world(db):
    plans_as_of_today()


def published(client):
    response = client.get(PLANS)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    return response.json()


def test_everybody_reads_how_the_plans_stand(world, client):
    told = published(client)
    assert told["as_at"] == timezone.localdate().isoformat()
    assert [(plan["code"], len(plan["actions"])) for plan in told["plans"]] == [
        ("appendix-c", 12),
        ("appendix-d", 10),
        ("appendix-e", 10),
        ("cohesion", 6),
    ]
    assert all(plan["illustrative"] and "not published" in plan["notice"] for plan in told["plans"][:3])
    shift = timezone.localdate() - date(2019, 1, 31)
    c3 = next(action for action in told["plans"][0]["actions"] if action["ref"] == "C3")
    assert c3 == {
        "ref": "C3",
        "title": "Hate e-learning for front-line council, housing and contact-centre staff",
        "priority": "raising-awareness",
        "lead": "Charnwood Borough Council",
        "starts": (date(2018, 7, 1) + shift).isoformat(),
        "due": (date(2020, 3, 31) + shift).isoformat(),
        "rating": {
            "rag": "amber",
            "word": "Slipping",
            "reason": "27% done, 33% of the time gone; its measure is behind",
            "percent_done": 27,
            "percent_expected": 33,
            "owner_says": None,
        },
        "measure": None,
        "updated_on": (date(2019, 1, 17) + shift).isoformat(),
    }


def test_an_officer_s_update_shows_at_once_and_names_nobody(world, client):
    action, officer = Action.objects.get(ref="C3"), ngozi(now=timezone.now())
    action.record_update(
        percent_done=61,
        what_changed="Whisper of a name.",
        by=officer,
        organisation=officer.organisation,
        now=timezone.now(),
    )
    text = json.dumps(published(client))
    assert '"percent_done": 61' in text
    assert not [secret for secret in ("Ngozi", "charnwood-bc.example", "Whisper") if secret in text]


def test_a_plan_that_is_not_published_is_not_there(world, client):
    ActionPlan.objects.filter(code="cohesion").update(is_published=False)
    assert "cohesion" not in [plan["code"] for plan in published(client)["plans"]]


def test_a_plan_whose_period_is_over_is_rated_ended(world, client):
    ActionPlan.objects.filter(code="appendix-d").update(period_end=timezone.localdate() - timedelta(days=1))
    ratings = {action["rating"]["rag"] for action in published(client)["plans"][1]["actions"]}
    assert ratings == {RagRating.ENDED.value}


def plan_c(client):
    return published(client)["plans"][0]


def test_what_the_partnership_does_not_show_is_not_there(world, client):
    Action.objects.filter(ref="C1").update(is_public=False)
    ActionPlan.objects.filter(code="appendix-c").update(publishes_progress=False)
    plan = plan_c(client)
    assert "C1" not in [action["ref"] for action in plan["actions"]]
    assert {(action["rating"], action["updated_on"], action["measure"]) for action in plan["actions"]} == {
        (None, None, None)
    }


def test_figures_are_told_where_the_plan_publishes_them(world, client):
    ActionPlan.objects.filter(code="appendix-c").update(publishes_figures=True)
    action = Action.objects.select_related("measure").get(ref="C3")
    told = next(each for each in plan_c(client)["actions"] if each["ref"] == "C3")["measure"]
    assert told == {
        "text": action.measure.text,
        "unit": action.measure.unit,
        "baseline": float(action.measure.baseline),
        "target": float(action.measure.target),
        "value": float(action.measure.value_now),
        "lower_is_better": False,
    }


def test_pages_and_machines_are_told_the_same(world, client):
    page = client.get("/plans/appendix-c/").content.decode()
    for action in plan_c(client)["actions"]:
        assert escape(action["title"]) in page
        assert escape(action["rating"]["reason"]) in page


def test_four_statements_however_many_actions(world, client, django_assert_num_queries):
    with django_assert_num_queries(4):
        published(client)


def test_nothing_can_be_written(world, client):
    assert client.post(PLANS, {}, content_type="application/json").status_code == 405


def test_the_committed_document_is_the_one_that_is_served(db, client, tmp_path):
    """After a change: manage.py spectacular --validate --fail-on-warn --file api/openapi.yaml"""
    fresh = tmp_path / "openapi.yaml"
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(fresh))
    assert DOCUMENT.read_text("utf-8") == fresh.read_text("utf-8")
    served = client.get(SCHEMA)
    assert served.status_code == 200
    assert served.content.decode() == DOCUMENT.read_text("utf-8")


def test_what_is_served_fits_the_document(world, client):
    """Every field of the answer is in the document, and the other way round."""
    text = DOCUMENT.read_text("utf-8")
    told = published(client)
    plan = told["plans"][0]
    for shape in (told, plan, plan["priorities"][0], plan["actions"][0], plan["actions"][0]["rating"]):
        for name in shape:
            assert f"        {name}:\n" in text
