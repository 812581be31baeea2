"""What is asked for to change an action: another promise, a decision about one, closing it. Forms check, acts act."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from actionplans.changing import Wanted
from actionplans.evidence import FileRefused
from actionplans.forms_of_campaigns import set_choices
from actionplans.forms_of_sessions import by_code, organisations
from actionplans.models import Action, ChangeKind, ChangeRequest, Evidence
from files.models import media_type_of
from govuk.fields import ChosenFrom, DateParts, OneOf, WordsField
from govuk.forms import RevealMixin
from govuk.widgets import GovukText

MOST_WORDS = 2000
LONGEST_TITLE = 160
LONGEST_LINK = 500
KINDS = [
    (ChangeKind.DUE.value, "The due date"),
    (ChangeKind.TARGET.value, "The target of its measure"),
    (ChangeKind.LEAD.value, "Who leads it"),
]


def words_field(label: str, missing: str, *, hint: str = "", rows: int = 4, **more: Any) -> WordsField:
    return WordsField(
        label=label,
        help_text=hint,
        rows=rows,
        limit=MOST_WORDS,
        error_messages={"required": missing},
        **more,
    )


def decimal(label: str, *, missing: str = "", hint: str = "", required: bool = True) -> forms.DecimalField:
    """A figure of a measure."""
    return forms.DecimalField(
        label=label,
        help_text=hint,
        required=required,
        max_digits=10,
        decimal_places=2,
        min_value=0,
        widget=GovukText({"inputmode": "decimal", "autocomplete": "off"}, width=10),
        error_messages={
            "required": missing,
            "invalid": "Enter a number, such as 40 or 12.5",
            "min_value": "Enter a number from 0 up",
            "max_digits": "Enter a number below 100,000,000",
            "max_whole_digits": "Enter a number below 100,000,000",
            "max_decimal_places": "Use at most two places after the point",
        },
    )


class AskForm(RevealMixin, forms.Form):
    """Another due date, target or lead, with the reason."""

    kind = OneOf(
        label="What should change?",
        choices=KINDS,
        reveals={
            ChangeKind.DUE: ["new_due"],
            ChangeKind.TARGET: ["new_target"],
            ChangeKind.LEAD: ["new_lead"],
        },
        error_messages={"required": "Choose what should change"},
    )
    new_due = DateParts(label="The new due date", error_messages={"required": "Enter the new due date"})
    new_target = decimal("The new target", missing="Enter the new target")
    new_lead = ChosenFrom(label="The new lead", error_messages={"required": "Choose who should lead it"})
    reason = words_field(
        "Why?", "Write why it should change", hint="The reason stands on the action’s page, for all partners."
    )

    def __init__(self, data: Any = None, *, action: Action) -> None:
        super().__init__(data)
        self.houses = {each.code: each for each in organisations() if each.pk != action.lead_id}
        set_choices(self, "new_lead", [("", "Choose one"), *by_code(self.houses.values())])
        if not hasattr(action, "measure"):
            set_choices(self, "kind", [each for each in KINDS if each[0] != ChangeKind.TARGET])

    def wanted(self) -> Wanted:
        """What the act is given."""
        said = self.cleaned_data
        return Wanted(
            ChangeKind(said["kind"]),
            due=said["new_due"],
            target=said["new_target"],
            lead=self.houses.get(said["new_lead"]),
        )

    # The field under which a refusal of each kind stands.
    PLACES = {ChangeKind.DUE: "new_due", ChangeKind.TARGET: "new_target", ChangeKind.LEAD: "new_lead"}


class DecideForm(forms.Form):
    """Yes or no to a request, with the words that whoever asked will read."""

    decision = OneOf(
        label="Your decision",
        choices=[("approve", "Approve: the change is made"), ("refuse", "Refuse: everything stays as it is")],
        error_messages={"required": "Choose whether you approve"},
    )
    words = words_field(
        "What you say about it",
        "Write a word about your decision",
        hint="It stands beside the request.",
        rows=3,
    )


class ReasonForm(forms.Form):
    """A reason, and nothing else."""

    reason = words_field("Why?", "Write why")


class CloseForm(forms.Form):
    """What came of an action, and what shows it."""

    reason = words_field(
        "What came of it?",
        "Write what came of it",
        hint="One or two sentences. They stand on the action’s page.",
    )
    link = forms.URLField(
        label="Link to something that shows it",
        required=False,
        max_length=LONGEST_LINK,
        assume_scheme="https",
        widget=GovukText({"inputmode": "url", "spellcheck": "false"}),
        error_messages={"invalid": "Enter a link, such as https://www.example.org/report"},
    )
    file = forms.FileField(
        label="Photo or PDF that shows it",
        required=False,
        help_text="Up to 10 MB. No faces, no names of victims.",
    )

    def __init__(self, data: Any = None, files: Any = None, *, has_evidence: bool) -> None:
        super().__init__(data, files)
        self.has_evidence = has_evidence

    def clean_file(self) -> UploadedFile | None:
        """A photo or a PDF, by its first bytes."""
        file = self.cleaned_data["file"]
        if file:
            try:
                media_type_of(file.read())
            except FileRefused as refused:
                raise forms.ValidationError(str(refused)) from None
            file.seek(0)
        return file

    def clean(self) -> dict[str, Any]:
        """Something must show it: what is there already, or what comes with this."""
        said = super().clean() or {}
        untouched = not {"link", "file"} & self.errors.keys()
        if untouched and not (self.has_evidence or said.get("link") or said.get("file")):
            self.add_error("link", "Add at least one link or file that shows what was done")
        return said


def link_of(form: CloseForm) -> list[Evidence]:
    """The link as evidence."""
    link = form.cleaned_data["link"]
    return [Evidence(title=link[:LONGEST_TITLE], link=link)] if link else []


def change_words(request: ChangeRequest) -> str:
    """What a request is about, in one line: “Due date: 31 March 2027 → 30 June 2027”. Needs its leads and measure."""
    if request.kind == ChangeKind.DUE:
        return f"Due date: {_day(request.old_due)} → {_day(request.new_due)}"
    if request.kind == ChangeKind.LEAD:
        return f"Lead: {request.old_lead} → {request.new_lead}"
    if request.kind == ChangeKind.TARGET:
        measure = request.action.measure
        return f"Target: {measure.words_for(request.old_target)} → {measure.words_for(request.new_target)}"
    return "Close the action" if request.kind == ChangeKind.CLOSE else "Open the action again"


def _day(day: Any) -> str:
    return f"{day.day} {day:%B %Y}" if day else "none"
