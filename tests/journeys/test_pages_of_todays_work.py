"""Every page of an officer's day can be used by everybody: what is due, tasks, and views that are kept."""

import re

import pytest

from tests.journeys.pages import Eyes
from tests.journeys.people import Visitor
from tests.journeys.walking import Visit, links, mistakes

pytestmark = pytest.mark.timeout(120, func_only=True)
TASKS = re.compile(r"/staff/cases/(LLR-[A-Z0-9]{4}-[A-Z0-9]{4})/tasks/$")


def test_the_pages_of_an_officers_day(visit: Visit) -> None:
    zainab = visit(1280)
    zainab.becomes("council-officer")
    eyes = Eyes(zainab.page)
    looks_at_todays_work(zainab, eyes)
    eyes.verdict()


def looks_at_todays_work(officer: Visitor, eyes: Eyes) -> None:
    """What is due, the tasks, and the views that an officer keeps."""
    eyes.look_at("/staff/cases/?list=due", "/staff/cases/?list=unread", "/staff/cases/?list=unassigned")
    eyes.look_at("/staff/tasks/", "/staff/tasks/?list=anybody&due=late")
    officer.go("/staff/tasks/?list=ours")
    reference = links(officer, TASKS)[0]
    eyes.look_at(f"/staff/cases/{reference}/tasks/")
    officer.go(f"/staff/cases/{reference}/tasks/add/")
    mistakes(officer, eyes, "case-tasks-add", "Set the task")
    officer.go(f"/staff/cases/{reference}/tasks/")
    officer.page.get_by_role("link", name="It is done").first.click()
    eyes.look("case-task-done")
    officer.go("/staff/cases/?list=ours&clock=late")
    officer.page.get_by_text("Keep this list as a view").click()
    officer.press(officer.page.get_by_role("button", name="Keep it"))
    eyes.look("case-view-wrong")
    eyes.look_at("/staff/cases/views/")
    officer.page.get_by_role("link", name="Rename").first.click()
    eyes.look("case-view-rename")
    officer.go("/staff/cases/views/")
    officer.press(officer.page.get_by_role("button", name="Remove").first)
    eyes.look("case-view-removed")
    officer.press(officer.page.get_by_role("button", name="Put it back"))
