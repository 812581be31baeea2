"""Fields and error summaries as HTML, for the tags and for the crispy template pack."""

from collections.abc import Iterator

from django import forms
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from govuk import retyped
from govuk.describe import describe, error_texts, first_input_id, keepable, plain
from govuk.forms import revealed_names
from govuk.macros import render_macro
from govuk.splice import Slots, spliced


def field_html(bound: forms.BoundField) -> SafeString:
    """Render one field with its label, hint, error and all that its choices reveal."""
    if bound.is_hidden:
        return mark_safe(str(bound))
    slots = Slots()
    piece = describe(bound, slots)
    if piece is None:
        return mark_safe(plain(bound))
    return mark_safe(spliced(piece, slots, keep=keepable(bound.form, [bound.name])))


def fields_html(form: forms.BaseForm, names: tuple[str, ...] = ()) -> SafeString:
    """Render the named fields, or all; what a choice reveals stands under its choice."""
    retyped.fill(form)
    inside = revealed_names(form)
    shown = names or tuple(name for name in form.fields if name not in inside)
    return mark_safe("\n".join(field_html(form[name]) for name in shown))


def error_summary_html(*forms_on_page: forms.BaseForm) -> SafeString:
    """Say what is wrong at the top of the page, each line a link to the input; nothing when nothing is wrong."""
    lines = [line for form in forms_on_page if form.is_bound for line in _error_lines(form)]
    if not lines:
        return mark_safe("")
    return mark_safe(
        render_macro("error-summary", {"titleText": _("There is a problem"), "errorList": lines})
    )


def _error_lines(form: forms.BaseForm) -> Iterator[dict[str, str]]:
    for error in form.non_field_errors():
        yield {"text": str(error)}
    for name in _names_as_shown(form):
        bound = form[name]
        for error in error_texts(bound):
            text = f"{bound.label}: {error}" if bound.is_hidden else error
            yield {"text": text} if bound.is_hidden else {"text": text, "href": f"#{first_input_id(bound)}"}


def _names_as_shown(form: forms.BaseForm) -> Iterator[str]:
    inside = revealed_names(form)
    for name, field in form.fields.items():
        if name not in inside:
            yield name
        for names in getattr(field, "reveals", {}).values():
            yield from (inner for inner in names if inner in form.fields)
