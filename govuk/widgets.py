"""Widgets that know how they look; the markup itself comes from the macros in `govuk.describe`."""

import datetime as dt
from typing import Any

from django import forms


class GovukText(forms.TextInput):
    """One line of text; `width` in characters (2, 3, 4, 5, 10, 20)."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        width: int | None = None,
        prefix: str = "",
        suffix: str = "",
    ) -> None:
        super().__init__(attrs)
        self.width = width
        self.prefix = prefix
        self.suffix = suffix


class GovukTextarea(forms.Textarea):
    """Several lines; with `limit` a character count stands below."""

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, limit: int | None = None, rows: int = 8
    ) -> None:
        super().__init__(attrs)
        self.limit = limit
        self.rows = rows


class GovukRadios(forms.RadioSelect):
    """One of few."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        inline: bool = False,
        small: bool = False,
    ) -> None:
        super().__init__(attrs, choices)
        self.inline = inline
        self.small = small


class GovukCheckboxes(forms.CheckboxSelectMultiple):
    """Any of few; the `exclusive` choice stands alone."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        exclusive: str = "",
        small: bool = False,
    ) -> None:
        super().__init__(attrs, choices)
        self.exclusive = exclusive
        self.small = small


class GovukSelect(forms.Select):
    """One of many."""


class GovukDateParts(forms.MultiWidget):
    """Day, month and year, named `<field>-day`, `<field>-month`, `<field>-year`."""

    PARTS = ("day", "month", "year")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([forms.TextInput() for _ in self.PARTS], attrs)
        self.widgets_names = [f"-{part}" for part in self.PARTS]

    def decompress(self, value: Any) -> list[Any]:
        """Take a date, an ISO date or nothing apart."""
        if isinstance(value, str) and value:
            try:
                value = dt.date.fromisoformat(value[:10])
            except ValueError:
                return [value, "", ""]
        return [value.day, value.month, value.year] if value else ["", "", ""]

    def parts(self, value: Any) -> list[str]:
        """Give the three texts to show for what was typed or for what is known."""
        known = value if isinstance(value, (list, tuple)) else self.decompress(value)
        return ["" if part is None else str(part) for part in known]
