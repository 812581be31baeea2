"""Tags for forms, page furniture and the staff's components; see govuk/README.md."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.template.defaultfilters import linebreaks_filter, linebreaksbr
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from govuk.pictures import RagLook, placed_tiles, rag_look
from govuk.rendering import error_summary_html, field_html, fields_html

register = template.Library()
PART = "govuk/components/"
TAG = '<strong class="govuk-tag tag--{}">{}</strong>'
LINK = '<a href="{}" role="button" draggable="false" class="{}" data-module="govuk-button">{}</a>'
BUTTON = '<button type="submit" class="{}" data-module="govuk-button" data-prevent-double-click="true"{}>{}</button>'
TAG_COLOURS = {"grey", "plum", "teal", "amber", "red", "green", "blue"}


@register.simple_tag
def govuk_fields(form: forms.BaseForm, *names: str) -> SafeString:
    """Show the form's fields, or only those named."""
    return fields_html(form, names)


@register.simple_tag
def govuk_field(bound: forms.BoundField) -> SafeString:
    """Show one field."""
    return field_html(bound)


@register.simple_tag
def govuk_error_summary(*forms_on_page: forms.BaseForm) -> SafeString:
    """Show what is wrong in these forms, if anything."""
    return error_summary_html(*(form for form in forms_on_page if form))


@register.simple_tag
def govuk_button(text: str, kind: str = "", url: str = "", name: str = "", value: str = "") -> SafeString:
    """Show a button, or with `url` a link that looks like one; a page has up to ten, so no template is opened."""
    look = format_html("govuk-button govuk-button--{}", kind) if kind else "govuk-button"
    if url:
        return format_html(LINK, url, look, text)
    given = format_html_join("", ' {}="{}"', [each for each in (("name", name), ("value", value)) if each[1]])
    return format_html(BUTTON, look, given, text)


@register.inclusion_tag(PART + "back.html")
def govuk_back(url: str = "", text: str = "") -> dict:
    """Show the way back to the question before."""
    return {"url": url, "text": text}


@register.simple_tag
def govuk_tag(text: str, colour: str = "grey") -> SafeString:
    """Show a state as a tag; many stand on a page, so no template is opened for it."""
    return format_html(TAG, colour if colour in TAG_COLOURS else "grey", text)


@register.simple_tag
def rag(rating: Any, reason: str = "", word: str = "") -> SafeString:
    """Show progress as shape, word and colour, with its reason on focus."""
    look = rag_look(rating)
    words = str(word or look.word)
    return _rag(look, words, str(reason)) if reason else _rag_alone(look, words)


def _rag(look: RagLook, word: str, reason: str = "") -> SafeString:
    return render_to_string(f"{PART}rag.html", {"look": look, "word": word, "reason": reason})


# A list shows the same few marks on all its rows.
_rag_alone = lru_cache(maxsize=64)(_rag)


@register.inclusion_tag(PART + "progress.html")
def progress(done: float, total: float, words: str = "") -> dict:
    """Show how much of a whole is done, as a bar and in words."""
    share = min(1.0, max(0.0, float(done) / float(total))) if total else 0.0
    return {"done": done, "total": total, "words": words, "width": f"{share * 100:.1f}"}


@register.inclusion_tag(PART + "page_heading.html")
def page_heading(title: str, caption: str = "", lead: str = "") -> dict:
    """Show the page's one `<h1>`."""
    return {"title": title, "caption": caption, "lead": lead}


@register.simple_tag
def summary_list(rows: list[dict[str, Any]], compact: bool = False) -> SafeString:
    """Show what is known, a row a fact; `key`, `value`, and `url` with `hidden` to change it.

    Written here and not in a template: a page of checked answers has twenty rows and is asked for by everybody.
    """
    return format_html(
        '<dl class="govuk-summary-list{}">{}</dl>',
        " summary-list--compact" if compact else "",
        format_html_join("", "{}", ((_summary_row(row),) for row in rows)),
    )


def _summary_row(row: dict[str, Any]) -> SafeString:
    fact = format_html(
        '<dt class="govuk-summary-list__key">{}</dt><dd class="govuk-summary-list__value">{}</dd>',
        row["key"],
        _as_typed(linebreaksbr(row["value"], autoescape=True)),
    )
    if not row.get("url"):
        return format_html(
            '<div class="govuk-summary-list__row govuk-summary-list__row--no-actions">{}</div>', fact
        )
    return format_html(
        '<div class="govuk-summary-list__row">{}<dd class="govuk-summary-list__actions"><a class="govuk-link"'
        ' href="{}">{}<span class="govuk-visually-hidden"> {}</span></a></dd></div>',
        fact,
        row["url"],
        row.get("change") or _("Change"),
        row.get("hidden") or row["key"],
    )


def _as_typed(value: SafeString) -> SafeString:
    # On a page from right to left a number, or what was typed in English, keeps its own direction.
    return format_html("<bdi>{}</bdi>", value) if get_language_bidi() else value


@register.inclusion_tag(PART + "pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page) -> dict:
    """Show the way to the pages beside this one; other filters in the address stay."""
    around = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    numbers = list(around) if page.has_other_pages() else []
    return {"page": page, "numbers": numbers, "request": context.get("request")}


@register.simple_tag
def timeline(events: Iterable[Mapping[str, str]]) -> SafeString:
    """Show what happened, newest as given: `when`, `title`, `who`, `body`, `kind`. Written here: a case has many."""
    return format_html(
        '<ol class="timeline">{}</ol>', format_html_join("", "{}", ((_event(each),) for each in events))
    )


def _event(event: Mapping[str, str]) -> SafeString:
    kind, who, body = (event.get(name, "") for name in ("kind", "who", "body"))
    return format_html(
        '<li class="timeline__event{}"><h3 class="timeline__title">{}</h3><p class="timeline__when">{}{}</p>{}</li>',
        format_html(" timeline__event--{}", kind) if kind else "",
        event["title"],
        event["when"],
        format_html(" · {}", who) if who else "",
        format_html('<div class="timeline__body">{}</div>', linebreaks_filter(body, autoescape=True))
        if body
        else "",
    )


@register.inclusion_tag(PART + "tile_map.html")
def tile_map(tiles: list[dict[str, Any]], caption: str) -> dict:
    """Show the nine districts as tiles where they lie."""
    return {"tiles": placed_tiles(tiles), "caption": caption}


@register.inclusion_tag(PART + "empty_state.html")
def empty_state(title: str, text: str = "", url: str = "", link: str = "") -> dict:
    """Say what would be here."""
    return {"title": title, "text": text, "url": url, "link": link}


@register.inclusion_tag(PART + "safe_contact.html")
def safe_contact(summary: str, details: Any = (), of: str = "") -> dict:
    """Show how this person may be reached without danger, before anything else; `of` tells several apart."""
    return {"summary": summary, "details": details, "of": of}


@register.inclusion_tag(PART + "withheld.html")
def withheld() -> dict:
    """Show that a number is kept back."""
    return {}
