"""Loading the folder again never overwrites silently what administrators edited on their pages."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from partners import bank_holidays, keeping
from partners.keeping_standards import publish_standard, standard_now
from partners.loading import load_partners
from partners.models import CommunitySafetyPartnership, District, Organisation, ReferenceVersion
from partners.words import publish_words, reworded, words_now
from tests.people import NOW, PARTNERSHIP, administrator, district, organisation

pytestmark = pytest.mark.django_db


def load(*, take_files: bool = False) -> list[str]:
    return load_partners(PARTNERSHIP, now=NOW, take_files=take_files).kept


def test_a_name_that_maud_changed_stays_and_is_said() -> None:
    keeping.change(organisation("opcc"), {"name": "The Commissioner"}, seen=0, by=administrator(), now=NOW)
    assert load() == ["organisation opcc: edited on the pages, the folder differs (name)"]
    assert Organisation.objects.get(code="opcc").name == "The Commissioner"


def test_taking_the_files_is_a_version_of_its_own_and_then_the_folder_leads_again() -> None:
    keeping.change(organisation("opcc"), {"name": "The Commissioner"}, seen=0, by=administrator(), now=NOW)
    assert load(take_files=True) == []
    assert Organisation.objects.get(code="opcc").name.startswith("Office of the Police")
    newest = ReferenceVersion.objects.of("organisation", "opcc")[0]
    assert (newest.version, newest.by, newest.note) == (3, None, "Taken from the partnership’s folder")
    assert load() == []
    assert ReferenceVersion.objects.number_of("organisation", "opcc") == 3


def test_a_merged_partnership_stays_merged_until_the_files_are_taken() -> None:
    district("melton")
    melton, rutland = (CommunitySafetyPartnership.objects.get(code=code) for code in ("melton", "rutland"))
    keeping.merge(melton, rutland, by=administrator(), now=NOW)
    load()
    assert not CommunitySafetyPartnership.objects.filter(code="melton").exists()
    assert District.objects.get(code="melton").csp == rutland
    load(take_files=True)
    assert District.objects.get(code="melton").csp.code == "melton"


def test_who_reads_the_rest_stays_as_chosen() -> None:
    keeping.set_fallback(organisation("opcc"), by=administrator(), now=NOW)
    kept = load()
    assert "organisation opcc: edited on the pages, the folder differs (reads first what" in "\n".join(kept)
    assert Organisation.objects.get(is_fallback_triage=True).code == "opcc"
    load(take_files=True)
    assert Organisation.objects.get(is_fallback_triage=True).code == "lcc"


def test_standards_holidays_and_wording_are_compared_too() -> None:
    maud = administrator()
    publish_standard(standard_now("update"), {"amount": 12}, seen=0, note="", by=maud, now=NOW)
    bank_holidays.add_day(date(2026, 5, 6), "A coronation", by=maud, now=NOW)
    bank_holidays.remove_day(date(2026, 5, 4), by=maud, now=NOW)
    words = reworded(words_now("sharing"), {"recipients.police.label": "The police"})
    publish_words("sharing", words, seen=0, note="", by=maud, now=NOW)
    assert sorted(load()) == [
        "bank holiday 2026-05-04: edited on the pages, the folder differs (is_holiday)",
        "bank holiday 2026-05-06: edited on the pages, the folder differs (is_holiday)",
        "service standard update: edited on the pages, the folder differs (amount)",
        "wording sharing: edited on the pages, the folder differs (words)",
    ]
    assert load(take_files=True) == []
    assert standard_now("update").amount == 10
    assert date(2026, 5, 4) in bank_holidays.listed()
    assert date(2026, 5, 6) not in bank_holidays.listed()
    stands = words_now("sharing")
    assert (stands["recipients"][0]["label"], stands["version"]) == ("Leicestershire Police", 3)
    assert load() == []


def test_the_command_names_what_it_kept_and_how_to_take_the_folders_word() -> None:
    keeping.change(organisation("opcc"), {"name": "The Commissioner"}, seen=0, by=administrator(), now=NOW)
    said = StringIO()
    call_command("load_partnership", str(PARTNERSHIP), stdout=said)
    assert "--take-files" in said.getvalue()
    assert "- organisation opcc: edited on the pages" in said.getvalue()
    call_command("load_partnership", str(PARTNERSHIP), "--take-files", stdout=said)
    assert Organisation.objects.get(code="opcc").name.startswith("Office of the Police")
