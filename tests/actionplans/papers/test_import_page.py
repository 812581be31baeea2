"""Wren, who owns plans, brings one in from a file; others don't find the page."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLResolver, reverse

from actionplans import urls
from actionplans.models import Action, ActionPlan, ActionVersion
from actionplans.papers.exporting import STANDING
from actionplans.writing import NO_CODES
from audit.models import AuditEvent
from documents.grids.packed import PaperKind
from partners.models import User
from tests.actionplans.papers.samples import KINDS, as_kind, partners_own_table
from tests.actionplans.papers.test_mistakes import with_mistakes
from tests.actionplans.world import plans_as_of
from tests.people import client_for, member, organisation

pytestmark = pytest.mark.django_db

FORM = {
    "title": "Hate action plan as one table",
    "plan_code": "one-table",
    "starts-day": "1", "starts-month": "4", "starts-year": "2018",
    "ends-day": "31", "ends-month": "3", "ends-year": "2021",
}  # fmt: skip


def wren() -> User:
    """Wren owns plans at the county council."""
    return member("Wren Aldous", organisation("lcc"), "plan_owner")


@pytest.fixture
def browser() -> Client:
    plans_as_of()
    return client_for(wren())


def sent(browser: Client, content: bytes, kind: PaperKind = PaperKind.XLSX, **other: str):
    paper = SimpleUploadedFile(f"our plan.{kind}", content)
    return browser.post(reverse("actionplans:import"), {**FORM, **other, "paper": paper})


def confirmed(browser: Client, page):
    return browser.post(reverse("actionplans:import"), {"seen": page.context["seen"]}, follow=True)


def acts(act: str) -> list[dict]:
    return [event.facts for event in AuditEvent.objects.filter(act=act)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_shown_before_anything_is_kept(browser: Client, kind: PaperKind):
    page = sent(browser, as_kind(kind, partners_own_table()), kind)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Nothing is kept yet" in text
    assert "38, led by" in text
    assert "percent_done_31_jan_2019" in text
    assert "Teaching Alliances" in text
    assert not ActionPlan.objects.filter(code="one-table").exists()


def test_confirmed_it_is_a_draft_with_its_history_and_once_in_the_trail(browser: Client):
    page = sent(browser, as_kind(PaperKind.XLSX, partners_own_table()))
    after = confirmed(browser, page)
    plan = ActionPlan.objects.get(code="one-table")
    assert after.redirect_chain[-1][0] == reverse("actionplans:plan", args=["one-table"])
    assert "brought in as a draft, with 38 actions" in after.content.decode()
    assert (plan.is_draft, plan.is_published, plan.owner) == (True, False, wren())
    assert (plan.period_start, plan.period_end) == (date(2018, 4, 1), date(2021, 3, 31))
    versions = ActionVersion.objects.filter(action__plan=plan)
    assert {(each.act, each.number, each.by) for each in versions} == {("plan.imported", 1, wren())}
    assert versions.count() == 38
    [facts] = acts("plan.imported")
    assert facts == {"code": "one-table", "actions": 38, "priorities": 26, "replaced": False}


def test_confirmed_twice_it_is_the_same_plan(browser: Client):
    page = sent(browser, as_kind(PaperKind.XLSX, partners_own_table()))
    confirmed(browser, page)
    before = set(Action.objects.values_list("pk", flat=True))
    assert confirmed(browser, page).status_code == 200
    assert set(Action.objects.values_list("pk", flat=True)) == before
    assert len(acts("plan.imported")) == 1


def test_a_draft_is_replaced_and_what_stays_keeps_its_history(browser: Client):
    rows = partners_own_table()
    confirmed(browser, sent(browser, as_kind(PaperKind.ODS, rows), PaperKind.ODS))
    kept = Action.objects.get(plan__code="one-table", ref="C1")
    rows[1][2] = "One definition everywhere"
    page = sent(browser, as_kind(PaperKind.CSV, rows[:11]), PaperKind.CSV)
    assert "takes the place of your draft" in page.content.decode()
    confirmed(browser, page)
    again = Action.objects.get(plan__code="one-table", ref="C1")
    assert (again.pk, again.title) == (kept.pk, "One definition everywhere")
    assert [each.data["title"] for each in again.versions.order_by("number")] == [kept.title, again.title]
    assert ActionPlan.objects.get(code="one-table").actions.count() == 10
    assert [each["replaced"] for each in acts("plan.imported")] == [False, True]


def test_a_draft_that_was_changed_meanwhile_is_not_overwritten(browser: Client):
    rows = partners_own_table()
    confirmed(browser, sent(browser, as_kind(PaperKind.CSV, rows), PaperKind.CSV))
    rows[1][2] = "One definition everywhere"
    page = sent(browser, as_kind(PaperKind.CSV, rows), PaperKind.CSV)
    Action.objects.filter(plan__code="one-table", ref="C2").update(title="Changed by hand")
    assert "The draft was changed since you chose the file" in confirmed(browser, page).content.decode()
    assert Action.objects.get(plan__code="one-table", ref="C2").title == "Changed by hand"
    assert Action.objects.get(plan__code="one-table", ref="C1").title != "One definition everywhere"


def test_mistakes_are_listed_on_the_page_and_nothing_is_kept(browser: Client):
    page = sent(browser, as_kind(PaperKind.XLSX, with_mistakes()))
    text = page.content.decode()
    assert "12 cells of the file need a change" in text
    assert "<title>Error:" in text
    assert [error.place for error in page.context["errors"]][:3] == ["H2", "D4", "L6"]
    assert "“31/02/2019” is not a date" in text
    assert 'value="one-table"' in text
    assert not ActionPlan.objects.filter(code="one-table").exists()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("appendix-c", "is no draft. Choose another code."),
        ("updates", "is a word that the portal"),
        ("calendar", "is a word that the portal"),
        ("import", "is a word that the portal"),
        ("Has Spaces", "Use small letters, digits and hyphens only"),
        ("", "Enter a code"),
    ],
)
def test_a_code_that_is_taken_reserved_or_odd_is_refused(browser: Client, code: str, words: str):
    page = sent(browser, as_kind(PaperKind.CSV, partners_own_table()), PaperKind.CSV, plan_code=code)
    assert words in page.content.decode()


def test_somebody_elses_draft_is_not_replaced(browser: Client):
    other = client_for(member("Idris Vane", organisation("police"), "plan_owner"))
    confirmed(other, sent(other, as_kind(PaperKind.CSV, partners_own_table()), PaperKind.CSV))
    page = sent(browser, as_kind(PaperKind.CSV, partners_own_table()), PaperKind.CSV)
    assert "Somebody else is writing a plan called one-table" in page.content.decode()


def test_what_one_person_saw_another_cannot_bring_in_and_nobody_can_change(browser: Client):
    page = sent(browser, as_kind(PaperKind.CSV, partners_own_table()), PaperKind.CSV)
    other = client_for(member("Idris Vane", organisation("police"), "plan_owner"))
    assert other.post(reverse("actionplans:import"), {"seen": page.context["seen"]}).status_code == 404
    forged = browser.post(
        reverse("actionplans:import"), {"seen": page.context["seen"][:-3] + "abc"}, follow=True
    )
    assert "Choose the file again" in forged.content.decode()
    assert not ActionPlan.objects.filter(code="one-table").exists()


def test_the_last_day_comes_after_the_first(browser: Client):
    page = sent(browser, as_kind(PaperKind.CSV, partners_own_table()), PaperKind.CSV, **{"ends-year": "2017"})
    assert "The last day must be after the first" in page.content.decode()


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_the_template_is_understood_once_it_is_filled_in(browser: Client, kind: str):
    page = browser.get(reverse("actionplans:import_template", args=[kind]))
    assert page["Content-Disposition"] == f'attachment; filename="action-plan-to-fill-in.{kind}"'
    after = sent(browser, page.content, PaperKind(kind))
    assert "The table has headings, but no actions under them." in after.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_is_taken_out_and_the_trail_says_so(browser: Client, kind: PaperKind):
    address = reverse("actionplans:export", args=["appendix-c"])
    assert "Take the plan out as a file" in browser.get(address).content.decode()
    made = browser.post(address, {"kind": kind.value})
    assert made["Content-Type"] == kind.media_type
    assert f".{kind}" in made["Content-Disposition"]
    assert acts("plan.exported") == [{"code": "appendix-c", "kind": kind.value}]
    found = sent(browser, made.content, kind).context["found"]
    if kind is PaperKind.DOCX:
        assert found.not_read == ("table 6 under “How they stand”",)
    else:
        assert found.told_apart == STANDING
    if kind is PaperKind.CSV:
        assert "Illustrative." in made.content.decode("utf-8-sig").splitlines()[0]


def test_a_plan_that_is_being_written_is_taken_out_by_its_owner_alone(browser: Client):
    confirmed(browser, sent(browser, as_kind(PaperKind.CSV, partners_own_table()), PaperKind.CSV))
    address = reverse("actionplans:export", args=["one-table"])
    other = client_for(member("Nia Voss", organisation("police"), "officer"))
    assert browser.get(address).status_code == 200
    assert other.get(address).status_code == 404
    assert other.post(address, {"kind": "csv"}).status_code == 404


def test_no_plan_can_have_a_code_that_is_a_page():
    patterns = [
        str(each.pattern) for each in all_patterns(urls.urlpatterns) if str(each.pattern).startswith("plans/")
    ]
    words = {pattern.split("/")[1] for pattern in patterns}
    assert len(words) > 8
    assert {word for word in words if word and "<" not in word} <= NO_CODES


def all_patterns(patterns, before: str = ""):
    """Every address under these, whole."""
    for each in patterns:
        whole = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from all_patterns(each.url_patterns, whole)
        else:
            yield SimpleNamespace(pattern=whole)
