"""What is asked when a list of reporting centres is brought in, and in which kind it is taken out."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from centres.exporting import KINDS
from documents.grids.packed import MAX_BYTES, PaperKind
from govuk.fields import OneOf


class ListForm(forms.Form):
    """A file with a list of centres."""

    paper = forms.FileField(
        label="File",
        help_text="Excel (.xlsx), OpenDocument (.ods) or CSV. Up to 5 MB.",
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty.",
            "invalid": "Choose a file",
            "max_length": "The name of the file is too long.",
        },
        max_length=200,
    )

    def clean_paper(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["paper"]
        if (file.size or 0) > MAX_BYTES:
            raise ValidationError(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB.")
        return file


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
