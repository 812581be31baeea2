"""What an officer should think of before acting on what was told: danger first. Nothing is decided by it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from partners.data import Entry, entries, field, installed, known
from partners.edited import until_edited
from reporting.journey import urgency
from reporting.journey.question import Answers, Condition, has

FILE = "prompts.toml"
DANGER, SAFEGUARDING, CARE = KINDS = ("danger", "safeguarding", "care")


def _threatened_near(answers: Answers) -> bool:
    return urgency.WAS_THREATENED(answers) and any(near(answers) for near in urgency.IS_CLOSE_OR_KEEPS_ON)


def _child_not_asked(answers: Answers) -> bool:
    return urgency.IS_A_CHILD(answers) and urgency.MAY_NOT_BE_ASKED(answers)


# When each is shown; its words are the partnership's.
WHEN: Mapping[str, Condition] = {
    "may_come_back": urgency.MAY_COME_BACK,
    "self_harm": urgency.MAY_HARM_THEMSELVES,
    "was_attacked": urgency.WAS_ATTACKED,
    "threatened_near": _threatened_near,
    "child": urgency.IS_A_CHILD,
    "child_not_asked": _child_not_asked,
    "adult": urgency.NEEDS_CARE,
    "transport": has("Q13", "transport"),
    "staff": has("Q18_staff", "yes"),
}


@dataclass(frozen=True)
class Prompt:
    """One thing to think of: what was told, and what to do."""

    code: str
    kind: str
    says: str
    do: str

    def __str__(self) -> str:
        return f"{self.says} {self.do}"

    @property
    def is_danger(self) -> bool:
        return self.kind == DANGER

    @property
    def is_safeguarding(self) -> bool:
        """Whether a referral to social care has to be thought of."""
        return self.kind == SAFEGUARDING


def prompts(answers: Answers) -> list[Prompt]:
    """What to think of, danger first."""
    shown = [each for each in _read(str(settings.PARTNERSHIP_DIR)) if WHEN[each.code](answers)]
    return sorted(shown, key=lambda each: KINDS.index(each.kind))


@until_edited
def _read(folder: str) -> tuple[Prompt, ...]:
    return tuple(_prompt(entry) for entry in entries(installed(FILE), "prompts", file=FILE))


def _prompt(entry: Entry) -> Prompt:
    prompt = Prompt(**{name: field(entry, name, file=FILE) for name in Prompt.__dataclass_fields__})
    known(WHEN, prompt.code, file=FILE, entry=entry, role="prompt")
    known(dict.fromkeys(KINDS), prompt.kind, file=FILE, entry=entry, role="kind")
    return prompt
