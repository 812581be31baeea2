"""What of the public's words is not translated yet: found in the code, the templates, the journey and the partnership's
folder, without any tool beside Python.

The product's words stand in `locale/`, the partnership's own in its folder; a phrase is found by its English words.
"""

import ast
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.template import Node, Template
from django.template.base import FilterExpression
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.functional import Promise
from django.utils.translation import override, to_locale

from partners import data, languages
from partners.edited import flat
from partners.roles import ROLES
from partners.wording import MESSAGES, PARTNERSHIP, SHARING, STATUS
from reporting.journey import route
from reporting.journey.question import Option, Page, Question, Wording

ONE = {"_", "gettext", "gettext_lazy"}
SOME = {"ngettext", "ngettext_lazy"}
IN_TAG = re.compile(r"""\b_\(\s*(?:"([^"]+)"|'([^']+)')\s*\)""")
PLURALS = re.compile(r"nplurals=(\d+); *plural=([^;]+)")
# What only those who work here see.
STAFF_TEMPLATES = ("reporting/wording/", "reporting/centre/", "reporting/translations/")
# What in the partnership's files is no sentence, or is only said aloud at a centre.
NOT_SAID = re.compile(
    r"(^|\.)(version|from|organisation|exclusive|kind|number|verify|record\.(spoken|refused))$"
)


@dataclass(frozen=True)
class Phrase:
    """One piece of the public's words. `at` is its question's id, or the file that it stands in; `is_ours` tells the
    product's words from the partnership's."""

    words: str
    plural: str = ""
    at: str = ""
    is_ours: bool = True


def untranslated(language: str) -> list[Phrase]:
    """The phrases that a language has no words for, those of questions first."""
    known = translations(language)
    missing = [phrase for phrase in wanted(language) if phrase.words not in known]
    return sorted(missing, key=lambda phrase: (not phrase.at.startswith(("Q", "W", "C")), phrase.at))


def wanted(language: str, of: list[Phrase] | None = None) -> list[Phrase]:
    """The phrases that need words in a language: all, or for a variety of English those where its list says so. `of`
    is what `phrases()` gave, where somebody has asked it already."""
    listed = languages.known().get(language)
    found = phrases() if of is None else of
    return [phrase for phrase in found if listed is None or listed.needs_words_at(phrase.at)]


def translations(language: str) -> dict[str, polib.POEntry]:
    """What is translated into a language, by its English words."""
    found: dict[str, polib.POEntry] = {}
    for folder in folders():
        found |= _entries(catalogue_path(folder, language))
    return found


def _entries(path: Path) -> dict[str, polib.POEntry]:
    """What one file translates; it is read through again once something else stands in it."""
    return _read(path, hashlib.sha256(path.read_bytes()).digest()) if path.is_file() else {}


@lru_cache(maxsize=64)
def _read(path: Path, _as_it_stands: bytes) -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for entry in polib.pofile(str(path)) if entry.translated()}


def folders() -> tuple[Path, Path]:
    """Where translations lie: the partnership's own words, the product's."""
    partnership, product = settings.LOCALE_PATHS
    return Path(partnership), Path(product)


def catalogue_path(folder: Path, language: str) -> Path:
    """The file of one language."""
    return folder / to_locale(language) / "LC_MESSAGES" / "django.po"


def plural_rule(language: str) -> tuple[int, str]:
    """How many ways to count a language has, and gettext's rule for which one a number takes."""
    path = catalogue_path(folders()[1], language)
    said = polib.pofile(str(path)).metadata.get("Plural-Forms", "") if path.is_file() else ""
    found = PLURALS.search(said)
    return (int(found[1]), found[2].strip()) if found else (2, "n != 1")


def phrases() -> list[Phrase]:
    """Every phrase that the public may read, once."""
    found: dict[str, Phrase] = {}
    ours = {phrase.words: phrase for phrase in (*_of_code(), *_of_templates())}
    for phrase in _of_journey(_pages()):
        written = ours.get(phrase.words)
        found.setdefault(
            phrase.words, Phrase(phrase.words, written.plural if written else "", phrase.at, bool(written))
        )
    for phrase in (*ours.values(), *_of_roles(), *_of_partnership()):
        found.setdefault(phrase.words, phrase)
    for words in _only_at_centres(_pages()) - {each.words for each in _of_templates()}:
        found.pop(words, None)
    return [phrase for phrase in found.values() if phrase.words.strip()]


# In code ------------------------------------------------------------------------------------------------------


@cache
def _of_code() -> tuple[Phrase, ...]:
    files = (path for room in _rooms() for path in sorted((settings.BASE_DIR / room).rglob("*.py")))
    return tuple(phrase for path in files if "migrations" not in path.parts for phrase in _of_module(path))


def _rooms() -> list[str]:
    return [name for name in settings.INSTALLED_APPS if (settings.BASE_DIR / name).is_dir()]


def _of_module(path: Path) -> Iterator[Phrase]:
    text = path.read_text()
    if "gettext" not in text:
        return
    nodes = list(ast.walk(ast.parse(text)))
    called = _called_here(nodes)
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            values = [each.value for each in node.args if isinstance(each, ast.Constant)]
            said = [value for value in values if isinstance(value, str)]
            name = called.get(node.func.id, node.func.id)
            if name in ONE and said:
                yield Phrase(said[0], at=_place(path))
            if name in SOME and len(said) >= 2:
                yield Phrase(said[0], said[1], at=_place(path))


def _called_here(nodes: Iterable[ast.AST]) -> dict[str, str]:
    """What a module calls by a name of its own: {its name: the real one}."""
    imports = (node for node in nodes if isinstance(node, ast.ImportFrom))
    return {each.asname: each.name for node in imports for each in node.names if each.asname}


def _place(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


# In templates -------------------------------------------------------------------------------------------------


@cache
def _of_templates() -> tuple[Phrase, ...]:
    folder = settings.BASE_DIR / "templates"
    files = (path for path in sorted(folder.rglob("*")) if path.suffix in (".html", ".txt"))
    names = (str(path.relative_to(folder)) for path in files)
    return tuple(
        phrase for name in names if not name.startswith(STAFF_TEMPLATES) for phrase in _of_template(name)
    )


def _of_template(name: str) -> Iterator[Phrase]:
    text = (settings.BASE_DIR / "templates" / name).read_text()
    if "translate" not in text and "_(" not in text:
        return
    at = f"templates/{name}"
    for literal in IN_TAG.finditer(text):
        yield Phrase(literal[1] or literal[2], at=at)
    for node in Template(text).nodelist.get_nodes_by_type(Node):
        if isinstance(node, TranslateNode) and isinstance(node.filter_expression, FilterExpression):
            words = getattr(node.filter_expression.var, "literal", None)
            if isinstance(words, str):
                yield Phrase(str(words), at=at)
        if isinstance(node, BlockTranslateNode):
            plural = node.render_token_list(node.plural)[0] if node.plural else ""
            yield Phrase(node.render_token_list(node.singular)[0], plural, at=at)


# In the journey -----------------------------------------------------------------------------------------------


def _pages() -> tuple[Page, ...]:
    return (*route.ALL, route.CHECK)


def _of_journey(pages: Iterable[Page]) -> Iterator[Phrase]:
    for page in pages:
        for words in _said_by_page(page):
            yield from _as_phrases(words, f"page {page.name}")
        for question in page.questions:
            if question.who != "C":
                for words in _said_by_question(question):
                    yield from _as_phrases(words, question.id)


def _said_by_page(page: Page) -> Iterator[Any]:
    yield from (page.topic, page.title, page.lead, *(rule.message for rule in page.rules))


def _said_by_question(question: Question) -> Iterator[Any]:
    yield from (question.label, question.hint, question.missing)
    if question.check:
        yield question.check[1]
    for option in _options(question):
        if option.who != "C":
            yield from (option.label, option.hint)


def _options(question: Question) -> tuple[Option, ...]:
    return question.options() if callable(question.options) else question.options


def _as_phrases(words: Any, at: str) -> Iterator[Phrase]:
    said = _to_the_public(words) if isinstance(words, Wording) else (words,)
    # What is no lazy translation is shown as it is: names of organisations.
    with override(None):
        yield from (Phrase(str(each), at=at) for each in said if isinstance(each, Promise))


def _to_the_public(wording: Wording) -> tuple[Any, ...]:
    return (wording.others, wording.victim, wording.witness, wording.on_behalf, wording.community)


def _only_at_centres(pages: Iterable[Page]) -> set[str]:
    """What only a volunteer reads, in English like all of the staff's pages."""
    pages = list(pages)
    to_centres: set[str] = set()
    with override(None):
        for page in pages:
            wordings = [page.title, page.lead, *(w for q in page.questions for w in _said_by_question(q))]
            to_centres |= {str(each.centre) for each in wordings if isinstance(each, Wording)}
            for question in page.questions:
                alone = question.who == "C"
                said = _said_by_question(question) if alone else ()
                to_centres |= {str(each) for each in said if isinstance(each, Promise)}
                of_centre = [option for option in _options(question) if option.who == "C"]
                to_centres |= {str(words) for option in of_centre for words in (option.label, option.hint)}
    return to_centres - {phrase.words for phrase in _of_journey(pages)}


# In the partnership's folder ----------------------------------------------------------------------------------


def _of_roles() -> Iterator[Phrase]:
    """Who read a report is told by organisation and role."""
    return (Phrase(role.name, at="partners/roles.py") for role in ROLES.values())


def _of_partnership() -> Iterator[Phrase]:
    contacts = {"contacts": data.in_folder(PARTNERSHIP)["contacts"]}
    for name, said in (
        (SHARING, data.in_folder(SHARING)),
        (STATUS, data.in_folder(STATUS)),
        (MESSAGES, data.in_folder(MESSAGES)),
        (PARTNERSHIP, contacts),
    ):
        yield from _texts(said, name)
    yield Phrase(data.in_folder(PARTNERSHIP)["partnership"]["place_name"], at=PARTNERSHIP, is_ours=False)


def _texts(said: Mapping[str, Any], name: str) -> Iterator[Phrase]:
    for path, value in flat(said):
        if not NOT_SAID.search(path):
            for text in value if isinstance(value, list) else [value]:
                if words := str(text).strip():
                    yield Phrase(words, at=name, is_ours=False)
