"""What the figures say, in sentences: the finding first, its base beside it, and never more than they can carry."""

from __future__ import annotations

from collections.abc import Sequence

from actionplans.rag import RagRating, count_by_progress
from actionplans.sog.figures import SogFigures
from actionplans.sog.standing import PlanStanding
from insight.counts import Counted
from insight.periods import in_words
from insight.stats.intervals import wilson

# Nine areas and six strands are looked at together: at 99.7% one of them stands out by chance in one report of twenty.
SURE_ENOUGH = 0.997
# So many actions are named in a sentence.
MOST_NAMED = 12


def of_actions(count: int, total: int) -> str:
    """“3 of 38 actions”."""
    return f"{count} of {counted(total, 'action')}"


def needs(number: int) -> str:
    return "needs" if number == 1 else "need"


def counted(number: int, noun: str) -> str:
    """“1 report”, “2 reports”."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def differs(now: int, before: int, confidence: float = SURE_ENOUGH) -> bool:
    """Whether two counts of as many days differ by more than chance usually makes (conditional binomial, Wilson)."""
    if now + before == 0:
        return False
    share = wilson(now, now + before, confidence)
    return not share.low <= 0.5 <= share.high


def reports_received(figures: SogFigures) -> str:
    """How many, against how many, and what that may mean."""
    now, before = figures.received.numerator, figures.received.before or 0
    change = (
        f"{abs(now - before):,} {'more' if now > before else 'fewer'} than in"
        if now != before
        else "as many as in"
    )
    sure = (
        "more than chance alone usually makes"
        if differs(now, before, 0.95)
        else "no more than chance often makes"
    )
    return (
        f"{counted(now, 'report')} were received from {figures.period.dates}, {change} {figures.compared_with} "
        f"({before:,}). The difference is {sure}. More reports may mean more trust, not more hate."
    )


def stands_out(rows: Sequence[Counted], what: str, compared_with: str) -> list[str]:
    """One sentence for each area or strand that changed by more than chance usually makes."""
    return [
        f"{what} {_name(row)} are {'higher' if row.now > row.before else 'lower'} than in {compared_with}: "
        f"{row.now:,} against {row.before:,}."
        for row in rows
        if differs(row.now, row.before)
    ]


def _name(row: Counted) -> str:
    return row.label if row.district else row.label[0].lower() + row.label[1:]


def actions_moved(figures: SogFigures) -> str:
    """How actions moved between states since the period began."""
    worse = sum(standing.got_worse for standing in figures.rated)
    better = sum(standing.got_better for standing in figures.rated)
    completed = sum(
        standing.rating.rag is RagRating.COMPLETE and standing.before.rag is not RagRating.COMPLETE
        for standing in figures.rated
    )
    return (
        f"Since {in_words(figures.period.first)} {counted(worse, 'action')} moved to a worse state, "
        f"{counted(better, 'action')} to a better one, and {counted(completed, 'action')} "
        f"{'was' if completed == 1 else 'were'} completed."
    )


def updates_made(figures: SogFigures) -> str:
    """Who has told us how their actions go."""
    organisations = {told.organisation_id for told in figures.updates}
    if not organisations:
        return f"No organisation has updated its actions since {in_words(figures.period.first)}."
    updates, partners = len(figures.updates), len(organisations)
    return f"{counted(updates, 'update')} of actions came from {counted(partners, 'organisation')}."


def contacts_overdue(figures: SogFigures) -> str:
    """How many people wait for a first contact that is late."""
    late = figures.contact_overdue.numerator
    return f"{counted(late, 'case')} {'waits' if late == 1 else 'wait'} for a first contact that is overdue."


def all_plans(figures: SogFigures) -> str:
    """The state of all running plans in one sentence."""
    off = figures.needing_attention
    total = len(figures.rated)
    if not total:
        return "No plan is running: all have ended"
    if not off:
        return f"None of {counted(total, 'action')} is off track"
    kinds = [
        f"{count} {rag.word.lower()}"
        for rag in (RagRating.OVERDUE, RagRating.RED, RagRating.AMBER)
        if (count := sum(standing.rating.rag is rag for standing in off))
    ]
    if said := sum(standing.is_said_to_be_worse for standing in off):
        kinds.append(f"{said} by the word of the plan's owner")
    return f"{of_actions(len(off), total)} {needs(len(off))} attention: {joined(kinds)}"


def by_progress_alone(figures: SogFigures) -> str:
    """How the same actions stand by progress against time, and which of them look better so than they are."""
    counts = count_by_progress(standing.rating for standing in figures.rated)
    kinds = [f"{number} {rag.word.lower()}" for rag, number in counts.items() if number]
    held = [standing for standing in figures.rated if standing.rating.is_held_back]
    sentence = f"By progress against time alone: {joined(kinds)}."
    if not held:
        return sentence
    named = [f"{each.action.ref} ({each.rating.word.lower()})" for each in held[:MOST_NAMED]]
    if len(held) > MOST_NAMED:
        named.append(f"{len(held) - MOST_NAMED:,} more")
    looks = "looks" if len(held) == 1 else "look"
    return f"{sentence} {counted(len(held), 'action')} {looks} better so than in the rule's rating: {joined(named)}."


def measures_behind(figures: SogFigures) -> str:
    """How many measures are behind their trajectory."""
    behind = sum(standing.rating.is_measure_behind for standing in figures.rated)
    return f"{counted(behind, 'measure')} {'is' if behind == 1 else 'are'} behind the trajectory."


def priorities(plan: PlanStanding) -> str:
    """How much of a plan needs attention, and where to look first."""
    if plan.has_ended:
        return f"{name_of(plan)} has ended"
    off = len(plan.needing_attention)
    if not off:
        return f"{name_of(plan)}: no action needs attention"
    worst, _ = max(plan.by_priority, key=lambda group: sum(standing.badness for standing in group[1]))
    return f"{name_of(plan)}: {of_actions(off, len(plan.actions))} {needs(off)} attention; look first at “{worst.name}”"


def trajectory(plan: PlanStanding) -> str:
    """How far a plan is, against how far it should be."""
    now = plan.now
    done, expected = round(now.done or 0), round(now.expected)
    gap = done - expected
    place = "as expected" if gap == 0 else f"{counted(abs(gap), 'point')} {'ahead' if gap > 0 else 'behind'}"
    return f"{name_of(plan)} has done {done}% of its work where {expected}% was expected: {place}"


def strands(figures: SogFigures) -> str:
    """The strand named most often."""
    top = max(figures.strands, key=lambda row: row.now)
    if not top.now:
        return "No report has been received in this period yet"
    reports = counted(figures.received.numerator, "report")
    return f"{top.label} is named in {top.now:,} of {reports}, the most of six strands"


def areas(figures: SogFigures) -> str:
    """Where most was reported; a district's count is no measure of its people."""
    nine = [row for row in figures.areas if row.district]
    top = max(nine, key=lambda row: row.now)
    if not figures.received.numerator:
        return "No area has a report in this period yet"
    elsewhere = figures.received.numerator - sum(row.now for row in nine)
    return (
        f"{top.label} has {top.now:,} of {counted(figures.received.numerator, 'report')}; "
        f"{elsewhere:,} were online, outside the area or not placed"
    )


def trend(figures: SogFigures) -> str:
    """The last whole month against the highest of the last years."""
    last, highest = list(figures.months)[-1], max(figures.months, key=lambda month: figures.months[month])
    if not figures.months[highest]:
        return "No report was received in the last three years"
    if last == highest:
        return f"{last:%B %Y} brought {counted(figures.months[last], 'report')}, the most of any month in three years"
    return (
        f"{last:%B %Y} brought {counted(figures.months[last], 'report')}; the highest month in three years was "
        f"{highest:%B %Y} with {figures.months[highest]:,}"
    )


def name_of(plan: PlanStanding) -> str:
    """A plan's short name."""
    return f"Plan {plan.plan.appendix}" if plan.plan.appendix else plan.plan.title


def joined(parts: Sequence[str]) -> str:
    """“a, b and c”."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
