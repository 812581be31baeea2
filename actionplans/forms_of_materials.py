"""What is asked about something for the library of materials, and the filters above it."""

from typing import Any

from django import forms

from actionplans.forms_of_campaigns import languages, one_line, set_choices
from actionplans.models import Campaign
from govuk.fields import Agreed, ChosenFrom, WordsField
from partners.models import User

KINDS = ("Poster", "Leaflet", "Wallet card", "Digital tile", "Clip", "Post", "Press text", "Workshop pack")


class MaterialForm(forms.Form):
    """Something for the library: a link, a file or words, at least one of them."""

    title = one_line("What is it called?", "Enter what it is called")
    kind = ChosenFrom(
        label="What kind of thing is it?",
        choices=[("", "Choose one"), *((kind, kind) for kind in KINDS)],
        error_messages={"required": "Choose what kind of thing it is"},
    )
    language = ChosenFrom(label="Language", error_messages={"required": "Choose its language"})
    is_easy_read = Agreed(label="It is in Easy Read", required=False)
    campaign = ChosenFrom(label="Which campaign is it for?", required=False)
    link = forms.URLField(
        label="Link",
        help_text="Where it can be had, if it is on a website.",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Enter a whole link, such as https://example.org/poster.pdf"},
    )
    file = forms.FileField(
        label="File",
        help_text="A PDF or a photo (JPEG or PNG), up to 10 MB. It can be opened once it has been scanned.",
        required=False,
    )
    words = WordsField(
        label="Words", help_text="For a post or a text that others copy.", limit=4000, rows=5, required=False
    )

    def __init__(self, data: Any, files: Any, *, user: User) -> None:
        super().__init__(data, files, initial={"language": "en"})
        open_ones = Campaign.objects.that_count().may_be_changed_by(user).order_by("-starts", "name")[:200]
        self.campaigns = {each.code: each for each in open_ones}
        set_choices(self, "language", languages())
        set_choices(
            self, "campaign", [("", "None"), *((code, str(each)) for code, each in self.campaigns.items())]
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not any(said.get(name) for name in ("link", "file", "words")):
            self.add_error("link", "Give a link, a file or words")
        return said

    def values(self) -> dict[str, Any]:
        """The fields of the material but its file."""
        said = self.cleaned_data
        return {
            **{name: said[name] for name in ("title", "kind", "language", "is_easy_read", "link", "words")},
            "campaign": self.campaigns.get(said["campaign"]),
        }


class MaterialsFilter(forms.Form):
    """What the library is narrowed to."""

    language = ChosenFrom(label="Language", required=False)
    kind = ChosenFrom(label="Kind", choices=[("", "All"), *((kind, kind) for kind in KINDS)], required=False)
    easy_read = Agreed(label="Easy Read only", required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        set_choices(self, "language", [("", "All"), *languages()])

    def chosen(self) -> dict[str, Any]:
        """What was chosen; a value that is no choice says nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
