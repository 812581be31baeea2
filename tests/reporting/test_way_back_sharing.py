"""Changing who may see it: taken back, given later, and somebody named who must not."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from audit.models import AuditEvent
from partners.models import Organisation
from reporting.models import GrantBasis, HelpStands, Report, SharingPreference
from reporting.models.help_asked import ask_for_help, help_stands
from scope.context import staff_scope, worker_scope
from tests.people import NOW, ngozi, tomasz
from tests.reporting.visiting import page, press, report_of, sent_by, visit_of
from tests.reporting.walking import WISHES, telling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

SHARING, BAR = "/back/s4/", "/back/n8/"
WITH_TWO = telling(**{WISHES: {"Q23": ["police"], "Q24": ["police", "victim_first"]}})


def seen_by() -> set[str]:
    with worker_scope():
        report = Report.objects.get()
        return set(Organisation.objects.filter(pk__in=report.visible_to).values_list("code", flat=True))


def test_a_permission_to_share_can_be_taken_back_at_once() -> None:
    amina = visit_of(sent_by(WITH_TWO))
    assert "Leicestershire Police" in page(amina, SHARING)
    said = press(amina, SHARING, take_back="police")
    assert "nothing more will be shared" in said
    assert 'name="take_back" value="police"' not in said
    assert 'name="take_back" value="victim_first"' in said
    assert seen_by() == {"charnwood-bc", "victim-first"}
    assert AuditEvent.objects.get(act="report.sharing_taken_back").facts == {"recipient": "police"}


def test_taking_back_what_cannot_exist_changes_nothing() -> None:
    amina = visit_of(sent_by())
    assert page(amina, SHARING)
    assert amina.post(SHARING, {"take_back": "po\0lice"}).status_code == 302
    assert amina.post(SHARING, {"give": "no_one"}).status_code == 200
    assert seen_by() == {"charnwood-bc"}


def test_a_permission_can_be_given_later_in_todays_words() -> None:
    amina = visit_of(sent_by())
    assert "They may see your report" in press(amina, SHARING, give="victim_first")
    assert seen_by() == {"charnwood-bc", "victim-first"}
    with worker_scope():
        given = SharingPreference.objects.get(recipient="victim_first")
        assert (given.wording_version, given.withdrawn_at) == ("1", None)


def test_a_permission_that_was_taken_back_can_be_given_again() -> None:
    amina = visit_of(sent_by(WITH_TWO))
    press(amina, SHARING, take_back="police")
    press(amina, SHARING, give="police")
    press(amina, SHARING, give="police")
    assert seen_by() == {"charnwood-bc", "victim-first", "police"}


def test_who_must_not_see_it_can_be_named_later_and_it_holds_at_once() -> None:
    code = sent_by(WITH_TWO)
    amina = visit_of(code)
    with staff_scope(tomasz().organisation_id or 0):
        assert Report.objects.filter(reference=code.reference).exists()
    said = press(amina, BAR, organisations=["police"], person="My cousin Rafi")
    assert "kept from them" in said
    assert "My cousin Rafi" in said
    with staff_scope(tomasz().organisation_id or 0):
        assert not Report.objects.filter(reference=code.reference).exists()
    # A permission given for them afterwards opens nothing: a bar is stronger.
    press(amina, SHARING, take_back="police")
    press(amina, SHARING, give="police")
    assert seen_by() == {"charnwood-bc", "victim-first"}
    facts = AuditEvent.objects.get(act="report.barred").facts
    assert facts == {"organisations": ["police"], "people": 1}


def test_when_the_area_s_own_council_must_not_see_it_the_next_reads_it() -> None:
    code = sent_by()
    assert report_of(code).visible_to == [ngozi().organisation_id]
    press(visit_of(code), BAR, organisations=["charnwood-bc"])
    assert "charnwood-bc" not in seen_by()
    assert len(seen_by()) == 1


def test_somebody_must_be_left_who_reads_it() -> None:
    amina = visit_of(sent_by())
    everybody = list(Organisation.objects.values_list("code", flat=True))
    assert "Leave at least one organisation" in press(amina, BAR, organisations=everybody)
    assert seen_by() == {"charnwood-bc"}


def test_naming_nobody_is_said_in_words() -> None:
    assert "Choose an organisation" in press(visit_of(sent_by()), BAR)


def test_changing_needs_a_visit() -> None:
    sent_by(WITH_TWO)
    assert Client().post(SHARING, {"take_back": "police"})["Location"] == "/back/"
    assert seen_by() == {"charnwood-bc", "police", "victim-first"}


def test_the_page_says_who_sees_what_why_until_when_and_who_was_asked_to_help() -> None:
    sent = sent_by(WITH_TWO)
    with worker_scope():
        report = Report.objects.get()
        lcc, first = (Organisation.objects.get(code=code) for code in ("lcc", "victim-first"))
        how = {"parts": ["what", "risk"], "lawful_basis": "safeguarding", "ends_on": date(2026, 4, 9)}
        report.grant_to(lcc, basis=GrantBasis.SHARED, by=ngozi(), now=NOW, **how)
        key = uuid4()
        ask_for_help([report], key, first, now=NOW)
        help_stands(key, HelpStands.ACCEPTED, now=NOW)
    said = " ".join(page(visit_of(sent), SHARING).split())
    ours = said[said.index("Leicestershire County Council") : said.index("Leicestershire Police")]
    assert "You did not choose them. Two of us decided that they need to know." in ours
    assert "To keep a child, or an adult who needs care, safe." in ours
    assert "<li>what happened</li><li>the risk to you</li>" in ours
    assert "Until 9 April 2026." in ours
    assert "<strong>Victim First</strong><br>They said yes. 10 March 2026" in said
