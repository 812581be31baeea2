"""Lists of cases and tasks: what each holds, in which order, and that nothing is opened for them."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from casework.models import Case, Task
from casework.models.case import CannotBeAssigned, ChangedMeanwhile
from casework.setting_tasks import finish_task, set_task
from casework.tasklist import row as task_row
from casework.tasklist import tasks_for
from casework.worklist import NOBODY, cases_for, clock_words, lists_for, row
from partners.models import User
from reporting.models import Report
from reporting.saying_more import write
from scope.context import staff_scope, worker_scope
from tests.casework.world import BARS_THE_POLICE, close_case, opened, told, triaged
from tests.database import standing
from tests.people import NOW, gwen, member, mona, ngozi, organisation, tomasz

LONG_AGO = NOW - timedelta(days=60)
TODAY = date(2026, 3, 10)  # a Tuesday


@dataclass
class Charnwood:
    """Ngozi's organisation on one day, and its cases by what is to be said of them."""

    ngozi: User
    colleague: User
    cases: dict[str, Case] = field(default_factory=dict)

    def listed(self, which: str, *, by: User | None = None, **filters: str) -> list[str]:
        """What a list shows, by what is to be said of each."""
        user = by or self.ngozi
        names = {case.pk: name for name, case in self.cases.items()}
        with staff_scope(user.organisation_id or 0):
            return [names[case.pk] for case in cases_for(user, which, now=NOW, **filters)]


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Charnwood]:
    with standing(django_db_blocker, make) as charnwood:
        yield charnwood


@pytest.fixture
def charnwood(made: Charnwood, db: None) -> Charnwood:
    return deepcopy(made)


def make() -> Charnwood:
    officer = ngozi()
    house = Charnwood(officer, member("Bea Lund", organisation("charnwood-bc"), "officer"))
    house.cases = {
        "called last week": a_case(officer, at=NOW - timedelta(days=7), to=officer, tells=True),
        "nobody called": a_case(officer, at=LONG_AGO, to=officer),
        "high risk": a_case(officer, at=NOW, to=house.colleague, urgency="high"),
        "nobody's": a_case(officer, at=NOW),
        "not triaged": opened(told(now=NOW), by=officer),
        "of the police": a_case(tomasz(), at=LONG_AGO),
        "in Melton": a_case(tomasz(), at=NOW, Q14="melton"),
        "closed": a_case(officer, at=LONG_AGO, to=officer),
    }
    with staff_scope(officer.organisation_id or 0):
        close_case(house.cases["closed"], by=officer, now=NOW)
    with worker_scope():
        for name in ("closed", "high risk"):
            write(Report.objects.get(reference=house.cases[name].reference), "Again.", key=uuid4(), now=NOW)
    return house


def a_case(
    by: User, *, at: Any, to: User | None = None, urgency: str = "standard", tells: bool = False, **told_: Any
) -> Case:
    case = triaged(told(now=at, **told_), by=by, now=at, urgency=urgency)
    with staff_scope(by.organisation_id or 0):
        if to:
            case.assign(to=to, by=by, now=at)
        if tells:
            case.tell_reporter("I have read it.", status="read", by=by, now=at)
    return case


def test_what_is_due_comes_first_and_holds_no_other_organisations_promise(charnwood: Charnwood) -> None:
    assert charnwood.listed("due") == ["nobody called", "high risk"]
    assert charnwood.listed("due", by=tomasz()) == ["of the police"]


def test_what_the_lead_may_not_see_any_more_is_due_for_whoever_may(charnwood: Charnwood) -> None:
    with worker_scope():
        Report.objects.get(reference=charnwood.cases["nobody called"].reference).withdraw_from(
            charnwood.ngozi.organisation, by=None, now=NOW
        )
    assert set(charnwood.listed("due", by=tomasz())) == {"of the police", "nobody called"}
    assert "nobody called" not in charnwood.listed("due")


def test_unread_words_are_listed_on_closed_cases_too(charnwood: Charnwood) -> None:
    assert charnwood.listed("unread") == ["high risk", "closed"]
    assert charnwood.listed("unread", by=tomasz()) == []


def test_nobodys_are_those_that_we_lead_and_nobody_was_given(charnwood: Charnwood) -> None:
    assert set(charnwood.listed("unassigned")) == {"nobody's", "not triaged"}


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"clock": "late"}, {"nobody called"}),
        ({"clock": "soon"}, {"high risk"}),
        ({"clock": "contact_late"}, {"nobody called"}),
        ({"clock": "update_late"}, {"nobody called"}),
        ({"clock": "review_late"}, set()),
        ({"district": "melton"}, set()),
        ({"urgency": "high"}, {"high risk"}),
        ({"state": "open"}, {"not triaged"}),
        ({"state": "closed"}, {"closed"}),
        ({"worker": NOBODY, "district": "charnwood"}, {"nobody's", "not triaged"}),
        ({"strand": "transgender"}, set()),
    ],
)
def test_filters_narrow_a_list(charnwood: Charnwood, filters: dict[str, str], found: set[str]) -> None:
    assert set(charnwood.listed("ours", **filters)) == found


def test_a_colleagues_cases_are_found_by_who_works_on_them(charnwood: Charnwood) -> None:
    assert charnwood.listed("ours", worker=str(charnwood.colleague.pk)) == ["high risk"]


def test_a_district_is_where_it_happened(charnwood: Charnwood) -> None:
    assert charnwood.listed("ours", by=tomasz(), district="melton") == ["in Melton"]


def test_a_row_says_which_clock_runs_out_first(charnwood: Charnwood) -> None:
    said = {name: row(case, now=NOW) for name, case in charnwood.cases.items()}
    assert said["nobody called"].clock.startswith("contact ")
    assert said["nobody called"].is_late
    assert said["high risk"].clock == "contact due today"
    assert said["called last week"].clock == "update due in 5 working days"
    assert said["closed"].clock.startswith("contacted ")
    assert not said["closed"].is_late
    assert clock_words(charnwood.cases["not triaged"], now=NOW) == "contact due in 3 working days"


def test_only_who_needs_a_list_is_offered_it(charnwood: Charnwood) -> None:
    offered = {code for code, _ in lists_for(charnwood.ngozi, now=NOW)}
    assert {"due", "unread", "unassigned"} <= offered
    assert not {"left_behind", "standing_in"} & offered
    assert "left_behind" in {code for code, _ in lists_for(mona(), now=NOW)}


# Tasks --------------------------------------------------------------------------------------------------------


def ask(charnwood: Charnwood, *, on: str = "high risk", due_on: date = TODAY, **whom: Any) -> Task:
    whom.setdefault("organisation", charnwood.ngozi.organisation)
    case = charnwood.cases[on]
    return set_task(case, "Ring the school.", **whom, due_on=due_on, by=charnwood.ngozi, now=NOW)


def test_a_task_is_on_the_list_of_whom_it_is_for_until_it_is_done(charnwood: Charnwood) -> None:
    bea, today = charnwood.colleague, {"today": TODAY}
    with staff_scope(charnwood.ngozi.organisation_id or 0):
        late = ask(charnwood, person=bea, due_on=TODAY - timedelta(days=1))
        soon = ask(charnwood, person=bea, due_on=TODAY + timedelta(days=1))
        anybody = ask(charnwood, due_on=TODAY + timedelta(days=9))
        assert list(tasks_for(bea, "mine", **today)) == [late, soon]
        assert list(tasks_for(bea, "mine", due="late", **today)) == [late]
        assert list(tasks_for(bea, "mine", due="soon", **today)) == [soon]
        assert list(tasks_for(bea, "anybody", **today)) == [anybody]
        assert list(tasks_for(charnwood.ngozi, "mine", **today)) == []
        assert list(tasks_for(charnwood.ngozi, "ours", **today)) == [late, soon, anybody]
        assert task_row(late, now=NOW).due.startswith("1 working day late")
        finish_task(late, note="They will call back.", by=charnwood.ngozi, now=NOW)
        assert list(tasks_for(bea, "mine", **today)) == [soon]
        assert Case.objects.get(pk=late.case_id).events.last().unseal("note") == "They will call back."


def test_a_task_that_somebody_finished_is_not_finished_twice(charnwood: Charnwood) -> None:
    with staff_scope(charnwood.ngozi.organisation_id or 0):
        task = ask(charnwood)
        mine = Task.objects.get(pk=task.pk)
        finish_task(task, by=charnwood.colleague, now=NOW)
        with pytest.raises(ChangedMeanwhile, match="finished"):
            finish_task(mine, by=charnwood.ngozi, now=NOW)


@pytest.mark.parametrize("who", ["gwen", "gwen's organisation", "a colleague elsewhere"])
def test_nobody_who_may_not_see_the_case_is_asked(charnwood: Charnwood, who: str) -> None:
    stranger = gwen()
    whom = {
        "gwen": {"person": stranger, "organisation": stranger.organisation},
        "gwen's organisation": {"organisation": stranger.organisation},
        "a colleague elsewhere": {"person": stranger},
    }[who]
    with staff_scope(charnwood.ngozi.organisation_id or 0), pytest.raises(CannotBeAssigned):
        ask(charnwood, **whom)


def test_a_task_goes_out_of_sight_with_its_case(charnwood: Charnwood) -> None:
    officer = tomasz()
    with staff_scope(charnwood.ngozi.organisation_id or 0):
        ask(charnwood, organisation=officer.organisation)
    with staff_scope(officer.organisation_id or 0):
        assert tasks_for(officer, "anybody", today=TODAY).count() == 1
    with worker_scope():
        report = Report.objects.get(reference=charnwood.cases["high risk"].reference)
        report.withdraw_from(officer.organisation, by=None, now=NOW)
    with staff_scope(officer.organisation_id or 0):
        assert Task.objects.count() == 0


def test_the_police_whom_somebody_barred_have_no_task(charnwood: Charnwood) -> None:
    case = triaged(told(**BARS_THE_POLICE), by=charnwood.ngozi)
    with staff_scope(charnwood.ngozi.organisation_id or 0), pytest.raises(CannotBeAssigned):
        set_task(case, "x", organisation=organisation("police"), due_on=TODAY, by=charnwood.ngozi, now=NOW)
