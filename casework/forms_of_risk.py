"""What officers are asked about risk: the ten questions of the partnership's tool, and what a review found."""

from typing import Any

from casework.assessing import newest_of
from casework.forms import NOTE_LIMIT, ActForm, offer
from casework.models import Case
from govuk.fields import OneOf, WordsField
from partners.models import User
from reporting.journey.question import is_about_a_community
from reporting.models import RiskLevel
from reporting.risk import IDS, NOT_KNOWN, Asked, Assessed, assess, tool

AS_ANSWERED = "as_answered"
NOT_ANSWERED = "Choose an answer. If it is not known, choose “Not known”"


class RiskForm(ActForm):
    """The ten questions, beginning with the newest answers; and the officer's own judgement."""

    judged = OneOf(
        label="How great is the risk, as you judge it?",
        label_size="m",
        choices=[
            (AS_ANSWERED, "As great as the answers say"),
            *((level.value, level.label) for level in reversed(RiskLevel)),
        ],
        error_messages={"required": "Choose how great the risk is, or “As great as the answers say”"},
    )
    reason = WordsField(
        label="Why do you judge it otherwise?",
        label_size="s",
        help_text="Needed only if you chose another level than the answers give. The person does not see it.",
        limit=NOTE_LIMIT,
        rows=4,
        required=False,
    )

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        about_a_community = is_about_a_community(case.reports[0].told())
        questions = tool().questions.values()
        self.fields |= {asked.id: _field(asked, about_a_community) for asked in questions}
        self.order_fields([*IDS, "judged", "reason"])
        before = newest_of(case)
        known = before.told() if before else {}
        self.initial.update(judged=AS_ANSWERED, **{name: known[name] for name in IDS if name in known})

    def clean(self) -> dict[str, Any] | None:
        """Judgement needs its reason; and where one answer alone makes it high, nobody may judge it lower."""
        cleaned = super().clean() or {}
        if any(name in self.errors for name in (*IDS, "judged")):
            return cleaned
        assessed = assess(self.answers())
        level = cleaned["judged"]
        if level not in (AS_ANSWERED, assessed.level.code):
            self._check_judgement(assessed, cleaned.get("reason", ""))
        return cleaned

    def _check_judgement(self, assessed: Assessed, reason: str) -> None:
        name = assessed.level.name.lower()
        if assessed.is_highest_alone:
            self.add_error("judged", f"This is always {name} risk: {'. '.join(assessed.why())}")
        elif not reason:
            self.add_error("reason", f"The answers give {name} risk. Write why you judge it otherwise")

    def answers(self) -> dict[str, str]:
        """What was answered, by question id."""
        return {name: self.cleaned_data[name] for name in IDS}


def _field(asked: Asked, about_a_community: bool) -> OneOf:
    words, hint = (asked.community, asked.community_hint) if about_a_community else (asked.words, asked.hint)
    return OneOf(
        label=words,
        label_size="s",
        help_text=hint,
        choices=[*asked.answers, (NOT_KNOWN, "Not known")],
        small=True,
        error_messages={"required": NOT_ANSWERED},
    )


class ReviewForm(ActForm):
    """What a supervisor or a case conference found."""

    anew = OneOf(
        label="What did you find?",
        label_size="s",
        error_messages={"required": "Choose what you found"},
    )
    words = WordsField(
        label="What was looked at, and by whom?",
        label_size="s",
        help_text="For officers. The person does not see it.",
        limit=NOTE_LIMIT,
        rows=5,
        error_messages={"required": "Write what was looked at, and by whom"},
    )

    def __init__(self, data: Any = None, *, case: Case, user: User) -> None:
        super().__init__(data, case=case, user=user)
        offer(
            self,
            "anew",
            [
                ("no", "Nothing has changed"),
                ("yes", "Something has changed: I answer the questions again now"),
            ],
        )
