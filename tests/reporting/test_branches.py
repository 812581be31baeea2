"""Every branch of the list of questions, as a sentence: what somebody says, and what they are then asked or told."""

from typing import Any

import pytest
from django.test import Client

from reporting.forms import form_for
from reporting.journey import route
from reporting.journey.after import CONTACT
from reporting.journey.question import Page, chosen
from reporting.journey.urgency import needs_same_day_look
from reporting.models import EqualityAnswers, Report, Suspect
from reporting.receiving import choose_readers
from scope.context import staff_scope, worker_scope
from tests import people
from tests.people import NOW
from tests.reporting.walking import (
    AMINA,
    CHECK,
    DANGER,
    NAME,
    SAFETY,
    SENT,
    WHAT,
    WHERE,
    WHO,
    WISHES,
    errors_of,
    send,
    telling,
    url,
    walk,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]
TODAY = NOW.date()
BY_NAME: dict[str, Page] = {page.name: page for page in route.ALL}
BEFORE_THIS, WHY_MORE, HARM, WHO_DID_IT, WITNESSES = "c4", "d7", "e2", "g9", "j6"
EVIDENCE, POLICE, HELP, EQUALITY, SERVICE = "l3", "q8", "s5", "u2", "b3"

VICTIM: dict[str, Any] = {"Q02": "victim"}
WITNESS: dict[str, Any] = {"Q02": "witness"}
ON_BEHALF: dict[str, Any] = {"Q02": "on_behalf"}
AT_CENTRE: dict[str, Any] = {"Q02": "victim", "channel": "centre"}
MOSQUE: dict[str, Any] = {"Q02": "community"}


def asked(page: str, answers: dict[str, Any]) -> set[str]:
    """What the page asks this teller, whatever stands under a choice."""
    found = BY_NAME[page]
    return {question.id for question in found.asked(answers)} if found.applies(answers) else set()


def counting(page: str, answers: dict[str, Any]) -> set[str]:
    """What is asked after what was chosen."""
    return {question.id for question in BY_NAME[page].counting(answers)}


def offered(answers: dict[str, Any]) -> set[str]:
    return {page.name for page in route.more_for(answers)}


# (what somebody says, on which page, what they are then asked, what they are not asked)
FOLLOWS = {
    "somebody for whom it was online is asked where online": (
        {**VICTIM, "Q06": ["online"]},
        "what",
        {"Q06a", "Q06a_link", "Q06a_username"},
        set(),
    ),
    "somebody for whom it was not online is not": (
        {**VICTIM, "Q06": ["threats"]},
        "what",
        set(),
        {"Q06a", "Q06a_link", "Q06a_username"},
    ),
    "somebody picked on for their religion is asked which religion was meant": (
        {**VICTIM, "Q08": ["race", "religion"]},
        "why",
        {"Q08b"},
        {"Q08a", "Q08a_text"},
    ),
    "somebody picked on for another difference is asked which": (
        {**VICTIM, "Q08": ["other"]},
        "why",
        {"Q08a", "Q08a_text"},
        {"Q08b"},
    ),
    "somebody who knows the date is asked for it and for the time of day": (
        {**VICTIM, "Q11": "exact"},
        "when",
        {"Q11_date", "Q11_time"},
        {"Q11_about", "Q11_since"},
    ),
    "somebody who knows about when is asked about when": (
        {**VICTIM, "Q11": "about"},
        "when",
        {"Q11_about"},
        {"Q11_date", "Q11_since"},
    ),
    "somebody for whom it goes on is asked since when and how often": (
        {**VICTIM, "Q11": "going_on"},
        "when",
        {"Q11_since", "Q11_often"},
        {"Q11_date", "Q11_about"},
    ),
    "somebody on a bus is asked for the company and the route": (
        {**VICTIM, "Q13": "transport"},
        "where",
        {"Q13_operator", "Q13_route"},
        {"Q13_school", "Q13_employer"},
    ),
    "somebody at school is asked for its name": (
        {**VICTIM, "Q13": "education"},
        "where",
        {"Q13_school"},
        {"Q13_operator"},
    ),
    "somebody at work is asked whose workplace it was": (
        {**VICTIM, "Q13": "work"},
        "where",
        {"Q13_employer"},
        {"Q13_school"},
    ),
    "somebody in the street is asked nothing more about it": (
        {**VICTIM, "Q13": "street"},
        "where",
        set(),
        {"Q13_operator", "Q13_school", "Q13_employer"},
    ),
    "a witness who knows the person is asked whether they agree": (
        {**WITNESS, "W02": "yes"},
        "agreement",
        {"Q03"},
        {"Q04"},
    ),
    "a witness who does not know them is not": ({**WITNESS, "W02": "no"}, "agreement", set(), {"Q03", "Q04"}),
    "somebody who tells for another is asked whether they agree, and how they know them": (
        ON_BEHALF,
        "agreement",
        {"Q03", "Q04"},
        {"W02"},
    ),
    "somebody who must not see it is asked for": (
        {**VICTIM, "Q24_bar": "yes"},
        "wishes",
        {"Q24_bar_org", "Q24_bar_person"},
        set(),
    ),
    "somebody who tells of a mosque is asked what it was": (MOSQUE, "who", {"Q02a", "Q02a_name"}, set()),
    "somebody to whom it happened is not": (VICTIM, "who", set(), {"Q02a", "Q02a_name"}),
    "somebody who says it was reported before is asked to whom": (
        {**VICTIM, "Q12": "once", "Q12_told": "yes"},
        "before_this",
        {"Q12_same", "Q12_told_whom"},
        set(),
    ),
    "somebody who knows a name gives it and how they know them": (
        {**VICTIM, "Q18": "name"},
        "who_did_it",
        {"Q18a_name", "Q18a_how", "Q18b"},
        {"Q18_org"},
    ),
    "somebody who saw a stranger describes them": (
        {**VICTIM, "Q18": "stranger"},
        "who_did_it",
        {"Q18b"},
        {"Q18a_name", "Q18a_how"},
    ),
    "somebody who would know them again describes them": (
        {**VICTIM, "Q18": "recognise"},
        "who_did_it",
        {"Q18b"},
        {"Q18a_name"},
    ),
    "somebody hurt by a public servant is asked for whom they work, and whether to keep it from them": (
        {**VICTIM, "Q18_staff": "yes"},
        "who_did_it",
        {"Q18_org", "Q18_org_other", "Q18_org_bar"},
        set(),
    ),
    "a witness is asked whether they would talk to the police": (WITNESS, "witnesses", {"W01"}, set()),
    "nobody else is": (ON_BEHALF, "witnesses", {"Q20"}, {"W01"}),
    "somebody who saw others see it may say who": ({**VICTIM, "Q20": "yes"}, "witnesses", {"Q20_who"}, set()),
    "somebody who thinks that a camera saw it says where": (
        {**VICTIM, "Q21": "cctv"},
        "evidence",
        {"Q21_camera"},
        set(),
    ),
    "somebody who told the police gives the number": (
        {**VICTIM, "Q22": "yes_number"},
        "police",
        {"Q22_number"},
        {"Q22a"},
    ),
    "somebody who did not is asked what stopped them": (
        {**VICTIM, "Q22": "no"},
        "police",
        {"Q22a"},
        {"Q22_number"},
    ),
    "a witness who did not is not asked that": ({**WITNESS, "Q22": "no"}, "police", set(), {"Q22a"}),
    "somebody who lost something says what": ({**VICTIM, "Q17": "yes"}, "harm", {"Q17_what"}, set()),
    "somebody who needs an interpreter says which language": (
        {**VICTIM, "Q27": ["interpreter"]},
        "help",
        {"Q27_language"},
        set(),
    ),
    "a witness is not asked how the person is, what they would like, or who may see it": (
        WITNESS,
        "wishes",
        {"Q24_bar"},
        {"Q23", "Q24"},
    ),
}


@pytest.mark.parametrize(
    ("answers", "page", "then", "not_then"),
    list(FOLLOWS.values()),
    ids=[each.replace(" ", "-") for each in FOLLOWS],
)
def test_what_is_asked_follows_from_what_was_said(
    answers: dict[str, Any], page: str, then: set[str], not_then: set[str]
) -> None:
    assert then <= counting(page, answers)
    assert not not_then & counting(page, answers)


@pytest.mark.parametrize(
    ("answers", "there", "not_there"),
    [
        (
            VICTIM,
            {"why_more", "harm", "who_did_it", "evidence", "police", "help", "equality", "service"},
            {"before_this"},
        ),
        ({**VICTIM, "Q12": "no"}, set(), {"before_this"}),
        ({**VICTIM, "Q12": "not_sure"}, set(), {"before_this"}),
        *(
            ({**VICTIM, "Q12": often}, {"before_this"}, set())
            for often in ("once", "two_or_three", "all_the_time")
        ),
        (WITNESS, {"witnesses", "police"}, {"equality"}),
        (ON_BEHALF, {"equality"}, set()),
        (AT_CENTRE, {"equality", "police"}, set()),
        (MOSQUE, {"who_did_it", "police"}, {"equality"}),
    ],
)
def test_what_may_be_added_is_what_this_teller_can_say(
    answers: dict[str, Any], there: set[str], not_there: set[str]
) -> None:
    assert there <= offered(answers)
    assert not not_there & offered(answers)


def test_where_it_happened_to_no_one_person_nobody_is_asked_about_one() -> None:
    pages = [page.name for page in route.pages_for(MOSQUE)]
    assert pages == ["danger", "who", "what", "why", "when", "where", "safety", "name", "wishes"]
    about_a_person = {"Q03", "Q04", "W02", "Q16", "Q28", "Q09", "Q29", "Q30_sex"}
    everything = set().union(*(asked(page.name, MOSQUE) for page in route.ALL))
    assert not about_a_person & everything
    assert {"Q19", "Q23", "Q24", "Q24_bar", "Q22"} <= everything
    assert {"Q16", "Q28"} & set().union(*(asked(page.name, ON_BEHALF) for page in route.ALL))


def test_an_answer_that_is_needed_can_be_not_sure() -> None:
    """Or one is not needed at all: nobody is stopped by what they do not know."""
    unsure = {"Q08", "Q11", "Q13", "Q14", "Q23"}
    needed_of_choices = {
        question.id: {option.code for option in question.options_for("V")}
        for page in route.PAGES
        for question in page.asked(VICTIM)
        if page is not CONTACT and question.required(VICTIM) and question.options and not question.under
    }
    for question, codes in needed_of_choices.items():
        assert question not in unsure or "not_sure" in codes, question
    # What is left is what only the person can say, or has an answer for everything.
    assert set(needed_of_choices) - unsure == {"Q01", "Q02", "Q06", "Q25", "Q24"}
    assert "other" in needed_of_choices["Q06"]
    assert "no" in needed_of_choices["Q25"]
    assert "no_one" in needed_of_choices["Q24"]


def test_nothing_that_may_be_added_is_ever_needed() -> None:
    for page in route.MORE:
        for answers in (VICTIM, WITNESS, ON_BEHALF, AT_CENTRE, MOSQUE):
            form = form_for(page, {**answers, "Q12": "once"}, today=TODAY, data={})
            assert form.is_valid(), (page.name, form.errors)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"Q18_staff": "yes", "Q18_org_bar": "yes"}, "Choose which organisation"),
        ({"Q18": "nobody"}, "Choose one of the answers"),
    ],
)
def test_a_mistake_in_what_is_added_is_said(typed: dict[str, Any], says: str) -> None:
    form = form_for(BY_NAME["who_did_it"], VICTIM, today=TODAY, data=typed)
    assert says in str(form.errors)


def test_equality_has_the_nineteen_ethnic_groups_and_each_question_can_be_declined() -> None:
    questions = {question.id: question for question in BY_NAME["equality"].questions}
    for question in questions.values():
        assert "prefer_not" in {option.code for option in question.options_for("V")}, question.id
        assert not question.required(VICTIM)
    assert len(questions["Q30_ethnicity"].options_for("V")) == 19 + 1
    assert set(questions) == {
        f"Q30_{name}" for name in ("sex", "gender", "ethnicity", "religion", "disability", "sexuality")
    }


def test_nothing_about_who_may_see_it_is_ticked_beforehand_and_who_must_not_is_asked_first() -> None:
    form = form_for(BY_NAME["wishes"], {**VICTIM, "Q25": "yes"}, today=TODAY)
    assert not form.initial
    order = list(form.fields)
    assert order.index("Q24_bar") < order.index("Q24_bar_org") < order.index("Q24")
    organisations = [option.code for option in BY_NAME["wishes"].questions[2].options_for("V")]
    assert "police" in organisations
    recipients = [code for code, _label in form.fields["Q24"].choices]  # type: ignore[attr-defined]
    assert {"police", "council", "victim_first", "charity", "no_one"} <= set(recipients)


@pytest.mark.parametrize(
    "answers", [{"Q19": "yes"}, {"Q16": ["self_harm"]}, {"Q06": ["attacked"]}, {"Q06": ["sexual"]}]
)
def test_danger_to_the_person_asks_for_a_look_on_the_same_day(answers: dict[str, Any]) -> None:
    assert needs_same_day_look({**VICTIM, **answers})


# With pages, a draft and a report ------------------------------------------------------------------------------------


def to_the_check(client: Client, **pages: Any) -> str:
    walk(client, telling(**pages))
    return client.get(url(CHECK)).content.decode()


def test_all_is_sent_or_more_is_added(client: Client) -> None:
    page = to_the_check(client)
    assert "Send now" in page
    assert "Add more" in page
    assert f'href="{url(POLICE)}"' in page
    response = client.post(url(POLICE), {"Q22": "no", "Q22a": ["afraid", "language"]})
    assert response["Location"] == f"{url(CHECK)}#more"
    page = client.get(url(CHECK)).content.decode()
    assert "Afraid that it would get worse" in page
    assert page.count(">Answered<") == 1
    client.post(url(CHECK))
    with worker_scope():
        assert Report.objects.get().told()["Q22a"] == ["afraid", "language"]


def test_what_was_added_is_changed_from_the_check_and_back_leads_there(client: Client) -> None:
    to_the_check(client)
    client.post(url(HARM), {"Q15": "treated"})
    page = client.get(url(HARM)).content.decode()
    assert 'value="treated" checked' in page
    assert f'<a href="{url(CHECK)}#more" class="govuk-back-link">' in page
    assert client.post(f"{url(HARM)}?change", {"Q15": "no"})["Location"] == url(CHECK)


def test_nothing_is_added_before_the_rest_is_told(client: Client) -> None:
    walk(client, {WHO: AMINA[WHO]})
    assert client.get(url(POLICE))["Location"] == url(WHAT)


def test_what_does_not_apply_is_not_opened(client: Client) -> None:
    to_the_check(client)
    assert client.get(url(BEFORE_THIS))["Location"] == url(CHECK)


def test_danger_leads_to_999_and_nothing_is_kept(client: Client) -> None:
    assert client.post(url(DANGER), {"Q01": "yes"})["Location"] == "/p/b8/"


@pytest.mark.parametrize(
    ("page", "typed", "says"),
    [
        (SAFETY, {"Q16": ["self_harm"]}, ("Samaritans", "116 123", "111")),
        (SAFETY, {"Q28": "under_13"}, ("Childline", "0800 1111", "not your fault")),
        (HELP, {"Q29": "yes"}, ("adult social care", "999")),
    ],
)
def test_help_comes_at_once(client: Client, page: str, typed: dict[str, Any], says: tuple[str, ...]) -> None:
    to_the_check(client)
    response = client.post(url(page), typed)
    assert response["Location"] == "/p/n5/", errors_of(response)
    shown = client.get("/p/n5/").content.decode()
    assert all(words in shown for words in says)
    assert f'href="{url(CHECK)}"' in shown


def test_outside_the_area_the_way_elsewhere_is_said_and_it_is_recorded(client: Client) -> None:
    walk(client, {code: AMINA[code] for code in list(AMINA)[:4]})
    page = client.get(url(WHERE)).content.decode()
    assert "police.uk" in page
    assert "Stop Hate UK on 0800 138 1625" in page
    sent = send(client, telling(**{WHERE: {"Q14": "outside", "Q13": "street"}})).content.decode()
    assert "www.police.uk" in sent
    assert "Stop Hate UK" in sent
    with worker_scope():
        assert Report.objects.get().whereabouts == "outside"


def test_on_a_train_the_transport_police_are_named(client: Client) -> None:
    walk(client, {code: AMINA[code] for code in list(AMINA)[:4]})
    assert "61016" in client.get(url(WHERE)).content.decode()
    typed = {"Q14": "leicester", "Q13": "transport", "Q13_operator": "East trains", "Q13_route": "Line 2"}
    sent = send(client, telling(**{WHERE: typed})).content.decode()
    assert "61016" in sent
    with worker_scope():
        told = Report.objects.get().told()
    assert (told["Q13_operator"], told["Q13_route"]) == ("East trains", "Line 2")


def test_elsewhere_they_are_not(client: Client) -> None:
    assert "61016" not in send(client).content.decode()


def test_somebody_who_would_rather_tell_a_person_leaves_the_rest_out(client: Client) -> None:
    pages = telling(
        **{
            WHAT: {"Q07_person": "on"},
            "m4": {},
            "p7": {},
            WHERE: {},
            SAFETY: {},
            NAME: {"Q25": "contact_only"},
            "y9": {"Q26_how": "text", "Q26_mobile": "07700 900 014"},
        }
    )
    send(client, pages)
    with worker_scope():
        report = Report.objects.get()
        assert report.contact_details()["Q26_mobile"] == "07700 900 014"
        assert report.unseal("words") == ""


def test_a_mosque_is_told_about_without_a_person(client: Client) -> None:
    who = {"Q02": "community", "Q02a": ["worship"], "Q02a_name": "The mosque in Mill Lane"}
    walk(client, telling(**{WHO: who}))
    page = client.get(url(CHECK)).content.decode()
    assert "The mosque in Mill Lane" in page
    assert "happened to them" not in client.get(url(WHAT)).content.decode()
    client.post(url(CHECK))
    with worker_scope():
        report = Report.objects.get()
        assert report.reporter_role == "community"
        assert report.told()["Q02a"] == ["worship"]


def test_a_public_servants_own_house_does_not_read_it_from_the_start(client: Client) -> None:
    walk(client, telling(**{WISHES: {"Q23": ["police"], "Q24": ["council", "police"]}}))
    told = {"Q18": "recognise", "Q18_staff": "yes", "Q18_org": ["charnwood-bc"], "Q18_org_bar": "yes"}
    assert client.post(url(WHO_DID_IT), told).status_code == 302
    client.post(url(CHECK))
    charnwood = people.ngozi().organisation
    assert charnwood
    assert charnwood.code == "charnwood-bc"
    with worker_scope():
        report = Report.objects.get()
        assert charnwood.pk not in report.visible_to
        assert list(report.barred_organisations()) == [charnwood.pk]
        assert report.told()["Q18_org"] == ["charnwood-bc"]
    with staff_scope(charnwood.pk):
        assert not Report.objects.exists()


def test_one_may_name_a_public_servants_house_and_let_it_read() -> None:
    told = {"Q14": "charnwood", "Q18_staff": "yes", "Q18_org": ["charnwood-bc"], "Q18_org_bar": "no"}
    assert not choose_readers(told, district=None).barred


def test_the_campaign_in_the_link_comes_along_and_says_nothing_on_the_way(client: Client) -> None:
    start = client.get("/?c=hate-crime-week-2018").content.decode()
    onwards = start.split('href="/safety/')[1].split('"')[0]
    assert "hate" not in onwards
    page = client.get(f"/safety/{onwards}").content.decode()
    danger = page.split(f'href="{url(DANGER)}')[1].split('"')[0]
    who = client.post(url(DANGER) + danger, {"Q01": "no"})["Location"]
    assert client.get(who).status_code == 200
    assert client.post(who, AMINA[WHO])["Location"] == url(WHAT)
    walk(client, {code: answers for code, answers in AMINA.items() if code != WHO})
    assert "hate-crime-week-2018" in client.get(url(SERVICE)).content.decode()
    client.post(url(CHECK))
    with worker_scope():
        assert Report.objects.get().told()["Q31_code"] == "hate-crime-week-2018"


@pytest.mark.parametrize("code", ["<b>", "a" * 41, "two words", "é", "%00"])
def test_what_can_be_no_campaign_is_dropped(client: Client, code: str) -> None:
    page = client.get("/", {"c": code}).content.decode()
    assert 'href="/safety/"' in page


@pytest.mark.parametrize("broken", ["?k=%ff", "?k=a", "?k=_w", "?k="])
def test_what_was_not_ours_on_the_way_is_dropped(client: Client, broken: str) -> None:
    assert client.get(f"/safety/{broken}").status_code == 200
    assert client.post(f"{url(WHO)}{broken}", AMINA[WHO]).status_code == 302


def test_equality_is_skipped_with_one_button(client: Client) -> None:
    to_the_check(client)
    page = client.get(url(EQUALITY)).content.decode()
    assert "Skip all of these" in page
    assert f'href="{url(CHECK)}#more"' in page


def test_equality_and_who_did_it_stand_apart(client: Client) -> None:
    to_the_check(client)
    client.post(url(EQUALITY), {"Q30_sex": "female", "Q30_ethnicity": "asian_indian"})
    client.post(url(WHO_DID_IT), {"Q18": "name", "Q18a_name": "Ray Nettle", "Q18a_how": "neighbour"})
    shown = client.get(url(CHECK)).content.decode()
    assert "Ray Nettle" in shown
    client.post(url(CHECK))
    with worker_scope():
        report = Report.objects.get()
        everything = str(report.told() | report.contact_details()) + (report.unseal("words") or "")
        assert report.told()["Q18"] == "name"
        for secret in ("Ray Nettle", "neighbour", "asian_indian", "female"):
            assert secret not in everything
        assert EqualityAnswers.objects.get().told() == {
            "Q30_sex": "female",
            "Q30_ethnicity": "asian_indian",
        }
        assert Suspect.objects.get().told() == {"Q18a_name": "Ray Nettle", "Q18a_how": "neighbour"}


def test_without_them_sending_writes_no_row_more(client: Client) -> None:
    send(client)
    with worker_scope():
        assert not EqualityAnswers.objects.exists()
        assert not Suspect.objects.exists()


def test_when_we_may_have_to_share_anyway_stands_on_the_page_itself(client: Client) -> None:
    pages = telling()
    pages.pop(WISHES)
    walk(client, pages)
    page = client.get(url(WISHES)).content.decode()
    assert "When we may have to share it anyway" in page
    assert 'name="Q24"' in page
    assert "checked" not in page


def test_the_way_to_add_photos_stands_on_the_page_about_them(client: Client) -> None:
    to_the_check(client)
    assert "add photos, messages or video here" in client.get(url(EVIDENCE)).content.decode()


def test_a_witness_says_whether_they_would_talk_to_the_police(client: Client) -> None:
    pages = {WHO: {"Q02": "witness"}, "h2": {"W02": "no"}, **telling()}
    pages[WHO] = {"Q02": "witness"}
    del pages[SAFETY]
    pages[WISHES] = {}
    walk(client, pages)
    assert client.post(url(WITNESSES), {"W01": "maybe"}).status_code == 302
    client.post(url(CHECK))
    assert client.get(url(SENT)).status_code == 200
    with worker_scope():
        assert Report.objects.get().told()["W01"] == "maybe"


def test_the_table_of_branches_names_every_branching_question() -> None:
    """Each question that stands under a choice is followed in the table above, or a page of its own tests it."""
    under = {question.id for page in route.ALL for question in page.questions if question.under}
    followed = set().union(*(then for _answers, _page, then, _not in FOLLOWS.values()))
    contact = {question.id for question in BY_NAME["contact"].questions if question.under}
    assert under - followed - contact == set()
    assert chosen({"Q08": ["race"]}, "Q08") == ["race"]
