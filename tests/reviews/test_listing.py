"""What the rule lists, once; who sees it; and what is added, decided and listed again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from audit.models import AuditEvent
from casework.erasing import erase
from casework.models import Case, CaseEvent
from reporting.models import GrantBasis
from reviews.chairing import districts_of
from reviews.deciding import DecidedAlready, NotYours, StandsAlone, decide, finish_action, give_action
from reviews.linking import TheSameCase, link_place
from reviews.listing import bring_up_to_date, group_of
from reviews.models import JagAction, JagCase, JagDecision, JagIncident, JagItem
from scope.context import staff_scope, worker_scope
from tests.casework.world import close_case, told, triaged
from tests.people import NOW, farah, gwen, ngozi, organisation, tomasz
from tests.reviews.world import cases_of, chair, listed, police_chair

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
BARS_THE_COUNCIL = {"Q24": ["police"], "Q24_bar": "yes", "Q24_bar_org": ["charnwood-bc"]}


def orgs(*codes: str) -> set[int]:
    return {organisation(code).pk for code in codes}


def test_three_cases_of_one_person_are_listed_once_in_their_district() -> None:
    item = listed(3)
    assert (item.number, item.where, item.state) == ("JAG-CHW-2026-001", "Charnwood", "listed")
    assert (item.reasons, item.level) == (["many"], "standard")
    assert item.due_on == NOW.date() + timedelta(days=28)
    # Zaynab let the police see it; so they work on it, as the council does.
    assert set(item.visible_to) == set(item.works_on) == orgs("charnwood-bc", "police")
    with worker_scope():
        shown = list(JagIncident.objects.values_list("month", "strands", "place_kind"))
        assert [(month.month, strands, place) for month, strands, place in shown] == [
            (2, ["religion"], "worship"),
            (3, ["religion"], "worship"),
            (3, ["religion"], "worship"),
        ]
    assert bring_up_to_date(now=LATER) == 0
    with worker_scope():
        assert (JagItem.objects.count(), JagCase.objects.count(), JagIncident.objects.count()) == (1, 3, 3)
        assert AuditEvent.objects.filter(act__startswith="jag_item").count() == 1


def test_two_at_standard_risk_are_a_repeat_and_not_listed() -> None:
    cases_of(2)
    assert bring_up_to_date(now=NOW) == 0


def test_of_two_who_list_the_same_case_the_database_keeps_one() -> None:
    item = listed(3)
    with worker_scope():
        case = item.cases.all()[0]
        another = JagItem.objects.create(
            number="JAG-CHW-2026-002",
            council=item.council,
            reasons=[],
            level="high",
            listed_at=NOW,
            due_on=NOW.date(),
            data_key=item.data_key,
        )
        with pytest.raises(IntegrityError, match="case_in_one_open_item"), transaction.atomic():
            JagCase.objects.create(item=another, case=case)


def test_what_happens_next_is_added_to_the_open_item() -> None:
    item, officer = listed(3), ngozi()
    fourth = triaged(told(now=LATER), by=officer, now=LATER, urgency="high")
    with staff_scope(officer.organisation_id or 0):
        known = Case.objects.get(pk=item.jag_cases.all()[0].case_id)
        link_place(fourth, known, kind="premises", is_same=True, by=officer, now=LATER)
        item.refresh_from_db()
        assert (item.level, item.reasons) == ("high", ["high", "many", "repeat_at_risk"])
        assert item.jag_cases.count() == item.incidents.count() == 4
        assert JagItem.objects.count() == 1
        assert [event.act for event in fourth.events.all()][-1] == "link_place"
        with pytest.raises(TheSameCase):
            link_place(fourth, fourth, kind="premises", is_same=True, by=officer, now=LATER)


def test_a_word_taken_back_links_no_more() -> None:
    officer = ngozi()
    one, other = cases_of(2)
    assert group_of(one) == {one.pk, other.pk}
    with staff_scope(officer.organisation_id or 0):
        one.compare(other, is_same=False, by=officer, now=LATER)
    assert group_of(one) == {one.pk}


def test_decided_it_stands_on_every_case_and_is_listed_again_only_when_it_happens_again() -> None:
    item, odette, officer = listed(3), chair(), ngozi()
    with staff_scope(odette.organisation_id or 0):
        decide(item, codes=["support_plan", "patrols"], why="Ring every week.", by=odette, now=LATER)
        assert (item.state, item.closed_at) == ("closed", LATER)
        with pytest.raises(DecidedAlready):
            decide(item, codes=["patrols"], why="Again.", by=odette, now=LATER)
    with staff_scope(officer.organisation_id or 0):
        events = CaseEvent.objects.filter(act="jag_decide")
        assert [event.unseal("note") for event in events] == ["Ring every week."] * 3
        assert events[0].facts == {"item": item.number, "decisions": ["support_plan", "patrols"]}
    assert bring_up_to_date(now=LATER) == 0
    fourth = triaged(told(now=LATER), by=officer, now=LATER)
    with staff_scope(officer.organisation_id or 0):
        known = Case.objects.get(pk=item.jag_cases.all()[0].case_id)
        link_place(fourth, known, kind="household", is_same=True, by=officer, now=LATER)
    with worker_scope():
        again = JagItem.objects.get(state="listed")
        assert (again.number, again.jag_cases.count()) == ("JAG-CHW-2026-002", 4)


def test_nothing_more_to_do_stands_alone() -> None:
    item, odette = listed(3), chair()
    with staff_scope(odette.organisation_id or 0), pytest.raises(StandsAlone):
        decide(item, codes=["no_further_action", "patrols"], why="?", by=odette, now=LATER)


def test_with_something_to_do_it_stays_open_until_the_last_is_done() -> None:
    item, odette = listed(3), chair()
    given = {"by": odette, "now": NOW, "due_on": NOW.date()}
    with staff_scope(odette.organisation_id or 0):
        locks = give_action(item, what="Fit a lock.", organisation=organisation("lcc"), **given)
        decide(item, codes=["target_hardening"], why="The door.", by=odette, now=NOW)
        assert item.state == "decided"
        assert orgs("lcc") <= set(item.visible_to)
        assert not orgs("lcc") & set(item.works_on)
        assert JagAction.objects.late(today=LATER.date()).count() == 1
    with staff_scope(farah().organisation_id or 0):
        assert list(JagCase.objects.all()) == []  # whom it is about is not theirs to know
        finish_action(JagAction.objects.get(pk=locks.pk), words="Fitted.", by=farah(), now=LATER)
        assert JagItem.objects.get().state == "closed"
        assert JagAction.objects.get().unseal("what_was_done") == "Fitted."


# Who sees it --------------------------------------------------------------------------------------------------


def test_whom_the_person_kept_out_hears_nothing_of_it_and_another_chair_runs_it() -> None:
    item = listed(3, by=tomasz(), **BARS_THE_COUNCIL)
    assert item.where == "Charnwood"
    assert set(item.visible_to) == orgs("lcc", "police")  # the county reads what the council must not
    with staff_scope(chair().organisation_id or 0):
        assert list(JagItem.objects.all()) == []
    barnaby = police_chair()
    with staff_scope(barnaby.organisation_id or 0):
        assert list(JagItem.objects.chaired_by(barnaby)) == [item]
        with pytest.raises(NotYours):
            give_action(
                item,
                what="Ring.",
                organisation=organisation("charnwood-bc"),
                due_on=NOW.date(),
                by=barnaby,
                now=NOW,
            )


def test_a_chair_runs_the_list_of_their_own_district_and_the_police_all() -> None:
    item = listed(3)
    odette, barnaby = chair(), police_chair()
    assert [each.code for each in districts_of(odette)] == ["charnwood"]
    assert len(districts_of(barnaby)) == 9
    leicester = listed(3, by=gwen(), Q14="leicester", now=LATER)
    with worker_scope():
        case = leicester.cases.all()[0]
        for report in case.reports:
            report.grant_to(organisation("charnwood-bc"), basis=GrantBasis.CASE, by=None, now=LATER)
    for person, theirs in ((odette, {item}), (barnaby, {item, leicester})):
        with staff_scope(person.organisation_id or 0):
            assert set(JagItem.objects.visible_to(person)) == theirs
            assert set(JagItem.objects.chaired_by(person)) == theirs
    # Who works on one of its cases sees it; who chairs next door does not.
    with staff_scope(ngozi().organisation_id or 0):
        assert set(JagItem.objects.visible_to(ngozi())) == {item, leicester}
        assert set(JagItem.objects.chaired_by(ngozi())) == set()


def test_what_is_taken_back_is_gone_from_the_item_too_at_once() -> None:
    item = listed(3, now=NOW)
    with worker_scope():
        for case in item.cases.all():
            case.reports[0].withdraw_from(organisation("charnwood-bc"), by=None, now=LATER)
        item.refresh_from_db()
        assert set(item.works_on) == orgs("police")
        case.reports[0].bars.create(organisation=organisation("charnwood-bc"), barred_at=LATER)
        item.refresh_from_db()
        assert set(item.visible_to) == orgs("police")


def test_of_what_is_erased_only_the_count_is_left_in_the_item() -> None:
    item, odette, officer = listed(3), chair(), ngozi()
    with staff_scope(odette.organisation_id or 0):
        give_action(
            item, what="Fit.", organisation=officer.organisation, due_on=NOW.date(), by=odette, now=NOW
        )
        decide(item, codes=["support_plan"], why="Ring.", by=odette, now=NOW)
    with staff_scope(officer.organisation_id or 0):
        case = item.cases.order_by("opened_at")[0]
        close_case(case, by=officer, now=LATER)
        report = case.reports[0]
    erase(report, why="person_asked", by=None, now=LATER)
    with worker_scope():
        assert JagIncident.objects.filter(item=item).count() == 3
        assert JagIncident.objects.get(case=case).month is None
        assert JagIncident.objects.get(case=case).strands == []
        assert (JagDecision.objects.get().why, JagAction.objects.get().what) == (None, None)
        assert JagDecision.objects.get().codes == ["support_plan"]


def test_nothing_of_it_is_in_clear_but_codes_and_months() -> None:
    item, odette = listed(3), chair()
    with staff_scope(odette.organisation_id or 0):
        decide(item, codes=["support_plan"], why="Ring Amina.", by=odette, now=NOW)
    with worker_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(d)::text FROM reviews_jagdecision d")
        assert "Amina" not in cursor.fetchone()[0]
