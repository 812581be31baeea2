"""When, where and about what the invented reports were: pure drawing of lots from the frame, the same each time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

from llr_hate.demo.frame import Frame, Narrative

LONDON = ZoneInfo("Europe/London")
# Share of reports that come in each hour of the day, from midnight.
HOURS = (1, 1, 0, 0, 0, 0, 1, 2, 4, 6, 7, 7, 6, 6, 6, 6, 7, 8, 8, 8, 7, 6, 4, 2)


@dataclass(frozen=True)
class Invented:
    """One report to be made. `narrative` is set where the words matter: in the last year."""

    received_at: datetime
    area: str
    strands: tuple[str, ...]
    place: str
    channel: str
    role: str
    is_anonymous: bool
    narrative: Narrative | None = None


def invent(frame: Frame, *, now: datetime) -> tuple[list[Invented], list[Invented]]:
    """The earlier years and the last year, each oldest first; the last ends before `now`."""
    lots = Random(frame.numbers["span"]["seed"])
    counts = frame.numbers["span"]["reports_a_year"]
    today = now.astimezone(LONDON).date()
    earlier: list[Invented] = []
    last: list[Invented] = []
    for years_ago, count in zip(range(len(counts), 0, -1), counts, strict=True):
        days = [today - timedelta(days=365 * years_ago - n) for n in range(365)]
        moments = _moments(frame, days, count, lots)
        if years_ago > 1:
            earlier += [_earlier(frame, at, today, lots) for at in moments]
        else:
            last = _last_year(frame, moments, today, lots)
    return earlier, last


def planted_cluster(frame: Frame, *, now: datetime) -> list[Invented]:
    """The low-level cluster, on top of everything else."""
    cluster = frame.numbers["cluster"]
    first = now.astimezone(LONDON).date() - timedelta(days=cluster["starts_days_before_today"])
    return [
        told(
            narrative,
            datetime.combine(first + timedelta(days=narrative.cluster_day), time(11, 20), LONDON),
            area,
        )
        for narrative in frame.cluster()
        for area in [cluster["area"]]
    ]


def told(narrative: Narrative, at: datetime, area: str, channel: str = "online") -> Invented:
    """A narrative, told at one moment in one area; one that says it came through a centre always does."""
    channel = "centre" if narrative.channel == "centre" else channel
    return Invented(
        received_at=at,
        area=area,
        strands=narrative.strands,
        place=narrative.place,
        channel=channel,
        role="centre" if channel == "centre" else narrative.role,
        is_anonymous=narrative.anonymous,
        narrative=narrative,
    )


def _moments(frame: Frame, days: Sequence[date], count: int, lots: Random) -> list[datetime]:
    weights = list(accumulate(_weight(frame, day, days[-1]) for day in days))
    chosen = sorted(lots.choices(days, cum_weights=weights, k=count))
    return sorted(
        datetime.combine(day, time(lots.choices(range(24), HOURS)[0], lots.randrange(60)), LONDON)
        for day in chosen
    )


def _weight(frame: Frame, day: date, today: date) -> float:
    numbers = frame.numbers
    weight = numbers["season"]["months"][day.month - 1] * numbers["week"]["days"][day.weekday()]
    for first, _ in frame.awareness_weeks:
        week = (day - first).days // 7
        if 0 <= week < len(numbers["awareness_week"]["after_weeks"]):
            weight *= numbers["awareness_week"]["after_weeks"][week]
    shares = numbers["strands"]["first"]
    factors = _event_factors(frame, day, today)
    return weight * sum(share * factors.get(s, 1) for s, share in shares.items()) / sum(shares.values())


def _event_factors(frame: Frame, day: date, today: date) -> dict[str, float]:
    factors: dict[str, float] = {}
    for event in frame.numbers["events"]:
        since = (day - (today - timedelta(days=event["days_before_today"]))).days
        if 0 <= since < event["weeks"] * 7:
            strands = frame.numbers["strands"]["first"] if event["strands"] == ["all"] else event["strands"]
            factors |= {strand: factors.get(strand, 1) * event["factor"] for strand in strands}
    return factors


def _strands(frame: Frame, day: date, today: date, lots: Random) -> tuple[str, ...]:
    factors = _event_factors(frame, day, today)
    first = _draw({s: w * factors.get(s, 1) for s, w in frame.numbers["strands"]["first"].items()}, lots)
    also = [
        s for s, chance in frame.numbers["strands"]["also"].get(first, {}).items() if lots.random() < chance
    ]
    return (first, *also)


def _earlier(frame: Frame, at: datetime, today: date, lots: Random) -> Invented:
    role, channel = _draw(frame.numbers["roles"], lots), _channel(frame, lots)
    return Invented(
        received_at=at,
        area=_draw(frame.area_weights, lots),
        strands=_strands(frame, at.date(), today, lots),
        place=_draw(frame.numbers["places"], lots),
        channel=channel,
        role="centre" if channel == "centre" else role,
        is_anonymous=lots.random() < frame.numbers["names"]["anonymous"][role],
    )


def _last_year(frame: Frame, moments: Sequence[datetime], today: date, lots: Random) -> list[Invented]:
    used: Counter[str] = Counter()
    made = []
    for at in moments:
        area = _draw(frame.area_weights, lots)
        first = _strands(frame, at.date(), today, lots)[0]
        narrative = _least_used(frame, first, area, used, lots)
        used[narrative.id] += 1
        made.append(told(narrative, at, area, channel=_channel(frame, lots)))
    return made


def _least_used(frame: Frame, strand: str, area: str, used: Counter[str], lots: Random) -> Narrative:
    about = [narrative for narrative in frame.ordinary() if strand in narrative.strands]
    fitting = [narrative for narrative in about if narrative.fits(strand, area)] or about
    return min(fitting, key=lambda narrative: (used[narrative.id], lots.random()))


def _channel(frame: Frame, lots: Random) -> str:
    return _draw({key: frame.numbers["channels"][key] for key in ("online", "centre")}, lots)


def _draw(weights: Mapping[str, float], lots: Random) -> str:
    return lots.choices(list(weights), list(weights.values()))[0]
