"""What a person typed is put into kept HTML: the result is the macro's own, whatever they typed."""

import pytest
from django import forms
from hypothesis import given, settings
from hypothesis import strategies as st

from govuk import splice
from govuk.describe import describe
from govuk.fields import OneOf, TextField, WordsField
from govuk.macros import render_macro
from govuk.rendering import field_html, fields_html
from govuk.splice import Slots
from tests.govuk.forms_for_tests import Everything

HOSTILE = [
    "Sam O'Neil",
    'she said "no" & left',
    "<script>alert(1)</script>",
    "</textarea><b>",
    "\ue0000\ue001",
    "\ue0001\ue001 and \ue00099\ue001",
    "nul \x00 here",
    "right \u202eot left\u202c",
    "\U0001f468\u200d\U0001f469 four bytes",
    "{{ 7 * 7 }} {% now %} %(x)s {0}",
    "one\ntwo\r\n  three",
    "x" * 100_000,
]


@pytest.fixture(autouse=True)
def _empty_store():
    splice.forget()
    yield
    splice.forget()


class Talk(forms.Form):
    name = TextField(label="Name")
    words = WordsField(label="Words", limit=4000)
    plain = WordsField(label="More", required=False)


def told_directly(bound: forms.BoundField) -> str:
    """Give the macro the value itself, with no slot and no store."""

    class Nothing(Slots):
        def put(self, text):
            return str(text)

        def put_lines(self, lines):
            return "<br>".join(str(splice.escape(line)) for line in lines)

    piece = describe(bound, Nothing())
    return render_macro(piece.component, piece.params)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["name", "words", "plain"])
def test_spliced_field_is_the_macros_own_output(name, text):
    form = Talk({"name": text, "words": text, "plain": text})
    expected = told_directly(form[name])
    assert field_html(form[name]) == expected
    assert field_html(form[name]) == expected, "the second time, from the store"


@given(text=st.text(min_size=1))
@settings(max_examples=100, deadline=None)
def test_any_text_comes_out_as_the_macro_would_write_it(text):
    bound = Talk({"name": text, "words": "w"})["name"]
    assert field_html(bound) == told_directly(bound)


def test_nobody_reads_the_words_of_the_person_before_them():
    field_html(Talk({"name": "Amina", "words": "They shouted at me"})["words"])
    assert "shouted" not in field_html(Talk({"name": "Ben", "words": "hello"})["words"])
    assert "shouted" not in repr(splice._kept)


def test_error_text_that_quotes_the_answer_is_not_kept():
    form = Talk({"name": "Amina", "words": "w"})
    form.add_error("name", "“Amina” is <taken>")
    assert "“Amina” is &lt;taken&gt;" in field_html(form["name"])
    assert "Amina" not in repr(splice._kept)


def test_a_label_that_quotes_an_answer_is_not_kept_when_the_field_says_so():
    form = Talk()
    form.fields["name"].label = "What did Amina say?"
    form.fields["name"].varies = True
    assert "What did Amina say?" in field_html(form["name"])
    assert not splice._kept


def test_a_changed_label_never_shows_the_old_one():
    first, second = Talk(), Talk()
    second.fields["name"].label = "Another question"
    assert "Another question" not in field_html(first["name"])
    assert "Another question" in field_html(second["name"])


def test_a_form_made_anew_for_each_request_still_hits_the_store():
    for _visit in range(3):
        made = type("Made", (forms.Form,), {"one": OneOf(label="One", choices=[("a", "A")])})
        field_html(made()["one"])
    assert len(splice._kept) == 1


def test_the_store_stays_bounded(monkeypatch):
    monkeypatch.setattr(splice, "MOST_KEPT", 3)
    for number in range(10):
        form = Talk()
        form.fields["name"].label = f"Question {number}"
        field_html(form["name"])
    assert len(splice._kept) == 3


def test_words_inside_a_reveal_keep_their_lines():
    class Inside(forms.Form):
        choice = OneOf(label="Tell us?", choices=[("yes", "Yes")], reveals={"yes": ["words"]})
        words = WordsField(label="Words")

    html = fields_html(Inside({"choice": "yes", "words": "one\ntwo\n   three"}))
    assert ">one\ntwo\n   three</textarea>" in html


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_a_whole_form_survives_hostile_answers(text):
    names = [name for name in Everything.base_fields if name != "file"]
    form = Everything(dict.fromkeys(names, text) | {"when-day": text, "when-month": text, "when-year": text})
    html = fields_html(form)
    assert "<script>alert" not in html
    assert html == fields_html(form)
