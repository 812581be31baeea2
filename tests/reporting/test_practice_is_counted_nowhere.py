"""After a whole practice the world is as it was: every table, count, task, and page that lists reports.

One world is looked at, practised in, and looked at again. That the looking would notice a report is shown with a real
one. What counts is found in the code: a new count, task or page is looked at too, or says here what it is given.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from inspect import Parameter, getmembers, isfunction, signature
from types import ModuleType
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from actionplans.computed import COMPUTED, Question
from actionplans.sog import figures
from centres import reach, timeliness
from insight import counts
from insight.periods import ReportingPeriod
from llr_hate.celery import app
from partners.models import ReportingCentre
from reporting import kept_pages
from reporting.export import everything_told
from reporting.models import Report
from reporting.strands import Strand
from scope.context import counting_scope, worker_scope
from tests.access_matrix import ALL, MATRIX
from tests.access_world import ALL_AT_CHARNWOOD, AT_A_CENTRE
from tests.casework.world import told, triaged
from tests.database import standing
from tests.people import NOW, asha, client_for, member, organisation
from tests.reporting.practising import AT, ROBIN, practised
from tests.reporting.test_centre import TOLD_TO_ASHA
from tests.reporting.walking import CHECK, WHO, url, walk

# That somebody was there.
SEEN_THERE = {"partners_staffsession", "django_session", "partners_user"}
# Modules that count; of the first every function is asked, of the others those that need nothing else.
COUNTING = (counts, timeliness, reach)
# The rooms whose pages list or count reports: no page of another knows any.
TODAY = "staff/"
ROOMS = ("queue/", "cases/", "another-look/", "records/", "sog/", "centre/", "centres/")

# A centre's own pages say how often it practised, in a line of its own. Nothing else on them may change.
OF_THE_CENTRE = ("/staff/our-centre/", "/staff/our-centre/figures/figures.csv")
# Where a report would be seen at once.
WHERE_REPORTS_ARE = ("/staff/", "/staff/queue/", "/staff/sog/")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
pytestmark = pytest.mark.slow  # two looks at the whole world

Rows = dict[str, list[str]]
# By table how many rows are new, and how many are gone.
Changes = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Looked:
    """What is counted, would be done, and is shown at one moment."""

    counts: dict[str, Any]
    measures: dict[str, Any]
    tasks: tuple[list[str], Changes, int]
    pages: dict[str, str]
    exports: list[str]
    centres_own: dict[str, str]


@dataclass(frozen=True)
class World:
    """As it was, and after a whole practice while another is under way; what these changed in which table, and what a
    report then did."""

    before: Looked
    practised: Looked
    by_practice: Changes
    in_the_trail: list[str]
    by_report: Changes
    counts_with_report: dict[str, Any]
    pages_with_report: dict[str, str]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with ExitStack() as stack:
        still = stack.enter_context(pytest.MonkeyPatch.context())
        still.setattr(timezone, "now", lambda: NOW)
        yield stack.enter_context(standing(django_db_blocker, look_twice))


def look_twice() -> World:
    triaged(told(), by=member("Ngozi Bell", organisation("charnwood-bc"), "officer"))
    told()
    # Auditors are shown how many lines of the trail wait, and each look adds some.
    roles = set(ALL_AT_CHARNWOOD) - {"auditor"}
    everybody = client_for(member("Everybody", organisation("charnwood-bc"), *sorted(roles)))
    volunteer = client_for(asha())
    recorded(volunteer)
    before, stood = look(everybody, volunteer), every_table()
    practised(volunteer)
    walk(volunteer, {WHO: ROBIN[WHO]}, at=AT)  # and one that is not finished
    stands = every_table()
    by_practice, in_the_trail = changes(stood, stands), added("audit_auditevent", stood, stands)
    after, stood = look(everybody, volunteer), every_table()
    recorded(volunteer)
    by_report = changes(stood, every_table())
    figures.forget()
    pages = {path: page_of(everybody, path) for path in WHERE_REPORTS_ARE}
    return World(before, after, by_practice, in_the_trail, by_report, dict(every_count()), pages)


def recorded(volunteer: Client) -> None:
    """A report that is none of practice."""
    walk(volunteer, TOLD_TO_ASHA, at="/staff/record/")
    assert volunteer.post(url(CHECK, at="/staff/record/"))["Location"] == "/staff/record/w2/"
    volunteer.cookies.pop("llr_record")


def look(everybody: Client, volunteer: Client) -> Looked:
    figures.forget()
    kept_pages.forget()
    others = ALL.translate(dict.fromkeys(map(ord, AT_A_CENTRE)))
    return Looked(
        counts=dict(every_count()),
        measures=dict(every_measure()),
        tasks=every_task(),
        pages={
            **{f"{path} at a centre": page_of(volunteer, path) for path in every_page(AT_A_CENTRE[0])},
            **{path: page_of(everybody, path) for path in every_page(others)},
        },
        exports=every_export(),
        centres_own={path: page_of(volunteer, path) for path in OF_THE_CENTRE},
    )


def every_table() -> Rows:
    """Each row of each table, as text."""
    with worker_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT each::text FROM "{table}" each')
            found[table] = [row for (row,) in cursor.fetchall()]
    return found


def changes(before: Rows, after: Rows) -> Changes:
    """What is otherwise; a row that was changed is gone, and there anew."""
    both = {table: (Counter(before[table]), Counter(after[table])) for table in after}
    return {
        table: ((is_now - was).total(), (was - is_now).total())
        for table, (was, is_now) in both.items()
        if was != is_now
    }


def added(table: str, before: Rows, after: Rows) -> list[str]:
    return list((Counter(after[table]) - Counter(before[table])).elements())


def every_count() -> Iterator[tuple[str, Any]]:
    """What each counting function says."""
    with counting_scope():
        for module in COUNTING:
            for name, function in getmembers(module, isfunction):
                if function.__module__ == module.__name__ and not name.startswith("_"):
                    yield from said_by(module, name, function)


def said_by(module: ModuleType, name: str, function: Callable[..., Any]) -> Iterator[tuple[str, Any]]:
    """A function of `insight.counts` that asks for something new has to be given it here."""
    quarter = ReportingPeriod.quarter_containing(NOW.date())
    known = {
        "period": quarter,
        "before": quarter,
        "now": NOW,
        "today": NOW.date(),
        "strand": Strand.RACE,
        "centre": ReportingCentre.objects.get(organisation__code="quillfeather"),
    }
    given = signature(function).parameters.values()
    needed = {each.name for each in given if each.default is Parameter.empty}
    if module is COUNTING[0] or needed <= known.keys():
        yield f"{module.__name__}.{name}", function(**{each: known[each] for each in needed})


def every_measure() -> Iterator[tuple[str, Any]]:
    """What each count of the plans says, however it is divided."""
    period = ReportingPeriod.quarter_containing(NOW.date())
    for key, each in COMPUTED.items():
        for by in each.counted_by:
            with each.scope():
                asked = Question(by=by, action_id=0, plan_id=0, period=period, now=NOW)
                yield f"{key} by {by}", each.count(asked)


def every_task() -> tuple[list[str], Changes, int]:
    """The tasks of the clock, what all of them change, and how many mails they send. None of it is kept."""
    app.loader.import_default_modules()
    stands, sent, mark = every_table(), len(mail.outbox), transaction.savepoint()
    names = sorted({each["task"] for each in app.conf.beat_schedule.values()})
    for name in names:
        app.tasks[name]()
    done = changes(stands, every_table())
    transaction.savepoint_rollback(mark)
    return names, done, len(mail.outbox) - sent


def every_page(letters: str) -> Iterator[str]:
    """The address of each page of these rooms that one of the roles may open: lists, and all that is about a centre."""
    for row in MATRIX:
        room = row.route.removeprefix(TODAY)
        is_of_reports = row.route == TODAY or (room != row.route and room.startswith(ROOMS))
        is_list = row.post == 405 and "{" not in row.at
        at = row.at.replace("{centre}", "quillfeather")
        is_shown = row.get == 200 and (is_list or row.at != at) and "{" not in at
        if is_of_reports and is_shown and set(letters) & set(row.letters):
            yield f"/{at}"


def page_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    # A packed file says when it was made.
    is_text = response["Content-Type"].startswith("text/")
    return TOKEN.sub("", response.content.decode()) if is_text else ""


def every_export() -> list[str]:
    """What is handed out of each report."""
    with worker_scope():
        return [str(everything_told(report)) for report in Report.objects.order_by("id")]


def test_no_table_is_otherwise_but_that_of_practice_and_the_trail(world: World) -> None:
    changed = {table: how for table, how in world.by_practice.items() if table not in SEEN_THERE}
    # Of the finished one, and of the other that is under way.
    assert changed == {"reporting_practicerun": (1, 0), "audit_auditevent": (1, 0), "reporting_draft": (1, 0)}
    assert "practice.finished" in world.in_the_trail[0]


def test_a_report_is_seen_in_the_tables(world: World) -> None:
    assert {"reporting_report", "reporting_reportgrant", "vault_datakey"} <= world.by_report.keys()


def test_no_count_says_anything_else(world: World) -> None:
    assert world.practised.counts == world.before.counts
    assert world.counts_with_report != world.practised.counts


def test_no_measure_of_the_plans_says_anything_else(world: World) -> None:
    assert world.practised.measures == world.before.measures


def test_no_task_does_anything_else(world: World) -> None:
    assert world.practised.tasks == world.before.tasks


def test_no_page_that_lists_or_counts_reports_says_anything_else(world: World) -> None:
    pages, before = world.practised.pages, world.before.pages
    assert {path for path, page in pages.items() if page != before[path]} == set()
    assert [path for path, page in world.pages_with_report.items() if page == pages[path]] == []


def test_a_centres_own_pages_say_that_it_practised_and_are_else_the_same(world: World) -> None:
    otherwise = {
        line
        for path, page in world.practised.centres_own.items()
        for line in set(page.splitlines()) ^ set(world.before.centres_own[path].splitlines())
    }
    assert any("1 invented story practised here" in line for line in otherwise)
    assert [line for line in otherwise if "practised" not in line] == []


def test_no_export_says_anything_else(world: World) -> None:
    assert world.practised.exports == world.before.exports
    assert len(world.before.exports) == 3
