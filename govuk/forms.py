"""What a form needs beyond its fields: leave out what stands under a choice that was not made."""

from typing import Any

from django import forms


class RevealMixin(forms.BaseForm):
    """Neither check nor keep what stands under a choice that was not made (first among the form's bases)."""

    def full_clean(self) -> None:
        """Clean as usual, then drop errors and answers of the fields that were not asked."""
        super().full_clean()
        if not self.is_bound:
            return
        for name in hidden_names(self):
            self.errors.pop(name, None)
            if hasattr(self, "cleaned_data"):
                self.cleaned_data[name] = _nothing(self.fields[name])


def hidden_names(form: forms.BaseForm) -> list[str]:
    """Name the fields under choices that were not made, also those two levels down."""
    hidden: list[str] = []
    for name, field in form.fields.items():
        for choice, revealed in getattr(field, "reveals", {}).items():
            if name in hidden or choice not in chosen_values(form[name]):
                hidden.extend(revealed)
    return hidden


def revealed_names(form: forms.BaseForm) -> set[str]:
    """Name every field that is shown under a choice, made or not."""
    return {
        name
        for field in form.fields.values()
        for revealed in getattr(field, "reveals", {}).values()
        for name in revealed
        if name in form.fields
    }


def chosen_values(bound: forms.BoundField) -> list[str]:
    """Give the chosen values as texts, whatever the widget is."""
    value = bound.value()
    if value is None:
        return []
    values = value if isinstance(value, (list, tuple, set)) else [value]
    return [str(one) for one in values]


def _nothing(field: forms.Field) -> Any:
    if isinstance(field, forms.MultipleChoiceField):
        return []
    return field.empty_value if isinstance(field, forms.CharField) else None
