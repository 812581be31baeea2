"""Finishing a practice: what the volunteer is told, and that nothing stays but which points were found."""

from collections.abc import Mapping
from typing import Any

import pytest

from audit.models import AuditEvent
from reporting.journey import route
from reporting.journey.question import SEEN
from reporting.models import Draft, PracticeRun
from reporting.practice import NotPractice, finish, finish_in_danger
from reporting.practice_feedback import findings_of, said_of
from reporting.practice_ids import new_practice_id
from reporting.practice_stories import Story, story
from reporting.receiving import NotComplete
from reporting.risk import IDS
from tests.people import NOW, asha, centre, member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

# Samira of the story “On the bus home”, recorded with care.
SAMIRA: dict[str, Any] = {
    "channel": "centre",
    "Q02": "victim",
    "C01": "face_to_face",
    "C01_on": "2026-03-10",
    "Q06": ["name_calling", "attacked"],
    "Q07": "He said loud that I should go back to where I came from. He pulled at my scarf.",
    "Q08": ["race", "religion"],
    "Q08b": "muslim",
    "Q11": "about",
    "Q11_about": "week",
    "Q13": "transport",
    "Q14": "leicester",
    "Q19": "maybe",
    **dict.fromkeys(IDS, "not_known"),
    **{"R1": "two_or_three", "R2": "maybe", "R3": "threats_or_damage", "R4": "sometimes", "R7": "changed"},
    "C04": ["leaflet"],
    "Q25": "yes",
    "Q26_name": "Samira",
    "Q26_how": "text",
    "Q26_mobile": "07700 900 123",
    "Q23": ["council"],
    "Q24": ["council", "victim_first"],
    "C02": "spoken",
    "C06": "direct",
    SEEN: [page.name for page in route.ALL],
}


def practised(**changes: Any) -> Draft:
    volunteer = asha()
    assert volunteer.organisation
    answers = {name: answer for name, answer in (SAMIRA | changes).items() if answer is not None}
    return Draft.begin_practice(
        answers, today=NOW.date(), centre=volunteer.organisation, recorded_by=volunteer
    )


def said_at(run: PracticeRun, told: Story) -> Mapping[str, tuple[str, ...]]:
    findings = findings_of(run, told)
    return {
        point.question: each.lines for point, each in zip(told.points, said_of(findings, told), strict=True)
    }


def test_a_record_made_with_care_finds_every_point() -> None:
    run = finish(practised(), story("bus_home"), by=asha(), now=NOW)
    assert (len(run.found), run.points, run.beyond) == (8, 8, [])
    assert all(each.is_right for each in said_of(findings_of(run, story("bus_home")), story("bus_home")))


def test_what_was_missed_is_said_gently() -> None:
    run = finish(
        practised(Q08=["race"], R7="little", Q24=["police", "council"]), story("bus_home"), by=asha(), now=NOW
    )
    said = said_at(run, story("bus_home"))
    assert said["Q08"] == ("You chose “Race”.", "The story also has “Religion or belief”.")
    assert said["risk"] == ("Your answers came to “Standard”.", "The story has “Medium”.")
    assert said["Q24"][-1] == "You also chose “Leicestershire Police”. The story does not say so."
    assert said["Q25"] == ("You chose “Yes”.",)


def test_nothing_stays_of_what_was_typed() -> None:
    finish(practised(), story("bus_home"), by=asha(), now=NOW)
    assert not Draft.objects.exists()
    kept = str(PracticeRun.objects.values().get()) + str(
        AuditEvent.objects.filter(act="practice.finished").values()
    )
    assert "scarf" not in kept
    assert "07700" not in kept


def test_finishing_twice_is_one_practice_and_one_line_of_the_trail() -> None:
    draft = practised()
    first = finish(draft, story("bus_home"), by=asha(), now=NOW)
    draft.pk = first.pk
    assert finish(draft, story("bus_home"), by=asha(), now=NOW) == first
    assert AuditEvent.objects.filter(act="practice.finished").count() == 1


def test_a_practice_that_is_not_complete_is_not_finished() -> None:
    draft = practised(Q08=None)
    with pytest.raises(NotComplete):
        finish(draft, story("bus_home"), by=asha(), now=NOW)
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_what_may_become_a_report_is_never_finished_as_practice() -> None:
    volunteer = asha()
    draft = Draft.begin(SAMIRA, today=NOW.date(), centre=volunteer.organisation, recorded_by=volunteer)
    with pytest.raises(NotPractice):
        finish(draft, story("bus_home"), by=volunteer, now=NOW)
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_calling_999_is_the_right_end_where_somebody_is_in_danger() -> None:
    practice = new_practice_id()
    runs = [finish_in_danger(practice, story("at_the_door"), by=asha(), now=NOW) for _again in range(2)]
    assert runs[0] == runs[1]
    assert (runs[0].found, runs[0].missed) == (["Q01:yes"], [])


def test_going_on_where_somebody_is_in_danger_is_said() -> None:
    run = finish(practised(), story("at_the_door"), by=asha(), now=NOW)
    assert said_at(run, story("at_the_door"))["Q01"] == (
        "You chose “No, not now”.",
        "The story has “Yes, someone is in danger or it is still happening”.",
    )


def test_a_centre_sees_what_was_practised_there_and_nowhere_else() -> None:
    run = finish(practised(), story("bus_home"), by=asha(), now=NOW)
    elsewhere = member("Bela Novak", centre("tollgate", area="harborough").organisation, "centre_volunteer")
    finish_in_danger(new_practice_id(), story("at_the_door"), by=elsewhere, now=NOW)
    assert list(PracticeRun.objects.of_centre(run.centre)) == [run]
    assert list(PracticeRun.objects.of(asha())) == [run]
