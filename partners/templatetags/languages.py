"""The choice of language on the public's pages, and what a language that nobody has checked says of itself."""

from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from partners.languages import known, language_now, offered
from partners.speaking import FIELD

register = template.Library()
PART = "partners/languages/"


@register.inclusion_tag(PART + "choice.html", takes_context=True)
def language_choice(context: template.Context, form: str = "") -> dict[str, Any]:
    """Show the languages to choose from. `form` is the id of the form on the page that somebody fills in: then
    choosing sends what is typed along, so that it stands there again."""
    request = context.get("request")
    # A page of the store is everybody's: of the address only what it is stored by.
    to = f"{request.path}{'?change' if 'change' in request.GET else ''}" if request else "/"
    return {
        "languages": [
            {"language": each, "keeps_what_is_typed": bool(form) and each.code in offered()}
            for each in known().values()
        ],
        "now": get_language(),
        "form": form,
        "field": FIELD,
        "to": to,
    }


@register.inclusion_tag(PART + "note.html")
def language_note() -> dict[str, Any]:
    """Say that nobody has checked this language, where nobody has."""
    return {"is_draft": not language_now().is_checked}


@register.simple_tag
def reads_latin_letters() -> bool:
    """Say whether who reads this language reads the letters of a code's words; else digits come first."""
    return language_now().is_latin


@register.simple_tag
def html_language() -> str:
    """Say what browsers and screen readers are told about the language of the page."""
    return settings.LANGUAGE_CODE if _is_plain() else language_now().lang


@register.simple_tag
def reads_easy_words() -> bool:
    """Say whether the page is made for somebody who finds reading hard."""
    return not _is_plain() and language_now().is_easy


@register.simple_tag
def picture(page: str) -> SafeString | str:
    """Show the picture of a page, where the language has pictures. It says nothing that the heading does not say, so
    that nobody is told twice."""
    name = None if _is_plain() else language_now().pictures.get(page)
    if not name:
        return ""
    return format_html(
        '<img class="page-picture" src="{}" alt="" width="200" height="200">', static(f"pictures/{name}.svg")
    )


def _is_plain() -> bool:
    """Whether the page is in the portal's own language: then nothing more is looked up for it."""
    return (get_language() or settings.LANGUAGE_CODE) == settings.LANGUAGE_CODE
