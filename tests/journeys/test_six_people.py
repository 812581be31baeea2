"""From a report to the survey: the person it happened to, a reporting centre, a council, the police, the victim service
and a Joint Action Group, each seeing what they should at each step, and no more."""

import re
from collections.abc import Callable

import pytest

from tests.at_a_centre import HIGH_RISK
from tests.journeys.people import Visitor
from tests.journeys.recording import SHEETS, Typist
from tests.journeys.recording import WORDS as HER_WORDS
from tests.journeys.test_the_way_back import comes_back, link, main_of
from tests.journeys.walking import Visit

Manage = Callable[..., None]
TOLD = "I have read what you told us. I will ring after five, as you asked."
ASKED = "Please ring her after five and talk about safety on the way to school."
SUPPORTED = "Two talks, and a panic alarm for her phone."
WHY = "She is frightened, and it was at the stop that she needs each day."
# Nobody waits four weeks, and the hourly tasks come when they are called.
FOUR_WEEKS_AGO = """
from datetime import timedelta
from django.utils import timezone
from casework.models import Case
from casework.surveys import invite
from scope.context import worker_scope
with worker_scope():
    Case.objects.filter(reference="{reference}").update(first_contact_at=timezone.now() - timedelta(days=29))
invite(now=timezone.now())
"""
AN_HOUR_LATER = "from reviews.tasks import keep_lists; keep_lists()"


def status_of(visitor: Visitor, path: str) -> int:
    answer = visitor.page.goto(path)
    assert answer
    return answer.status


def chooses(visitor: Visitor, **codes: str) -> None:
    """Radios and boxes, by the names of their fields."""
    for name, code in codes.items():
        visitor.page.locator(f'input[name={name}][value="{code}"]').check()


@pytest.mark.timeout(400)
def test_six_people_from_the_report_to_the_survey(visit: Visit, manage: Manage) -> None:
    amina, agnieszka, niamh = visit(360), visit(1280), visit(1280)
    callum, lottie, odalys = visit(1280), visit(1280), visit(1280)
    for visitor, persona in (
        (agnieszka, "volunteer"),
        (niamh, "district-officer"),
        (callum, "police-officer"),
        (lottie, "support-worker"),
        (odalys, "jag-chair"),
    ):
        visitor.arrives_as(persona)

    before = on_the_list(odalys)
    reference, code = is_recorded(agnieszka)
    case, waiting = f"/staff/cases/{reference}/", f"/staff/queue/{reference}/"
    # She chose the council and the victim service: to the police and the group it is not there.
    assert status_of(niamh, waiting) == 200
    assert HER_WORDS in main_of(niamh)
    assert [status_of(each, waiting) for each in (callum, odalys, agnieszka)] == [404] * 3

    is_triaged(niamh, reference)
    # A high risk is on the group's list within the hour: without her name, her words or her reference.
    manage("shell", "-c", AN_HOUR_LATER)
    (number,) = on_the_list(odalys) - before
    decides_without_knowing_who(odalys, number, reference)
    niamh.go(f"{case}case-review/")
    assert number in main_of(niamh)

    asks_for_support(niamh, case)
    supports(lottie, reference)
    assert status_of(lottie, f"{case}close/") == 404

    # Now she lets the police see it, and from then on they do.
    assert status_of(callum, case) == 404
    agreed_to_more(amina, reference, code)
    assert status_of(callum, case) == 200
    assert HER_WORDS in main_of(callum)
    answers_for_the_police(callum, case)

    ends(niamh, lottie, case)
    agnieszka.go("/staff/centre/")
    assert "finished" in agnieszka.page.locator("tr, li", has_text=reference).first.inner_text()

    manage("shell", "-c", FOUR_WEEKS_AGO.format(reference=reference))
    comes_back(amina, reference, code)
    shown = main_of(amina)
    assert TOLD in shown
    assert "Victim First" in shown
    answers_the_survey(amina)

    # She takes it back from the police: their next request finds nothing.
    link(amina, "Change who may see it")
    amina.press(
        amina.page.locator("form", has_text="police").get_by_role("button", name="Stop sharing").first
    )
    assert [status_of(callum, f"{case}{page}") for page in ("", "police/", "contact/")] == [404] * 3
    assert status_of(niamh, case) == 200


def is_recorded(agnieszka: Visitor) -> tuple[str, str]:
    """At a centre in Charnwood, with a high risk."""
    agnieszka.go("/staff/record/")
    typist = Typist(agnieszka.page)
    typist.records(1, 2, 3)
    typist.says({**SHEETS[4], "Q14": "charnwood"})
    typist.presses_on("Continue")
    typist.says({**SHEETS[5], **HIGH_RISK})
    typist.presses_on("Continue")
    typist.records(6, 7)
    typist.presses_on("Send the report")
    return agnieszka.reference_and_code()


def is_triaged(niamh: Visitor, reference: str) -> None:
    niamh.go(f"/staff/queue/{reference}/")
    assert niamh.page.locator("input[name=urgency][value=high]").is_checked()
    niamh.write("Why", WHY)
    niamh.onwards("Open and triage")
    niamh.go(f"/staff/cases/{reference}/tell/")
    chooses(niamh, status="being_looked_at")
    niamh.write("Your message", TOLD)
    niamh.onwards("Send to their page")


def on_the_list(odalys: Visitor) -> set[str]:
    """The numbers of all that the chair's group has still to decide about."""
    odalys.go("/staff/jag/")
    return set(re.findall(r"JAG-[A-Z]+-\d{4}-\d{3}", main_of(odalys)))


def decides_without_knowing_who(odalys: Visitor, number: str, reference: str) -> None:
    """The chair learns nothing of anybody, and decides."""
    odalys.go(f"/staff/jag/{number}/")
    for secret in (reference, "Amina", HER_WORDS, "07700"):
        assert secret not in odalys.page.content()
    odalys.go(f"/staff/jag/{number}/decide/")
    chooses(odalys, codes="support_plan")
    odalys.page.locator("textarea[name=why]").fill("The victim service and the council agree one plan.")
    odalys.onwards("Decide")


def asks_for_support(niamh: Visitor, case: str) -> None:
    niamh.go(f"{case}refer/")
    chooses(niamh, kind="support", lawful_basis="public_task")
    niamh.page.locator("select[name=organisation]").select_option(label="Victim First")
    niamh.write("What should they do?", ASKED)
    niamh.onwards("Ask them")
    assert "Victim First" in main_of(niamh)


def supports(lottie: Visitor, reference: str) -> None:
    """Takes it on, and says in the end what came of it."""
    for answer, note in (("accepted", "I ring her today."), ("done", SUPPORTED)):
        lottie.go("/staff/referrals/")
        lottie.press(lottie.page.locator("tr", has_text=reference).get_by_role("link").first)
        assert ASKED in main_of(lottie)
        chooses(lottie, answer=answer)
        lottie.write("In a few words", note)
        lottie.onwards("Send the answer")


def agreed_to_more(amina: Visitor, reference: str, code: str) -> None:
    """On her own page: the police may see it, and she may be asked later how we did."""
    comes_back(amina, reference, code)
    link(amina, "Change who may see it")
    police = amina.page.locator("form", has_text="police")
    amina.press(police.get_by_role("button", name="Share it").first)
    assert "They may see your report from now on." in main_of(amina)
    amina.go("/back/d8/b3/")
    chooses(amina, Q32="yes")
    amina.press(amina.page.locator("main form button.govuk-button").first)


def answers_for_the_police(callum: Visitor, case: str) -> None:
    callum.go(f"{case}police/answer/")
    callum.page.locator("select[name=number_kind]").select_option("crime")
    callum.page.locator("input[name=number]").fill("26*114207")
    callum.page.locator("select[name=recorded_as]").select_option("crime")
    callum.page.locator("select[name=outcome]").select_option("8")
    for part, text in (("day", "2"), ("month", "3"), ("year", "2026")):
        callum.page.locator(f"[name=outcome_on-{part}]").fill(text)
    callum.onwards("Save")


def ends(niamh: Visitor, lottie: Visitor, case: str) -> None:
    """Closing is refused until somebody wrote down how support ended, and nothing typed is lost."""
    niamh.go(f"{case}close/")
    chooses(niamh, outcome="support_given")
    niamh.page.locator("textarea[name=text]").fill("You were given support.")
    niamh.onwards("Close and tell the reporter")
    assert "how support ended" in main_of(niamh)
    assert niamh.page.locator("textarea[name=text]").input_value() == "You were given support."
    lottie.go(f"{case}support/")
    chooses(lottie, support="finished")
    lottie.onwards("Save")
    # Somebody did something meanwhile: she is told what, and presses once more.
    niamh.onwards("Close and tell the reporter")
    assert "This happened while you were writing" in main_of(niamh)
    assert niamh.page.locator("textarea[name=text]").input_value() == "You were given support."
    niamh.onwards("Close and tell the reporter")
    assert "The case is closed" in main_of(niamh)


def answers_the_survey(amina: Visitor) -> None:
    link(amina, "Tell us in ten short questions")
    chooses(amina, S1="5", S8="yes")
    amina.onwards("Send")
