"""Whole acts by Tab, Space, Enter and the arrows alone."""

import pytest

from tests.journeys.keyboard import FOCUSED, Keyboard
from tests.journeys.walking import RECORD, Visit, links

pytestmark = pytest.mark.timeout(180, func_only=True)
Step = tuple[str, ...]
PEOPLE = "/staff/people/?name="
KEPT = "/staff/partnership/"
# What each does by keys alone: where it begins, the keys, and what the portal says at the end.
ACTS: dict[str, list[tuple[str, list[Step], str]]] = {
    "administrator": [
        (
            "/staff/people/invite/",
            [
                ("write", "Full name", "Ottoline Brisbane"),
                ("write", "Work email address", "ottoline.brisbane@blaby.example"),
                ("write", "Where they work", "Blaby"),
                ("tick", "Officer", "Plan contributor"),
                ("send", "Send the invitation"),
            ],
            "The link is on its way",
        ),
        (
            PEOPLE + "marigold.tembo",
            [
                ("send", "Marigold Tembo"),
                ("send", "Change roles or team"),
                ("tick", "Plan owner"),
                ("send", "Save"),
            ],
            "From their next page on, Marigold Tembo may do what you chose",
        ),
        (
            PEOPLE + "tirzah.okello",
            [("send", "Tirzah Okello"), ("send", "Suspend access"), ("send", "Restore access")],
            "Tirzah Okello can sign in again",
        ),
        (
            PEOPLE + "niamh.bhattal",
            [
                ("send", "Niamh Bhattal"),
                ("send", "Leaving, or handing work over"),
                ("write", "Who takes the open cases over?", "Casimir"),
                ("pick", "They stay, and go on working here"),
                ("send", "Confirm"),
            ],
            "in other hands",
        ),
        (
            PEOPLE + "niamh.bhattal",
            [
                ("send", "Niamh Bhattal"),
                ("send", "Reset their second step"),
                ("pick", "The phone or key is lost", "The phone or key is broken"),
                ("pick", "I spoke with them face to face"),
                ("send", "Ask the other administrators"),
            ],
            "The other administrators have been asked",
        ),
        (
            "/staff/people/teams/",
            [
                ("write", "Where the team is", "Blaby"),
                ("write", "What the team is called", "Night team"),
                ("send", "Make the team"),
            ],
            "Night team",
        ),
        (
            KEPT + "organisations/add/",
            [
                ("write", "Name", "Fosse Housing"),
                ("write", "Short name", "Fosse"),
                ("pick", "County council", "Victim service"),
                ("send", "Add it"),
            ],
            "Fosse Housing is added",
        ),
        (
            KEPT + "standards/update/",
            [
                ("write", "How many working days", "12"),
                ("write", "What the public reads", "We write again within 12 working days."),
                ("write", "Why is it changed?", "The Board decided"),
                ("send", "See what it changes"),
                ("send", "Publish"),
            ],
            "Published: ",
        ),
        (
            KEPT + "bank-holidays/?year=2031",
            [
                ("day", "2", "6", "2031"),
                ("write", "Name", "A day off"),
                ("send", "Add the day"),
                ("send", "Remove"),
            ],
            "is a working day now",
        ),
        (
            KEPT + "wording/status/",
            [
                ("write", "Warning about the open page", "Close this page when you have read it."),
                ("send", "See it as the public will"),
                ("write", "Why is it changed?", "Shorter"),
                ("send", "Publish it"),
            ],
            "The public reads it within 15 seconds",
        ),
    ],
    "team-manager": [
        (
            "/staff/away/",
            [
                ("day", "1", "6", "2099"),
                ("day", "4", "6", "2099"),
                ("write", "Who stands in?", "Niamh"),
                ("send", "Note the days"),
            ],
            "Noted. Niamh Bhattal stands in",
        ),
        (
            "/staff/people/",
            [
                ("send", "Who still belongs"),
                ("send", "quarter from"),
                ("pick", "Yes"),
                ("send", "Save these answers"),
            ],
            "1 answer is kept",
        ),
    ],
    "rights-desk": [
        (
            "/staff/records/reviews/",
            [
                ("to", "To decide", "DIV"),  # past what people asked for
                ("send", "LLR-"),
                ("send", "hold on it"),
                ("pick", "A court case or a prosecution", "A public inquiry or a coroner"),
                ("send", "Put the hold on"),
                ("open", "Lift this hold"),
                ("send", "Lift the hold"),
            ],
            "is lifted",
        ),
        (
            "/staff/records/reviews/",
            [
                ("to", "To decide", "DIV"),
                ("send", "LLR-"),
                ("send", "Erase it"),
                ("pick", "The person asked us to erase it", "It was never a report, such as a test"),
                ("write", "Type the reference to erase it", "LLR-2222-2222"),
                ("send", "Erase it"),
            ],
            "There is a problem",
        ),
    ],
    "auditor": [
        (
            "/staff/audit/",
            [
                ("write", "From this day", "1/1/2020"),
                ("write", "Kind", "Permission"),
                ("send", "Show"),
                ("to", "Take these out as a file"),
            ],
            "",
        )
    ],
    "centre-manager": [
        (
            PEOPLE + "agnieszka",
            [("send", "Agnieszka"), ("send", "Print codes for them"), ("send", "Make ten codes")],
            "",
        )
    ],
}


@pytest.mark.parametrize("persona", ACTS)
def test_whole_acts_by_keys_alone(visit: Visit, persona: str) -> None:
    somebody = visit(1280)
    somebody.becomes(persona)
    keys = Keyboard(somebody.page)
    for begins, steps, said in ACTS[persona]:
        somebody.go(begins)
        for act, *words in steps:
            getattr(keys, act)(*words)
        assert said in somebody.page.locator("main").inner_text(), begins


def test_a_session_elsewhere_is_ended_by_keys_alone(visit: Visit) -> None:
    elsewhere, here = visit(), visit(1280)
    for somebody in (elsewhere, here):
        somebody.becomes("sog-chair")
    here.go("/staff/sessions/")
    Keyboard(here.page).send("End all but this one")
    assert "You are signed in only here now" in here.page.locator("main").inner_text()
    elsewhere.go("/staff/")
    assert elsewhere.heading() == "Sign in"


def test_a_report_is_told_without_a_mouse(visit: Visit) -> None:
    amina = visit()
    keys = Keyboard(amina.page)
    amina.go("/")
    for way in ("Start", "Continue"):
        keys.follow(way)
    for first, wanted in (("Yes, someone is in danger", "No, not now"), ("It happened to me", "")):
        keys.pick(first, wanted)
        keys.follow("Continue")
    keys.tick("Name-calling or insults")
    keys.write("in your own words", "They shouted.")
    keys.follow("Continue")
    keys.tick("Race", "Religion or belief")
    keys.follow("Continue")
    keys.pick("Yes, I know the date", "Not sure")
    keys.follow("Continue")
    keys.pick("Leicester", "Melton")
    keys.pick("At or near home", "Street")
    keys.follow("Continue")
    keys.follow("Continue")
    keys.pick("Yes", "No, stay anonymous")
    keys.follow("Continue")
    keys.tick("Just record it")
    keys.tick("No one with my name on it")
    keys.follow("Continue")
    keys.follow("Send my report")
    assert amina.reference_and_code()


def test_an_update_is_told_without_a_mouse(visit: Visit) -> None:
    niamh = visit(1280)
    niamh.arrives_as("district-officer")
    keys = Keyboard(niamh.page)
    keys.follow("My updates") if "/updates/" not in niamh.page.url else None
    keys.tick("No change")
    keys.to("Send updates")
    niamh.page.keyboard.press("Enter")
    niamh.page.get_by_role("heading", name="Recorded: 1 update").wait_for()


def test_what_is_said_of_a_saved_update_does_not_push_the_focus_out_of_sight(visit: Visit) -> None:
    niamh = visit(1280)
    niamh.becomes("district-officer")
    niamh.go("/staff/plans/updates/")
    keys = Keyboard(niamh.page)
    keys.write("What changed", "The talk at the school was held.")
    keys.to("History")
    foot = niamh.page.evaluate(
        "Math.ceil(document.activeElement.getBoundingClientRect().bottom + window.scrollY)"
    )
    niamh.page.set_viewport_size({"width": 1280, "height": foot})
    niamh.page.evaluate("window.scrollTo(0, 0)")
    niamh.page.get_by_text("It is kept for you and not sent yet").first.wait_for()
    seen = niamh.page.evaluate(FOCUSED)["shown"]
    niamh.page.set_viewport_size({"width": 1280, "height": 900})
    niamh.press(niamh.page.get_by_role("button", name="Throw it away").first)
    assert seen


def test_a_record_is_kept_longer_without_a_mouse(visit: Visit) -> None:
    delphine = visit(1280)
    delphine.becomes("rights-desk")
    delphine.go("/staff/records/reviews/")
    delphine.go(f"/staff/records/{links(delphine, RECORD)[0]}/")
    keys = Keyboard(delphine.page)
    keys.follow("Keep it longer")
    keys.write("Keep it for how many more years", "3")
    keys.pick("Work with the person or the family goes on")
    keys.to("Keep it")
    delphine.page.keyboard.press("Enter")
    delphine.page.get_by_text("It comes up again then").wait_for()


def test_a_hold_is_lifted_without_a_mouse_and_without_scripts(visit: Visit) -> None:
    delphine = visit(360, scripts=False)
    delphine.becomes("rights-desk")
    delphine.go("/staff/records/holds/")
    held = links(delphine, RECORD)[0]
    delphine.go(f"/staff/records/{held}/")
    keys = Keyboard(delphine.page)
    assert not delphine.page.get_by_role("button", name="Lift the hold").is_visible()
    keys.to("Lift this hold")
    delphine.page.keyboard.press("Enter")
    keys.to("Lift the hold")
    delphine.page.keyboard.press("Enter")
    delphine.page.get_by_role("button", name="Put a legal hold on it").wait_for()
    assert "Legal hold:" not in delphine.page.locator("main").inner_text()
