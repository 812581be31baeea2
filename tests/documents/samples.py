"""A small report with every kind of block, about an invented quarter."""

from datetime import date

from documents.charts import (
    Bar,
    BarChart,
    Event,
    Point,
    RagChart,
    RagRow,
    Tile,
    TileMap,
    TrajectoryChart,
    TrendChart,
)
from documents.definition import (
    Bullets,
    Callout,
    Column,
    Document,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Link,
    Number,
    PageBreak,
    Paragraph,
    Rag,
    RagKind,
    Table,
    Together,
    Withheld,
)

BARS = BarChart((Bar("Race", 183, 170), Bar("Religion or belief", 61, 72)), "Mentions", "last year")
TREND = TrendChart(
    tuple(Point(date(2025, month, 1), 60 + 7 * month % 30) for month in range(1, 13)),
    "Reports received each month",
    (Event(date(2025, 10, 11), date(2025, 10, 18), "Awareness Week"),),
)
RAGS = RagChart(
    (RagRow("Raising awareness", (("green", 3), ("red", 1))),), (("green", "On track"), ("red", "Off track"))
)
TRAJECTORY = TrajectoryChart(
    (Point(date(2025, 4, 1), 0), Point(date(2025, 9, 30), 50)),
    (Point(date(2025, 4, 1), 0), Point(date(2025, 9, 30), 41)),
    date(2025, 4, 1),
    date(2026, 3, 31),
)
TILES = TileMap((Tile("Melton", 12, 0, 1), Tile("Rutland", None, 1, 1), Tile("Blaby", 31, 1, 0)), "reports")
CHARTS = (BARS, TREND, RAGS, TRAJECTORY, TILES)


def strands(*extra: tuple) -> Table:
    rows = (
        ("Race", 183, 170),
        ("Religion or belief", 61, 72),
        ("Transgender identity", Withheld(), 9),
        *extra,
    )
    columns = (
        Column("Strand", share=2),
        Column("This quarter", numeric=True),
        Column("Last year", numeric=True),
    )
    return Table("Mentions by strand", columns, rows, note="A report may name several strands.")


def figure(
    sentence: str = "Race is named most often", chart=BARS, alt: str = "Bars: race 183, religion 61."
) -> Figure:
    return Figure(sentence, chart, strands(), "reports received", "1 July to 30 September 2026", alt)


def actions() -> Table:
    columns = (Column("Action", share=2), Column("State"), Column("Done", numeric=True))
    slipping = Rag(RagKind.AMBER, reason="35% of 44%")
    rows = (
        (Link("C2 Offer the workshop pack", "/staff/plans/actions/C/C2/"), slipping, Number(35, unit="%")),
        ("C9 Train the volunteers", Rag(RagKind.OVERDUE), Number(12.5, 1, "%")),
    )
    return Table("Actions off track", columns, rows)


def report(*blocks, title: str = "Performance report", **facts) -> Document:
    given = {
        "subtitle": "Quarter 2 of 2026/27",
        "period": "1 July to 30 September 2026",
        "prepared_on": date(2026, 11, 22),
        "status_line": "For the Senior Officer Group. True counts: not for publication.",
        "notice": "Invented demonstration data",
    }
    return Document(title, blocks, **{**given, **facts})


def whole_report() -> Document:
    return report(
        Heading("What changed"),
        KeyFigures(
            (KeyFigure(1283, "reports received", "1,271 last year"), KeyFigure(Rag(RagKind.RED), "Plan C"))
        ),
        Paragraph("More people told us than in the same quarter last year."),
        Bullets(("Melton is quieter than expected", Link("Plan C slipped", "/staff/plans/C/"))),
        Callout("You are asked to decide", "Two things.", ("Pay for the training", "Agree the text")),
        Heading("What is off track"),
        actions(),
        PageBreak(),
        Heading("Evidence"),
        *(figure(f"Finding number {place}", chart) for place, chart in enumerate(CHARTS, 1)),
        Together((Heading("Quality", 3), Paragraph("Every figure counts by date received."))),
    )
