"""Every page of the portal, its mistakes included, can be used by everybody: on a phone, by keyboard, by ear."""

import re
from collections.abc import Callable, Iterable

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, resolve

from llr_hate.urls import urlpatterns
from tests.journeys.keyboard import Keyboard
from tests.journeys.pages import SEEN, Eyes
from tests.journeys.people import WORDS, Visitor

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.timeout(180)
CASE = re.compile(r"/staff/cases/(LLR-[A-Z0-9]{4}-[A-Z0-9]{4})/$")
WAITING = re.compile(r"/staff/queue/(LLR-[A-Z0-9]{4}-[A-Z0-9]{4})/$")
ACT = re.compile(r"/staff/cases/LLR-[A-Z0-9]{4}-[A-Z0-9]{4}/([a-z]+)/$")
PERSON = re.compile(r"/staff/people/(\d+)/$")
RESET = re.compile(r"/staff/people/resets/(\d+)/$")
REVIEW = re.compile(r"/staff/people/reviews/(\d+)/$")
RECORD = re.compile(r"/staff/records/(LLR-[A-Z0-9]{4}-[A-Z0-9]{4})/$")
PLAN = re.compile(r"/staff/plans/([a-z]+(?:-[a-z])?)/$")


def links(visitor: Visitor, pattern: re.Pattern[str]) -> list[str]:
    """What the links of the open page lead to, where they match."""
    found = visitor.page.eval_on_selector_all("main a", "links => links.map(link => link.pathname)")
    return [match.group(1) for path in found if (match := pattern.search(path))]


def mistakes(visitor: Visitor, eyes: Eyes, name: str, button: str = "Continue") -> None:
    """Sends an empty page, and looks at what is said about it."""
    eyes.look(name)
    visitor.onwards(button)
    assert visitor.page.locator(".govuk-error-summary").count(), f"{name} sent empty makes no error"
    eyes.look(f"{name}-wrong")


def test_the_public_pages_round_the_questions(visit: Visit) -> None:
    amina = visit()
    eyes = Eyes(amina.page)
    eyes.look_at("/", "/safety/", "/p/b8/", "/p/k9/", "/p/w2/", "/back/", "/nothing-here/")
    amina.go("/back/")
    mistakes(amina, eyes, "back", "Show me")
    amina.write("Reference", "LLR-2222-3333")
    amina.write("Code", "ABCD-EFGH-JKLM")
    amina.onwards("Show me")
    eyes.look("back-not-found")
    eyes.verdict()


def test_the_questions_to_the_person_it_happened_to(visit: Visit) -> None:
    amina = visit()
    eyes = Eyes(amina.page)
    amina.go("/p/a3/")
    mistakes(amina, eyes, "q-danger")
    amina.choose("No, not now")
    amina.onwards()
    mistakes(amina, eyes, "q-who")
    amina.choose("It happened to me")
    amina.onwards()
    mistakes(amina, eyes, "q-what")
    amina.choose("Name-calling or insults")
    amina.page.locator("input[name=Q06][value=online]").check()
    eyes.look("q-what-online")
    amina.write("Tell us what happened, in your own words", WORDS)
    amina.onwards()
    mistakes(amina, eyes, "q-why")
    for value in ("religion", "other"):
        amina.page.locator(f"input[name=Q08][value={value}]").check()
    eyes.look("q-why-more")
    amina.onwards()
    mistakes(amina, eyes, "q-when")
    amina.choose("Yes, I know the date")
    mistakes(amina, eyes, "q-when-date")
    amina.choose("It has been going on for some time")
    eyes.look("q-when-going-on")
    amina.onwards()
    mistakes(amina, eyes, "q-where")
    amina.choose("Leicester")
    amina.page.get_by_label("What kind of place was it?").select_option("street")
    amina.onwards()
    eyes.look("q-safety")
    amina.page.locator("input[name=Q16][value=crisis], input[name=Q16][value=hard_to_cope]").or_(
        amina.page.locator("input[name=Q16]").first
    ).first.check()
    amina.page.locator("input[name=Q28]").first.check()
    amina.onwards()
    eyes.look("q-help")
    amina.go("/p/v3/")
    mistakes(amina, eyes, "q-name")
    amina.page.locator("input[name=Q25][value=yes]").check()
    amina.onwards()
    mistakes(amina, eyes, "q-contact")
    amina.go("/p/v3/")
    amina.choose("No, stay anonymous")
    amina.onwards()
    mistakes(amina, eyes, "q-wishes")
    amina.page.locator("input[name=Q23][value=record_only]").check()
    amina.page.locator("input[name=Q24][value=council]").check()
    amina.onwards()
    eyes.look("check")
    amina.onwards("Send my report")
    reference, code = amina.reference_and_code()
    eyes.look("sent")
    amina.go("/back/")
    amina.write("Reference", reference)
    amina.write("Code", code)
    amina.onwards("Show me")
    eyes.look("status-new")
    eyes.verdict()


@pytest.mark.parametrize("teller", ["I saw or heard it", "I am telling you for someone else"])
def test_the_questions_to_a_witness_and_to_somebody_who_tells_for_another(visit: Visit, teller: str) -> None:
    ewa = visit()
    eyes = Eyes(ewa.page)
    ewa.go("/p/f6/")
    ewa.choose(teller)
    ewa.onwards()
    if teller == "I saw or heard it":
        ewa.page.locator("input[name=W02][value=yes]").check()
        eyes.look("q-agreement-witness")
    else:
        mistakes(ewa, eyes, "q-agreement")
    ewa.page.locator("input[name=Q03][value=no]").check()
    ewa.onwards()
    eyes.look("q-what-" + teller.split()[1])
    eyes.verdict()


def test_somebody_comes_back_and_reads_what_was_written_to_them(visit: Visit) -> None:
    amina = visit()
    eyes = Eyes(amina.page)
    eyes.look_at("/demo/")
    reference, code = (amina.page.locator(f"#demo-{name}").inner_text() for name in ("reference", "code"))
    amina.go("/back/")
    amina.write("Reference", reference)
    amina.write("Code", code)
    amina.onwards("Show me")
    eyes.look("status")
    eyes.verdict()


def test_a_volunteers_pages(visit: Visit) -> None:
    asha = visit(1280)
    asha.becomes("volunteer")
    eyes = Eyes(asha.page)
    eyes.look_at("/staff/", "/staff/centre/", "/staff/record/", "/staff/record/b8/", "/staff/record/k9/")
    asha.go("/staff/record/a3/")
    mistakes(asha, eyes, "record-danger")
    asha.choose("No, not now")
    asha.onwards()
    mistakes(asha, eyes, "record-who")
    asha.choose("The person it happened to", "Face to face")
    asha.onwards()
    eyes.look_at("/staff/record/n5/", "/staff/record/k9/")
    for page in range(1, 10):
        if "/record/z4/" not in asha.page.url:
            eyes.look(f"record-{page}")
            answers_at_the_centre(asha)
            asha.onwards()
    eyes.look("record-check")
    asha.press(asha.page.locator("main form button[type=submit]").last)
    asha.reference_and_code()
    eyes.look("record-sent")
    eyes.verdict()


def answers_at_the_centre(asha: Visitor) -> None:
    """One page of the questions, in the shortest way that is let through: the last answer is “Not sure”, or none."""
    for name in ("Q06", "Q08", "Q11", "Q14", "Q23", "Q24", "Q25", "C02", "C06"):
        boxes = asha.page.locator(f"input[name={name}]")
        if boxes.count():
            boxes.last.check()
    if asha.page.locator("textarea[name=Q07]").count():
        asha.page.locator("textarea[name=Q07]").fill(WORDS)
    if asha.page.locator("select[name=Q13]").count():
        asha.page.locator("select[name=Q13]").select_option("street")


def test_an_officers_pages(visit: Visit) -> None:
    zainab = visit(1280)
    zainab.becomes("council-officer")
    eyes = Eyes(zainab.page)
    eyes.look_at("/staff/", "/staff/queue/")
    waiting = links(zainab, WAITING)
    eyes.look_at("/staff/queue/?strand=transgender&district=rutland", "/staff/cases/?list=overdue")
    eyes.look_at(f"/staff/queue/{waiting[0]}/contact/")
    zainab.go(f"/staff/queue/{waiting[0]}/")
    mistakes(zainab, eyes, "waiting-report", "Open and triage")
    seen: set[str] = set()
    for state in ("in_progress", "waiting", "closed", "open"):
        eyes.look_at(f"/staff/cases/?list=all&state={state}")
        for reference in links(zainab, CASE)[:1]:
            eyes.look_at(f"/staff/cases/{reference}/contact/", f"/staff/cases/{reference}/")
            for act in {"triage", *links(zainab, ACT)} - seen - {"contact"}:
                looks_at_an_act(zainab, eyes, reference, act)
                seen.add(act)
    assert seen >= {"triage", "assign", "tell", "note", "share", "hold", "resume", "close", "reopen"}, seen
    eyes.look_at("/staff/cases/LLR-2222-2222/")
    eyes.verdict()


def looks_at_an_act(officer: Visitor, eyes: Eyes, reference: str, act: str) -> None:
    """The form of one act on a case, and what it says when it is sent empty."""
    officer.go(f"/staff/cases/{reference}/{act}/")
    eyes.look(f"case-{act}")
    for box in officer.page.locator("main form textarea").all():
        box.fill("")
    officer.press(officer.page.locator("main form button[type=submit]").first)
    eyes.look(f"case-{act}-wrong")


def test_the_pages_of_the_plans(visit: Visit) -> None:
    niamh = visit(1280)
    niamh.becomes("district-officer")
    eyes = Eyes(niamh.page)
    eyes.look_at("/staff/", "/staff/plans/", "/staff/plans/strategy/")
    plans = sorted(
        set(links(niamh, re.compile(r"/staff/plans/([a-z]+-?[a-z]*)/$"))) - {"strategy", "updates"}
    )
    niamh.go("/staff/plans/")
    plans = sorted(
        set(links(niamh, re.compile(r"/staff/plans/([a-z]+-?[a-z]*)/$"))) - {"strategy", "updates"}
    )
    assert len(plans) >= 4
    for plan in plans:
        eyes.look_at(f"/staff/plans/{plan}/")
        eyes.look_at(
            f"/staff/plans/{plan}/{links(niamh, re.compile(f'/staff/plans/{plan}/([A-Z0-9]+)/$'))[0]}/"
        )
    niamh.go("/staff/plans/updates/")
    mistakes(niamh, eyes, "updates", "Send updates")
    niamh.page.get_by_label("How much is done").first.fill("640")
    niamh.onwards("Send updates")
    eyes.look("updates-wrong-number")
    eyes.look_at("/staff/plans/nothing-here/")
    eyes.verdict()


def test_the_pages_of_the_senior_officer_group(visit: Visit) -> None:
    eudora = visit(1280)
    eudora.becomes("sog-chair")
    eyes = Eyes(eudora.page)
    eyes.look_at("/staff/", "/staff/plans/", "/staff/sog/", "/staff/sog/report/", "/staff/queue/")
    eyes.verdict()


@pytest.mark.parametrize("persona", ["police-officer", "delivery-chair"])
def test_the_first_pages_of_the_others(visit: Visit, persona: str) -> None:
    somebody = visit(1280)
    somebody.becomes(persona)
    eyes = Eyes(somebody.page)
    eyes.look(f"first-of-{persona}")
    somebody.go("/staff/")
    eyes.look(f"today-of-{persona}")
    eyes.verdict()


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


def test_the_rights_desks_pages(visit: Visit) -> None:
    delphine = visit(1280)
    delphine.becomes("rights-desk")
    eyes = Eyes(delphine.page)
    eyes.look_at("/staff/", "/staff/records/schedule/", "/staff/records/reviews/", "/staff/records/holds/")
    held = links(delphine, RECORD)[0]
    eyes.look_at(f"/staff/records/{held}/", f"/staff/records/{held}/erase/", "/staff/records/?reference=LLR")
    eyes.look_at("/staff/records/")
    over = links(delphine, RECORD)[-1]
    for act, button in (("hold", "Put the hold on"), ("keep", "Keep it"), ("erase", "Erase it")):
        delphine.go(f"/staff/records/{over}/{act}/")
        mistakes(delphine, eyes, f"record-{act}", button)
    delphine.choose("It was never a report, such as a test")
    delphine.write("Type the reference to erase it", over)
    delphine.onwards("Erase it")
    assert f"{over} is erased" in delphine.page.locator("main").inner_text()
    eyes.look("record-erased")
    eyes.look_at("/staff/records/erased/")
    eyes.verdict()


def test_the_auditors_pages(visit: Visit) -> None:
    osric = visit()
    osric.becomes("auditor")
    eyes = Eyes(osric.page)
    eyes.look_at(
        "/staff/", "/staff/audit/", "/staff/audit/?kind=permission", "/staff/audit/?act=report.erased"
    )
    eyes.look_at("/staff/audit/?since=soon", "/staff/audit/access/")
    osric.go("/staff/audit/export/?kind=permission")
    eyes.look("audit-export")
    osric.onwards("Make the file")
    osric.page.locator(".govuk-error-summary").wait_for()
    eyes.look("audit-export-wrong")
    eyes.verdict()


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


def test_the_pages_of_the_partnership(visit: Visit) -> None:
    idris = visit(1280)
    idris.becomes("administrator")
    eyes = Eyes(idris.page)
    home = "/staff/partnership/"
    eyes.look_at(home, f"{home}organisations/", f"{home}areas/", f"{home}agreements/", f"{home}standards/")
    for adding in ("organisations", "csps", "agreements"):
        idris.go(f"{home}{adding}/add/")
        mistakes(idris, eyes, f"{adding}-add", "Add it")
    idris.go(f"{home}csps/melton/merge/")
    mistakes(idris, eyes, "csp-merge", "Merge")
    idris.go(f"{home}agreements/")
    agreement = links(idris, re.compile(r"/agreements/(\d+)/$"))[0]
    for record in (
        "organisations/lpt",
        "organisations/lcc",
        "areas/blaby",
        "csps/melton",
        f"agreements/{agreement}",
    ):
        eyes.look_at(f"{home}{record}/")
    idris.go(f"{home}areas/blaby/")
    idris.write("Name", "")
    mistakes(idris, eyes, "area", "Save")
    eyes.look_at(f"{home}bank-holidays/?year=2022", f"{home}bank-holidays/?year=2031")
    mistakes(idris, eyes, "bank-holiday", "Add the day")
    idris.go(f"{home}standards/update/")
    idris.write("How many working days", "12")
    mistakes(idris, eyes, "standard", "See what it changes")
    eyes.verdict()


def test_words_are_reworded_previewed_and_published(visit: Visit) -> None:
    idris = visit(1280)
    idris.becomes("administrator")
    eyes = Eyes(idris.page)
    home = "/staff/partnership/wording/"
    eyes.look_at(home, f"{home}status/history/")
    for code, field in (
        ("sharing", "intro"),
        ("contacts", "contacts__999__how"),
        ("status", "page__private"),
    ):
        idris.go(f"{home}{code}/")
        idris.page.locator(f"[name={field}]").fill("")
        mistakes(idris, eyes, f"wording-{code}", "See it as the public will")
    idris.page.locator("[name=page__private]").fill("Close this page when you leave the computer.")
    idris.onwards("See it as the public will")
    frame = idris.page.frame_locator("iframe").first
    frame.get_by_text("Close this page when you leave the computer.").wait_for()
    mistakes(idris, eyes, "wording-preview", "Publish it")
    idris.write("Why is it changed?", "Shorter")
    idris.onwards("Publish it")
    idris.page.get_by_text("The public reads it within 15 seconds").wait_for()
    eyes.look("wording-history")
    idris.onwards("Bring back version 1")
    idris.page.get_by_text("The words of version 1 count again").wait_for()
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


def test_a_form_that_has_become_stale(visit: Visit) -> None:
    amina = visit()
    amina.go("/p/a3/")
    amina.page.context.clear_cookies()
    amina.choose("No, not now")
    eyes = Eyes(amina.page)
    amina.onwards()
    eyes.look("stale-form")
    eyes.verdict()


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
    keys.write("What kind of place", "Str")
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
    niamh.becomes("district-officer")
    keys = Keyboard(niamh.page)
    keys.follow("My updates") if "/updates/" not in niamh.page.url else None
    keys.tick("No change")
    keys.to("Send updates")
    niamh.page.keyboard.press("Enter")
    niamh.page.get_by_role("heading", name="Recorded: 1 update").wait_for()


def test_a_planted_fault_is_seen(visit: Visit) -> None:
    amina = visit()
    eyes = Eyes(amina.page)
    eyes.look_at("/back/")
    eyes.verdict()
    amina.page.evaluate("""() => {
        document.querySelectorAll("label").forEach((label) => label.remove());
        document.querySelector("main").style.width = "1500px";
        console.error("a script that broke");
    }""")
    eyes.look("planted")
    found = "\n".join(eyes.faults)
    assert "label at" in found
    assert "scrolls sideways" in found
    assert "a script that broke" in found


NO_PAGES = {"health", "reporting:leave", "actionplans:sog_report_pdf"}
ONLY_ACT = {
    "casework:record_lift",
    "demo:become",
    "partners:invite_again",
    "partners:confirm_centre",
    "partners:suspend",
    "partners:restore",
    "partners:take_back",
    "partnership:retire_organisation",
    "partnership:bring_back_organisation",
    "partnership:set_fallback",
    "partnership:bring_back_standard",
    "partnership:remove_holiday",
    "partnership:add_by_rule",
    "reporting_staff:bring_back_wording",
    "partners:back_from_absence",
    "sign_in:end_session",
    "sign_in:end_other_sessions",
}
# Only there where an organisation has its own sign-in: tests/partners/test_organisations_sign_in.py opens them.
WITH_A_PROVIDER = {"openid_connect_login", "openid_connect_callback"}
# Everybody who has a second step sees these: tests/journeys/test_signing_in.py looks at them.
WITH_A_SECOND_STEP = {
    "account_logout",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
}
LEFT_OUT = NO_PAGES | ONLY_ACT | WITH_A_PROVIDER | WITH_A_SECOND_STEP


def test_no_page_was_left_out(request: pytest.FixtureRequest) -> None:
    """Last: every address with a page was open before somebody's eyes above."""
    chosen = request.config.getoption("keyword") or any("::" in each for each in request.config.args)
    if chosen:
        pytest.skip("only some pages were looked at")
    assert names_of_pages() - LEFT_OUT - {name_of(path) for path in SEEN} == set()


def name_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def names_of_pages(patterns: Iterable[URLPattern | URLResolver] = urlpatterns, space: str = "") -> set[str]:
    """The names of all addresses, without those of the interface for machines."""
    names = set()
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = space + (f"{each.namespace}:" if each.namespace else "")
            names |= names_of_pages(each.url_patterns, inner) if inner != "api:" else set()
        else:
            names.add(f"{space}{each.name}")
    return names
