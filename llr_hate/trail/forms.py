"""What an auditor asks the trail for."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator

from audit.acts import ACTS, KINDS
from govuk.fields import ChosenFrom, OneOf, TextField
from govuk.widgets import GovukText
from partners.models import Organisation

# How a day may be typed.
DAYS = ["%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"]

LIKE_THIS = "Write the day like 27/3/2026"
# The day after the last one that is searched has to be a day too.
LAST_DAY = date.max - timedelta(days=1)

# Kept as codes: the trail holds nobody's words.
REASONS = {
    "review": "A regular review",
    "complaint": "A complaint, or a person asking who saw their report",
    "misuse": "Somebody may have misused their access",
    "legal": "A court, the regulator or the law asks for it",
    "trouble": "Something went wrong, and we look for the cause",
}


class Day(forms.DateField):
    """A day, typed as people do."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            input_formats=DAYS,
            widget=GovukText(width=10),
            error_messages={"invalid": LIKE_THIS},
            validators=[MaxValueValidator(LAST_DAY, LIKE_THIS)],
        )


class TrailFilter(forms.Form):
    """Which events to show."""

    since = Day("From this day")
    until = Day("To this day")
    kind = ChosenFrom(label="Kind", required=False)
    act = ChosenFrom(label="Act", required=False)
    who = TextField(label="Who did it (name or email)", required=False, width=20, max_length=120)
    organisation = ChosenFrom(label="Organisation", required=False)
    about = TextField(label="About (reference, or a person)", required=False, width=20, max_length=120)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        acts = sorted(
            ((code, act.words.capitalize()) for code, act in ACTS.items()), key=lambda each: each[1]
        )
        _offer(self, "kind", [("", "Any"), *((kind.value, words) for kind, words in KINDS.items())])
        _offer(self, "act", [("", "Any"), *acts])
        organisations = Organisation.objects.order_by("name").values_list("pk", "name")
        _offer(self, "organisation", [("", "Any"), *((str(pk), name) for pk, name in organisations)])

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        if asked.get("since") and asked.get("until") and asked["since"] > asked["until"]:
            self.add_error("until", "The last day is before the first")
        return asked

    def wanted(self) -> dict[str, Any]:
        """The filters that were filled in and mean something."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ExportForm(forms.Form):
    """Why part of the trail leaves the portal."""

    reason = OneOf(
        label="Why do you need it as a file?",
        label_size="s",
        choices=list(REASONS.items()),
        error_messages={"required": "Choose why you need it"},
    )


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field: Any = form.fields[name]
    field.choices = choices
