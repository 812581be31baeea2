"""Meetings of a Joint Action Group, their packs, and what each page shows to whom."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from docx import Document as Word

from audit.models import AuditEvent
from casework.models import Case
from documents.definition import Document
from documents.html import body
from documents.word import as_docx
from reviews.chairing import districts_of
from reviews.deciding import DecidedAlready, decide, give_action, put_on_agenda, take_off_agenda
from reviews.listing import bring_up_to_date
from reviews.models import JagAction, JagItem, JagMeeting
from reviews.models.meeting import MeetingIsOver, MeetsThatDay
from reviews.pack import pack_of
from scope.context import staff_scope, worker_scope
from tests.casework.world import WORDS, triaged
from tests.casework.world import told as a_report
from tests.people import NOW, client_for, district, gwen, ngozi, organisation, tomasz
from tests.reviews.world import cases_of, chair, listed, police_chair

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=40)


def a_meeting(*, days: int = 5) -> JagMeeting:
    day = NOW.date() + timedelta(days=days)
    return JagMeeting.plan(district("charnwood"), meets_on=day, place="Room 2", by=chair(), now=NOW)


def on_the_agenda(item: JagItem, meeting: JagMeeting) -> JagItem:
    with staff_scope(item.council_id):
        put_on_agenda([item], meeting, by=chair(), now=NOW)
        item.refresh_from_db()
    return item


def test_what_was_not_decided_goes_back_to_the_list_when_the_meeting_is_over() -> None:
    meeting = a_meeting()
    item = on_the_agenda(listed(3), meeting)
    assert (item.state, item.meeting) == ("on_agenda", meeting)
    with staff_scope(item.council_id):
        assert meeting.hold(by=chair(), now=NOW) == 1
        with pytest.raises(MeetingIsOver):
            meeting.hold(by=chair(), now=NOW)
        item.refresh_from_db()
        assert (item.state, item.meeting) == ("listed", None)
        with pytest.raises(DecidedAlready):
            take_off_agenda(item, by=chair(), now=NOW)


def test_a_group_meets_once_a_day() -> None:
    a_meeting()
    with pytest.raises(MeetsThatDay):
        a_meeting()


def test_what_no_district_can_be_named_for_is_looked_at_by_who_belongs_to_none() -> None:
    """Told of the internet, and led by the police: Barnaby of the police plans its meeting, Odette does not."""
    cases_of(3, by=tomasz(), Q14="online", Q13=None)
    bring_up_to_date(now=NOW)
    form = {"meets_on-day": "1", "meets_on-month": "12", "meets_on-year": "2099"}
    assert (
        client_for(chair()).post("/staff/jag/meetings/plan/", form | {"district": "elsewhere"}).status_code
        == 200
    )
    answered = client_for(police_chair()).post("/staff/jag/meetings/plan/", form | {"district": "elsewhere"})
    assert answered.status_code == 302
    meeting = JagMeeting.objects.get()
    assert (meeting.district, meeting.where) == (None, "County")
    with worker_scope():
        item = JagItem.objects.get()
        assert (item.number, item.where, item.meeting) == ("JAG-LLR-2026-001", "No one district", meeting)
    assert item.number in page(client_for(police_chair()), answered["Location"])
    assert client_for(chair()).get(answered["Location"]).status_code == 404


def test_it_is_late_after_28_days() -> None:
    item = listed(3)
    assert not item.is_late(today=item.due_on)
    assert item.is_late(today=item.due_on + timedelta(days=1))
    with worker_scope():
        assert list(JagItem.objects.late(today=item.due_on)) == []
        assert list(JagItem.objects.late(today=item.due_on + timedelta(days=1))) == [item]


# The pack ------------------------------------------------------------------------------------------------------


def a_pack() -> tuple[JagItem, Document]:
    meeting = a_meeting()
    item = on_the_agenda(listed(3, urgency="medium"), meeting)
    with staff_scope(item.council_id):
        give_action(
            item,
            what="Fit a lock.",
            organisation=ngozi().organisation,
            due_on=NOW.date(),
            by=chair(),
            now=NOW,
        )
        return item, pack_of(meeting, for_user=chair(), today=LATER.date())


def test_the_pack_says_what_is_to_be_decided_and_names_nobody() -> None:
    item, pack = a_pack()
    shown = body(pack)
    assert "3 linked incidents within 6 months" in shown
    assert "Not for publication" in pack.status_line
    assert "Religion or belief" in shown
    assert "Place of worship" in shown
    assert "Fit a lock." in shown
    with worker_scope():
        references = list(Case.objects.values_list("reference", flat=True))
    for secret in (*references, WORDS, "Zaynab", "Amina", "Hussain", "LE1 1AB"):
        assert secret not in shown, secret
    words = Word(BytesIO(as_docx(pack)))
    assert item.number in "\n".join(paragraph.text for paragraph in words.paragraphs)


# Who is shown what ---------------------------------------------------------------------------------------------


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_an_officer_who_sees_one_of_its_cases_is_not_told_of_the_others() -> None:
    """Gwen of Leicester works on one case of the three: of the other two she hears that they are there."""
    cases, gwens = cases_of(3, urgency="medium"), gwen()
    with worker_scope():
        cases[0].reports[0].grant_to(gwens.organisation, basis="case", by=None, now=NOW)
    bring_up_to_date(now=NOW)
    with worker_scope():
        item = JagItem.objects.get()
    shown = page(client_for(gwens), f"/staff/jag/{item.number}/")
    assert shown.count("February 2026") == 1
    assert "March 2026</th>" not in shown
    assert "2 more incidents of cases that your organisation does not see" in shown
    assert cases[0].reference in shown
    assert cases[1].reference not in shown
    theirs = page(client_for(chair()), f"/staff/jag/{item.number}/")
    assert theirs.count("March 2026</th>") == 2
    assert not any(case.reference in theirs for case in cases)


def test_names_are_shown_to_who_sees_the_case_and_each_time_on_record() -> None:
    meeting = a_meeting()
    on_the_agenda(listed(3), meeting)
    shown = page(client_for(ngozi()), f"/staff/jag/meetings/{meeting.pk}/names/")
    assert shown.count("Amina Hussain") == 3
    with worker_scope():
        assert AuditEvent.objects.filter(act="report.contact_read").count() == 3
        assert AuditEvent.objects.filter(act="jag_meeting.names_read").count() == 1


def test_odette_plans_a_meeting_decides_and_is_told_what_is_wrong() -> None:
    item, odette = listed(3), client_for(chair())
    answered = odette.post(
        "/staff/jag/meetings/plan/",
        {"district": "charnwood", "meets_on-day": "1", "meets_on-month": "12", "meets_on-year": "2099"},
    )
    meeting = JagMeeting.objects.get()
    assert answered["Location"] == f"/staff/jag/meetings/{meeting.pk}/"
    assert item.number in page(odette, f"/staff/jag/meetings/{meeting.pk}/")
    decide_page = f"/staff/jag/{item.number}/decide/"
    both = {"codes": ["no_further_action", "patrols"], "why": "?"}
    assert "stands alone" in odette.post(decide_page, both).content.decode()
    assert "Write why" in odette.post(decide_page, {"codes": ["patrols"]}).content.decode()
    assert odette.post(decide_page, {"codes": ["patrols"], "why": "Go there."}).status_code == 302
    shown = page(odette, f"/staff/jag/{item.number}/")
    assert "More visits or patrols" in shown
    assert "Go there." in shown
    with staff_scope(item.council_id):
        item.refresh_from_db()
        assert item.state == "closed"


def test_what_is_asked_of_an_organisation_stands_on_their_day_and_is_done_there() -> None:
    item, officer = listed(3), ngozi()
    with staff_scope(item.council_id):
        give_action(
            item,
            what="Fit a lock.",
            organisation=officer.organisation,
            person=officer,
            due_on=NOW.date(),
            by=chair(),
            now=NOW,
        )
        decide(item, codes=["target_hardening"], why="The door.", by=chair(), now=NOW)
    browser = client_for(officer)
    assert "show=ours" in page(browser, "/staff/")
    assert item.number in page(browser, "/staff/jag/?show=ours")
    with worker_scope():
        action = JagAction.objects.get()
    address = f"/staff/jag/{item.number}/action/{action.pk}/"
    assert "Write what was done" in browser.post(address).content.decode()
    assert browser.post(address, {"words": "Fitted."}).status_code == 302
    assert "Fitted." in page(browser, f"/staff/jag/{item.number}/")


def test_late_stands_on_the_chairs_day_and_another_districts_does_not() -> None:
    listed(3, now=NOW)
    triaged(a_report(Q14="leicester"), by=gwen(), urgency="high")
    bring_up_to_date(now=NOW)
    shown = page(client_for(chair()), "/staff/")
    assert "past the day by which your Joint Action Group decides" in shown
    assert "JAG-LEI" not in page(client_for(chair()), "/staff/jag/?show=all")
    assert [each.code for each in districts_of(gwen())] == ["leicester"]
    assert organisation("opcc")
