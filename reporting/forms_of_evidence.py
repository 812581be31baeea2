"""The form that takes files: several at once, each looked at by itself."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _


class SeveralFiles(forms.ClearableFileInput):
    """A file input in which several can be chosen."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """The files that were chosen; what each of them is, is looked at where it is kept."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        chosen = [each for each in data or [] if each]
        if self.required and not chosen:
            raise forms.ValidationError(self.error_messages["required"])
        return chosen


class EvidenceForm(forms.Form):
    """Files to add. Its errors name each file that did not go through, and say why."""

    files_to_add = FilesField(
        label=_("Choose files"),
        help_text=_("You can choose more than one."),
        error_messages={"required": _("Choose a file first")},
    )

    def say_what_failed(self, failed: Iterable[tuple[str, str]]) -> None:
        """Names the files that did not go through."""
        for name, why in failed:
            said = _("“%(name)s” did not go through. %(why)s") % {"name": name, "why": why}
            self.add_error("files_to_add", said)
