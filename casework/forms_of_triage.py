"""What an officer is asked when a report is new: how urgent, what it is, who leads, whether it is doubtful or known."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from casework.deciding import known_as, may_decide
from casework.forces import forces
from casework.forms import NOTE_LIMIT, TOLD_LIMIT, ActForm, offer, organisation_choices
from casework.leading import Proposed
from casework.models import Case, Urgency
from casework.sharing import LawfulBasis
from govuk.fields import Agreed, ChosenFrom, ManyOf, OneOf, TextField, WordsField
from partners.dispositions import RecordedAs, recorded_as_choices
from partners.models import Organisation, User
from reporting.models import Report, RiskAssessment
from reporting.strands import Strand

ASSESSED = "The risk questions gave {level} risk. If you know better, choose another and write why."
URGENCY_CHOICES = [
    (Urgency.HIGH, "Today: high risk"),
    (Urgency.MEDIUM, "By the next working day: medium risk"),
    (Urgency.STANDARD, "Within 3 working days of telling us: standard risk"),
]
# Before the code of what somebody else decides.
PROPOSE = "propose:"
FOR_OFFICERS = "For officers. The person does not see this."


def offer_recorded_as(form: forms.Form, user: User, *, today: date) -> None:
    """Gives `recorded_as` what may be chosen that day; of what others decide, only to propose it."""
    choices = [(_code(each, user), each) for each in recorded_as_choices(on=today)]
    offer(
        form,
        "recorded_as",
        [(code, _name(code, each)) for code, each in choices],
        hints={code: each.help for code, each in choices},
    )


def _code(entry: RecordedAs, user: User) -> str:
    return entry.code if may_decide(user, entry) else f"{PROPOSE}{entry.code}"


def _name(code: str, entry: RecordedAs) -> str:
    return f"Propose: {entry.name}" if code.startswith(PROPOSE) else entry.name


def decided_or_proposed(choice: str, *, before: str) -> dict[str, str]:
    """What a choice of `recorded_as` tells the verb; a proposal leaves what was recorded `before`."""
    if choice.startswith(PROPOSE):
        return {"recorded_as": before, "proposed_as": choice.removeprefix(PROPOSE)}
    return {"recorded_as": choice, "proposed_as": ""}


class TriageForm(forms.Form):
    """What it is, how urgent, and who leads."""

    urgency = OneOf(
        label="How soon must somebody be in touch?",
        label_size="s",
        error_messages={"required": "Choose how soon somebody must be in touch"},
    )
    recorded_strands = ManyOf(
        label="What was it about?",
        label_size="s",
        help_text="Ticked as the person told us. Add what is missing; leave it empty while it is not known.",
        required=False,
    )
    recorded_as = OneOf(
        label="Record it as", label_size="s", error_messages={"required": "Choose what to record it as"}
    )
    lead = ChosenFrom(label="Which organisation leads?", label_size="s")
    mine = Agreed(label="Give the case to me", required=False)
    note = WordsField(
        label="Why",
        label_size="s",
        help_text=FOR_OFFICERS,
        limit=NOTE_LIMIT,
        rows=4,
        error_messages={"required": "Write why"},
    )

    def __init__(
        self, data: Any = None, *, report: Report, user: User, today: date, proposed: Proposed
    ) -> None:
        level = RiskAssessment.objects.level_of(report)
        urgency = Urgency.HIGH if report.needs_same_day_look else Urgency(level or Urgency.STANDARD)
        lead = proposed.organisation
        beginning = {
            "urgency": urgency,
            "recorded_strands": report.perceived_strands,
            "recorded_as": "undecided",
            "lead": str(lead.pk if lead else user.organisation_id),
            "mine": lead is None or lead.pk == user.organisation_id,
        }
        super().__init__(data, initial=beginning)
        offer(self, "urgency", URGENCY_CHOICES)
        if level:
            self.fields["urgency"].help_text = ASSESSED.format(level=level.label.lower())
        offer(self, "recorded_strands", Strand.choices)
        offer_recorded_as(self, user, today=today)
        offer(self, "lead", organisation_choices(without=set(report.barred_organisations())))
        self.fields["lead"].help_text = _proposed_words(proposed)

    def acts(self) -> dict[str, Any]:
        """What `Case.triage` is told."""
        names = ("urgency", "recorded_strands", "note")
        lead = Organisation.objects.get(pk=self.cleaned_data["lead"])
        decided = decided_or_proposed(self.cleaned_data["recorded_as"], before="undecided")
        return {name: self.cleaned_data[name] for name in names} | {"lead": lead} | decided


def _proposed_words(proposed: Proposed) -> str:
    if proposed.organisation is None:
        return f"Nobody is proposed: {proposed.because}."
    return (
        f"{proposed.organisation.short_name} is proposed because {proposed.because}. You can choose another."
    )


class RecordAsForm(ActForm):
    """What it is recorded as, said later than at triage."""

    recorded_as = OneOf(
        label="What is it recorded as?",
        label_size="s",
        error_messages={"required": "Choose what to record it as"},
    )
    note = WordsField(
        label="Why",
        label_size="s",
        help_text=FOR_OFFICERS,
        limit=NOTE_LIMIT,
        rows=4,
        error_messages={"required": "Write why"},
    )

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        offer_recorded_as(self, user, today=timezone.localdate())
        entry = known_as(case.recorded_as)
        self.initial["recorded_as"] = _code(entry, user) if entry else "undecided"


class SetAsideForm(forms.Form):
    """Why a report is doubted."""

    reason = WordsField(
        label="Why is it doubtful?",
        help_text="For officers. The person does not see this. Say what you saw, not what you feel.",
        limit=NOTE_LIMIT,
        rows=4,
        error_messages={"required": "Write why it is doubtful"},
    )


class SecondLookForm(forms.Form):
    """What somebody makes of a report that was set aside."""

    what = OneOf(
        label="What do you make of it?",
        label_size="s",
        error_messages={"required": "Choose whether it goes back"},
    )
    reason = WordsField(
        label="Why it stays set aside",
        label_size="s",
        help_text="Needed when you keep it set aside.",
        limit=NOTE_LIMIT,
        rows=4,
        required=False,
    )

    def __init__(self, data: Any = None, *, may_keep: bool) -> None:
        super().__init__(data)
        keep = [("keep", "Keep it set aside")] if may_keep else []
        offer(
            self,
            "what",
            [("back", "Put it back in the queue"), *keep],
            hints={
                "back": "When in doubt, put it back.",
                "keep": "It stays here, and still counts as a report.",
            },
        )
        # Who typed one before somebody else was quicker, still finds it.
        if not may_keep and not self.data.get("reason"):
            del self.fields["reason"]

    def clean(self) -> dict[str, Any] | None:
        """Keeping it needs its reason."""
        cleaned = super().clean() or {}
        if cleaned.get("what") == "keep" and not cleaned.get("reason"):
            self.add_error("reason", "Write why it stays set aside")
        return cleaned


class JoinForm(forms.Form):
    """Which case a report joins, and why."""

    case = TextField(
        label="Reference of the case",
        label_size="s",
        width=20,
        max_length=20,
        error_messages={"required": "Enter the reference of the case"},
    )
    note = WordsField(
        label="Why they belong together",
        label_size="s",
        help_text=FOR_OFFICERS,
        limit=NOTE_LIMIT,
        rows=3,
        error_messages={"required": "Write why they belong together"},
    )

    def clean_case(self) -> str:
        """A reference as it is written in addresses."""
        return str(self.cleaned_data["case"]).strip().upper()


class TransferForm(ActForm):
    """To which force, on what basis, and what the person is told."""

    force = ChosenFrom(label="Which force?", label_size="s", error_messages={"required": "Choose the force"})
    lawful_basis = OneOf(
        label="On what lawful basis?",
        label_size="s",
        choices=LawfulBasis.choices,
        error_messages={"required": "Choose the lawful basis"},
    )
    reason = WordsField(
        label="Why it goes there",
        label_size="s",
        help_text=FOR_OFFICERS,
        limit=NOTE_LIMIT,
        rows=3,
        error_messages={"required": "Write why it goes there"},
    )
    sent = TextField(
        label="What was sent, and their reference",
        label_size="s",
        help_text="You can leave this out until they answer.",
        max_length=300,
        required=False,
    )
    text = WordsField(
        label="Tell the reporter",
        label_size="s",
        help_text="It shows on their page. Say which force has it now, and how they hear from it.",
        limit=TOLD_LIMIT,
        rows=5,
        error_messages={"required": "Write what the reporter is told"},
    )

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        offer(self, "force", [("", "Choose a force"), *((each.code, each.name) for each in forces())])
