"""A kept page is the page that would be made anew, whatever was changed by whom, and everybody is shown their own."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actionplans import kept
from actionplans.keeping import Store
from actionplans.kept import kept_page
from actionplans.models import Action, ActionPlan, Evidence, LogEntry, UpdateDraft
from files.models import SealedFile
from partners.models import Absence, Membership, Organisation, User
from scope.context import worker_scope
from tests.actionplans.meeting_world import closed, entry, planned
from tests.actionplans.owners import mabel, owen
from tests.actionplans.test_standing import CHANGES
from tests.actionplans.world import plans_as_of
from tests.people import client_for, farah, gwen, member, organisation
from vault.models import DataKey

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
# The form's token and the sending are another each time.
OTHER_EACH_TIME = re.compile(r'(name="(?:csrfmiddlewaretoken|sending)" value=")[^"]+')
GWENS = ("/staff/plans/", "/staff/plans/?rag=attention", "/staff/plans/updates/")
FARAHS = ("/staff/plans/steering/", "/staff/plans/steering/since/", "/staff/plans/steering/waiting/")


@pytest.fixture(autouse=True)
def _nothing_is_kept() -> Iterator[None]:
    kept.forget()
    browser_of.cache_clear()
    yield
    kept.forget()


@pytest.fixture
def action() -> Action:
    plans_as_of(NOW)
    chosen = Action.objects.filter(measure__counted_by="", milestones__done_on=None, closed_on=None)
    found = chosen.filter(plan__period_end__gt=TODAY, milestones__due__gt=TODAY).first()
    assert found
    return found


@cache
def browser_of(user: User) -> Client:
    return client_for(user)


def read(user: User, address: str) -> str:
    answer = browser_of(user).get(address)
    assert answer.status_code == 200
    return OTHER_EACH_TIME.sub(r"\1", answer.content.decode())


MORE: dict[str, Callable[[Action], object]] = {
    "told by a colleague": lambda action: action.record_update(
        percent_done=51,
        what_changed="Half.",
        by=gwen(now=NOW),
        organisation=gwen(now=NOW).organisation,
        now=NOW,
    ),
    "a decision asked": lambda action: Action.objects.filter(pk=action.pk).update(decision_needed="May we?"),
    "waits for another": lambda action: action.blocked_by.add(Action.objects.exclude(pk=action.pk)[0]),
    "a log entry": lambda action: entry(due=TODAY + timedelta(3)),
    "a log entry done": lambda action: LogEntry.objects.all().delete(),
    "a meeting planned": lambda action: planned(held_on=TODAY + timedelta(9), now=NOW),
    "a meeting closed": lambda action: closed(now=NOW),
    "a plan named": lambda action: ActionPlan.objects.update(title="Another plan"),
    "the lead has left": lambda action: Organisation.objects.filter(pk=action.lead_id).update(
        retired_on=TODAY
    ),
    "everybody left": lambda action: Membership.objects.exclude(user=gwen(now=NOW)).update(role_codes=[]),
    "an owner renamed": lambda action: User.objects.update(name="Rosalind Marsh"),
    "somebody away": lambda action: Absence.objects.create(
        user=gwen(now=NOW),
        deputy=farah(now=NOW),
        organisation=organisation("lcc"),
        starts_on=TODAY,
        ends_on=TODAY,
    ),
    "a link": lambda action: Evidence.objects.create(
        action=action, title="The poster", link="https://posters.example/", added_at=NOW
    ),
}


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_a_page_that_was_read_before_a_change_is_made_anew_after_it(action: Action) -> None:
    Action.objects.filter(pk=action.pk).update(owner=gwen(now=NOW), lead=gwen(now=NOW).organisation)
    entry(due=TODAY + timedelta(3))
    here = f"/staff/plans/{action.plan.code}/"
    pages = [(gwen(now=NOW), each) for each in (*GWENS, here, f"{here}{action.ref}/")]
    pages += [(farah(now=NOW), each) for each in FARAHS]
    before = [read(*page) for page in pages]
    for name, change in (CHANGES | MORE).items():
        with transaction.atomic():
            change(Action.objects.get(pk=action.pk))
            readers = pages[:5] if name == "everybody left" else pages
            after = [read(*page) for page in readers]
            kept.forget()
            for page, is_kept in zip(readers, after, strict=True):
                assert is_kept == read(*page), f"{name}: {page[1]}"
            transaction.set_rollback(True)
    assert before == [read(*page) for page in pages], "all of it was taken back"


def test_a_page_that_is_kept_asks_who_reads_and_whether_it_still_holds(action: Action) -> None:
    browser = client_for(gwen(now=NOW))
    for address, statements in (*((each, 3) for each in GWENS[:2]), (GWENS[2], 4)):
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        # The scope is set in any case.
        told = [
            each["sql"] for each in asked if "SAVEPOINT" not in each["sql"] and "llr.scope" not in each["sql"]
        ]
        assert len(told) == statements, told


def test_each_reader_is_named_and_sees_what_they_may_do(action: Action) -> None:
    address = f"/staff/plans/{action.plan.code}/"
    ours = gwen(now=NOW).organisation
    assert ours
    colleague, owner = member("Tilda Rowe", ours, "plan_contributor", now=NOW), owen(NOW)
    seen = {each.name: read(each, address) for each in (gwen(now=NOW), colleague, owner)}
    for name, page in seen.items():
        assert [other for other in seen if other in page] == [name]
    assert ["What the public sees" in page for page in seen.values()] == [False, False, True]
    assert ">My updates</a>" in seen[colleague.name]


def test_the_draft_of_another_owner_is_on_no_page_of_theirs(action: Action) -> None:
    mine, hers = owen(NOW), mabel(NOW)
    ActionPlan.objects.create(
        code="drafted",
        title="A new plan",
        is_draft=True,
        owner=mine,
        period_start=TODAY,
        period_end=TODAY + timedelta(9),
    )
    assert "A new plan" in read(mine, "/staff/plans/")
    assert "A new plan" not in read(hers, "/staff/plans/")
    read(mine, "/staff/plans/drafted/")
    assert client_for(hers).get("/staff/plans/drafted/").status_code == 404


def test_what_one_typed_and_did_not_send_is_on_nobody_elses_page(action: Action) -> None:
    ours = gwen(now=NOW).organisation
    assert ours
    Action.objects.filter(pk=action.pk).update(lead=ours)
    colleague = member("Tilda Rowe", ours, "plan_contributor", now=NOW)
    for words in ("First words of mine", "Other words of mine"):
        draft = UpdateDraft(action=action, by=gwen(now=NOW), organisation=ours, said={"what_changed": words})
        UpdateDraft.objects.keep([draft], now=timezone.now())
        assert words in read(gwen(now=NOW), "/staff/plans/updates/")
        theirs = read(colleague, "/staff/plans/updates/")
        assert words not in theirs
        assert "has begun to write about this too" in theirs
    UpdateDraft.objects.all().delete()
    assert "words of mine" not in read(gwen(now=NOW), "/staff/plans/updates/")


def test_a_message_is_shown_once_and_on_no_page_that_is_kept(action: Action) -> None:
    request = RequestFactory().get("/staff/plans/")
    request.user, request.session = gwen(now=NOW), {}  # type: ignore[assignment]
    messages = FallbackStorage(request)
    request._messages = messages  # type: ignore[attr-defined]
    messages.add(25, "The plan was brought in.")
    page = kept_page(request, "base_staff.html", lambda _: {}, today=TODAY)  # type: ignore[arg-type]
    assert "The plan was brought in." in page.content.decode()
    assert not kept._pages.kept


def test_a_page_with_a_file_is_made_anew_because_its_scan_is_no_change_of_the_plan(action: Action) -> None:
    address = f"/staff/plans/{action.plan.code}/{action.ref}/"
    read(gwen(now=NOW), address)
    assert len(kept._pages.kept) == 1
    with worker_scope():
        file = SealedFile.keep(b"%PDF-1.4 A paper", data_key=DataKey.create(), now=NOW)
    Evidence.objects.create(action=action, title="A photo", file=file, added_at=NOW)
    kept.forget()
    read(gwen(now=NOW), address)
    assert not kept._pages.kept


def test_the_store_lets_go_of_what_was_asked_for_least_lately() -> None:
    store = Store(most=10)
    for key in "abc":
        store.put(key, ("1234",))
        store.get("a")
    assert list(store.kept) == ["c", "a"]
    store.put("a", ("12",))
    assert store.size == 6
    store.put("big", ("12345678901",))
    assert not store.kept
    assert store.size == 0
