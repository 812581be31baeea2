"""Form fields that carry their own design: label size, hints for choices, what a choice reveals."""

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files import File
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from govuk.widgets import GovukCheckboxes, GovukDateParts, GovukRadios, GovukSelect, GovukText, GovukTextarea

CANNOT_KEEP = _("Take out the special character that we cannot keep")


class Design:
    """The looks every field here may be given; a plain Django field may carry the same names as attributes."""

    heading = False
    label_size = ""
    caption: Any = ""
    choice_hints: Mapping[str, Any] = {}
    choice_dividers: Mapping[str, Any] = {}
    reveals: Mapping[str, Sequence[str]] = {}
    varies = False
    group_classes = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        for name in (
            "heading",
            "label_size",
            "caption",
            "choice_hints",
            "choice_dividers",
            "reveals",
            "varies",
        ):
            if name in kwargs:
                setattr(self, name, kwargs.pop(name))
        self.group_classes = kwargs.pop("group_classes", "")
        super().__init__(*args, **kwargs)


class TextField(Design, forms.CharField):
    """One line of text."""

    default_error_messages = {"required": _("Enter an answer")}

    def __init__(
        self,
        *,
        width: int | None = None,
        prefix: str = "",
        suffix: str = "",
        inputmode: str = "",
        autocomplete: str = "off",
        spellcheck: bool | None = None,
        **kwargs: Any,
    ) -> None:
        attrs = {"autocomplete": autocomplete}
        if inputmode:
            attrs["inputmode"] = inputmode
        if spellcheck is not None:
            attrs["spellcheck"] = "true" if spellcheck else "false"
        kwargs.setdefault("widget", GovukText(attrs, width=width, prefix=prefix, suffix=suffix))
        super().__init__(**kwargs)
        _say_plainly_what_cannot_be_kept(self)


class WordsField(Design, forms.CharField):
    """A person's own words, kept as they were typed; at most `limit` characters."""

    default_error_messages = {"required": _("Write your answer in the box")}

    def __init__(self, *, limit: int | None = None, rows: int = 8, **kwargs: Any) -> None:
        kwargs.setdefault("strip", False)
        kwargs.setdefault("widget", GovukTextarea(limit=limit, rows=rows))
        self.limit = limit
        super().__init__(**kwargs)
        _say_plainly_what_cannot_be_kept(self)

    def to_python(self, value: Any) -> str:
        """Undo the browser's line ends, so that the count here is the count on the screen."""
        words = (super().to_python(value) or "").replace("\r\n", "\n")
        return words if words.strip() else ""

    def validate(self, value: str) -> None:
        """Refuse too many characters and say how many there are."""
        super().validate(value)
        if self.limit and len(value) > self.limit:
            over = len(value) - self.limit
            text = ngettext_lazy(
                "Use %(limit)s characters or fewer. You have 1 too many",
                "Use %(limit)s characters or fewer. You have %(over)s too many",
                over,
            )
            raise ValidationError(
                text, code="too_long", params={"limit": f"{self.limit:,}", "over": f"{over:,}"}
            )


class OneOf(Design, forms.ChoiceField):
    """Radios."""

    default_error_messages = {
        "required": _("Choose one answer"),
        "invalid_choice": _("Choose one of the answers on this page"),
    }

    def __init__(
        self, *, choices: Any = (), inline: bool = False, small: bool = False, **kwargs: Any
    ) -> None:
        kwargs.setdefault("widget", GovukRadios(inline=inline, small=small))
        super().__init__(choices=choices, **kwargs)


class YesNo(OneOf):
    """Yes or no, as "yes" and "no"."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", [("yes", _("Yes")), ("no", _("No"))])
        super().__init__(**kwargs)


class ManyOf(Design, forms.MultipleChoiceField):
    """Checkboxes; `exclusive` is the choice that no other may stand beside."""

    default_error_messages = {
        "required": _("Choose at least one answer"),
        "invalid_choice": _("Choose from the answers on this page"),
        "exclusive": _("Choose “%(alone)s” alone, or take it away"),
    }

    def __init__(self, *, choices: Any = (), exclusive: str = "", small: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", GovukCheckboxes(exclusive=exclusive, small=small))
        self.exclusive = exclusive
        super().__init__(choices=choices, **kwargs)

    def validate(self, value: list[str]) -> None:
        """Refuse the exclusive choice beside another: without scripts nothing unticks it."""
        super().validate(value)
        if self.exclusive in value and len(value) > 1:
            alone = next(label for choice, label in self.widget.choices if choice == self.exclusive)
            raise ValidationError(self.error_messages["exclusive"], code="exclusive", params={"alone": alone})


class ChosenFrom(Design, forms.ChoiceField):
    """A select, for more choices than fit the page."""

    default_error_messages = OneOf.default_error_messages

    def __init__(self, *, choices: Any = (), **kwargs: Any) -> None:
        kwargs.setdefault("widget", GovukSelect())
        super().__init__(choices=choices, **kwargs)


class Agreed(Design, forms.BooleanField):
    """One box to tick."""

    default_error_messages = {"required": _("Tick the box to go on")}


class OneFile(forms.FileField):
    """One file of at most `at_most` bytes, whole megabytes, that a member of staff chooses."""

    LONGEST_NAME = 200
    default_error_messages = {
        "required": "Choose a file",
        "empty": "The file is empty.",
        "invalid": "Choose a file",
        "max_length": "The name of the file is too long.",
        "too_large": "The file is larger than %(most)s MB.",
    }

    def __init__(self, *, at_most: int, **kwargs: Any) -> None:
        self.at_most = at_most
        kwargs.setdefault("label", "File")
        super().__init__(max_length=self.LONGEST_NAME, **kwargs)

    def to_python(self, data: "File[Any] | None") -> "File[Any] | None":
        """Refuse what is too large before anybody looks into it."""
        file = super().to_python(data)
        if file is not None and (file.size or 0) > self.at_most:
            most = {"most": self.at_most // 1024 // 1024}
            raise ValidationError(self.error_messages["too_large"], code="too_large", params=most)
        return file


class DateParts(Design, forms.Field):
    """Day, month and year → a date; with `past`, not after `today`, which the form sets on the field."""

    widget = GovukDateParts
    default_error_messages = {
        "required": _("Enter a date"),
        "missing": _("The date must include a %(missing)s"),
        "year": _("The year must have 4 numbers"),
        "invalid": _("The date must be a real date"),
        "future": _("The date must be today or in the past"),
    }
    PART_NAMES = {"day": _("day"), "month": _("month"), "year": _("year")}

    def __init__(self, *, past: bool = False, today: dt.date | None = None, **kwargs: Any) -> None:
        self.past = past
        self.today = today
        super().__init__(**kwargs)

    def clean(self, value: Any) -> dt.date | None:
        """Give a date, or say in plain words which part is wrong (its name is the error's `part`)."""
        typed = [str(part or "").strip() for part in (value or ["", "", ""])]
        if not any(typed):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        self._refuse_missing(typed)
        date = self._real_date(typed)
        if self.past and date > self._known_today():
            raise ValidationError(self.error_messages["future"], code="future")
        self.run_validators(date)
        return date

    def _refuse_missing(self, typed: list[str]) -> None:
        missing = [part for part, text in zip(GovukDateParts.PARTS, typed, strict=True) if not text]
        if missing:
            names = _(" and a ").join(str(self.PART_NAMES[part]) for part in missing)
            params = {"missing": names, "part": missing[0]}
            raise ValidationError(self.error_messages["missing"], code="missing", params=params)

    def _real_date(self, typed: list[str]) -> dt.date:
        day, month, year = typed[0], _month_number(typed[1]), typed[2]
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            raise ValidationError(self.error_messages["year"], code="year", params={"part": "year"})
        try:
            return dt.date(int(year), int(month), int(day))
        except (ValueError, OverflowError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def _known_today(self) -> dt.date:
        if self.today is None:
            raise ImproperlyConfigured("DateParts(past=True) needs its `today`: the form sets it.")
        return self.today


def _month_number(text: str) -> str:
    # People write "mar" and "March" as often as 3.
    names = {name.lower(): str(number) for number, name in enumerate(calendar.month_name) if name}
    short = {name[:3]: number for name, number in names.items()}
    return names.get(text.lower(), short.get(text.lower(), text))


def _say_plainly_what_cannot_be_kept(field: forms.CharField) -> None:
    field.validators = [
        ProhibitNullCharactersValidator(message=CANNOT_KEEP)
        if isinstance(validator, ProhibitNullCharactersValidator)
        else validator
        for validator in field.validators
    ]
