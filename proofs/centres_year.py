"""A year of clocks: the public's page shows a centre exactly while the rule says so, and each warning goes out once."""

import json
from collections import Counter
from datetime import date
from email import message_from_bytes
from pathlib import Path

from proofs.house import House
from proofs.result import Result

NAME = "centres_year"
PROMISE = (
    "a stale or suspended centre is gone from the public’s page within a minute of the rule, and each stage is warned"
    " of exactly once."
)
HOW = (
    "Invented centres confirm early, on the last day, late or never, and are suspended, lifted and closed, by the real"
    " acts, while the clock of the process goes on by hours, and by minutes round midnight in London and round each"
    " act. At every one of these moments the public’s page itself is asked, and each centre on it is compared with a"
    " rule that was written apart, from a diary of the acts and plain dates. Children of the process warn and send;"
    " some are killed with -9 at a random moment, some kill themselves right after a letter was written, some work two"
    " at a time, and in some weeks none works. Who has to be warned is worked out apart and compared with the rows and"
    " with the letters in the folder."
)
FULL = {"start": date(2026, 1, 1), "days": 365, "centres": 60, "every": 1, "kill_chance": 0.3}
SMALL = {"start": date(2026, 3, 26), "days": 6, "centres": 14, "every": 24, "kill_chance": 1.0}


def prove(house: House, *, start: date, days: int, centres: int, every: int, kill_chance: float) -> Result:
    """So many days with so many centres, the page asked every so many hours beside the borders."""
    size = (str(days), str(centres), str(every), str(kill_chance))
    lived = json.loads(house.python("-m", "proofs.centres_work", start.isoformat(), *size).splitlines()[-1])
    result = Result(NAME, PROMISE, HOW)
    result.note("days that went by", days)
    result.note("acts: checks, suspensions, liftings, closings", lived["acts"])
    result.must_not_be_less("moments at which the page was asked", lived["asked"], than=days * 3)
    result.must_not_be_less("answers about one centre that were compared", lived["compared"], than=1)
    result.must_not_be_less("times a centre came onto the page or left it", lived["changes"], than=1)
    result.must("answers that differ from the rule", lived["wrong"], be=0)
    result.must_not_be_less("workers killed with -9 from outside", lived["killed"], than=1)
    result.must_not_be_less("workers gone between a letter and the database’s word", lived["pulled"], than=1)
    result.must_not_be_less("moments at which two workers warned at once", lived["twins"], than=1)
    _warnings(result, lived, house.folder.path / "mail")
    return result


def _warnings(result: Result, lived: dict[str, list[list[str]]], folder: Path) -> None:
    """Each warning is the centre, the stage and the day of the last check; each letter has its audience beside it."""
    told, due = Counter(map(tuple, lived["told"])), set(map(tuple, lived["due"]))
    for stage in ("soon", "last", "hidden"):
        result.must_not_be_less(
            f"warnings of the stage “{stage}”", sum(one[1] == stage for one in told), than=1
        )
    result.must("stages warned of more than once", sum(number > 1 for number in told.values()), be=0)
    result.must("stages due and never warned of", len(due - set(told)), be=0)
    result.must("warnings that were not due", len(set(told) - due), be=0)
    letters = _letters(folder)
    due_letters = set(lived["letters"])
    result.must_not_be_less("letters", letters.total(), than=1)
    result.must("letters written more than once", sum(number > 1 for number in letters.values()), be=0)
    result.must("letters due and never written", len(due_letters - set(letters)), be=0)
    result.must("letters that were not due", len(set(letters) - due_letters), be=0)
    result.must("letters that still wait", lived["waiting"], be=0)


def _letters(folder: Path) -> Counter[str]:
    """Every letter of a warning in the folder, by the number of the warning and its audience."""
    identities = (message_from_bytes(path.read_bytes())["Message-ID"] or "" for path in folder.glob("*.log"))
    ours = (each for each in identities if each.startswith("<centre-warning-"))
    return Counter(each.removeprefix("<centre-warning-").partition("@")[0] for each in ours)
