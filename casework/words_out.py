"""What became of the words that went out to the person, as officers read it; and what is left for a person to do."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from reporting.models import Report, ReporterWord, WordState
from reporting.one_question import gathered
from reporting.safe_contact import Way, Why

# Why nothing went out by itself, or why it did not arrive.
REASONS = {
    Why.PHONE: "They asked for a phone call, so nothing goes out by itself.",
    Why.CARE: "They asked us to be careful, so nothing goes out before somebody has read what they wrote.",
    Why.TIMES: "The portal can’t tell from their words which hours are safe, so nothing went out by itself.",
    Why.ADDRESS: "The number or address does not work.",
    Why.NO_WAY: "The portal can’t send by the way they chose.",
    Why.TRIES: "It was tried for three days.",
    Why.NO_CENTRE: "They asked to hear through a reporting centre that can’t tell them any more.",
}
WENT = {Way.EMAIL: "An email", Way.TEXT: "A text message", Way.LETTER: "A letter"}


@dataclass(frozen=True)
class Line:
    """One word: what is said of it, and whether somebody has to do something."""

    text: str
    is_to_do: bool = False


def lines_of(report: Report) -> list[Line]:
    """All words to the person, the oldest first."""
    return [_line(word) for word in gathered(report, "words_out", "done_by")]


def _line(word: ReporterWord) -> Line:
    day = date_format(timezone.localtime(word.at), "j F Y")
    why = REASONS.get(Why(word.why), "")
    if word.state == WordState.DONE:
        if word.done_by is None:
            return Line(f"They have seen themselves what was new on {day}.")
        return Line(f"They were told in person by {word.done_by}. There was something new on {day}.")
    if word.state == WordState.FAILED:
        went = WENT.get(Way(word.way), "A message")
        return Line(f"{went} of {day} could not be delivered. {why} Reach them another safe way.", True)
    if word.state == WordState.WAITS and word.way == Way.CENTRE:
        return Line(f"Their reporting centre has to tell them that there is something new since {day}.", True)
    if word.state == WordState.WAITS:
        return Line(f"They do not know yet that there is something new since {day}. {why}", True)
    arrived = " It arrived." if word.state == WordState.ARRIVED and word.way == Way.TEXT else ""
    return Line(
        f"{WENT[Way(word.way)]} went out on {day}. It says that there is an update, and no more.{arrived}"
    )
