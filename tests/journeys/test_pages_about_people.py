"""Every page about people, their access and one's own can be used by everybody."""

import pytest

from tests.journeys.pages import Eyes
from tests.journeys.walking import PERSON, RESET, REVIEW, Visit, links, mistakes

pytestmark = pytest.mark.timeout(180, func_only=True)


def test_the_administrators_pages(visit: Visit) -> None:
    idris = visit(1280)
    idris.becomes("administrator")
    eyes = Eyes(idris.page)
    eyes.look_at("/staff/", "/staff/people/", "/staff/people/invite/")
    mistakes(idris, eyes, "invite", "Send the invitation")
    eyes.look_at(
        "/staff/people/?access=suspended", "/staff/people/?access=gone", "/staff/people/?name=nobody"
    )
    eyes.look_at("/staff/people/reviews/")
    idris.go("/staff/people/teams/")
    mistakes(idris, eyes, "teams", "Make the team")
    eyes.verdict()


def test_the_pages_of_one_person(visit: Visit) -> None:
    idris = visit(1280)
    idris.becomes("administrator")
    eyes = Eyes(idris.page)
    idris.go("/staff/people/?name=dev.raithatha")
    eyes.look_at(f"/staff/people/{links(idris, PERSON)[0]}/")
    idris.go("/staff/people/?name=niamh.bhattal")
    niamh = links(idris, PERSON)[0]
    eyes.look_at(f"/staff/people/{niamh}/")
    for name, button in (("roles", "Save"), ("move", "Move"), ("reset", "Ask the other administrators")):
        idris.go(f"/staff/people/{niamh}/{name}/")
        for box in idris.page.locator("main form input[type=checkbox]").all():
            box.uncheck()
        mistakes(idris, eyes, f"person-{name}", button)
    idris.go("/staff/people/?name=hansa.throckley")
    volunteer = links(idris, PERSON)[0]
    eyes.look_at(f"/staff/people/{volunteer}/", f"/staff/people/{volunteer}/printed-codes/")
    idris.onwards("Make ten codes")
    eyes.look("printed-codes")
    idris.go(f"/staff/people/{niamh}/leaving/")
    mistakes(idris, eyes, "leaving", "Confirm")
    idris.go("/staff/people/")
    eyes.look_at(f"/staff/people/resets/{links(idris, RESET)[0]}/")
    idris.go("/staff/people/reviews/")
    eyes.look_at(f"/staff/people/reviews/{links(idris, REVIEW)[0]}/")
    eyes.verdict()


def test_a_team_managers_pages(visit: Visit) -> None:
    leofric = visit(1280)
    leofric.becomes("team-manager")
    eyes = Eyes(leofric.page)
    eyes.look_at(
        "/staff/", "/staff/people/", "/staff/people/invite/", "/staff/people/reviews/", "/staff/away/"
    )
    mistakes(leofric, eyes, "away", "Note the days")
    leofric.go("/staff/people/reviews/")
    leofric.go(f"/staff/people/reviews/{links(leofric, REVIEW)[0]}/")
    leofric.onwards("Save these answers")
    eyes.look("review-nothing-chosen")
    leofric.go("/staff/people/?name=niamh.bhattal")
    niamh = links(leofric, PERSON)[0]
    eyes.look_at(f"/staff/people/{niamh}/", f"/staff/people/{niamh}/away/", f"/staff/people/{niamh}/leaving/")
    eyes.look_at("/staff/cases/?list=left_behind")
    eyes.verdict()


def test_a_centre_managers_pages(visit: Visit) -> None:
    ysella = visit(360)
    ysella.becomes("centre-manager")
    eyes = Eyes(ysella.page)
    eyes.look_at("/staff/", "/staff/people/", "/staff/people/teams/")
    ysella.go("/staff/people/?name=agnieszka")
    agnieszka = links(ysella, PERSON)[0]
    eyes.look_at(f"/staff/people/{agnieszka}/", f"/staff/people/{agnieszka}/leaving/")
    eyes.verdict()


def test_a_centres_own_pages(visit: Visit) -> None:
    ysella = visit(360)
    ysella.becomes("centre-manager")
    eyes = Eyes(ysella.page)
    eyes.look_at("/staff/our-centre/", "/staff/our-centre/print/", "/staff/our-centre/figures/?year=2025")
    ysella.go("/staff/our-centre/champions/")
    mistakes(ysella, eyes, "champions", "Name a champion")
    ysella.page.locator("select[name=person]").select_option(label="Ysella Marchbank")
    ysella.onwards("Name a champion")
    eyes.look("champion-named")
    eyes.verdict()


def test_the_pages_about_ones_own_sign_in(visit: Visit) -> None:
    idris = visit()
    idris.becomes("administrator")
    eyes = Eyes(idris.page)
    eyes.look_at("/staff/sessions/", "/accounts/2fa/", "/accounts/reauthenticate/")
    mistakes(idris, eyes, "reauthenticate")
    eyes.look_at("/accounts/password/change/")
    mistakes(idris, eyes, "password-change", "Save the new password")
    eyes.verdict()


def test_the_pages_before_signing_in(visit: Visit) -> None:
    tobias = visit()
    eyes = Eyes(tobias.page)
    eyes.look_at("/accounts/password/reset/done/", "/accounts/inactive/", "/invitation/nonsense/")
    eyes.look_at("/accounts/password/reset/key/1-nonsense/", "/accounts/password/reset/key/done/")
    eyes.look_at("/accounts/organisation/", "/accounts/login/")
    tobias.write("Email address", "nobody@leicestershire.example")
    tobias.page.locator("input[name=password]").fill("a wrong password")
    tobias.onwards()
    eyes.look("login-wrong")
    eyes.look_at("/accounts/password/reset/")
    tobias.onwards("Send")
    eyes.look("password-reset-wrong")
    eyes.verdict()
