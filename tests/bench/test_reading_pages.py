"""What the measuring browser understands of a page."""

from bench.http import Answer, Form
from bench.journey import ANONYMOUS, NAMES, complaints, name_of, receipt
from reporting.journey.route import PAGES

PAGE = """
<form method="post" action="/leave/"><button name="exit">Exit this page</button></form>
<form method="get" action="/look/"><input name="q"></form>
<form method="post" novalidate>
  <input type="hidden" name="csrfmiddlewaretoken" value="token&amp;1">
  <input type="radio" name="Q25" value="yes" checked><input type="text" name="Q26_name" value="Nerys">
  <textarea name="Q07"></textarea><select name="Q13"></select>
</form>
<form method="post" action="/other/"><input name="later"></form>
"""


def answer(text: str, status: int = 200) -> Answer:
    return Answer(status, "", text.encode(), 1.0, {})


def test_the_pages_own_form_is_read_and_not_the_way_out() -> None:
    form = Form(PAGE)
    assert form.action == ""
    assert form.names == {"csrfmiddlewaretoken", "Q25", "Q26_name", "Q07", "Q13"}
    assert form.values == {"csrfmiddlewaretoken": "token&1", "Q26_name": "Nerys"}


def test_every_stored_page_of_the_journey_has_a_name_in_the_table() -> None:
    named = {
        page.name for page in PAGES if name_of({question.id for question in page.questions}) == page.name
    }
    assert named == {page.name for page in PAGES}
    assert set(NAMES.values()) == named


def test_the_invented_person_answers_only_questions_that_there_are() -> None:
    known = {question.id for page in PAGES for question in page.questions}
    assert set(ANONYMOUS) <= known


def test_reference_and_code_are_read_from_the_receipt() -> None:
    page = """<p class="receipt__value" id="reference">LLR-7KQ4-M2XD</p>
        <p class="receipt__value" id="code">one two three four five six</p>"""
    sent = receipt(answer(page))
    assert (sent.reference, sent.code) == ("LLR-7KQ4-M2XD", "one two three four five six")


def test_what_a_page_complains_about_is_said_in_one_line() -> None:
    page = """<div class="govuk-error-summary__body"><ul>
        <li><a href="#Q25">Choose whether
        to give a name</a></li></ul></div>"""
    assert complaints(page) == "Choose whether to give a name"
