"""Whatever anybody sends to whatever page: no error, nothing lost, and what is stored is what was sent."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reporting.models import CentreRecord, Draft
from scope.context import worker_scope
from tests.reporting.any_journey import Journey

JOURNEYS = int(os.environ.get("LLR_JOURNEYS", "300"))
# Where the proof reads what was done.
TOLD = os.environ.get("LLR_JOURNEYS_TOLD", "")

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("partnership"),
    pytest.mark.slow,
    pytest.mark.timeout(120 + JOURNEYS),
]


def test_any_journey_arrives_as_it_was_sent() -> None:
    done = {"journeys": 0, "pages sent": 0, "pages refused": 0, "at a centre": 0}

    @settings(
        max_examples=JOURNEYS,
        deadline=None,
        derandomize=True,  # the same journeys each time: what fails once fails again
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def one_after_the_other(data: st.DataObject) -> None:
        Draft.objects.all().delete()
        with worker_scope():  # a number of a paper form that was used before is asked about
            CentreRecord.objects.all().delete()
        journey = Journey.begin(data)
        journey.go()
        done["journeys"] += 1
        done["pages sent"] += journey.posted
        done["pages refused"] += journey.refused
        done["at a centre"] += journey.at != "/p/"

    one_after_the_other()
    if TOLD:
        Path(TOLD).write_text(json.dumps(done))
    assert done["journeys"] >= JOURNEYS * 0.9, "most of them go all the way"
