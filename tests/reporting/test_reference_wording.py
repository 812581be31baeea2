"""Legal and help wording: reworded, seen as the public will, published with its history."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.sight import sight_of
from partners import wording
from partners.models import ReferenceVersion
from partners.models.reference import refresh
from partners.words import reworded, texts, words_now
from scope.context import worker_scope
from tests.casework.world import told
from tests.partners.reference import another_process
from tests.people import administrator, client_for
from tests.reporting.walking import AMINA, WISHES, url, walk

pytestmark = pytest.mark.django_db
HOME = "/staff/partnership/wording/"
LABEL = "recipients__council__label"
NEW = "The safety team of my council"


@pytest.fixture
def maud() -> Client:
    return client_for(administrator())


def typed(code: str, **changed: str) -> dict[str, Any]:
    """The form of a document as it stands, with some fields typed over."""
    return {text.field: text.value for text in texts(code, words_now(code))} | {"version": 0} | changed


def publish(maud: Client, code: str, **changed: str) -> Any:
    return maud.post(HOME + f"{code}/", typed(code, publish="yes", note="The board said so", **changed))


def test_the_preview_is_the_publics_own_page_and_publishes_nothing(maud: Client) -> None:
    page = maud.post(HOME + "sharing/", typed("sharing", preview="yes", **{LABEL: NEW}))
    said = page.content.decode()
    assert "Preview: nobody else sees this yet" in said
    shown = {each.title: each.html for each in page.context["previews"]}
    assert NEW in shown["Somebody who gives a name"]
    assert "masthead" in shown["Somebody who gives a name"]
    assert "I have read this to the person" in shown["Read out at a reporting centre"]
    assert not ReferenceVersion.objects.exists()
    assert NEW not in str(wording.recipients())


def test_nobody_has_to_tab_through_a_preview(maud: Client) -> None:
    page = maud.post(HOME + "status/", typed("status", preview="yes", statuses__received__title="Here"))
    for each in page.context["previews"]:
        opened = re.findall(r"<(?:a|button|input|textarea|select|summary)\b[^>]*>", each.html)
        assert opened
        assert all('tabindex="-1"' in tag for tag in opened)


def test_publishing_gives_the_wording_about_sharing_the_next_version_number(maud: Client) -> None:
    assert publish(maud, "sharing", **{LABEL: NEW}).status_code == 302
    with another_process():
        assert wording.sharing()["version"] == 2
        assert NEW in [each.label for each in wording.recipients()]
    publish(maud, "sharing", **{LABEL: "My council", "version": 2})
    with another_process():
        assert wording.sharing()["version"] == 3


def wishes(session: Client) -> str:
    """The page of the questions about sharing, as somebody without a name comes to it."""
    walk(session, {code: answers for code, answers in AMINA.items() if code != WISHES})
    return str(session.get(url(WISHES)).content.decode())


def test_the_public_page_follows_in_a_process_that_had_kept_the_old_one(maud: Client) -> None:
    assert "community safety team" in wishes(Client())
    publish(maud, "sharing", **{LABEL: "The wardens"})
    assert "The wardens" not in wishes(Client())
    with another_process():
        assert "The wardens" in wishes(Client())
        publish(maud, "sharing", **{LABEL: NEW, "version": 2, "question_without_name": "Who may read it?"})
        refresh()
        page = wishes(Client())
        assert NEW in page
        assert "The wardens" not in page
        assert "Who may read it?" in page
    assert NEW not in wishes(Client())


def test_texts_keep_their_order_when_they_come_back_from_the_database(maud: Client) -> None:
    before = [text.path for text in texts("sharing", words_now("sharing"))]
    publish(maud, "sharing", **{LABEL: NEW})
    assert [text.path for text in texts("sharing", words_now("sharing"))] == before


def test_a_choice_made_before_is_read_in_the_words_that_were_shown_then(maud: Client) -> None:
    report = told(Q25="yes", Q26_name="Amina", Q26_how="text", Q26_mobile="07700 900001", Q24=["council"])
    publish(maud, "sharing", **{LABEL: NEW})
    with another_process(), worker_scope():
        assert sight_of(report).chosen == ["My council's community safety team"]
        preference = report.preferences.get()
        assert preference.wording_version == "1"
        assert [each.label for each in wording.recipients("2") if each.code == "council"] == [NEW]


def test_a_report_told_under_the_new_words_is_kept_with_their_number(maud: Client) -> None:
    publish(maud, "sharing", **{LABEL: NEW})
    with another_process(), worker_scope():
        assert told().preferences.first().wording_version == "2"


def test_bringing_back_old_words_gives_them_a_new_number(maud: Client) -> None:
    publish(maud, "sharing", **{LABEL: NEW})
    maud.post(HOME + "sharing/versions/1/", {"version": 2})
    stands = words_now("sharing")
    assert stands["version"] == 3
    assert stands["recipients"][1]["label"] == "My council's community safety team"
    page = maud.get(HOME + "sharing/history/").content.decode()
    assert "Version 1 brought back" in page
    assert "The board said so" in page


@pytest.mark.parametrize(
    ("field", "typed_number"),
    [("number", "9990"), ("number", "0909 879 0000, or 999"), ("how", "Call 9990.")],
)
def test_an_emergency_number_does_not_hide_in_another_number(
    maud: Client, field: str, typed_number: str
) -> None:
    changed = {f"contacts__999__{field}": typed_number}
    page = maud.post(HOME + "contacts/", typed("contacts", preview="yes", **changed))
    assert not page.context["form"].is_valid()


def test_a_number_that_people_in_danger_rely_on_stays(maud: Client) -> None:
    changed = {"contacts__999__number": "112", "contacts__999__how": "Call somebody."}
    page = maud.post(HOME + "contacts/", typed("contacts", preview="yes", **changed))
    said = "999 must stay in this text: people in danger rely on it"
    assert page.context["form"].errors == {field: [said] for field in changed}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "Enter words for “Title” in “Status: We have your report”"),
        ("<b>Now</b>", "Take out the signs < and >: the text is shown as it is typed"),
        ("a" * 121, "Use 120 characters or fewer"),
    ],
)
def test_words_that_cannot_stand_are_explained(maud: Client, words: str, said: str) -> None:
    page = maud.post(HOME + "status/", typed("status", preview="yes", statuses__received__title=words))
    assert page.context["form"].errors == {"statuses__received__title": [said]}


def test_a_long_sentence_is_pointed_out_and_not_forbidden(maud: Client) -> None:
    long = " ".join(["word"] * 21) + "."
    page = maud.post(HOME + "status/", typed("status", preview="yes", statuses__received__text=long))
    assert "A sentence here has 21 words" in page.content.decode()
    assert publish(maud, "status", statuses__received__text=long).status_code == 302


def test_publishing_without_a_reason_leads_back_to_the_preview(maud: Client) -> None:
    page = maud.post(
        HOME + "status/", typed("status", publish="yes", note="", statuses__received__title="Here")
    )
    assert page.context["note"].errors["note"] == ["Say in a few words why it is changed"]
    assert 'name="statuses__received__title"' in page.content.decode()
    assert not ReferenceVersion.objects.exists()


def test_the_second_of_two_administrators_sees_both_and_keeps_what_they_typed(maud: Client) -> None:
    publish(maud, "status", statuses__received__title="First")
    stale = typed("status", publish="yes", note="Mine", statuses__received__title="Second")
    page = maud.post(HOME + "status/", stale)
    said = page.content.decode()
    assert "Somebody changed this while you were writing" in said
    assert "Stands there now: First" in said
    assert "You wrote: Second" in said
    assert 'value="Second"' in said
    maud.post(HOME + "status/", stale | {"version": page.context["version"]})
    assert words_now("status")["statuses"][0]["title"] == "Second"


def test_a_helpline_changes_and_the_languages_of_the_folder_stay(maud: Client) -> None:
    publish(maud, "contacts", **{"contacts__victim-first__number": "0116 496 0000"})
    with another_process():
        victim_first = next(each for each in wording.contacts() if each.code == "victim-first")
        assert victim_first.number == "0116 496 0000"
        assert wording.language_names(["gu"]) == ["Gujarati"]
        assert wording.partnership()["code"] == "llr"


def test_going_back_from_the_preview_keeps_what_was_typed(maud: Client) -> None:
    page = maud.post(HOME + "sharing/", typed("sharing", again="yes", **{LABEL: NEW}))
    assert f'value="{NEW}"' in page.content.decode()


def test_every_text_has_one_field_and_comes_back_as_it_went() -> None:
    for code in ("sharing", "status", "contacts"):
        stands = words_now(code)
        found = texts(code, stands)
        assert len({text.field for text in found}) == len(found) > 8
        assert reworded(stands, {text.path: text.value for text in found if text.value}) == stands


def test_a_document_that_is_none_is_missing(maud: Client) -> None:
    assert maud.get(HOME + "constitution/").status_code == 404


def test_the_start_page_asks_the_database_nothing_before_and_after_an_edit(maud: Client) -> None:
    public = Client()

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert public.get("/").status_code == 200
        return len(captured)

    assert cost() == 0
    publish(maud, "sharing", **{LABEL: NEW})
    with another_process():
        assert cost() == 0


def test_the_previewed_page_stands_whole_in_its_frame(maud: Client) -> None:
    page = maud.post(HOME + "contacts/", typed("contacts", preview="yes")).content.decode()
    frame = page.partition('srcdoc="')[2].partition('"')[0]
    assert "&lt;main" in frame
    assert "&lt;/html&gt;" in frame


EMAIL = "email__text"


def test_a_message_that_goes_out_is_reworded_and_seen_as_it_will_be(maud: Client) -> None:
    preview = maud.post(HOME + "messages/", typed("messages", preview="yes", **{EMAIL: "Have a look soon."}))
    shown = {each.title: each.html for each in preview.context["previews"]}
    asks = ["An e-mail that asks", "A text message that asks"]
    assert list(shown) == ["An e-mail", "A text message", "A letter", *asks]
    assert "Have a look soon." in shown["An e-mail"]
    assert publish(maud, "messages", **{EMAIL: "Have a look soon."}).status_code == 302
    with another_process():
        assert wording.going_out()["email"]["text"] == "Have a look soon."
        assert wording.going_out()["letter"]["heading"] == "An update for you"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Your report has news.", "report"),
        ("The Police wrote.", "Police"),
        ("Look at https://portal.example", "http"),
        ("Call 101.", "1"),
        ("Amina, amina@posts.example", "@"),
    ],
)
def test_a_message_never_says_what_it_is_about(maud: Client, words: str, found: str) -> None:
    answer = publish(maud, "messages", **{EMAIL: words})
    assert f"Take out “{found}”" in answer.content.decode()
    assert not ReferenceVersion.objects.exists()


def test_a_message_that_asks_keeps_the_place_of_its_link(maud: Client) -> None:
    answer = publish(maud, "messages", asking_text__text="May we ask you something?")
    assert "{link} must stay in this text: the link comes there" in answer.content.decode()
    assert publish(maud, "messages", asking_text__text="Something to ask: {link}").status_code == 302
    with another_process():
        assert wording.asking()["text"]["text"] == "Something to ask: {link}"


def test_a_text_message_stays_one_message(maud: Client) -> None:
    answer = publish(maud, "messages", text__text="Have a look. " * 13)
    assert answer.status_code == 200
    assert not ReferenceVersion.objects.exists()
