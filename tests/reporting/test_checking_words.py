"""Marisol and Kasia check the Polish words phrase by phrase; what one of them says alone is not enough about danger."""

import re
from functools import cache
from pathlib import Path
from shutil import copytree
from typing import Any

import polib
import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client

from audit.models import AuditEvent
from partners import edited, languages
from partners.models import User
from reporting import checking_words
from reporting.better_words import problem_with
from reporting.checking_words import Checking, Standing, checking
from reporting.models import PhraseCheck
from reporting.translating import Phrase, catalogue_path, folders, phrases
from tests.partners.reference import another_process
from tests.people import client_for, member, organisation

HOME = "/staff/translations/"
PAGE = f"{HOME}pl/"
ORDINARY, DANGER = "Q04", "Q01"


def translator(name: str) -> User:
    return member(name, organisation("leicester-city"), "translator")


@pytest.fixture
def marisol(db: None) -> Client:
    return client_for(translator("Marisol Bexley"))


@pytest.fixture
def kasia(db: None) -> Client:
    return client_for(translator("Kasia Thorne"))


@cache
def every_phrase() -> list[Phrase]:
    return phrases()


def only(monkeypatch: pytest.MonkeyPatch, *few: Phrase) -> None:
    monkeypatch.setattr(checking_words, "phrases", lambda: list(few))


@pytest.fixture(autouse=True)
def _two_phrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Languages of two phrases: one that anybody may check alone, and one about danger."""
    only(monkeypatch, *(next(each for each in every_phrase() if each.at == at) for at in (ORDINARY, DANGER)))


@pytest.fixture
def own_files(settings: Any, tmp_path: Path) -> None:
    """The Polish files, to write into."""
    for place, folder in enumerate(folders()):
        copytree(folder / "pl", tmp_path / str(place) / "pl")
    settings.LOCALE_PATHS = [tmp_path / "0", tmp_path / "1"]


def phrase_at(at: str) -> Checking:
    return next(each for each in checking("pl") if each.phrase.at == at)


def say(who: Client, at: str, *words: str, query: str = "", **more: str) -> Any:
    about = phrase_at(at)
    sent = {
        "phrase": about.key,
        "seen": about.words_key,
        **({"words": list(words)} if words else {"right": "yes"}),
    }
    return who.post(PAGE + query, sent | more)


def test_one_person_is_enough_for_an_ordinary_phrase(marisol: Client) -> None:
    assert phrase_at(ORDINARY).standing is Standing.OPEN
    assert say(marisol, ORDINARY, query="?show=all&page=2")["Location"].startswith(
        f"{PAGE}?show=all&page=2#p-"
    )
    assert phrase_at(ORDINARY).standing is Standing.CHECKED
    event = AuditEvent.objects.get(act="phrase.checked")
    assert event.facts == {"language": "pl", "phrase": phrase_at(ORDINARY).key, "verdict": "right"}


def test_danger_needs_two_and_nobody_is_their_own_second(marisol: Client, kasia: Client) -> None:
    for _ in range(2):
        say(marisol, DANGER)
        assert phrase_at(DANGER).standing is Standing.SECOND
    assert PhraseCheck.objects.count() == 1
    say(kasia, DANGER)
    assert phrase_at(DANGER).standing is Standing.CHECKED


def test_every_place_that_two_people_check_has_phrases() -> None:
    assert languages.checked_by_two() - {phrase.at for phrase in every_phrase()} == set()


def test_the_pages_show_english_and_polish_and_where_they_stand(marisol: Client) -> None:
    say(marisol, DANGER)
    page = marisol.get(PAGE + "?show=second").content.decode()
    assert (page.count("<section"), "Question Q01" in page, "Two people check this" in page) == (
        1,
        True,
        True,
    )
    assert "Somebody else has to say so too" in page
    assert f'lang="pl" dir="ltr">{phrase_at(DANGER).words[0]}</p>' in page
    assert marisol.get(f"{HOME}ar/").content.decode().count('lang="ar" dir="rtl"') == 4
    assert "No phrase here" in marisol.get(PAGE + "?show=better").content.decode()
    rows = {language.code: counts for language, counts in marisol.get(HOME).context["rows"]}
    assert (rows["pl"]["second"], rows["ar"]["second"]) == (1, 0)
    assert rows["pl"]["all"] == 2
    assert [marisol.get(f"{HOME}{code}/").status_code for code in ("en-gb", "sv")] == [404, 404]


def test_words_that_would_break_the_page_come_back_as_typed(marisol: Client) -> None:
    page = say(marisol, ORDINARY, "<b>Dlaczego</b>").content.decode()
    assert "Take out the signs &lt; and &gt;" in page
    assert re.search(r"<textarea[^>]*>\n&lt;b&gt;Dlaczego&lt;/b&gt;</textarea>", page)
    assert "<title>Error: " in page
    assert not PhraseCheck.objects.exists()


@pytest.mark.parametrize(
    ("english", "words", "said"),
    [
        ("%(count)s letters", "list", "Keep %(count)s"),
        ("{name} said", "Mówi {imie}", "Keep {name}"),
        ("Sent", "Wysłano %d", "Take out %d"),
        ('Call <a href="tel:999">999</a>', "Dzwoń 999", "Keep </a>"),
        ("Call 0808 168 9111", "Dzwoń 0808 168 9112", "Keep the number 08081689111"),
        ("Sent", 'Wysłano" onclick="x', "quotation marks"),
        ("Sent", "Wys\u202ełano", "nobody can see"),
        ("Sent", "", "Write the better words"),
        ("Sent %(day)s", "Wysłano %(day)s", ""),
    ],
)
def test_what_is_wrong_with_words_is_said(english: str, words: str, said: str) -> None:
    assert said in problem_with([words], Phrase(english))
    assert bool(said) == bool(problem_with([words], Phrase(english)))


def test_words_that_changed_meanwhile_are_not_judged(marisol: Client) -> None:
    assert "Other words are in use by now" in say(marisol, ORDINARY, seen="older").content.decode()
    assert say(marisol, ORDINARY, phrase="gone").status_code == 302
    assert not PhraseCheck.objects.exists()


def test_checks_are_only_ever_added(marisol: Client) -> None:
    say(marisol, ORDINARY)
    say(marisol, ORDINARY, "Lepsze słowa")
    assert phrase_at(ORDINARY).standing is Standing.BETTER
    say(marisol, ORDINARY)
    assert phrase_at(ORDINARY).standing is Standing.CHECKED
    assert PhraseCheck.objects.count() == 3
    for change in (PhraseCheck.objects.all().delete, lambda: PhraseCheck.objects.update(verdict="right")):
        with pytest.raises(DatabaseError, match="only be added"), transaction.atomic():
            change()


def test_with_the_last_phrase_the_language_is_checked_in_every_process(
    marisol: Client, kasia: Client
) -> None:
    say(marisol, ORDINARY)
    say(marisol, DANGER)
    with another_process():
        assert not languages.known()["pl"].is_checked
        assert "pl" not in languages.offered()
    say(kasia, DANGER)
    assert not languages.known()["pl"].is_checked, "this process has not looked yet"
    with another_process():
        assert languages.known()["pl"].is_checked
        assert list(languages.offered()) == ["en-gb", "pl"]
    say(kasia, ORDINARY, "Lepsze słowa")
    with another_process():
        assert not languages.known()["pl"].is_checked


@pytest.mark.usefixtures("own_files")
def test_other_words_in_the_files_are_not_checked() -> None:
    words = languages.digest_of_words("pl")
    languages._digest_in_use.cache_clear()
    with edited.using(edited.Snapshot(newest={("language", "pl"): {"words": words}})):
        assert languages.known()["pl"].is_checked
    with edited.using(edited.Snapshot(newest={("language", "pl"): {"words": "others"}})):
        assert not languages.known()["pl"].is_checked


@pytest.mark.usefixtures("own_files")
def test_better_words_come_into_the_files_and_are_checked_anew(
    marisol: Client, kasia: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    say(kasia, ORDINARY)
    say(marisol, ORDINARY, "Lepsze słowa")
    before = languages.digest_of_words("pl")
    call_command("untranslated", "pl", take=True, checks=True)
    said = capsys.readouterr().out
    assert "pl: 1 with better words, to be checked anew" in said
    assert "(not checked)" in said
    assert "pl: 2 to be checked" in said
    about = phrase_at(ORDINARY)
    assert (about.words, about.standing) == (["Lepsze słowa"], Standing.OPEN)
    read = polib.mofile(str(catalogue_path(folders()[1], "pl").with_suffix(".mo")))
    assert read.find(about.phrase.words).msgstr == "Lepsze słowa"
    assert languages.digest_of_words("pl") != before


def test_each_way_to_count_has_its_words(marisol: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, next(each for each in every_phrase() if each.plural))
    (about,) = checking("pl")
    assert "Better words, as for 2, 3, 4" in marisol.get(PAGE).content.decode()
    texts = [f"{text}." for text in about.words]
    sent = {"phrase": about.key, "seen": about.words_key, "words": texts[:2]}
    assert "each way to count" in marisol.post(PAGE, sent).content.decode()
    assert marisol.post(PAGE, sent | {"words": texts}).status_code == 302
    assert PhraseCheck.objects.get().better == texts
