"""A door opens for one of its permissions; to everybody else the page is missing."""

from types import SimpleNamespace

import pytest
from django.http import Http404, HttpRequest, HttpResponse

from partners.doors import membership_or_404, person_or_404, requires
from partners.roles import Permission
from scope.router import OneDatabase
from tests.people import NOW, administrator, asha, farah, gwen, member, ngozi, organisation, sog_member

pytestmark = pytest.mark.django_db


@requires(Permission.SEE_QUEUE, Permission.SEE_DASHBOARD)
def page(request: HttpRequest, *args: int, **kwargs: int) -> HttpResponse:
    """A page for two kinds of people."""
    return HttpResponse(f"{args}{kwargs}")


def opens(user: object) -> bool:
    request = HttpRequest()
    request.user = user
    try:
        return page(request, 1, more=2).content == b"(1,){'more': 2}"
    except Http404:
        return False


def test_one_of_the_permissions_is_enough_and_any_other_is_not() -> None:
    assert [opens(person) for person in (ngozi(), sog_member(), farah())] == [True, True, True]
    assert [opens(person) for person in (asha(), member("Tess Lane", organisation("lcc"), "translator"))] == [
        False,
        False,
    ]


def test_nobody_who_is_not_signed_in_passes_whatever_they_may() -> None:
    assert not opens(SimpleNamespace(is_authenticated=False, may=lambda permission: True))
    assert opens(SimpleNamespace(is_authenticated=True, may=lambda permission: True))


def test_a_door_that_names_no_permission_opens_to_nobody() -> None:
    request = HttpRequest()
    request.user = administrator()
    with pytest.raises(Http404):
        requires()(lambda asked: HttpResponse())(request)


def test_a_door_says_what_it_needs() -> None:
    door = requires(Permission.SEE_AUDIT, Permission.SEE_PLANS)(lambda request: HttpResponse())
    assert door.needs == (Permission.SEE_AUDIT, Permission.SEE_PLANS)
    assert page.__name__ == "page"


def manager() -> object:
    return member("Mina Cole", organisation("charnwood-bc"), "team_manager")


def test_people_are_found_by_who_looks_after_them() -> None:
    assert person_or_404(administrator(), gwen().pk) == gwen()
    assert person_or_404(manager(), ngozi().pk) == ngozi()
    for user, person in ((manager(), gwen()), (ngozi(), gwen()), (gwen(), gwen())):
        with pytest.raises(Http404):
            person_or_404(user, person.pk)
    with pytest.raises(Http404):
        person_or_404(administrator(), 0)


def test_who_left_is_still_found_where_they_worked_last() -> None:
    ngozi().membership.move_to(organisation("leicester-city"), ["officer"], by=None, now=NOW)
    moved = ngozi_again()
    moved.membership.end(by=None, now=NOW)
    assert person_or_404(administrator(), moved.pk) == moved
    at_the_last = member("Lena Cole", organisation("leicester-city"), "team_manager")
    assert person_or_404(at_the_last, moved.pk) == moved
    with pytest.raises(Http404):
        person_or_404(manager(), moved.pk)


def ngozi_again() -> object:
    return type(ngozi()).objects.get(pk=ngozi().pk)


def test_who_never_worked_anywhere_is_an_administrators_to_look_after() -> None:
    nowhere = type(gwen()).objects.create(email="nowhere@lcc.example", name="No Where", date_joined=NOW)
    assert person_or_404(administrator(), nowhere.pk) == nowhere
    with pytest.raises(Http404):
        person_or_404(manager(), nowhere.pk)


def test_a_membership_is_found_only_by_who_may_change_it() -> None:
    assert membership_or_404(administrator(), ngozi().pk) == ngozi().membership
    assert membership_or_404(manager(), ngozi().pk) == ngozi().membership
    above = member("Ada Stone", organisation("charnwood-bc"), "plan_owner")
    for user, person in ((manager(), above), (manager(), manager()), (administrator(), administrator())):
        with pytest.raises(Http404):
            membership_or_404(user, person.pk)


def test_who_has_left_has_no_access_to_change() -> None:
    gwen().membership.end(by=None, now=NOW)
    with pytest.raises(Http404):
        membership_or_404(administrator(), gwen().pk)


def test_only_the_owner_migrates_and_both_roles_are_one_database() -> None:
    router = OneDatabase()
    assert router.allow_migrate("owner", "partners")
    assert not router.allow_migrate("default", "partners")
    assert router.allow_relation(gwen(), ngozi())
