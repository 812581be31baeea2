"""Which reports somebody should look at on the same day."""

from reporting.journey.question import Answers, has

MAY_COME_BACK = has("Q19", "yes")
MAY_HARM_THEMSELVES = has("Q16", "self_harm")
WAS_ATTACKED = has("Q06", "attacked", "sexual")
WAS_THREATENED = has("Q06", "threats", "harassment")
IS_CLOSE_OR_KEEPS_ON = (
    has("Q13", "home"),
    has("Q11", "going_on"),
    has("Q12", "four_or_more", "all_the_time"),
    has("Q19", "maybe"),
)
IS_A_CHILD = has("Q28", "under_13", "13_15", "16_17")
NEEDS_CARE = has("Q29", "yes")
MAY_NOT_BE_ASKED = has("Q03", "not_possible")


def needs_same_day_look(answers: Answers) -> bool:
    """Whether somebody should look today rather than in turn.

    Yes, when the person thinks that they will come back; when there are thoughts of self-harm; after an attack or a
    sexual assault; after threats or harassment that are at home, keep on or might happen again; and when a child was
    threatened, or cannot be asked. It is only an order of reading: nothing is decided by it.
    """
    if MAY_COME_BACK(answers) or MAY_HARM_THEMSELVES(answers) or WAS_ATTACKED(answers):
        return True
    threatened = WAS_THREATENED(answers)
    if threatened and (IS_A_CHILD(answers) or any(each(answers) for each in IS_CLOSE_OR_KEEPS_ON)):
        return True
    return IS_A_CHILD(answers) and MAY_NOT_BE_ASKED(answers)


def needs_crisis_help(answers: Answers) -> bool:
    """Whether the numbers for somebody who finds it hard to cope are shown at once."""
    return MAY_HARM_THEMSELVES(answers)


def is_about_a_child(answers: Answers) -> bool:
    """Whether the person it happened to is under 18."""
    return IS_A_CHILD(answers)


def needs_care(answers: Answers) -> bool:
    """Whether the person needs care or support, and has a right to be kept safe as an adult."""
    return NEEDS_CARE(answers)
