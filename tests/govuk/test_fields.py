"""Fields look after themselves: ids, hints, errors, reveals, dates and words in plain English."""

import datetime as dt
from html.parser import HTMLParser

import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.template import engines

from govuk.fields import DateParts, ManyOf, OneOf
from govuk.rendering import error_summary_html, field_html, fields_html
from tests.govuk.forms_for_tests import TODAY, Everything, Why

GOOD = {
    "name": "Amina",
    "words": "They shouted",
    "contact": "none",
    "again": "no",
    "when-day": "14",
    "when-month": "10",
    "when-year": "2026",
    "district": "melton",
    "agreed": "on",
}


class Page(HTMLParser):
    """Collects ids, and what refers to them."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.refers, self.inputs = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if "id" in found:
            self.ids.append(found["id"])
        if tag in {"input", "select", "textarea"}:
            self.inputs.append(found)
        for name in ("for", "aria-describedby", "aria-controls", "data-aria-controls"):
            self.refers += (found.get(name) or "").split()
        if (found.get("href") or "").startswith("#"):
            self.refers.append(found["href"][1:])


@pytest.mark.parametrize("data", [None, {}, GOOD, GOOD | {"contact": "phone", "words": "x" * 60}])
def test_every_reference_on_the_page_finds_its_id(data):
    form = Everything() if data is None else Everything(data)
    page = Page(error_summary_html(form) + fields_html(form))
    assert set(page.refers) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_each_error_line_leads_to_an_input():
    form = Everything({})
    inputs = {found.get("id") for found in Page(fields_html(form)).inputs}
    links = Page(error_summary_html(form)).refers
    assert len(links) == 7
    assert set(links) <= inputs


def test_nothing_wrong_shows_no_summary():
    assert error_summary_html(Everything(GOOD)) == ""
    assert error_summary_html(Everything()) == ""


def test_the_question_is_the_heading():
    html = field_html(Why()["why"])
    assert '<h1 class="govuk-fieldset__heading">' in html
    assert html.count("<h1") == 1


def test_the_exclusive_choice_stands_after_an_or():
    html = field_html(Why()["why"])
    assert html.index("govuk-checkboxes__divider") < html.index('value="not_sure"')
    assert 'data-behaviour="exclusive"' in html


def test_amina_may_not_be_sure_and_unsure_at_once_even_without_scripts():
    assert Why({"why": ["race", "not_sure"]}).errors["why"] == ["Choose “Not sure” alone, or take it away"]


def test_a_choice_that_was_not_made_asks_nothing_more():
    form = Why({"why": ["race"], "which": "left over"})
    assert form.is_valid()
    assert form.cleaned_data == {"why": ["race"], "which": ""}


def test_a_choice_that_was_made_asks_its_question():
    form = Why({"why": ["other"]})
    assert form.errors == {"which": ["Enter an answer"]}
    assert "govuk-checkboxes__conditional--hidden" not in fields_html(form)


def test_a_revealed_question_is_shown_once():
    assert fields_html(Why()).count('name="which"') == 1


def test_text_inputs_do_not_remember_unless_told():
    inputs = {found["name"]: found for found in Page(fields_html(Everything())).inputs}
    assert inputs["number"]["autocomplete"] == "off"
    assert inputs["words"]["autocomplete"] == "off"
    assert inputs["name"]["autocomplete"] == "name"
    assert inputs["secret"]["autocomplete"] == "current-password"


@pytest.mark.parametrize(
    ("day", "month", "year", "says"),
    [
        ("", "", "", "Enter a date"),
        ("14", "", "", "The date must include a month and a year"),
        ("31", "2", "2026", "The date must be a real date"),
        ("14", "10", "26", "The year must have 4 numbers"),
        ("x", "10", "2026", "The date must be a real date"),
        ("14", "10", "٢٠٢٦", "The year must have 4 numbers"),
        ("23", "11", "2026", "The date must be today or in the past"),
        ("0", "1", "0000", "The date must be a real date"),
    ],
)
def test_a_wrong_date_is_explained(day, month, year, says):
    form = Everything(GOOD | {"when-day": day, "when-month": month, "when-year": year})
    assert form.errors["when"] == [says]


@pytest.mark.parametrize("month", ["10", "oct", "October"])
def test_a_date_may_be_written_as_people_write_it(month):
    form = Everything(GOOD | {"when-month": month})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["when"] == dt.date(2026, 10, 14)


def test_what_was_typed_into_a_wrong_date_stays():
    inputs = Page(field_html(Everything(GOOD | {"when-day": "31st"})["when"])).inputs
    assert [found["value"] for found in inputs] == ["31st", "10", "2026"]


def test_the_part_of_a_date_that_is_wrong_is_the_one_marked_and_linked():
    form = Everything(GOOD | {"when-year": "26"})
    marked = [found["name"] for found in Page(field_html(form["when"])).inputs if "--error" in found["class"]]
    assert marked == ["when-year"]
    assert 'href="#id_when-year"' in error_summary_html(form)


def test_a_known_date_is_shown_in_parts():
    inputs = Page(field_html(Everything(initial={"when": TODAY})["when"])).inputs
    assert [found["value"] for found in inputs] == ["22", "11", "2026"]
    inputs = Page(field_html(Everything(initial={"when": "2026-11-22"})["when"])).inputs
    assert [found["value"] for found in inputs] == ["22", "11", "2026"]


def test_a_date_that_must_be_past_needs_to_know_today():
    with pytest.raises(ImproperlyConfigured):
        DateParts(past=True).clean(["1", "1", "2026"])


def test_words_are_counted_as_the_screen_counts_them():
    assert Everything(GOOD | {"words": "x" * 48 + "\r\n\r\n"}).is_valid()
    errors = Everything(GOOD | {"words": "x" * 53}).errors["words"]
    assert errors == ["Use 50 characters or fewer. You have 3 too many"]


def test_words_keep_the_spaces_and_lines_as_typed():
    form = Everything(GOOD | {"words": "  one\r\n\r\n  two  "})
    assert form.is_valid()
    assert form.cleaned_data["words"] == "  one\n\n  two  "


def test_blank_words_are_no_answer():
    assert Everything(GOOD | {"words": " \r\n "}).errors["words"] == ["Write your answer in the box"]


def test_a_character_that_cannot_be_kept_is_named_plainly():
    assert Everything(GOOD | {"name": "a\x00b"}).errors["name"] == [
        "Take out the special character that we cannot keep"
    ]


def test_djangos_own_words_for_a_missing_answer_name_the_field():
    class Plain(forms.Form):
        town = forms.CharField(label="Town")

    html = error_summary_html(Plain({}))
    assert "“Town” needs an answer" in html
    assert "This field is required" not in html + fields_html(Plain({}))


def test_a_hint_with_markup_is_kept_and_one_without_is_escaped():
    class Hints(forms.Form):
        one = OneOf(label="One <b>", help_text="a < b", choices=[("x", "<i>x</i>")])

    html = fields_html(Hints())
    assert "a &lt; b" in html
    assert "One &lt;b&gt;" in html
    assert "<i>" not in html


def test_two_forms_with_prefixes_do_not_share_ids():
    page = Page(fields_html(Why(prefix="a")) + fields_html(Why(prefix="b")))
    assert len(page.ids) == len(set(page.ids))
    assert {found["name"] for found in page.inputs} == {"a-why", "a-which", "b-why", "b-which"}


def test_a_select_in_groups_still_has_its_label_hint_and_error():
    class Grouped(forms.Form):
        town = forms.ChoiceField(label="Town", help_text="Nearest", choices=[("North", [("m", "Melton")])])

    page = Page(fields_html(Grouped({})))
    assert set(page.refers) <= set(page.ids)
    assert "id_town" in page.ids


def test_crispy_and_the_fast_tag_show_the_same_fields():
    source = "{% load crispy_forms_tags govuk %}{% govuk_fields form %}|{{ form|crispy }}"
    fast, crispy = engines["django"].from_string(source).render({"form": Everything()}).split("|")
    assert fast.strip() == crispy.strip()


@pytest.mark.urls("tests.govuk.forms_for_tests")
def test_crispys_form_has_its_tag_and_its_summary(rf):
    source = "{% load crispy_forms_tags %}{% crispy form %}"
    html = engines["django"].from_string(source).render({"form": Everything({})}, rf.get("/"))
    assert html.index("There is a problem") < html.index("<form")
    assert "csrfmiddlewaretoken" in html
    assert 'enctype="multipart/form-data"' in html


def test_a_disabled_choice_says_so():
    form = Why()
    form.fields["why"].disabled = True
    assert field_html(form["why"]).count(" disabled") == 3


def test_many_of_takes_only_its_own_choices():
    with pytest.raises(forms.ValidationError, match="Choose from the answers on this page"):
        ManyOf(choices=[("a", "A")]).clean(["b"])
