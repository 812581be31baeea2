"""Every address with a page was open before somebody's eyes in the walks."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, resolve

from llr_hate.urls import urlpatterns
from tests.journeys.mistakes_there_are import all_mistakes, all_questions, pages_without_mistakes, public_pages
from tests.journeys.pages import ASKED, FOR_STAFF, FORMS, SAID, SEEN, SHOWN, WRONG

NO_PAGES = {"health", "reporting:leave", "actionplans:sog_report_pdf", "actionplans:evidence_file"}
NO_PAGES |= {f"actionplans:{name}" for name in ("minutes_pdf", "minutes_word", "log_csv", "log_xlsx")}
NO_PAGES |= {
    "reporting:language",
    "casework:evidence_picture",
    "reporting:paper",
    "reporting:way_back_copy_file",
}
NO_PAGES |= {f"actionplans:{name}" for name in ("import_template", "material_file")}
ONLY_ACT = {
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
PUBLIC = "reporting:"
LANGUAGES = ("en-gb", "ar")


@pytest.fixture
def whole_run(request: pytest.FixtureRequest) -> None:
    """The last of the journeys (conftest.py): they tell only of a run in which all the others went their whole way."""
    if request.session.testsfailed:
        pytest.skip("a journey that failed may not have come to its pages")
    if not all_of_them(request.session):
        pytest.skip("only some pages were looked at")


@pytest.mark.usefixtures("whole_run")
def test_no_page_was_left_out() -> None:
    assert names_of_pages() - LEFT_OUT - {name_of(path) for path in SEEN} == set()


@pytest.mark.usefixtures("whole_run")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_the_public_was_left_out_in_a_language(language: str) -> None:
    ours = {name for name in names_of_pages() - LEFT_OUT if name.startswith(PUBLIC)}
    assert ours - {name_of(path) for path in SHOWN[language]} == set()
    assert {f"/p/{page.code}/" for page in public_pages()} - SHOWN[language] == set()
    assert all_questions() - ASKED[language] == set()


@pytest.mark.usefixtures("whole_run")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mistake_of_the_public_was_left_out_in_a_language(language: str) -> None:
    assert all_mistakes(language) - SAID[language] == set()
    # The same questions at a centre are the volunteer's.
    ours = {path for path in FORMS[language] if not path.startswith(FOR_STAFF)}
    assert ours - WRONG[language] - pages_without_mistakes() == set()


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
