"""The auditor's page of who may open what is made from the doors themselves."""

import pytest
from django.urls import get_resolver

from partners.access import PART, allowed_to, doors, pages
from partners.roles import ALLOWS, OFFICER, ROLES, TRANSLATOR, Permission
from tests.access_matrix import LETTERS, MATRIX
from tests.people import client_for, member, organisation


def test_every_permission_has_its_words_and_somebody_who_has_it() -> None:
    assert set(ALLOWS) == set(Permission)
    assert [door.allows for door in doors()[:-2] if not door.roles] == []


def test_every_page_stands_behind_a_door() -> None:
    every = {address for address, _ in pages(get_resolver().url_patterns)}
    assert {address for door in doors() for address in door.addresses} == every


# An officer stands in where no manager may look (tests/casework/test_hearing.py); to the officer of the matrix, who has
# a manager, these are missing.
STANDS_IN = {"/staff/another-look/": {"O"}, "/staff/another-look/…/": {"O"}}


def test_it_says_of_staff_pages_what_the_access_matrix_says() -> None:
    """Two ways to the same answer: the doors in the code, and the table that was written by hand."""
    codes = {code: letter for letter, code in LETTERS.items()}
    said: dict[str, set[str]] = {}
    for door in doors()[:-2]:
        for address in door.addresses:
            said.setdefault(address, set()).update(codes[role.code] for role in door.roles)
    for address, letters in STANDS_IN.items():
        said[address] -= letters
    written = {as_page_says(row.route): set(row.everybody_in) for row in MATRIX if row.others}
    assert {each: roles for each, roles in written.items() if said.get(each, roles) != roles} == {}


def as_page_says(route: str) -> str:
    (address,) = {shown for shown, _ in pages(get_resolver().url_patterns) if matches(shown, route)}
    return address


def matches(shown: str, route: str) -> bool:
    parts, written = shown.strip("/").split("/"), route.strip("/").split("/")
    pairs = zip(parts, written, strict=False)
    return len(parts) == len(written) and all(one == PART.sub("…", two) for one, two in pairs)


def test_a_role_says_what_it_allows() -> None:
    assert "act on cases that their organisation may see" in allowed_to(OFFICER)
    assert allowed_to(TRANSLATOR) == [ALLOWS[Permission.CHECK_TRANSLATIONS]]


@pytest.mark.django_db
def test_the_auditor_reads_it_all_on_one_page() -> None:
    auditor = member("Una Vale", organisation("opcc"), "auditor")
    page = client_for(auditor).get("/staff/audit/access/").content.decode()
    for role in ROLES.values():
        assert role.name in page
    for address in ("/staff/cases/…/share/", "/staff/queue/", "/health/"):
        assert f"<code>{address}</code>" in page
