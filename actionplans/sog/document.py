"""The Senior Officer Group's dashboard and report: one set of sections, so that a number is the same in both."""

from __future__ import annotations

from django.urls import reverse

from actionplans.rag import RagRating
from actionplans.sog import charts, sentences
from actionplans.sog.figures import SogFigures
from actionplans.sog.standing import ActionStanding, PlanStanding
from documents.definition import (
    Block,
    Bullets,
    Callout,
    Cell,
    Column,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Link,
    Paragraph,
    Rag,
    RagKind,
    Table,
    Words,
)
from insight.indicators import INDICATORS, Figure
from insight.periods import in_words, london_day

# As much as a meeting looks at; the plans' own pages have the rest.
MOST_ACTIONS, MOST_ASKED = 50, 25
STATUS = "Draft, not signed off. For the Senior Officer Group: true counts, not for publication"


def dashboard(figures: SogFigures, *, notice: str = "") -> Document:
    """What changed, what is off track, what is asked; then the evidence."""
    return _document("Senior Officer Group dashboard", _sections(figures), figures, notice)


def report(figures: SogFigures, *, notice: str = "") -> Document:
    """The dashboard's sections, every action, and how we count: the paper for a meeting."""
    blocks = (*_sections(figures), *_every_action(figures), *_how_we_count())
    return _document("Performance report to the Senior Officer Group", blocks, figures, notice)


def _document(title: str, blocks: tuple[Block, ...], figures: SogFigures, notice: str) -> Document:
    return Document(
        title=title,
        blocks=blocks,
        subtitle=f"{figures.quarter.label}{', so far' if figures.is_so_far else ''}",
        period=figures.period.dates,
        prepared_on=london_day(figures.now),
        status_line=STATUS,
        notice=notice,
    )


def _sections(figures: SogFigures) -> tuple[Block, ...]:
    return (
        *_what_changed(figures),
        *_off_track(figures),
        *_asked(figures),
        *_plans(figures),
        *_reports(figures),
    )


def _what_changed(figures: SogFigures) -> tuple[Block, ...]:
    findings = (
        sentences.reports_received(figures),
        *sentences.stands_out(
            [row for row in figures.areas if row.district], "Reports from", figures.compared_with
        ),
        *sentences.stands_out(figures.strands, "Mentions of", figures.compared_with),
        sentences.actions_moved(figures),
        sentences.updates_made(figures),
    )
    return Heading("What changed", key="changed"), _key_figures(figures), Bullets(findings)


def _key_figures(figures: SogFigures) -> KeyFigures:
    off, total = len(figures.needing_attention), len(figures.rated)
    return KeyFigures(
        (
            KeyFigure(
                figures.received.numerator,
                "reports received",
                f"{figures.received.before or 0:,} in {figures.compared_with}",
            ),
            _share(figures.told_back, "reporters told back", "reports"),
            _share(figures.contacted_in_time, "first contact in time", "contacts due"),
            KeyFigure(
                off,
                f"action{'' if off == 1 else 's'} {sentences.needs(off)} attention",
                f"of {total}; {figures.needing_attention_before} when the period began",
            ),
        )
    )


def _share(figure: Figure, label: str, base: str) -> KeyFigure:
    note = f"{figure.base_in_words} {base}"
    if figure.interval:
        note += f"; {figure.interval.low:.0%} to {figure.interval.high:.0%} allowing for chance"
    return KeyFigure(figure.in_words, label, note)


def _off_track(figures: SogFigures) -> tuple[Block, ...]:
    heading = Heading("What is off track", key="off-track")
    late = figures.contact_overdue.numerator
    contacts = (Paragraph(sentences.contacts_overdue(figures)),) if late else ()
    if not figures.needing_attention:
        return heading, Paragraph(f"{sentences.all_plans(figures)}."), *contacts
    worst = figures.needing_attention
    table = _action_table(f"{sentences.all_plans(figures)}", worst[:MOST_ACTIONS])
    if len(worst) <= MOST_ACTIONS:
        return heading, *contacts, table
    rest = Paragraph(
        f"These are the worst {MOST_ACTIONS} of {len(worst):,}. The page of all plans has every one."
    )
    return heading, *contacts, table, rest


def _action_table(caption: str, standings: list[ActionStanding]) -> Table:
    columns = (
        Column("Action", share=3.4),
        Column("Lead", share=1.8),
        Column("State", share=2.4),
        Column("Last told", share=1.7),
        Column("Due", share=1.7),
    )
    return Table(caption, columns, tuple(_action_row(standing) for standing in standings))


def _action_row(standing: ActionStanding) -> tuple[Cell, ...]:
    action, rating = standing.action, standing.rating
    return (
        action_link(standing),
        action.lead.short_name,
        Rag(_KINDS[rating.rag], rating.word, _reason(standing)),
        in_words(standing.last_told) if standing.last_told else "never",
        in_words(action.due),
    )


def _reason(standing: ActionStanding) -> str:
    """The rule's reason, and what the plan's owner says beside it."""
    override = standing.override
    if override is None:
        return standing.rating.reason
    return f"{standing.rating.reason}. {override.by} says: {override.rating.word}, “{override.reason}”"


def _asked(figures: SogFigures) -> tuple[Block, ...]:
    heading = Heading("What you are asked to decide", key="asked")
    asks: list[Words] = [_ask(each, each.action.decision_needed.strip()) for each in figures.to_decide]
    waiting = {standing.action.pk for standing in figures.to_decide}
    late = [each for each in figures.needing_attention if each.rating.rag is RagRating.OVERDUE]
    asks += [
        _ask(
            each,
            f"past its due date ({in_words(each.action.due)}): agree a new date, or say what would unblock it.",
        )
        for each in late
        if each.action.pk not in waiting
    ]
    if not asks:
        return heading, Paragraph("Nothing waits for a decision of the group.")
    needed = Callout(f"{sentences.counted(len(asks), 'decision')} needed", items=tuple(asks[:MOST_ASKED]))
    if len(asks) <= MOST_ASKED:
        return heading, needed
    return (
        heading,
        needed,
        Paragraph(f"These are the first {MOST_ASKED}. The Delivery Group’s view has the others."),
    )


def _ask(standing: ActionStanding, words: str) -> Link:
    return action_link(standing, f": {words}")


def action_link(standing: ActionStanding, more: str = "") -> Link:
    """An action's ref and title, leading to its page."""
    action = standing.action
    words = f"{action.ref} {action.title}{more}"
    return Link(words, reverse("actionplans:action", args=[action.plan.code, action.ref]))


def _plans(figures: SogFigures) -> tuple[Block, ...]:
    blocks: list[Block] = [Heading("How the plans stand", key="plans"), charts.all_plans(figures)]
    if figures.rated:
        blocks += [
            Paragraph(sentences.by_progress_alone(figures)),
            Paragraph(sentences.measures_behind(figures)),
        ]
    if len(figures.drawn) < len(figures.rated_plans):
        blocks.append(Paragraph(_only_drawn(figures)))
    for plan in figures.drawn:
        blocks += [
            Heading(_plan_title(plan), 3),
            charts.priorities(plan, figures),
            charts.trajectory(plan, figures),
        ]
    return tuple(blocks)


def _only_drawn(figures: SogFigures) -> str:
    """That there are more plans than are drawn, so that nobody takes some for all."""
    return (
        f"Drawn are the {len(figures.drawn)} plans of {len(figures.rated_plans)} in which most needs attention. "
        "The others stand on the page of all plans."
    )


def _plan_title(plan: PlanStanding) -> str:
    appendix = f"Plan {plan.plan.appendix}: " if plan.plan.appendix else ""
    return f"{appendix}{plan.plan.title}{' (illustrative)' if plan.plan.is_illustrative else ''}"


def _reports(figures: SogFigures) -> tuple[Block, ...]:
    return (
        Heading("What people told us", key="reports"),
        charts.strands(figures),
        charts.areas(figures),
        charts.trend(figures),
    )


def _every_action(figures: SogFigures) -> tuple[Block, ...]:
    is_whole = len(figures.drawn) == len(figures.rated_plans)
    listed = figures.plans if is_whole else figures.drawn
    tables = [_action_table(_plan_title(plan), list(plan.actions)) for plan in listed]
    heading = Heading(
        "Every action" if is_whole else "Every action of the plans that are drawn", key="actions"
    )
    return heading, *tables


def _how_we_count() -> tuple[Block, ...]:
    rules = (
        "Figures count by the day on which a report was received, in London. Reporting years start on 1 April.",
        "A difference is called more than chance only if an exact comparison of the two counts says so: "
        "95% sure for the total, 99.7% for one of nine areas or six strands.",
        "An action's state is worked out from work done against time gone: on track from 90%, slipping from 70%, "
        "off track below that, overdue after its due date. A milestone that is late or a measure that is behind its "
        "trajectory leaves nothing better than slipping. What the plan's owner says otherwise stands beside it.",
    )
    rows = tuple((each.title, each.definition, each.source) for each in INDICATORS)
    columns = (Column("Figure", share=1.5), Column("What is counted", share=4), Column("Source", share=2))
    return Heading("How we count", key="counting"), Bullets(rules), Table("Definitions", columns, rows)


_KINDS = {rag: RagKind(rag.value) for rag in RagRating}
