"""A bound field → the macro that shows it and what the macro is told."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.html import escape, format_html
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from govuk import widgets
from govuk.counting import counted
from govuk.forms import chosen_values
from govuk.splice import Piece, Slots

Params = dict[str, Any]
NOT_PASSED_ON = {
    "class",
    "rows",
    "cols",
    "autocomplete",
    "inputmode",
    "spellcheck",
    "maxlength",
    "minlength",
    "required",
}
# What is typed with these keys is read from left to right in every language.
FROM_LEFT_TO_RIGHT = {"tel", "email", "url", "numeric"}


def describe(bound: forms.BoundField, slots: Slots) -> Piece | None:
    """Say how this field is shown, or None for a widget that only Django knows how to draw."""
    for kind, shape in SHAPES:
        if isinstance(bound.field.widget, kind):
            return shape(bound, slots)
    return None


def keepable(form: forms.BaseForm, names: Iterable[str]) -> bool:
    """Say whether the wording of these fields, and of what they reveal, may be kept in the store."""
    return all(_fixed_wording(form.fields[name]) and keepable(form, _revealed(form, name)) for name in names)


def _fixed_wording(field: forms.Field) -> bool:
    choices = getattr(field, "choices", None)
    return not getattr(field, "varies", False) and not isinstance(choices, ModelChoiceIterator)


def _revealed(form: forms.BaseForm, name: str) -> list[str]:
    reveals = getattr(form.fields[name], "reveals", {})
    return [inner for names in reveals.values() for inner in names if inner in form.fields]


def field_id(bound: forms.BoundField) -> str:
    """Give the id of the field's first input, or of the group around it."""
    return bound.field.widget.attrs.get("id") or bound.auto_id or bound.html_name


def first_input_id(bound: forms.BoundField) -> str:
    """Give the id that an error link jumps to: the part of a date that is wrong, else the first input."""
    if isinstance(bound.field.widget, widgets.GovukDateParts):
        return f"{field_id(bound)}-{(_wrong_parts(bound) or ['day'])[0]}"
    return field_id(bound)


def error_texts(bound: forms.BoundField) -> list[str]:
    """Give the field's errors; one that Django words for every field alike names the field instead."""
    if not bound.errors:
        return []
    stock = str(forms.Field.default_error_messages["required"])
    named = _("“%(label)s” needs an answer") % {"label": bound.label}
    return [named if error == stock else str(error) for error in bound.errors]


def _text_or_html(text: Any) -> Params:
    # A lazy translation becomes its words in today's language, which is also what the store's key needs.
    words = str(text)
    if hasattr(text, "__html__"):
        return {"html": words}
    # Words in lines, as Easy Read has them, are shown in lines.
    return {"html": escape(words).replace("\n", "<br>")} if "\n" in words else {"text": words}


def _title(bound: forms.BoundField, block: str) -> Params:
    field = bound.field
    heading = getattr(field, "heading", False)
    size = getattr(field, "label_size", "") or ("l" if heading else "s")
    caption = getattr(field, "caption", "")
    title = _text_or_html(bound.label)
    if caption:
        words = format_html('<span class="govuk-caption-{}">{}</span> {}', size, caption, bound.label)
        title = {"html": str(words)}
    return title | {"classes": f"{block}--{size}", "isPageHeading": heading}


def _around(bound: forms.BoundField, slots: Slots) -> Params:
    """Id, name, hint, error and group: what every macro takes."""
    params: Params = {"id": field_id(bound), "name": bound.html_name}
    if bound.help_text:
        params["hint"] = _text_or_html(bound.help_text)
    if errors := error_texts(bound):
        params["errorMessage"] = {"html": slots.put_lines(errors), "visuallyHiddenText": _("Error")}
    if group := getattr(bound.field, "group_classes", ""):
        params["formGroup"] = {"classes": group}
    if bound.field.disabled:
        params["disabled"] = True
    return params


def _passed_on(attrs: Params) -> Params:
    return {
        name: {"value": True, "optional": True} if value is True else str(value)
        for name, value in attrs.items()
        if name not in NOT_PASSED_ON and value not in (None, False, "")
    }


def _direction(attrs: Params) -> Params:
    """On a page from right to left: numbers and addresses stay from left to right, words are as they are typed."""
    if not get_language_bidi():
        return {}
    return {"dir": "ltr" if attrs.get("inputmode") in FROM_LEFT_TO_RIGHT else "auto"}


def _input_params(bound: forms.BoundField, slots: Slots) -> Params:
    attrs = bound.field.widget.attrs
    params = _around(bound, slots) | {"label": _title(bound, "govuk-label")}
    params["autocomplete"] = attrs.get("autocomplete", "off")
    params["classes"] = attrs.get("class", "")
    params["attributes"] = _passed_on(attrs) | _direction(attrs)
    if "spellcheck" in attrs:
        params["spellcheck"] = str(attrs["spellcheck"]).lower() == "true"
    value = bound.field.widget.format_value(bound.value())
    if value not in (None, ""):
        params["value"] = slots.put(value)
    return params


def _text(bound: forms.BoundField, slots: Slots) -> Piece:
    widget = bound.field.widget
    params = _input_params(bound, slots) | {
        "type": widget.input_type,
        "inputmode": widget.attrs.get("inputmode"),
    }
    if width := getattr(widget, "width", None):
        params["classes"] = f"{params['classes']} govuk-input--width-{width}".strip()
    for affix in ("prefix", "suffix"):
        if words := getattr(widget, affix, ""):
            params[affix] = {"text": str(words)}
    if widget.input_type == "number":
        # A wheel that changes the number by accident helps nobody: text with the number keys.
        params |= {"type": "text", "inputmode": widget.attrs.get("inputmode", "numeric")}
    return Piece("input", params)


def _password(bound: forms.BoundField, slots: Slots) -> Piece:
    params = _input_params(bound, slots)
    params["autocomplete"] = bound.field.widget.attrs.get("autocomplete", "current-password")
    params |= {"showPasswordText": _("Show"), "showPasswordAriaLabelText": _("Show password")}
    params |= {"hidePasswordText": _("Hide"), "hidePasswordAriaLabelText": _("Hide password")}
    return Piece("password-input", params)


def _textarea(bound: forms.BoundField, slots: Slots) -> Piece:
    widget = bound.field.widget
    params = _input_params(bound, slots) | {
        "rows": getattr(widget, "rows", None) or widget.attrs.get("rows", 5)
    }
    # The macro for a count passes no autocomplete on; as an attribute it arrives.
    params["attributes"]["autocomplete"] = params.pop("autocomplete")
    limit = getattr(widget, "limit", None)
    if not limit:
        return Piece("textarea", params)
    params |= {
        "maxlength": limit,
        "textareaDescriptionText": _("You can use up to %s characters") % f"{limit:,}",
    }
    params["charactersUnderLimitText"] = counted(
        lambda number: ngettext(
            "You have %{count} character left", "You have %{count} characters left", number
        )
    )
    params["charactersAtLimitText"] = _("You have no characters left")
    params["charactersOverLimitText"] = counted(
        lambda number: ngettext(
            "You have %{count} character too many", "You have %{count} characters too many", number
        )
    )
    return Piece("character-count", params)


def _file(bound: forms.BoundField, slots: Slots) -> Piece:
    widget = bound.field.widget
    params = _around(bound, slots) | {"label": _title(bound, "govuk-label"), "javascript": False}
    params["multiple"] = widget.allow_multiple_selected
    params["attributes"] = _passed_on(widget.attrs)
    return Piece("file-upload", params)


def _select(bound: forms.BoundField, slots: Slots) -> Piece | None:
    choices = list(bound.field.widget.choices)
    if any(isinstance(label, (list, tuple)) for _value, label in choices):
        return None
    params = _select_params(bound, slots)
    chosen = chosen_values(bound) or [""]
    params["items"] = [
        {"value": _value_text(value), "text": str(label), "selected": _value_text(value) in chosen}
        for value, label in choices
    ]
    return Piece("select", params)


def _select_params(bound: forms.BoundField, slots: Slots) -> Params:
    attrs = bound.field.widget.attrs
    params = _around(bound, slots) | {
        "label": _title(bound, "govuk-label"),
        "classes": attrs.get("class", ""),
    }
    params["attributes"] = _passed_on(attrs)
    return params


def _choice_params(bound: forms.BoundField, slots: Slots) -> Params:
    params = _around(bound, slots)
    params["idPrefix"] = params.pop("id")
    params["fieldset"] = {"legend": _title(bound, "govuk-fieldset__legend")}
    return params


def _radios(bound: forms.BoundField, slots: Slots) -> Piece:
    widget = bound.field.widget
    params = _choice_params(bound, slots)
    params["classes"] = " ".join(
        f"govuk-radios--{look}" for look in ("inline", "small") if getattr(widget, look, False)
    )
    choices = [(value, label) for value, label in widget.choices if _value_text(value) != ""]
    params["items"] = _items(bound, slots, choices)
    return Piece("radios", params)


def _checkboxes(bound: forms.BoundField, slots: Slots) -> Piece:
    widget = bound.field.widget
    params = _choice_params(bound, slots)
    params["classes"] = "govuk-checkboxes--small" if getattr(widget, "small", False) else ""
    items = _items(bound, slots, list(widget.choices))
    exclusive = getattr(widget, "exclusive", "") or getattr(bound.field, "exclusive", "")
    for place, item in enumerate(items):
        if exclusive and item.get("value") == exclusive:
            item["behaviour"] = "exclusive"
            if place and "divider" not in items[place - 1]:
                items.insert(place, {"divider": _("or")})
            break
    params["items"] = items
    return Piece("checkboxes", params)


def _items(bound: forms.BoundField, slots: Slots, choices: list[tuple[Any, Any]]) -> list[Params]:
    hints = getattr(bound.field, "choice_hints", {})
    dividers = getattr(bound.field, "choice_dividers", {})
    chosen = chosen_values(bound)
    items: list[Params] = []
    for value, label in choices:
        value = _value_text(value)
        if value in dividers:
            items.append({"divider": str(dividers[value])})
        item = {"value": value, "checked": value in chosen} | _text_or_html(label)
        if hint := hints.get(value):
            item["hint"] = _text_or_html(hint)
        if inside := _conditional(bound, slots, value):
            item["conditional"] = {"html": inside}
        if bound.field.disabled:
            item["disabled"] = True
        items.append(item)
    return items


def _conditional(bound: forms.BoundField, slots: Slots, value: str) -> list[Piece]:
    names = getattr(bound.field, "reveals", {}).get(value, ())
    pieces = (describe(bound.form[name], slots) for name in names if name in bound.form.fields)
    return [piece for piece in pieces if piece]


def _value_text(value: Any) -> str:
    return "" if value is None else str(value)


def _tick(bound: forms.BoundField, slots: Slots) -> Piece:
    params = _around(bound, slots)
    params["idPrefix"] = params.pop("id")
    hint = params.pop("hint", None)
    item = {"value": bound.field.widget.attrs.get("value", "on")} | _text_or_html(bound.label)
    item["checked"] = bound.field.widget.check_test(bound.value())
    if hint:
        item["hint"] = hint
    return Piece("checkboxes", params | {"items": [item]})


def _wrong_parts(bound: forms.BoundField) -> list[str]:
    errors = bound.form.errors.as_data().get(bound.name, []) if bound.form.is_bound else []
    return [error.params["part"] for error in errors if error.params and "part" in error.params]


def _date(bound: forms.BoundField, slots: Slots) -> Piece:
    params = _around(bound, slots) | {"fieldset": {"legend": _title(bound, "govuk-fieldset__legend")}}
    name = params.pop("name")
    wrong = _wrong_parts(bound) or (list(widgets.GovukDateParts.PARTS) if bound.errors else [])
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    params["items"] = []
    for part, text in zip(widgets.GovukDateParts.PARTS, bound.field.widget.parts(bound.value()), strict=True):
        classes = f"govuk-input--width-{4 if part == 'year' else 2}"
        item = {"name": f"{name}-{part}", "id": f"{params['id']}-{part}", "label": labels[part]}
        item |= {
            "classes": f"{classes} govuk-input--error" if part in wrong else classes,
            "autocomplete": "off",
        }
        if text:
            item["value"] = slots.put(text)
        params["items"].append(item)
    return Piece("date-input", params)


# The first that fits: a password is a text input, a select is a choice.
SHAPES: tuple[tuple[type[forms.Widget], Callable[[forms.BoundField, Slots], Piece | None]], ...] = (
    (widgets.GovukDateParts, _date),
    (forms.PasswordInput, _password),
    (forms.FileInput, _file),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.SelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.Select, _select),
    (forms.CheckboxInput, _tick),
    (forms.Textarea, _textarea),
    (forms.widgets.Input, _text),
)


def plain(bound: forms.BoundField) -> str:
    """Draw a widget that no macro fits, inside the design system's group, with the ids that Django refers to."""
    ids = bound.auto_id
    label = format_html(
        '<label class="govuk-label govuk-label--s" for="{}">{}</label>', bound.id_for_label, bound.label
    )
    hint = format_html('<div class="govuk-hint" id="{}_helptext">{}</div>', ids, bound.help_text)
    error = format_html(
        '<p class="govuk-error-message" id="{}_error">{}</p>', ids, " ".join(error_texts(bound))
    )
    widget = bound.as_widget(attrs={"class": bound.field.widget.attrs.get("class") or "govuk-select"})
    wrong = "govuk-form-group govuk-form-group--error" if bound.errors else "govuk-form-group"
    parts = (label, hint if bound.help_text else "", error if bound.errors else "", widget)
    return format_html('<div class="{}">{}{}{}{}</div>', wrong, *parts)
