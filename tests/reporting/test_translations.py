"""Each language of the partnership's list is whole, says the same as the English, and hides nothing."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from govuk.counting import counted
from partners.languages import known
from reporting.journey import route
from reporting.journey.question import Kind, Option, Page, Question
from reporting.translating import catalogue_path, folders, phrases, untranslated

OTHERS = [code for code in known() if code != settings.LANGUAGE_CODE]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%\{\w+\}|%s|%%")
TAG = re.compile(r"<[^>]+>")
NUMBER = re.compile(r"\d[\d\u00a0 ]+\d")
# What turns the direction of letters round unseen.
HIDDEN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff]")
TEMPLATES = Path(settings.BASE_DIR) / "templates"


def entries(language: str) -> list[polib.POEntry]:
    paths = [catalogue_path(folder, language) for folder in folders()]
    return [entry for path in paths for entry in polib.pofile(str(path)) if not entry.obsolete]


def said(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_of_the_list_is_whole(language: str) -> None:
    assert [f"{phrase.at}: {phrase.words}" for phrase in untranslated(language)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_put_into_a_sentence_and_where_its_links_lead_is_the_same(language: str) -> None:
    wrong = []
    for entry in entries(language):
        for text in said(entry):
            # A form for one, or for none, may say the number as a word.
            gaps, wanted = set(PLACEHOLDER.findall(text)), set(PLACEHOLDER.findall(entry.msgid))
            of_more = set(PLACEHOLDER.findall(entry.msgid_plural))
            good = gaps <= wanted | of_more if entry.msgid_plural else gaps == wanted
            if not good or sorted(TAG.findall(text)) != sorted(TAG.findall(entry.msgid)):
                wrong.append((entry.msgid, text))
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_numbers_to_call_are_the_same(language: str) -> None:
    def numbers(text: str) -> set[str]:
        return {re.sub(r"\D", "", found) for found in NUMBER.findall(text)} - {"000", "100"}

    long = [
        entry for entry in entries(language) if any(len(n) >= 3 for n in numbers(TAG.sub("", entry.msgid)))
    ]
    assert long
    wrong = [
        (entry.msgid, entry.msgstr)
        for entry in long
        if {n for n in numbers(TAG.sub("", entry.msgid)) if len(n) >= 3} - numbers(TAG.sub("", entry.msgstr))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", [each for each in OTHERS if known()[each].right_to_left])
def test_a_number_stays_in_one_piece_from_right_to_left(language: str) -> None:
    broken = [text for entry in entries(language) for text in said(entry) if re.search(r"\d \d", text)]
    assert broken == [], "write a no-break space between the parts of a number: others turn them round"


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_the_same_as_in_english_is_meant_so(language: str) -> None:
    same = {entry.msgid for entry in entries(language) if entry.msgid in said(entry)}
    assert same == {entry.msgid for entry in entries(language) if "same" in entry.flags}


@pytest.mark.parametrize("language", OTHERS)
def test_no_sign_that_cannot_be_seen_hides_in_the_words(language: str) -> None:
    assert [entry.msgid for entry in entries(language) if HIDDEN.search("".join(said(entry)))] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_portal_reads_what_the_translators_wrote(language: str) -> None:
    for folder in folders():
        path = catalogue_path(folder, language)
        written = {e.msgid: said(e) for e in polib.pofile(str(path)) if e.translated()}
        read = {e.msgid: said(e) for e in polib.mofile(str(path.with_suffix(".mo")))}
        assert read == written, "run manage.py untranslated --gather"


def test_every_kind_of_number_that_arabic_knows_is_said() -> None:
    with override("ar"):
        assert list(counted(str)) == ["zero", "one", "two", "few", "many", "other"]
    assert list(counted(str)) == ["one", "other"]


def test_a_new_question_is_listed_with_its_id(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Question("Q99", Kind.ONE, _("Was there a dog?"), options=(Option("yes", _("Yes, a big one")),))
    page = Page("dog", "q9", 2, _("the dog"), _("About the dog"), (asked,))
    monkeypatch.setattr(route, "ALL", (*route.ALL, page))
    listed = {(phrase.at, phrase.words) for phrase in untranslated("ar")}
    assert {("Q99", "Was there a dog?"), ("Q99", "Yes, a big one"), ("page dog", "the dog")} <= listed
    with pytest.raises(CommandError, match="not translated"):
        call_command("untranslated", "ar")


def test_a_language_without_files_lacks_everything() -> None:
    assert len(untranslated("sv")) == len(phrases()) > 700


def test_every_form_takes_what_is_typed_along_into_another_language() -> None:
    forms = [path for path in (TEMPLATES / "reporting").rglob("*.html") if "govuk_fields" in path.read_text()]
    # No browser keeps a file that was chosen; the page for files asks for nothing else.
    public = [path for path in forms if not {"wording", "centre", "evidence.html"} & set(path.parts)]
    assert len(public) >= 3
    assert [path.name for path in public if '<form id="asked"' not in path.read_text()] == []
