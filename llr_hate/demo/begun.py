"""What a volunteer of the demonstration began yesterday and has not sent."""

from datetime import datetime, timedelta

from django.utils import timezone

from llr_hate.demo.staff import personas
from partners.models import User
from reporting.journey.before import WHO
from reporting.journey.happened import WHAT, WHY
from reporting.journey.question import SEEN, TOLD_AT_A_CENTRE
from reporting.journey.versions import BEGUN
from reporting.models import Draft

VOLUNTEER = "volunteer"
WORDS = "Someone keeps pushing food scraps through our letterbox. They wrote on the door that we should go."


def leave_begun(*, now: datetime) -> None:
    """The report of a paper form, typed in as far as why it happened."""
    email = next(each.email for each in personas() if each.code == VOLUNTEER)
    volunteer = User.objects.get(email=email)
    began = timezone.localtime(now - timedelta(days=1))
    answers = {
        TOLD_AT_A_CENTRE: "centre",
        BEGUN: began.isoformat(timespec="seconds"),
        "Q02": "victim",
        "C01": "face_to_face",
        "C01_on": (began.date() - timedelta(days=2)).isoformat(),
        "C01_paper": "27",
        "Q06": ["rubbish", "damage"],
        "Q07": WORDS,
        "Q08": ["race"],
        SEEN: [WHO.name, WHAT.name, WHY.name],
    }
    Draft.begin(answers, today=began.date(), centre=volunteer.organisation, recorded_by=volunteer)
