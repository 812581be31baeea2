"""What is asked when a plan is brought in from a file, and in which kind it is taken out."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from actionplans.models import ActionPlan
from actionplans.papers.bringing_in import CodeTaken, draft_with
from documents.grids.packed import MAX_BYTES, PaperKind
from govuk.fields import DateParts, OneFile, OneOf, TextField
from partners.models import User

KINDS = [(kind.value, f"{kind.words} (.{kind.value})") for kind in PaperKind]


class ImportForm(forms.Form):
    """A file and the plan that it is; `draft` is the draft that the plan would replace, None for none."""

    paper = OneFile(
        at_most=MAX_BYTES,
        help_text="Excel (.xlsx), OpenDocument (.ods), a Word document with a table (.docx), or CSV. Up to 5 MB.",
    )
    title = TextField(
        label="What the plan is called",
        max_length=160,
        error_messages={"required": "Say what the plan is called"},
    )
    plan_code = TextField(
        label="Code",
        help_text="It stands in the plan’s address, such as hate-2027. With the code of a draft of yours, this plan "
        "takes its place.",
        max_length=50,
        width=20,
        spellcheck=False,
        error_messages={"required": "Enter a code"},
    )
    starts = DateParts(label="First day", error_messages={"required": "Enter the plan’s first day"})
    ends = DateParts(label="Last day", error_messages={"required": "Enter the plan’s last day"})

    def __init__(self, *sent: Any, by: User, **more: Any) -> None:
        super().__init__(*sent, **more)
        self.by = by
        self.draft: ActionPlan | None = None

    def clean_plan_code(self) -> str:
        code: str = self.cleaned_data["plan_code"].strip()
        if code != slugify(code) or not code:
            raise ValidationError("Use small letters, digits and hyphens only, such as hate-2027")
        try:
            self.draft = draft_with(code, by=self.by)
        except CodeTaken as taken:
            raise ValidationError(str(taken)) from None
        return code

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        starts, ends = said.get("starts"), said.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "The last day must be after the first")
        return said


class ExportForm(forms.Form):
    """In which kind of file a plan is taken out."""

    kind = OneOf(
        label="Kind of file",
        choices=KINDS,
        initial=PaperKind.XLSX.value,
        error_messages={"required": "Choose a kind of file"},
        choice_hints={
            PaperKind.XLSX.value: "With all updates on a second sheet",
            PaperKind.ODS.value: "With all updates on a second sheet",
            PaperKind.DOCX.value: "In several tables, to print and to discuss",
            PaperKind.CSV.value: "The actions alone, for other programs",
        },
    )
