"""What only a reporting centre is asked: how the person told, the ten risk questions, what was agreed to, what the
centre did and noted. In English, as all pages for staff are; none of it is the person's own words.
"""

from collections.abc import Callable
from functools import cache
from typing import cast

from django.utils.functional import lazy

from reporting import risk
from reporting.journey.choices import from_codes, spoken_words
from reporting.journey.question import (
    TOLD_AT_A_CENTRE,
    Answers,
    Kept,
    Kind,
    Option,
    Page,
    Question,
    Rule,
    Wording,
    Words,
    always,
    chosen,
)

AT_A_CENTRE = "C"
NOT_KNOWN = Option(risk.NOT_KNOWN, "Not known, or they would rather not say")
SPOKEN, WRITTEN, NOT_AGREED = "spoken", "written", "not_agreed"
NO_ONE = "no_one"


def is_at_a_centre(answers: Answers) -> bool:
    """Whether a volunteer records it."""
    return answers.get(TOLD_AT_A_CENTRE) == "centre"


# How the person told ------------------------------------------------------------------------------------------

TOLD = (
    Question(
        "C01",
        Kind.ONE,
        "How are they telling you?",
        who=AT_A_CENTRE,
        options=(
            Option("face_to_face", "Face to face"),
            Option("phone", "By phone"),
            Option("online", "Online"),
        ),
        required=always,
        missing="Choose how they are telling you",
        kept=Kept.CENTRE,
    ),
    Question(
        "C01_on",
        Kind.DATE,
        "On which day did they tell you?",
        hint="Today, or the day on a paper form that you type in. If you are not sure, give the nearest day.",
        who=AT_A_CENTRE,
        required=always,
        missing="Enter the day on which they told you",
        kept=Kept.CENTRE,
    ),
    Question(
        "C01_paper",
        Kind.LINE,
        "Number of the paper form",
        hint="Only if you type in a form that was filled in by hand.",
        who=AT_A_CENTRE,
        limit=20,
        width=10,
        kept=Kept.CENTRE,
    ),
)


# Risk ---------------------------------------------------------------------------------------------------------


def _said(question_id: str, what: str) -> Words:
    """One text of a risk question, as the partnership words it when it is shown."""
    return cast(Words, lazy(lambda: getattr(risk.tool().questions[question_id], what), str)())


def _answers(question_id: str) -> Callable[[], tuple[Option, ...]]:
    def read() -> tuple[Option, ...]:
        return _options_of(risk.tool().questions[question_id].answers)

    return read


@cache
def _options_of(answers: tuple[tuple[str, str], ...]) -> tuple[Option, ...]:
    return (*(Option(code, words) for code, words in answers), NOT_KNOWN)


def _risk_question(question_id: str) -> Question:
    return Question(
        question_id,
        Kind.ONE,
        Wording(_said(question_id, "words"), community=_said(question_id, "community")),
        hint=Wording(_said(question_id, "hint"), community=_said(question_id, "community_hint")),
        who=AT_A_CENTRE,
        options=_answers(question_id),
        required=always,
        missing="Choose an answer. If it is not known, choose “Not known”",
        kept=Kept.RISK,
    )


RISK = Page(
    name="risk",
    code="t4",
    part=4,
    topic="risk",
    title="How great is the risk?",
    lead=(
        "Ask each of these in your own words. Nobody has to answer: “Not known” is an answer too. "
        "They show how quickly somebody has to act."
    ),
    applies=is_at_a_centre,
    questions=tuple(map(_risk_question, risk.IDS)),
)


# What the centre did ------------------------------------------------------------------------------------------

DID = Question(
    "C04",
    Kind.MANY,
    "What did you do?",
    hint="Choose all that you have done, or will do today.",
    who=AT_A_CENTRE,
    options=from_codes("centre_did"),
    exclusive="nothing",
    required=always,
    missing="Choose what you did, or “Nothing else: I listened and recorded it”",
    kept=Kept.CENTRE,
)

DONE = Page(
    name="done",
    code="v7",
    part=4,
    topic="what you did",
    title="What did you do?",
    applies=is_at_a_centre,
    questions=(
        DID,
        Question(
            "C05",
            Kind.WORDS,
            "Your own notes",
            hint=(
                "You can leave this out. Write what you saw or think yourself, never what the person said: their own "
                "words stay as they are. Those who work on the report read your notes, apart from their words."
            ),
            who=AT_A_CENTRE,
            limit=4000,
            rows=5,
            kept=Kept.NOTES,
        ),
    ),
)


# What was agreed to -------------------------------------------------------------------------------------------

AGREED = Question(
    "C02",
    Kind.ONE,
    "Did they agree to what you read to them?",
    hint="First read to them who can see it, and let them choose each of these themselves.",
    who=AT_A_CENTRE,
    options=(
        # In the partnership's own versioned words, which go with the choices.
        Option(SPOKEN, spoken_words()),
        Option(WRITTEN, "They read it and signed"),
        Option(
            NOT_AGREED,
            "They did not agree: record it without name and details",
            "It counts, and nobody can find out whose it is. Leave names out of what they said too.",
        ),
    ),
    required=always,
    missing="Choose whether they agreed. If they did not, it is recorded without name and details",
    kept=Kept.CENTRE,
)

FEEDBACK = Question(
    "C06",
    Kind.ONE,
    "How should we tell them what has happened?",
    who=AT_A_CENTRE,
    options=(
        Option("direct", "Directly, or on this site with the code"),
        Option("centre", "Through this centre"),
        Option("none", "They do not want to hear back"),
    ),
    required=always,
    missing="Choose how the person will hear back",
    kept=Kept.CENTRE,
)


def _is_named(answers: Answers) -> bool:
    return answers.get("C02") == NOT_AGREED and answers.get("Q25") != "no"


def _is_shared(answers: Answers) -> bool:
    return answers.get("C02") == NOT_AGREED and chosen(answers, "Q24") not in ([], [NO_ONE])


# Nobody's name is kept, and nothing is shared, without their agreement.
WITHOUT_AGREEMENT = (
    Rule(
        "C02",
        _is_named,
        "Without their agreement it is recorded without a name. Go back and choose “No, stay anonymous”",
    ),
    Rule(
        "Q24",
        _is_shared,
        "They did not agree, so it cannot be shared. Choose “No one with my name on it”",
    ),
)
