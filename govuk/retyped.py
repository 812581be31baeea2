"""What stood in a form when somebody asked for the page in another language: shown again, neither checked nor kept."""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from django import forms

_typed: ContextVar[Mapping[str, Any] | None] = ContextVar("typed_before_the_language_changed", default=None)


def remember(typed: Mapping[str, Any]) -> None:
    """Keeps what was typed until `forget`: as long as the page is being made."""
    _typed.set(typed)


def forget() -> None:
    """Nothing is remembered any more."""
    _typed.set(None)


def is_there() -> bool:
    """Whether something was typed, so that the page is nobody else's."""
    return _typed.get() is not None


def fill(form: forms.BaseForm) -> None:
    """Puts what was typed into a form that is shown, not sent; without anything typed it is left as it is."""
    typed = _typed.get()
    if typed is None or form.is_bound:
        return
    form.initial = {
        **form.initial,
        **{
            name: field.widget.value_from_datadict(typed, {}, form.add_prefix(name))
            for name, field in form.fields.items()
        },
    }
