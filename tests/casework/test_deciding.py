"""What an incident is recorded as: only the police decide some of it, and a partner proposes."""

from datetime import date, timedelta

import pytest

from casework.deciding import NotAChoiceNow, NotTheirsToDecide, record_as, recorded_words, refuse_to_record
from casework.forms_of_triage import PROPOSE, RecordAsForm, decided_or_proposed
from casework.models import Case
from partners.dispositions import all_recorded_as
from partners.models import OrganisationKind
from scope.context import staff_scope
from tests.casework.world import opened, told, triage_of, triaged
from tests.people import NOW, ngozi, tomasz

LATER = NOW + timedelta(hours=3)


@pytest.mark.parametrize(
    ("code", "police", "council", "victim_service"),
    [
        ("undecided", True, True, True),
        ("crime", True, False, False),
        ("asb", True, True, False),
        ("intelligence_only", True, False, False),
        ("not_police", True, True, False),
    ],
)
def test_the_file_says_who_decides(code: str, police: bool, council: bool, victim_service: bool) -> None:
    entry = next(each for each in all_recorded_as() if each.code == code)
    kinds = (OrganisationKind.POLICE, OrganisationKind.DISTRICT_COUNCIL, OrganisationKind.VICTIM_SERVICE)
    assert tuple(entry.is_decided_by(kind) for kind in kinds) == (police, council, victim_service)


@pytest.mark.parametrize(
    ("choice", "before", "said"),
    [
        ("asb", "undecided", {"recorded_as": "asb", "proposed_as": ""}),
        ("propose:crime", "asb", {"recorded_as": "asb", "proposed_as": "crime"}),
    ],
)
def test_a_proposal_leaves_what_was_recorded(choice: str, before: str, said: dict[str, str]) -> None:
    assert decided_or_proposed(choice, before=before) == said


@pytest.mark.django_db
def test_ngozi_of_the_council_cannot_record_a_crime_even_past_the_form() -> None:
    officer = ngozi()
    case = opened(told(), by=officer)
    with staff_scope(officer.organisation_id or 0), pytest.raises(NotTheirsToDecide, match="Only the police"):
        case.triage(**(triage_of(officer) | {"recorded_as": "crime"}), by=officer, now=LATER)
    with staff_scope(officer.organisation_id or 0):
        assert Case.objects.get().state == "open"


@pytest.mark.django_db
def test_what_the_council_proposes_the_police_decide_and_only_they_change_it_again() -> None:
    council, police = ngozi(), tomasz()
    case = triaged(told(), by=council, proposed_as="crime")
    with staff_scope(council.organisation_id or 0):
        assert (case.recorded_as, case.proposed_as) == ("undecided", "crime")
        assert recorded_words(case) == "Proposed: Crime (the police decide)"
        form = RecordAsForm(case=case, user=council)
        assert f"{PROPOSE}crime" in dict(form.fields["recorded_as"].choices)
    with staff_scope(police.organisation_id or 0):
        assert "crime" in dict(RecordAsForm(case=case, user=police).fields["recorded_as"].choices)
        record_as(case, recorded_as="crime", note="More likely than not.", by=police, now=LATER)
        case = Case.objects.get()
        assert (case.recorded_as, case.proposed_as, recorded_words(case)) == ("crime", "", "Crime")
    with staff_scope(council.organisation_id or 0):
        with pytest.raises(NotTheirsToDecide):
            record_as(case, recorded_as="asb", note="It is not.", by=council, now=LATER)
        record_as(case, recorded_as="crime", proposed_as="asb", note="Is it?", by=council, now=LATER)
        assert recorded_words(Case.objects.get()).startswith("Crime. Proposed: Anti-social behaviour")


@pytest.mark.django_db
def test_what_the_vocabulary_had_until_march_is_kept_and_not_chosen_again() -> None:
    police = tomasz()
    refuse_to_record("nchi", "", before="undecided", by=police, on=date(2026, 3, 31))
    with pytest.raises(NotAChoiceNow, match="cannot be chosen any more"):
        refuse_to_record("nchi", "", before="undecided", by=police, on=date(2026, 4, 1))
    refuse_to_record("nchi", "", before="nchi", by=police, on=date(2026, 4, 1))
