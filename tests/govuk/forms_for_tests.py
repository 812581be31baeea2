"""Invented forms that use every field."""

import datetime as dt

from django import forms

from govuk.fields import Agreed, ChosenFrom, DateParts, ManyOf, OneOf, TextField, WordsField, YesNo
from govuk.forms import RevealMixin

TODAY = dt.date(2026, 11, 22)
urlpatterns: list[
    object
] = []  # crispy asks for an address; the doors of the house are none of this room's business


class Why(RevealMixin, forms.Form):
    why = ManyOf(
        label="Why do you think it happened?",
        help_text="Choose all that fit.",
        heading=True,
        choices=[("race", "Race"), ("other", "Any other difference"), ("not_sure", "Not sure")],
        choice_hints={"race": "Such as skin colour"},
        exclusive="not_sure",
        reveals={"other": ["which"]},
    )
    which = TextField(label="Which difference?")


class Everything(RevealMixin, forms.Form):
    name = TextField(label="Name", help_text="What we may call you", width=20, autocomplete="name")
    words = WordsField(label="What happened?", limit=50)
    contact = OneOf(
        label="How may we reach you?",
        choices=[("phone", "Phone"), ("none", "Not at all")],
        choice_dividers={"none": "or"},
        reveals={"phone": ["number"]},
    )
    number = TextField(label="Number", inputmode="tel")
    again = YesNo(label="Has it happened before?", inline=True)
    when = DateParts(label="When?", past=True, today=TODAY)
    district = ChosenFrom(label="District", choices=[("", "Choose"), ("melton", "Melton")])
    agreed = Agreed(label="I agree")
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    email = forms.EmailField(label="Email", required=False)
    secret = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    file = forms.FileField(label="Picture", required=False)
    place = forms.CharField(widget=forms.HiddenInput, required=False)
