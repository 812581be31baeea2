"""Every address with a page was open before somebody's eyes in the walks."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, resolve

from llr_hate.urls import urlpatterns
from tests.journeys.mistakes_there_are import (
    all_mistakes,
    all_questions,
    pages_without_mistakes,
    public_pages,
)
from tests.journeys.pages import FOR_STAFF
from tests.journeys.parts import PARTS
from tests.journeys.told import Seen, tell, told_by_all

NO_PAGES = {"health", "reporting:leave", "actionplans:sog_report_pdf", "actionplans:evidence_file"}
NO_PAGES |= {f"actionplans:{name}" for name in ("minutes_pdf", "minutes_word", "log_csv", "log_xlsx")}
NO_PAGES |= {
    "reporting:language",
    "casework:evidence_picture",
    "reporting:paper",
    "reporting:way_back_copy_file",
}
NO_PAGES |= {f"actionplans:{name}" for name in ("import_template", "material_file")}
NO_PAGES |= {
    "centres:import_template",
    "centres:print_file",
    "centres:own_figures_pdf",
    "centres:own_figures_csv",
}
# The pages of recording, under the band of practice.
NO_PAGES |= {f"practice:{name}" for name in ("sheet", "help", "check", "step")}
NO_PAGES |= {"told:step", "schema"}
NO_PAGES |= {"reviews:pack_pdf", "reviews:pack_word", "rights:file", "rights:export", "schema"}
ONLY_ACT = {
    "reviews:agenda",
    "reviews:held",
    "actionplans:discard_plan",
    "actionplans:remove_action",
    "actionplans:change_agenda",
    "actionplans:open_meeting",
    "actionplans:call_off_meeting",
    "actionplans:cancel_event",
    "actionplans:accept_week",
    "actionplans:retire_material",
    "actionplans:end_comms_contact",
    "casework:brought",
    "casework:risk_action",
    "casework:remove_view",
    "casework:put_view_back",
    "rights:propose",
    "rights:take_back",
    "rights:release",
    "centres:champion_stands_down",
    "centres:end_link",
    "centres:renew_link",
    "centres:stand_down",
    "centres:list",
    "centres:lift",
    "casework:record_lift",
    "demo:become",
    "partners:invite_again",
    "partners:suspend",
    "partners:restore",
    "partners:take_back",
    "partnership:retire_organisation",
    "partnership:bring_back_organisation",
    "partnership:set_fallback",
    "partnership:bring_back_standard",
    "partnership:remove_holiday",
    "partnership:add_by_rule",
    "reporting:way_back_finish",
    "reporting_staff:bring_back_wording",
    "reporting_staff:from_paper",
    "reporting_staff:passed_on",
    "partners:back_from_absence",
    "sign_in:end_session",
    "sign_in:end_other_sessions",
}
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
LEFT_OUT = NO_PAGES | ONLY_ACT | WITH_A_SECOND_STEP


# The public's own pages, each in these languages.
PUBLIC = ("reporting:", "centres_open:finder")
LANGUAGES = ("en-gb", "ar")


@pytest.fixture
def together(part: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What was seen in a run in which all journeys went their whole way."""
    is_alone = not hasattr(request.config, "workerinput")
    mine = tmp_path_factory.getbasetemp()
    place = mine if is_alone else mine.parent
    for each in PARTS if is_alone else (part,):
        tell(place, each, whole=not request.session.testsfailed)
    together = told_by_all(place)
    if together is None:
        pytest.skip("the other journeys are under way, and compare what was seen when they are done")
    if not together.whole:
        pytest.skip("a journey that failed may not have come to its pages")
    if not all_of_them(request.session):
        pytest.skip("only some pages were looked at")
    return together


@pytest.mark.parametrize("part", PARTS)
def test_no_page_no_question_and_no_mistake_was_left_out(together: Seen) -> None:
    """Each part of the journeys comes here at its end; whichever is the last compares what all of them saw."""
    left_out = {"pages": names_of_pages() - LEFT_OUT - {name_of(path) for path in together.seen}}
    for language in LANGUAGES:
        shown, said = together.shown[language], together.said[language]
        ours = {name for name in names_of_pages() - LEFT_OUT if name.startswith(PUBLIC)}
        left_out[f"pages in {language}"] = ours - {name_of(path) for path in shown}
        left_out[f"questions in {language}"] = {f"/p/{page.code}/" for page in public_pages()} - shown
        left_out[f"fields in {language}"] = all_questions() - together.asked[language]
        left_out[f"mistakes in {language}"] = all_mistakes(language) - said
        left_out[f"forms with no mistake in {language}"] = forms_without_mistakes(together, language)
    assert {what: those for what, those in left_out.items() if those} == {}


def forms_without_mistakes(together: Seen, language: str) -> set[str]:
    """The same questions at a centre are the volunteer's."""
    ours = {path for path in together.forms[language] if not path.startswith(FOR_STAFF)}
    return ours - together.wrong[language] - pages_without_mistakes()


def all_of_them(session: pytest.Session) -> bool:
    """Whether every journey was to run."""
    chosen = session.config.getoption("keyword") or any("::" in each for each in session.config.args)
    files = {item.path for item in session.items}
    return not chosen and files >= set(Path(__file__).parent.glob("test_*.py"))


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
