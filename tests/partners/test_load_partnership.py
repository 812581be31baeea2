"""Loading a partnership's folder: twice changes nothing, a mistake in it is one sentence."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from partners.data import PartnershipDataError
from partners.loading import load_partners
from partners.models import CommunitySafetyPartnership, District, Organisation, OrganisationGroup
from tests.people import NOW, PARTNERSHIP

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("areas.toml", "organisations.toml"):
        shutil.copy(PARTNERSHIP / name, tmp_path)
    return tmp_path


def reworded(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1))


def refusal(folder: Path) -> str:
    with pytest.raises(PartnershipDataError) as refused:
        load_partners(folder, now=NOW)
    return str(refused.value)


def test_nine_districts_are_read_first_by_their_own_council() -> None:
    load_partners(PARTNERSHIP, now=NOW)
    assert District.objects.count() == 9
    assert District.objects.get(code="charnwood").triage_organisation.code == "charnwood-bc"
    assert CommunitySafetyPartnership.objects.get(code="blaby-hinckley-bosworth").districts.count() == 2


def test_the_eleven_are_the_eleven() -> None:
    load_partners(PARTNERSHIP, now=NOW)
    eleven = set(Organisation.objects.filter(is_one_of_eleven=True))
    assert len(eleven) == 11
    assert set(OrganisationGroup.objects.get(code="eleven").members.all()) == eleven


def test_the_county_council_reads_what_no_district_can_be_named_for() -> None:
    load_partners(PARTNERSHIP, now=NOW)
    assert Organisation.objects.get(is_fallback_triage=True).code == "lcc"


def test_loading_twice_changes_nothing() -> None:
    assert load_partners(PARTNERSHIP, now=NOW).changed > 0
    assert load_partners(PARTNERSHIP, now=NOW).changed == 0


def test_a_renamed_organisation_keeps_its_row(folder: Path) -> None:
    load_partners(folder, now=NOW)
    before = Organisation.objects.get(code="victim-first").pk
    reworded(folder, "organisations.toml", 'name = "Victim First"', 'name = "Victims Come First"')
    assert load_partners(folder, now=NOW).changed == 1
    assert Organisation.objects.get(pk=before).name == "Victims Come First"


def test_another_fallback_replaces_the_first(folder: Path) -> None:
    load_partners(folder, now=NOW)
    reworded(folder, "areas.toml", 'triage = "lcc"', 'triage = "opcc"')
    load_partners(folder, now=NOW)
    assert Organisation.objects.get(is_fallback_triage=True).code == "opcc"


def test_an_area_read_by_an_unknown_council_is_named(folder: Path) -> None:
    reworded(folder, "areas.toml", 'triage = "melton-bc"', 'triage = "melton"')
    assert refusal(folder) == "areas.toml, entry 'melton': the triage organisation 'melton' is not known."


def test_an_organisation_of_an_unknown_kind_is_named(folder: Path) -> None:
    reworded(folder, "organisations.toml", 'kind = "police"', 'kind = "constabulary"')
    assert refusal(folder) == "organisations.toml, entry 'police': the kind 'constabulary' is not known."


def test_a_missing_field_is_named(folder: Path) -> None:
    reworded(folder, "areas.toml", "population = 41_050\n", "")
    assert refusal(folder) == "areas.toml, entry 'rutland': population is missing."


def test_two_areas_on_one_tile_are_refused(folder: Path) -> None:
    reworded(folder, "areas.toml", "tile_column = 3\ntile_row = 2", "tile_column = 2\ntile_row = 2")
    assert refusal(folder) == "areas.toml: the tile (2, 2) stands there twice."


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "areas.toml").unlink()
    assert "There is no file areas.toml" in refusal(folder)


def test_a_mistake_loads_nothing(folder: Path) -> None:
    reworded(folder, "areas.toml", 'triage = "melton-bc"', 'triage = "melton"')
    refusal(folder)
    assert not Organisation.objects.exists()


def test_the_command_says_how_much_changed() -> None:
    said = StringIO()
    call_command("load_partnership", str(PARTNERSHIP), stdout=said)
    call_command("load_partnership", str(PARTNERSHIP), stdout=said)
    assert "; 0 of its entries changed." in said.getvalue()


def test_the_command_refuses_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("load_partnership", str(tmp_path / "nowhere"))
