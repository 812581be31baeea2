"""Who lets whom in, and with which roles."""

import pytest

from partners.models import User
from partners.models.granting import (
    AT_A_CENTRE,
    GIVEN_BY_MANAGERS,
    NotYoursToChange,
    RolesDoNotFit,
    looks_after,
    may_change,
    may_restore,
    refuse_change,
    refuse_grant,
    roles_fitting,
    roles_given_by,
)
from partners.models.person import holders_of
from partners.roles import ROLES, Permission
from tests.people import NOW, administrator, asha, centre, gwen, member, ngozi, organisation

pytestmark = pytest.mark.django_db
AT_AN_AUTHORITY = set(ROLES) - {"centre_volunteer", "centre_manager"}


def team_manager() -> User:
    return member("Mina Cole", organisation("charnwood-bc"), "team_manager")


def centre_manager() -> User:
    return member("Cara Finch", centre().organisation, "centre_manager")


def codes(user: User, at: str) -> set[str]:
    return {role.code for role in roles_given_by(user, organisation(at))}


def test_administrators_look_after_everybody_and_managers_after_their_own() -> None:
    assert looks_after(administrator(), organisation("police").pk)
    assert looks_after(administrator(), None)
    assert looks_after(team_manager(), organisation("charnwood-bc").pk)
    assert not looks_after(team_manager(), organisation("police").pk)
    assert not looks_after(ngozi(), organisation("charnwood-bc").pk)
    assert looks_after(centre_manager(), centre().organisation.pk)


def test_who_works_nowhere_looks_after_nobody() -> None:
    mina = team_manager()
    mina.membership.end(by=None, now=NOW)
    mina.forget_membership()
    assert mina.organisation_id is None
    assert not looks_after(mina, None)
    assert not looks_after(mina, organisation("charnwood-bc").pk)


def test_centres_have_their_two_roles_and_others_all_but_these() -> None:
    assert {role.code for role in roles_fitting(centre().organisation)} == AT_A_CENTRE
    assert {role.code for role in roles_fitting(organisation("police"))} == AT_AN_AUTHORITY


def test_a_manager_gives_less_than_an_administrator_and_only_at_home() -> None:
    assert codes(administrator(), "police") == AT_AN_AUTHORITY
    assert codes(team_manager(), "charnwood-bc") == GIVEN_BY_MANAGERS - AT_A_CENTRE
    assert codes(team_manager(), "police") == set()
    assert codes(ngozi(), "charnwood-bc") == set()
    assert {role.code for role in roles_given_by(centre_manager(), centre().organisation)} == AT_A_CENTRE


def test_nobody_changes_their_own_access_nor_what_is_above_them() -> None:
    above = member("Ada Stone", organisation("charnwood-bc"), "officer", "plan_owner")
    mina = team_manager()
    assert may_change(mina, ngozi().membership)
    assert may_change(administrator(), above.membership)
    level = member("Lev Hart", organisation("charnwood-bc"), "officer", "team_manager", "plan_contributor")
    assert may_change(mina, level.membership)
    for user, changed in ((mina, above), (mina, mina), (mina, gwen()), (administrator(), administrator())):
        assert not may_change(user, changed.membership)


def test_an_administrator_changes_even_roles_that_do_not_fit_any_more() -> None:
    """Such as those of before an organisation became a centre."""
    odd = ngozi().membership
    odd.role_codes = ["officer", "centre_volunteer"]
    assert may_change(administrator(), odd)


def test_changing_is_refused_in_words_that_say_why() -> None:
    above = member("Ada Stone", organisation("charnwood-bc"), "plan_owner")
    refuse_change(None, above.membership)
    refuse_change(administrator(), above.membership)
    with pytest.raises(
        NotYoursToChange, match="^Nobody changes their own access. Ask another administrator.$"
    ):
        refuse_change(administrator(), administrator().membership)
    with pytest.raises(
        NotYoursToChange, match="^Only an administrator of the partnership can change this person’s access.$"
    ):
        refuse_change(team_manager(), above.membership)


def test_roles_are_given_where_they_fit_by_who_may() -> None:
    charnwood = organisation("charnwood-bc")
    refuse_grant(None, charnwood, ["officer"])
    refuse_grant(team_manager(), charnwood, ["officer", "team_manager"])
    refuse_grant(administrator(), charnwood, ["officer", "administrator"])
    with pytest.raises(
        NotYoursToChange, match="^Only an administrator of the partnership can give these roles here.$"
    ):
        refuse_grant(team_manager(), charnwood, ["officer", "plan_owner"])
    with pytest.raises(NotYoursToChange):
        refuse_grant(gwen(), charnwood, ["officer"])


@pytest.mark.parametrize("role_codes", [[], ["centre_volunteer"], ["officer", "centre_manager"]])
def test_at_an_authority_nobody_is_of_a_centre_or_nothing(role_codes: list[str]) -> None:
    with pytest.raises(RolesDoNotFit, match="^Only people at a reporting centre can be centre volunteers or"):
        refuse_grant(None, organisation("police"), role_codes)


def test_at_a_centre_nobody_is_anything_else() -> None:
    with pytest.raises(
        RolesDoNotFit, match="^People at a reporting centre are centre volunteers or centre man"
    ):
        refuse_grant(None, centre().organisation, ["officer"])
    refuse_grant(None, centre().organisation, ["centre_volunteer"])
    refuse_grant(None, centre().organisation, ["centre_volunteer", "centre_manager"])
    refuse_grant(centre_manager(), centre().organisation, ["centre_volunteer", "centre_manager"])


def test_what_an_administrator_or_a_review_took_a_manager_does_not_give_back() -> None:
    mina, somebody = team_manager(), ngozi()
    for taken_by, gives in ((mina, True), (administrator(), False), (None, False)):
        somebody.suspended_by = taken_by
        assert may_restore(mina, somebody) is gives
        assert may_restore(administrator(), somebody)


def test_holders_of_a_permission_are_at_work_and_active() -> None:
    ngozi(), gwen(), asha(), administrator()
    assert set(holders_of(Permission.SEE_QUEUE)) == {ngozi(), gwen()}
    assert set(holders_of(Permission.RECORD_REPORT)) == {asha()}
    gwen().suspend(by=None, now=NOW)
    ngozi().membership.end(by=None, now=NOW)
    assert set(holders_of(Permission.SEE_QUEUE)) == set()


def test_one_may_what_one_of_ones_roles_allows() -> None:
    both = member("Farah Whitlow", organisation("lcc"), "officer", "delivery_group")
    assert both.may(Permission.WORK_CASES)
    assert both.may(Permission.SEE_DASHBOARD)
    assert not both.may(Permission.SEE_AUDIT)
    assert not asha().may(Permission.SEE_QUEUE)
