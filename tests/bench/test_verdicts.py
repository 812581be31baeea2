"""An aim that is missed is seen to be missed."""

from bench.http import Answer
from bench.rounds import Measured, Times
from bench.showing import table
from bench.targets import WHOLE
from bench.verdicts import Row, rows


def times(**ms: float) -> Times:
    """Medians by request; '_' stands for a space."""
    return Times({name.replace("_", " "): [value] for name, value in ms.items()})


def measured(
    *, few: float = 3.0, many: float = 3.0, queue: float = 5.0, case: float = 11.0, pdf: float = 400.0
) -> Measured:
    made = Measured(times(bare_GET=2.0, bare_POST=4.0, bare_list=2.0, bare_record=3.0))
    for portal, ms in ((made.few, few), (made.many, many)):
        portal.of |= {"GET what": [ms], "POST what": [ms], WHOLE: [2 * ms]}
        portal.of |= {
            "GET triage queue": [queue],
            "GET case page": [case],
            "GET performance report, PDF": [pdf],
        }
    return made


def row(name: str, given: Measured, statements: dict[str, int] | None = None) -> Row:
    counted = {"GET what": 1, "POST what": 2, "GET triage queue": 8} | (statements or {})
    return next(each for each in rows(given, counted) if each.name == name)


def test_a_journey_request_within_twice_the_bare_one_and_flat_is_met() -> None:
    found = row("GET what", measured())
    assert (found.bare, found.times_bare, found.times_few) == ("bare GET", 1.5, 1.0)
    assert found.aims
    assert found.missed == ()


def test_a_journey_request_is_compared_with_its_own_kind() -> None:
    given = measured(few=5.0, many=5.0)
    assert row("GET what", given).missed == ("at most 2 × bare",)
    assert row("POST what", given).missed == ()


def test_a_request_that_grows_with_the_reports_is_not_flat() -> None:
    assert row("GET what", measured(few=2.0, many=3.0)).missed == ("flat",)


def test_the_whole_journey_is_compared_with_as_many_bare_requests() -> None:
    found = row(WHOLE, measured())
    assert (found.bare_ms, found.many_ms, found.statements) == (6.0, 6.0, 3)


def test_the_queue_has_its_own_aims() -> None:
    assert row("GET triage queue", measured()).missed == ()
    assert row("GET triage queue", measured(queue=6.5)).missed == ("at most 3 × bare",)
    assert row("GET triage queue", measured(), {"GET triage queue": 13}).missed == ("at most 12 statements",)


def test_the_page_of_a_case_is_compared_with_the_page_of_one_record() -> None:
    found = row("GET case page", measured(), {"GET case page": 20})
    assert (found.bare, found.missed) == ("bare record", ())
    assert row("GET case page", measured(case=12.5)).missed == ("at most 4 × bare",)
    assert row("GET case page", measured(), {"GET case page": 21}).missed == ("at most 20 statements",)


def test_the_pdf_must_be_there_within_a_second() -> None:
    assert row("GET performance report, PDF", measured()).missed == ()
    assert row("GET performance report, PDF", measured(pdf=1200.0)).missed == ("under 1 s",)


def test_the_table_marks_what_was_missed() -> None:
    shown = table(rows(measured(pdf=1200.0), {}), few=30, many=20_000)
    assert "!! under 1 s" in next(line for line in shown.splitlines() if "PDF" in line)


def test_times_are_kept_by_request_and_summed() -> None:
    kept = Times()
    assert (
        kept.note([("GET what", Answer(200, "", b"", 3.0, {})), ("POST what", Answer(302, "", b"", 4.5, {}))])
        == 7.5
    )
    assert kept.median("POST what") == 4.5
