"""What an officer is asked about an attempt to reach somebody."""

import re
from datetime import datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from casework.contact_plan import against
from casework.contacting import CannotHaveHappened, Tried, could_be, plan_of
from casework.forms import NOTE_LIMIT, ActForm, offer
from casework.models import Case, ContactWay
from govuk.fields import Agreed, ChosenFrom, DateParts, OneOf, TextField, WordsField
from partners.contact_words import outcomes
from partners.models import User
from reporting.models import Report

# “14:30”, “1430”, “2.30pm”, “9 am”.
CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?", re.IGNORECASE)


class ContactForm(ActForm):
    """One attempt. What the plan does not allow is asked back once; `asks_back` is whether it is."""

    report = ChosenFrom(label="Whose report?", label_size="s")
    way = OneOf(
        label="How did you try to reach them?",
        label_size="s",
        error_messages={"required": "Choose how you tried to reach them"},
    )
    outcome = OneOf(
        label="How did it end?", label_size="s", error_messages={"required": "Choose how it ended"}
    )
    on = DateParts(
        label="On which day?",
        label_size="s",
        past=True,
        error_messages={"required": "Enter the day", "future": "The day must be today or in the past"},
    )
    clock = TextField(
        label="At what time?",
        label_size="s",
        help_text="For example, 14:30 or 2:30pm.",
        width=5,
        error_messages={"required": "Enter the time"},
    )
    words = WordsField(
        label="What was said, or what to heed next time",
        label_size="s",
        help_text="For officers. The person does not see it.",
        limit=NOTE_LIMIT,
        rows=4,
        required=False,
    )
    happened_so = Agreed(label="Yes, this is how it happened", required=False)

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        now = timezone.localtime()
        self.reports = {report.reference: report for report in case.reports if report.erased_at is None}
        self.asks_back = False
        on: Any = self.fields["on"]
        on.today = now.date()
        offer(self, "report", [(reference, reference) for reference in self.reports])
        plans = {reference: plan_of(report) for reference, report in self.reports.items()}
        planned = {plan.way for plan in plans.values()}
        marked = dict.fromkeys(planned, " (their plan)")
        ways = [(way.value, f"{way.label.capitalize()}{marked.get(way, '')}") for way in ContactWay]
        offer(self, "way", ways)
        offer(self, "outcome", [(each.code, each.words) for each in outcomes().values()])
        self.plans = plans
        self.initial.update(report=next(iter(self.reports)), on=now.date(), clock=f"{now:%H:%M}")
        if len(self.reports) == 1:
            del self.fields["report"]

    @property
    def shown(self) -> list[str]:
        """The fields that the page shows: the last one only once the plan asks back."""
        return [name for name in self.fields if name != "happened_so" or self.asks_back]

    def clean_clock(self) -> time:
        """A time of day; raises ValidationError."""
        found = CLOCK.fullmatch(self.cleaned_data["clock"].strip())
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        half = (found[3] or "").lower() if found else ""
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half:
            hour = 99
        if hour > 23 or minute > 59:
            raise ValidationError("The time must be a real time, like 14:30")
        return time(hour, minute)

    def clean(self) -> dict[str, Any] | None:
        """It could have happened so; and what the plan does not allow is asked back."""
        cleaned = super().clean() or {}
        if any(name in self.errors for name in ("way", "outcome", "on", "clock", "report")):
            return cleaned
        tried = self.tried()
        try:
            outcome = could_be(self.about, tried, now=timezone.now())
        except CannotHaveHappened as refusal:
            self.add_error("clock" if refusal.about == "at" else "outcome", str(refusal))
            return cleaned
        plan = self.plans[self.about.reference]
        found = against(plan, way=tried.way, left_message=outcome.left_message, at=tried.at)
        self.asks_back = bool(found)
        if found and not cleaned.get("happened_so"):
            for each in found:
                self.add_error("happened_so", each.asked)
        return cleaned | {"about": self.about, "tried": tried}

    @property
    def about(self) -> Report:
        """The report whose person was to be reached."""
        chosen = self.cleaned_data.get("report")
        return self.reports[chosen] if chosen else next(iter(self.reports.values()))

    def tried(self) -> Tried:
        """The attempt, as it was told here."""
        told = self.cleaned_data
        at = timezone.make_aware(datetime.combine(told["on"], told["clock"]))
        return Tried(told["way"], told["outcome"], at, told.get("words", ""))
