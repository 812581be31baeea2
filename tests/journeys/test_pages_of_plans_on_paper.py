"""Bringing a plan in and taking one out, looked at as everybody must be able to use it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload

from documents.grids.packed import PaperKind
from tests.actionplans.papers.samples import as_kind, partners_own_table
from tests.actionplans.papers.test_mistakes import with_mistakes
from tests.journeys.pages import Eyes
from tests.journeys.people import Visitor

pytestmark = pytest.mark.timeout(180, func_only=True)
Visit = Callable[..., Visitor]
DAYS = {"starts": ("1", "4", "2018"), "ends": ("31", "3", "2021")}


def test_a_plan_comes_in_from_a_word_document_and_goes_out_again(visit: Visit) -> None:
    morwenna = visit(1280)
    morwenna.becomes("delivery-chair")
    eyes = Eyes(morwenna.page)
    eyes.look_at("/staff/plans/import/")
    morwenna.onwards("Look at it")
    eyes.look("plan-import-empty")
    fill(morwenna)
    choose(morwenna, with_mistakes(), PaperKind.XLSX)
    morwenna.onwards("Look at it")
    assert morwenna.page.locator("section[aria-labelledby=wrong] tbody tr").count() == 12
    assert "H2" in morwenna.page.locator("section[aria-labelledby=wrong]").inner_text()
    eyes.look("plan-import-mistakes")
    choose(morwenna, partners_own_table(), PaperKind.DOCX)
    morwenna.onwards("Look at it")
    assert morwenna.page.locator("table tbody tr").count() == 38
    eyes.look("plan-import-preview")
    # A portal that was walked through before has the draft already.
    morwenna.press(
        morwenna.page.get_by_role("button", name=re.compile("Bring it in as a draft|Put it in the place"))
    )
    assert "with 38 actions" in morwenna.page.locator("main").inner_text()
    eyes.look("plan-import-draft")
    takes_out(morwenna, eyes)
    eyes.verdict()


def fill(visitor: Visitor) -> None:
    visitor.write("What the plan is called", "Hate action plan as one table")
    visitor.write("Code", "one-table")
    for name, parts in DAYS.items():
        for part, said in zip(("day", "month", "year"), parts, strict=True):
            visitor.page.locator(f"[name={name}-{part}]").fill(said)


def choose(visitor: Visitor, rows: list[list[str]], kind: PaperKind) -> None:
    paper = FilePayload(name=f"plan.{kind}", mimeType=kind.media_type, buffer=as_kind(kind, rows))
    visitor.page.locator("input[type=file]").set_input_files(paper)


def takes_out(visitor: Visitor, eyes: Eyes) -> None:
    visitor.go("/staff/plans/appendix-c/")
    visitor.press(visitor.page.get_by_role("link", name="Take this plan out as a file"))
    eyes.look("plan-export")
    with visitor.page.expect_download() as coming:
        visitor.page.get_by_role("button", name="Make the file").click()
    assert coming.value.suggested_filename.startswith("appendix-c-")
    assert coming.value.suggested_filename.endswith(".xlsx")
