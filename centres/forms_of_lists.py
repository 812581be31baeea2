"""What is asked when a list of reporting centres is brought in, and in which kind it is taken out."""

from django import forms

from centres.exporting import KINDS
from documents.grids.packed import MAX_BYTES, PaperKind
from govuk.fields import OneFile, OneOf


class ListForm(forms.Form):
    """A file with a list of centres."""

    paper = OneFile(at_most=MAX_BYTES, help_text="Excel (.xlsx), OpenDocument (.ods) or CSV. Up to 5 MB.")


class TakeOutForm(forms.Form):
    """In which kind of file the list is taken out."""

    kind = OneOf(
        label="Kind of file",
        choices=[(kind.value, f"{kind.words} (.{kind.value})") for kind in KINDS],
        initial=PaperKind.XLSX.value,
        error_messages={"required": "Choose a kind of file"},
        choice_hints={
            PaperKind.XLSX.value: "With a sheet that says what each column takes",
            PaperKind.CSV.value: "The list alone, for other programs",
        },
    )
