"""One of everything that somebody can say after sending, said by the real acts."""

from uuid import uuid4

from reporting.asking_us import answer, ask
from reporting.models import Report, SurveyInvitation, SurveyLink
from reporting.models.from_reporter import ReporterRequest
from reporting.saying_more import add, write
from reporting.survey import answer as answer_survey
from tests import people

WORDS = "He shouted again this morning."


def everything_said_later(report: Report, words: str = WORDS) -> ReporterRequest:
    """A message, an addition, a request with its answer, a survey, and the link of another; in the worker's scope.
    Gives the request."""
    now = people.NOW
    write(report, words, key=uuid4(), now=now)
    add(report, {"words": words}, kind="words", key=uuid4(), now=now)
    asked = ask(report, "erase", words, key=uuid4(), now=now)
    answer(asked, outcome="refused", text=words, by=people.ngozi(), now=now)
    invitation = SurveyInvitation.objects.create(report=report, kind="contact", due_on=now.date())
    answer_survey(invitation, {"S1": "4"}, words, now=now)
    again = SurveyInvitation.objects.create(report=report, kind="closed", due_on=now.date())
    SurveyLink.give(again, now=now)
    return asked
