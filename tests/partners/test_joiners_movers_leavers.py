"""People join, change roles, move and leave; each change is there with their next page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEvent
from partners.models import (
    HasLeft,
    LastAdministrator,
    Membership,
    NotYoursToChange,
    RolesDoNotFit,
    Team,
    TeamExists,
    TeamNotHere,
    User,
)
from partners.roles import ROLES, Permission
from tests import people
from tests.casework.world import told, triaged
from tests.partners.test_invitation import invite_bryn

pytestmark = pytest.mark.django_db
NOW = people.NOW


def orla() -> User:
    """A second administrator."""
    return people.member("Orla Finch", people.organisation("opcc"), "administrator")


def tess() -> User:
    """The team manager of Charnwood."""
    return people.member("Tess Vane", people.organisation("charnwood-bc"), "team_manager")


def mina() -> User:
    """The manager of the Quillfeather Rooms."""
    return people.member("Mina Roe", people.centre().organisation, "centre_manager")


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def page_of(who: User, name: str, *args: object) -> str:
    return people.client_for(who).get(reverse(name, args=args)).content.decode()


# Changing roles ----------------------------------------------------------------------------------------------------


def test_a_role_withdrawn_is_gone_on_the_next_request_of_an_open_session() -> None:
    ngozi, maud = people.ngozi(), people.administrator()
    browser = people.client_for(ngozi)
    assert browser.get(reverse("casework:queue")).status_code == 200
    ngozi.membership.change_roles(["plan_contributor"], by=maud, now=NOW)
    assert browser.get(reverse("casework:queue")).status_code == 404
    assert browser.get(reverse("actionplans:plans")).status_code == 200


def test_a_suspended_persons_next_request_is_refused() -> None:
    ngozi, maud = people.ngozi(), people.administrator()
    browser = people.client_for(ngozi)
    assert browser.get(reverse("home:today")).status_code == 200
    ngozi.suspend(by=maud, now=NOW)
    assert browser.get(reverse("home:today")).headers["Location"].startswith(reverse("account_login"))
    ngozi.restore(by=maud, now=NOW)
    assert browser.get(reverse("home:today")).status_code == 200


def test_the_trail_says_which_roles_there_were_and_are() -> None:
    ngozi, maud = people.ngozi(), people.administrator()
    ngozi.membership.change_roles(["team_manager", "officer"], by=maud, now=NOW)
    event = AuditEvent.objects.get(act="membership.roles_changed")
    assert (event.actor_id, event.facts["before"], event.facts["after"]) == (
        maud.pk,
        ["officer"],
        ["officer", "team_manager"],
    )


def test_maud_changes_roles_and_team_on_the_page_of_the_person() -> None:
    ngozi, maud = people.ngozi(), people.administrator()
    north = Team.make(ngozi.organisation, "North", by=maud, now=NOW)
    browser = people.client_for(maud)
    path = reverse("partners:change_roles", args=[ngozi.pk])
    assert "Does what an officer does, names deputies" in browser.get(path).content.decode()
    answer = browser.post(path, {"roles": ["officer", "team_manager"], "team": str(north.pk)})
    assert answer.headers["Location"] == reverse("partners:person", args=[ngozi.pk])
    member = fresh(ngozi).membership
    assert (sorted(member.role_codes), member.team) == (["officer", "team_manager"], north)
    assert "North" in page_of(maud, "partners:person", ngozi.pk)


@pytest.mark.parametrize("roles", [[], ["centre_volunteer"], ["nonsense"]])
def test_roles_that_do_not_fit_are_refused_in_words(roles: list[str]) -> None:
    ngozi, maud = people.ngozi(), people.administrator()
    answer = people.client_for(maud).post(
        reverse("partners:change_roles", args=[ngozi.pk]), {"roles": roles, "team": ""}
    )
    assert b"govuk-error-summary" in answer.content
    assert fresh(ngozi).membership.role_codes == ["officer"]


def test_a_team_of_another_organisation_is_refused() -> None:
    ngozi, maud = people.ngozi(), people.administrator()
    elsewhere = Team.make(people.organisation("lcc"), "South", by=maud, now=NOW)
    with pytest.raises(TeamNotHere):
        ngozi.membership.change_roles(["officer"], team=elsewhere, by=maud, now=NOW)


def test_nobody_changes_their_own_roles() -> None:
    maud = people.administrator()
    orla()
    for act in (
        lambda: maud.membership.change_roles(["administrator", "officer"], by=maud, now=NOW),
        lambda: maud.membership.end(by=maud, now=NOW),
        lambda: maud.suspend(by=maud, now=NOW),
    ):
        with pytest.raises(NotYoursToChange, match="Nobody changes their own access"):
            act()
    browser = people.client_for(maud)
    assert browser.get(reverse("partners:change_roles", args=[maud.pk])).status_code == 404
    assert "Nobody changes their own access" in page_of(maud, "partners:person", maud.pk)


# One administrator stays -------------------------------------------------------------------------------------------


def test_the_last_administrator_is_not_suspended_moved_stripped_or_ended() -> None:
    maud = people.administrator()
    for act in (
        lambda: maud.suspend(by=None, now=NOW),
        lambda: maud.membership.end(by=None, now=NOW),
        lambda: maud.membership.change_roles(["officer"], by=None, now=NOW),
        lambda: maud.membership.move_to(people.organisation("opcc"), ["officer"], by=None, now=NOW),
    ):
        with pytest.raises(LastAdministrator, match="Maud Tarn is the only administrator"):
            act()
    assert fresh(maud).is_active
    assert fresh(maud).may(Permission.INVITE_PEOPLE)


def test_a_suspended_administrator_does_not_count_as_one_who_is_left() -> None:
    maud, second = people.administrator(), orla()
    second.suspend(by=maud, now=NOW)
    with pytest.raises(LastAdministrator):
        maud.suspend(by=None, now=NOW)


def test_the_last_administrator_may_move_and_stay_administrator() -> None:
    maud = people.administrator()
    maud.membership.move_to(people.organisation("opcc"), ["administrator"], by=None, now=NOW)
    assert fresh(maud).organisation.code == "opcc"


def test_of_two_administrators_one_may_end_the_others_access() -> None:
    maud, second = people.administrator(), orla()
    answer = people.client_for(maud).post(reverse("partners:suspend", args=[second.pk]), follow=True)
    assert b"cannot sign in any more" in answer.content
    assert not fresh(second).is_active


# Moving and leaving ------------------------------------------------------------------------------------------------


def test_a_moved_persons_open_session_sees_the_new_place_and_nothing_of_the_old() -> None:
    ngozi, maud = people.ngozi(), people.administrator()
    case = triaged(told(), by=ngozi)
    browser = people.client_for(ngozi)
    at_the_case = reverse("casework:case", args=[case.reference])
    assert browser.get(at_the_case).status_code == 200
    ngozi.membership.move_to(people.organisation("leicester-city"), ["officer"], by=maud, now=NOW)
    assert browser.get(at_the_case).status_code == 404
    elsewhere = triaged(told(Q14="leicester", Q24=["no_one"]), by=people.gwen())
    assert browser.get(reverse("casework:case", args=[elsewhere.reference])).status_code == 200


def test_maud_moves_ngozi_on_a_page_and_the_history_keeps_both_places() -> None:
    ngozi, maud = people.ngozi(), people.administrator()
    browser = people.client_for(maud)
    path = reverse("partners:move", args=[ngozi.pk])
    assert "Hand them over to a colleague first" in browser.get(path).content.decode()
    browser.post(path, {"organisation": "leicester-city", "roles": ["officer"]})
    assert fresh(ngozi).organisation.code == "leicester-city"
    page = page_of(maud, "partners:person", ngozi.pk)
    assert "Charnwood Borough Council" in page
    assert "Leicester City Council" in page
    assert AuditEvent.objects.get(act="membership.moved").facts["before"] == "charnwood-bc"


def test_a_move_that_does_not_fit_loses_nothing() -> None:
    ngozi, maud = people.ngozi(), people.administrator()
    centre = people.centre().organisation
    answer = people.client_for(maud).post(
        reverse("partners:move", args=[ngozi.pk]), {"organisation": centre.code, "roles": ["officer"]}
    )
    assert b"centre managers and nothing else" in answer.content
    with pytest.raises(RolesDoNotFit):
        ngozi.membership.move_to(centre, ["officer"], by=maud, now=NOW)
    assert fresh(ngozi).organisation.code == "charnwood-bc"


def test_whoever_left_opens_nothing_and_is_found_among_those_who_left() -> None:
    ngozi, maud = people.ngozi(), people.administrator()
    browser = people.client_for(ngozi)
    ngozi.membership.end(by=maud, now=NOW)
    assert browser.get(reverse("casework:queue")).status_code == 404
    list_of_people = people.client_for(maud)
    path = reverse("partners:people")
    assert b"Ngozi Bell" not in list_of_people.get(path).content
    assert b"Ngozi Bell" in list_of_people.get(path + "?access=gone").content
    assert "Works nowhere now" in page_of(maud, "partners:person", ngozi.pk)


def test_whoever_came_back_is_not_among_those_who_left() -> None:
    ngozi, maud = people.ngozi(), people.administrator()
    ngozi.membership.move_to(people.organisation("lcc"), ["officer"], by=maud, now=timezone.now())
    assert ngozi.pk not in Membership.objects.gone().values_list("user", flat=True)


def test_an_act_on_work_that_has_ended_is_refused() -> None:
    ngozi, maud = people.ngozi(), people.administrator()
    from_an_old_page = ngozi.membership
    Membership.objects.get(pk=from_an_old_page.pk).end(by=maud, now=NOW)
    with pytest.raises(HasLeft):
        from_an_old_page.change_roles(["officer"], by=maud, now=NOW)
    with pytest.raises(HasLeft):
        from_an_old_page.end(by=maud, now=NOW + timedelta(days=1))


# Managers ----------------------------------------------------------------------------------------------------------


def test_a_team_manager_sees_their_own_people_and_no_others() -> None:
    ngozi, gwen = people.ngozi(), people.gwen()
    browser = people.client_for(tess())
    page = browser.get(reverse("partners:people")).content.decode()
    assert "Ngozi Bell" in page
    assert "Gwen Morrow" not in page
    assert browser.get(reverse("partners:person", args=[ngozi.pk])).status_code == 200
    for name in ("partners:person", "partners:change_roles"):
        assert browser.get(reverse(name, args=[gwen.pk])).status_code == 404
    assert browser.post(reverse("partners:suspend", args=[gwen.pk])).status_code == 404
    assert browser.get(reverse("partners:move", args=[ngozi.pk])).status_code == 404


def test_a_team_manager_invites_into_their_own_organisation_whatever_the_page_says() -> None:
    browser = people.client_for(tess())
    page = browser.get(reverse("partners:invite")).content.decode()
    assert "Where they work" not in page
    assert "Administrator" not in page
    asked = {"name": "Bryn Ashdown", "email": "bryn@charnwood-bc.example", "roles": ["officer"]}
    browser.post(reverse("partners:invite"), asked | {"organisation": "lcc"})
    assert b"Bryn Ashdown" in browser.get(reverse("partners:people")).content


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"officer", "team_manager", "plan_contributor"}))
def test_a_team_manager_gives_no_role_above_their_own(role: str) -> None:
    ngozi, manager = people.ngozi(), tess()
    browser = people.client_for(manager)
    asked = {"name": "Bryn Ashdown", "email": "bryn@charnwood-bc.example", "roles": [role]}
    assert b"govuk-error-summary" in browser.post(reverse("partners:invite"), asked).content
    with pytest.raises((NotYoursToChange, RolesDoNotFit)):
        ngozi.membership.change_roles([role], by=manager, now=NOW)
    assert fresh(ngozi).membership.role_codes == ["officer"]


def test_a_team_manager_does_not_touch_somebody_above_them() -> None:
    manager = tess()
    auditor = people.member("Ada Quill", people.organisation("charnwood-bc"), "officer", "auditor")
    browser = people.client_for(manager)
    assert browser.get(reverse("partners:person", args=[auditor.pk])).status_code == 200
    assert browser.post(reverse("partners:suspend", args=[auditor.pk])).status_code == 404
    with pytest.raises(NotYoursToChange, match="Only an administrator"):
        auditor.suspend(by=manager, now=NOW)
    with pytest.raises(NotYoursToChange):
        auditor.membership.change_roles(["officer"], by=manager, now=NOW)


def test_a_centre_manager_invites_volunteers_and_suspends_one() -> None:
    asha, browser = people.asha(), people.client_for(mina())
    page = browser.get(reverse("partners:invite")).content.decode()
    assert "Centre volunteer" in page
    assert "Team manager" not in page
    browser.post(reverse("partners:suspend", args=[asha.pk]))
    assert not fresh(asha).is_active
    assert "Reporting centres to check" not in browser.get(reverse("partners:people")).content.decode()


def test_a_manager_takes_back_only_their_own_houses_invitations() -> None:
    browser, maud = people.client_for(tess()), people.administrator()
    own = invite_bryn(by=maud)
    foreign = invite_bryn(by=maud, organisation=people.organisation("lcc"))
    above = invite_bryn(by=maud, role_codes=["auditor"], email="ada@charnwood-bc.example")
    answers = [
        browser.post(reverse("partners:take_back", args=[one.pk])).status_code
        for one in (own, foreign, above)
    ]
    assert answers == [302, 404, 404]


# Teams and the list ------------------------------------------------------------------------------------------------


def test_a_team_is_made_once_a_name() -> None:
    browser = people.client_for(tess())
    browser.post(reverse("partners:teams"), {"name": "North"})
    again = browser.post(reverse("partners:teams"), {"name": "NORTH"})
    assert b"has a team called NORTH already" in again.content
    assert [(team.name, team.organisation.code) for team in Team.objects.all()] == [("North", "charnwood-bc")]
    with pytest.raises(TeamExists):
        Team.make(people.organisation("charnwood-bc"), "north", by=None, now=NOW)
    with pytest.raises(NotYoursToChange):
        Team.make(people.organisation("lcc"), "North", by=tess(), now=NOW)


def test_the_list_is_filtered_by_name_and_organisation() -> None:
    people.gwen(), people.ngozi()
    browser, path = people.client_for(people.administrator()), reverse("partners:people")
    found = browser.get(path + "?name=gwen").content.decode()
    assert "Gwen Morrow" in found
    assert "Ngozi Bell" not in found
    assert b"Gwen Morrow" not in browser.get(path + "?organisation=charnwood-bc").content
    assert b"Nobody fits these filters" in browser.get(path + "?name=xyzzy").content


@pytest.mark.parametrize("who", [people.asha, people.gwen, people.sog_member])
def test_pages_of_people_are_missing_for_everybody_else(who) -> None:
    browser, ngozi = people.client_for(who()), people.ngozi()
    for name in ("person", "change_roles", "move", "ask_reset"):
        assert browser.get(reverse(f"partners:{name}", args=[ngozi.pk])).status_code == 404
    assert browser.get(reverse("partners:teams")).status_code == 404


def test_a_manager_gives_back_what_a_manager_took_and_not_what_an_administrator_or_a_review_took() -> None:
    ngozi, maud = people.ngozi(), people.administrator()
    tess = people.member("Tess Vane", people.organisation("charnwood-bc"), "team_manager")
    page, restore = (reverse(f"partners:{name}", args=[ngozi.pk]) for name in ("person", "restore"))
    hers = people.client_for(tess)
    for by in (maud, None):
        ngozi.suspend(by=by, now=NOW)
        ngozi.suspend(by=tess, now=NOW)  # whoever comes second changes nothing
        hers.post(reverse("partners:suspend", args=[ngozi.pk]))
        assert restore not in hers.get(page).content.decode()
        assert b"Only an administrator" in hers.post(restore, follow=True).content
        assert not User.objects.get(pk=ngozi.pk).is_active
        ngozi.restore(by=maud, now=NOW)
    hers.post(reverse("partners:suspend", args=[ngozi.pk]))
    assert restore in hers.get(page).content.decode()
    hers.post(restore)
    assert User.objects.get(pk=ngozi.pk).is_active
