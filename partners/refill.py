"""Puts typed values back into the form of a finished page, whichever form that is.

It works on the HTML that the page's own view made: so it serves every form of the portal, and none has to know of it.
"""

from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

Typed = dict[str, list[str]]
NOTICE = (
    '<div class="govuk-notification-banner" role="region" aria-labelledby="typed-before" data-typed-before>'
    '<div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="typed-before">'
    "Nothing is lost</h2></div>"
    '<div class="govuk-notification-banner__content"><p class="govuk-notification-banner__heading">'
    "What you typed before you signed in again is here. It has not been sent: look at it, then press the button."
    "</p></div></div>"
)
TICKED = {"radio", "checkbox"}
# Their values belong to the page, not to the person.
UNTOUCHED = {"submit", "button", "reset", "image", "file", "password"}


def refilled(page: str, typed: Typed, *, action: str) -> str | None:
    """The page with `typed` in the form that is sent to `action`; None when no form there has all these fields."""
    forms = _Forms(action)
    forms.feed(page)
    takes = [names for names in forms.names if set(typed) <= names]
    if not takes:
        return None
    filler = _Filler(typed, action, forms.names.index(takes[0]))
    filler.feed(page)
    filler.close()
    return "".join(filler.pieces)


def _is_sent_to(action: str, attrs: dict[str, str]) -> bool:
    where = urlsplit(attrs.get("action", "")).path
    return attrs.get("method", "").lower() == "post" and where in ("", action)


class _Forms(HTMLParser):
    """The names of the fields of each form that is sent to the address."""

    def __init__(self, action: str) -> None:
        super().__init__(convert_charrefs=False)
        self.action = action
        self.names: list[set[str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = _is_sent_to(self.action, known)
            if self._inside:
                self.names.append(set())
        elif self._inside and "name" in known and tag in {"input", "textarea", "select", "button"}:
            self.names[-1].add(known["name"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False


class _Filler(HTMLParser):
    """Writes the page again, piece by piece as it was, but for the fields of one form."""

    def __init__(self, typed: Typed, action: str, number: int) -> None:
        super().__init__(convert_charrefs=False)
        self.typed, self.action = typed, action
        self.pieces: list[str] = []
        self._left = number
        self._inside = False
        self._select: str | None = None
        self._is_in_old_text = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw = self.get_starttag_text() or ""
        known = {name: value or "" for name, value in attrs}
        if tag == "form" and _is_sent_to(self.action, known):
            self._inside = self._left == 0
            self._left -= 1
            raw = (NOTICE if self._inside else "") + raw
        elif self._inside:
            raw = self._field(tag, known, raw)
        self._write(raw)
        if self._inside and tag == "textarea" and known.get("name") in self.typed:
            # A first line break in a text area is the browser's, not the text's.
            self.pieces.append("\n" + escape(self._next(known["name"]), quote=False))
            self._is_in_old_text = True

    handle_startendtag = handle_starttag

    def _field(self, tag: str, known: dict[str, str], raw: str) -> str:
        name = known.get("name", "")
        if tag == "details":
            return _with(known, "details", {"open": None})
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select in self.typed:
            is_chosen = known.get("value", "") in self.typed[self._select or ""]
            return _with(known, "option", {"selected": None} if is_chosen else {}, without="selected")
        elif tag == "input":
            return self._input(name, known, raw)
        return raw

    def _input(self, name: str, known: dict[str, str], raw: str) -> str:
        kind = known.get("type", "text").lower()
        if kind in UNTOUCHED or name == "csrfmiddlewaretoken":
            return raw
        if kind in TICKED:
            is_ticked = known.get("value", "on") in self.typed.get(name, [])
            return _with(known, "input", {"checked": None} if is_ticked else {}, without="checked")
        return _with(known, "input", {"value": self._next(name)}) if self.typed.get(name) else raw

    def _next(self, name: str) -> str:
        """The next of the values with this name: several fields may share one."""
        values = self.typed[name]
        return values.pop(0) if len(values) > 1 else (values[0] if values else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._is_in_old_text = False
        elif tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = None
        self._write(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._write(data)

    def handle_entityref(self, name: str) -> None:
        self._write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._write(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._write(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._write(f"<!{decl}>")

    def _write(self, raw: str) -> None:
        if not self._is_in_old_text:
            self.pieces.append(raw)


def _with(known: dict[str, str], tag: str, more: dict[str, str | None], *, without: str = "") -> str:
    attrs: dict[str, str | None] = {
        **{name: value for name, value in known.items() if name != without},
        **more,
    }
    written = "".join(
        f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attrs.items()
    )
    return f"<{tag}{written}>"
