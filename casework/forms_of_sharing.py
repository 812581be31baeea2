"""What an officer is asked about sharing a case, asking others to act on it, and deciding what a colleague proposed."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from casework.forms import NOTE_LIMIT, ActForm, offer, organisation_choices
from casework.giving_sight import Terms
from casework.models import Case, Referral, ReferralState
from casework.parts import PARTS, PROPOSED
from casework.sharing import LawfulBasis, chosen_by_all
from govuk.fields import ChosenFrom, DateParts, ManyOf, OneOf, WordsField
from partners.models import Organisation, SharingAgreement, User
from partners.referral_kinds import referral_kinds

LONGEST = timedelta(days=2 * 366)
AGREE, REFUSE = "agree", "refuse"


class TermsForm(ActForm):
    """With whom, what, on what basis and until when."""

    organisation = ChosenFrom(
        label="Which organisation?",
        label_size="s",
        error_messages={"required": "Choose the organisation"},
    )
    parts = ManyOf(
        label="Which parts may they see?",
        label_size="s",
        help_text="Only what they need. What you do not tick, they do not see.",
        error_messages={"required": "Choose at least one part"},
    )
    lawful_basis = OneOf(
        label="On what lawful basis?",
        label_size="s",
        help_text="What the person chose is a wish that we heed. It is not why we may share.",
        choices=LawfulBasis.choices,
        error_messages={"required": "Choose the lawful basis"},
    )
    agreement = ChosenFrom(
        label="Under which agreement?",
        label_size="s",
        help_text="Information sharing agreements that they have signed.",
        required=False,
    )
    ends_on = DateParts(
        label="Until when?",
        label_size="s",
        help_text="The last day on which they see it. Leave it empty if it should last until somebody stops it.",
        required=False,
    )

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        self.today = timezone.localdate()
        kept_out = {pk for report in case.reports for pk in report.barred_organisations()}
        choices = organisation_choices(without=kept_out | self.not_offered())
        offer(self, "organisation", [("", "Choose an organisation"), *choices])
        offer(
            self,
            "parts",
            [(part.code, part.name) for part in PARTS],
            hints={part.code: part.words for part in PARTS},
        )
        self.initial["parts"] = list(PROPOSED)
        signed = SharingAgreement.objects.filter(signed_on__lte=self.today).order_by("title")
        offer(self, "agreement", [("", "None"), *((str(each.pk), each.title) for each in signed)])

    def not_offered(self) -> set[int]:
        """Organisations that need not be offered: who leads, and who sees all of it."""
        seeing = set(self.case.visible_to)
        limited = {pk for pk in seeing if any(each.parts_for(pk) is not None for each in self.case.reports)}
        return (seeing - limited) | {self.case.lead_organisation_id}

    def clean_ends_on(self) -> date | None:
        ends_on: date | None = self.cleaned_data["ends_on"]
        if ends_on and not self.today <= ends_on <= self.today + LONGEST:
            raise forms.ValidationError("The last day must be today or later, and within two years")
        return ends_on

    def clean(self) -> dict[str, Any]:
        """With the organisation and the terms as the acts take them."""
        cleaned = super().clean() or {}
        if {"organisation", "parts", "lawful_basis", "ends_on"} <= cleaned.keys():
            agreement = SharingAgreement.objects.filter(pk=cleaned.get("agreement") or 0).first()
            cleaned["to"] = Organisation.objects.get(pk=cleaned["organisation"])
            cleaned["terms"] = Terms.of(
                cleaned["parts"], cleaned["lawful_basis"], agreement, cleaned["ends_on"]
            )
        return cleaned


class ShareForm(TermsForm):
    """Sharing; where the person did not choose them, the reason with which it is proposed."""

    reason = WordsField(
        label="Why they need to see it",
        label_size="s",
        help_text="Needed when the person did not choose them. Then a manager of your organisation decides, and "
        "nothing is shared before.",
        limit=NOTE_LIMIT,
        rows=4,
        required=False,
    )

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        organisation: Any = self.fields["organisation"]
        chosen = chosen_by_all(case.reports)
        organisation.choices = [
            (code, f"{name} (they chose them)" if code and int(code) in chosen else name)
            for code, name in organisation.choices
        ]


class ReferForm(TermsForm):
    """Asking to act."""

    kind = OneOf(
        label="What do you ask for?", label_size="s", error_messages={"required": "Choose what you ask for"}
    )
    asked = WordsField(
        label="What should they do?",
        label_size="s",
        help_text="They read this. The person sees that you asked them, and how it stands, and not these words.",
        limit=NOTE_LIMIT,
        rows=5,
        error_messages={"required": "Write what they should do"},
    )
    field_order = ("seen", "kind", "organisation", "asked", "parts", "lawful_basis", "agreement", "ends_on")

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        kinds = referral_kinds()
        offer(
            self,
            "kind",
            [(kind.code, kind.name) for kind in kinds],
            hints={kind.code: kind.hint for kind in kinds},
        )

    def not_offered(self) -> set[int]:
        """Whoever sees it already can be asked too; nobody asks their own organisation."""
        return {self.user.organisation_id} if self.user.organisation_id else set()


class NoteForm(ActForm):
    """A few words that need not be there."""

    note = WordsField(
        label="Why",
        label_size="s",
        help_text="For officers. The person does not see it. You can leave it empty.",
        limit=NOTE_LIMIT,
        rows=3,
        required=False,
    )


class DecideForm(ActForm):
    """What the second person says."""

    decision = OneOf(
        label="Do you agree that it is shared?",
        label_size="s",
        choices=[(AGREE, "Yes, share it now"), (REFUSE, "No, do not share it")],
        error_messages={"required": "Choose whether you agree"},
    )
    note = WordsField(
        label="Why",
        label_size="s",
        help_text="For officers. Needed when you say no.",
        limit=NOTE_LIMIT,
        rows=3,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A no says why, so that whoever proposed it knows what to do."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") == REFUSE and not cleaned.get("note", "").strip():
            self.add_error("note", "Write why not")
        return cleaned


class AnswerForm(ActForm):
    """What whoever was asked says."""

    answer = OneOf(label="Your answer", label_size="s", error_messages={"required": "Choose your answer"})
    note = WordsField(
        label="In a few words",
        label_size="s",
        help_text="Who does it and by when; or why you can’t; or what came of it. Who asked you reads this.",
        limit=NOTE_LIMIT,
        rows=4,
        required=False,
    )

    def __init__(self, data: Any = None, *, case: Case, user: User, found: Referral) -> None:
        super().__init__(data, case=case, user=user)
        refuse = (ReferralState.DECLINED.value, "No, we can’t do this")
        if found.state == ReferralState.ASKED:
            choices = [(ReferralState.ACCEPTED.value, "Yes, we do it"), refuse]
        else:
            choices = [(ReferralState.DONE.value, "It is done"), (refuse[0], "We can’t do it after all")]
        offer(self, "answer", choices)

    def clean(self) -> dict[str, Any]:
        """A no says why, and what is done says what came of it."""
        cleaned = super().clean() or {}
        needs = {ReferralState.DECLINED: "Write why you can’t", ReferralState.DONE: "Write what came of it"}
        missing = needs.get(ReferralState(cleaned["answer"])) if cleaned.get("answer") else None
        if missing and not cleaned.get("note", "").strip():
            self.add_error("note", missing)
        return cleaned
