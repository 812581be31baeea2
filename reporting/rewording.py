"""Rewording what the public reads: the form of a document's texts, and the public's own pages with the new words."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from govuk.fields import TextField, WordsField
from partners import wording
from partners.edited import WORDING, trying
from partners.words import GIVES_AWAY, Text, texts
from reporting.forms import form_for
from reporting.journey import route
from reporting.journey.after import WISHES
from reporting.journey.question import Answers, words_for
from reporting.models import Report
from reporting.reference import as_written
from reporting.strands import PublicStatus
from reporting.views.help import numbers
from reporting.walk import PUBLIC

SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
FOCUSABLE = re.compile(r"<(?:a|button|summary|input|select|textarea)\b")
# Long sentences are what makes a text hard; the partnership's own words keep to this.
WORDS_IN_A_SENTENCE = 20


class TextsForm(forms.Form):
    """Every text of one document that may be reworded."""

    def __init__(self, code: str, document: Mapping[str, Any], data: Any = None) -> None:
        self.texts = texts(code, document)
        super().__init__(data, initial={text.field: text.value for text in self.texts})
        self.fields = {text.field: _field(text) for text in self.texts}

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings, in order."""
        found: dict[str, list[forms.BoundField]] = {}
        for text in self.texts:
            found.setdefault(text.section, []).append(self[text.field])
        return list(found.items())

    def values(self) -> dict[str, str]:
        """The texts that differ from what stands, by path."""
        return {
            text.path: self.cleaned_data[text.field]
            for text in self.texts
            if self.cleaned_data[text.field] != text.value
        }

    def typed(self) -> list[tuple[str, str]]:
        """(name, text) of every field, for the buttons of the preview to send on."""
        return [(text.field, self.cleaned_data[text.field]) for text in self.texts]


def _field(text: Text) -> forms.Field:
    asked: dict[str, Any] = {
        "label": text.label,
        "required": not text.may_be_empty,
        "validators": [_no_markup, _keeps(text.must_say), *([_tells_nothing] if text.tells_nothing else [])],
        "error_messages": {"required": f"Enter words for “{text.label}” in “{text.section}”"},
        "varies": True,
    }
    if text.lines > 1:
        return _Lines(limit=text.longest, rows=text.lines, **asked)
    asked["error_messages"] |= {"max_length": f"Use {text.longest} characters or fewer"}
    return _Line(max_length=text.longest, **asked)


class _Line(TextField):
    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class _Lines(WordsField):
    def to_python(self, value: Any) -> str:
        return "\n".join(" ".join(line.split()) for line in super().to_python(value).strip().split("\n"))


def _no_markup(words: str) -> None:
    if "<" in words or ">" in words:
        raise ValidationError("Take out the signs < and >: the text is shown as it is typed", code="markup")


def _tells_nothing(words: str) -> None:
    found = GIVES_AWAY.search(words)
    if found:
        raise ValidationError(
            f"Take out “{found[0]}”: whoever sees the message could learn what it is about", code="gives_away"
        )


def _keeps(needed: Iterable[str]) -> Callable[[str], None]:
    def check(words: str) -> None:
        for each in needed:
            # Inside a longer number it is another one.
            if not re.search(rf"(?<!\d){re.escape(each)}(?!\d)", words):
                because = "the link comes there" if each == wording.LINK else "people in danger rely on it"
                raise ValidationError(f"{each} must stay in this text: {because}", code="emergency")

    return check


@dataclass(frozen=True)
class Preview:
    """One of the public's pages, whole."""

    title: str
    html: str


def previews(code: str, document: Mapping[str, Any], request: HttpRequest) -> list[Preview]:
    """The public's own pages as they would be with this document; no link or button of them is meant to work."""
    with trying(WORDING, code, document):
        return list(PREVIEWS[code](request))


def _sharing(request: HttpRequest) -> Iterable[Preview]:
    for title, answers in (
        ("Somebody who gives a name", {"Q02": "me", "Q25": "yes"}),
        ("Somebody who stays anonymous", {"Q02": "me", "Q25": "no"}),
        ("Read out at a reporting centre", {"channel": "centre", "Q25": "yes"}),
    ):
        yield Preview(title, _question_page(request, answers))


def _question_page(request: HttpRequest, answers: Answers) -> str:
    context = {
        "walk": PUBLIC,
        "page": WISHES,
        "parts": route.PARTS,
        "title": words_for(WISHES.title, answers),
        "anyway": wording.sharing()["anyway"],
        "form": form_for(WISHES, answers, today=timezone.localdate()),
    }
    return _page(request, "reporting/step.html", context)


def _status(request: HttpRequest) -> Iterable[Preview]:
    # A report that is in no table: nobody's.
    report = Report(reference=as_written("LLR22222222"), received_at=timezone.now())
    for status in PublicStatus.values:
        context = {
            "report": report,
            "status": wording.statuses()[status],
            "words": wording.status_page(),
        }
        yield Preview(
            wording.statuses()[status].title, _page(request, "reporting/way_back/home.html", context)
        )


def _contacts(request: HttpRequest) -> Iterable[Preview]:
    emergency = {"walk": PUBLIC, "contacts": numbers(kind="emergency")}
    yield Preview("Somebody is in danger", _page(request, "reporting/emergency.html", emergency))
    crisis = {
        "walk": PUBLIC,
        "is_crisis": True,
        "is_child": True,
        "is_victim": True,
        "crisis": numbers("999", "nhs-111", "samaritans"),
        "for_children": numbers("childline"),
    }
    yield Preview("Somebody finds it hard to cope", _page(request, "reporting/help.html", crisis))
    others = [each.code for each in wording.contacts() if each.kind != "emergency"]
    rest = {"walk": PUBLIC, "is_crisis": True, "is_victim": True, "crisis": numbers(*others)}
    yield Preview("All other contacts", _page(request, "reporting/help.html", rest))


def _messages(request: HttpRequest) -> Iterable[Preview]:
    titles = ("An e-mail", "A text message", "A letter", "An e-mail that asks", "A text message that asks")
    every = [*wording.going_out().items(), *wording.asking().items()]
    for (way, said), title in zip(every, titles, strict=True):
        context = {"way": way, "heading": said["heading"], "text": said["text"]}
        yield Preview(title, _page(request, "reporting/wording/message.html", context))


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> str:
    html = render_to_string(template, {**context, "exit_this_page": False, "csrf_token": ""}, request)
    html_alone = SCRIPT.sub("", html)  # the frame runs none anyway, and says so for each
    # Nothing there works, so that nobody has to tab through it on the way to what does.
    return FOCUSABLE.sub(r'\g<0> tabindex="-1"', html_alone)


PREVIEWS: dict[str, Callable[[HttpRequest], Iterable[Preview]]] = {
    "sharing": _sharing,
    "status": _status,
    "contacts": _contacts,
    "messages": _messages,
}
