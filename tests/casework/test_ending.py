"""What has to be written down before a case is closed."""

from datetime import timedelta

import pytest

from casework.ending import NotReadyToClose, parts_of, record_support
from casework.models import Case
from partners.dispositions import support_ends
from scope.context import staff_scope
from tests.casework.world import told, triaged
from tests.people import NOW, client_for, ngozi

pytestmark = pytest.mark.django_db
DONE = {"outcome": "support_given", "text": "You were given support.", "now": NOW + timedelta(days=3)}


def a_case(**triage: str) -> Case:
    return triaged(told(), by=ngozi(), **triage)


def missing(case: Case) -> list[str]:
    return [part.name for part in parts_of(case) if part.is_missing]


def test_a_case_is_not_closed_while_nobody_knows_how_support_ended() -> None:
    case = a_case()
    with staff_scope(ngozi().organisation_id or 0):
        acts = case.acts_done()
        with pytest.raises(NotReadyToClose, match="how support ended"):
            case.close(**DONE, by=ngozi())
        assert case.acts_done() == acts
        record_support(case, "goes_on", by=ngozi(), now=NOW)
        case.close(**DONE, by=ngozi())
    assert case.state == "closed"


def test_a_crime_needs_the_police_or_why_there_is_no_answer() -> None:
    case = a_case()
    with staff_scope(ngozi().organisation_id or 0):
        record_support(case, "not_wanted", by=ngozi(), now=NOW)
        case.recorded_as = "crime"
        case.save(update_fields=["recorded_as"])
        with pytest.raises(NotReadyToClose, match="what the police made of it"):
            case.close(**DONE, by=ngozi())
        case.close(**DONE, why_no_police_outcome="We asked twice.", by=ngozi())
        assert "We asked twice." in (case.events.last().unseal("note") or "")


def test_with_an_outcome_from_the_police_nobody_asks_why() -> None:
    case = a_case()
    with staff_scope(ngozi().organisation_id or 0):
        record_support(case, "finished", by=ngozi(), now=NOW)
        case.recorded_as, case.police_outcome = "crime", "8"
        case.save(update_fields=["recorded_as", "police_outcome"])
        case.close(**DONE, by=ngozi())
    assert case.state == "closed"


def test_what_is_missing_is_told_with_what_has_to_be_done() -> None:
    case = a_case()
    assert missing(case) == ["Support", "Told the reporter", "What the partnership did"]
    case.support, case.first_contact_at, case.outcome = "finished", NOW, "advice_only"
    assert missing(case) == []


def test_support_said_anew_keeps_what_was_said_on_the_timeline() -> None:
    case = a_case()
    with staff_scope(ngozi().organisation_id or 0):
        record_support(case, "no_service", note="The interpreter was ill.", by=ngozi(), now=NOW)
        record_support(case, "finished", by=ngozi(), now=NOW + timedelta(days=9))
        said = [event.facts["support"] for event in case.events.filter(act="record_support")]
    assert said == ["no_service", "finished"]
    assert case.support == "finished"


def test_the_page_names_what_is_missing_and_leads_there() -> None:
    case = a_case()
    page = client_for(ngozi()).get(f"/staff/cases/{case.reference}/outcomes/").content.decode()
    assert "Write down how support ended." in page
    assert f"/staff/cases/{case.reference}/support/" in page


def test_closing_too_early_keeps_what_was_typed_and_says_what_to_do() -> None:
    case, client = a_case(), client_for(ngozi())
    typed = {"outcome": "advice_only", "text": "We rang your landlord."}
    answer = client.post(f"/staff/cases/{case.reference}/close/", typed).content.decode()
    assert "Write down how support ended. Then you can close the case." in answer
    assert "We rang your landlord." in answer
    client.post(f"/staff/cases/{case.reference}/support/", {"support": "finished"})
    assert client.post(f"/staff/cases/{case.reference}/close/", typed).status_code == 302


def test_every_end_of_support_says_whether_it_was_met() -> None:
    assert {end.met for end in support_ends()} == {"yes", "no", "not_wanted", "not_known"}
