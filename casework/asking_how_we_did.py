"""The message that asks how we did: once for each of both surveys, to who agreed, by e-mail or text, as their plan for
safe contact allows; with a link that opens the survey and nothing else.

Who asked for a call, for care or for a letter, or heard through a centre, gets none: they answer on their own page, or
somebody asks them by voice. Nothing of it is told to officers, and one that did not arrive is not tried otherwise.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from audit import trail
from casework.surveys import ASK, has_agreed
from outbox import channels
from outbox.models import NotYet, handler
from partners.languages import offered
from partners.wording import asking
from reporting.models import Report, ReporterRequest, SurveyInvitation, SurveyLink, WordState
from reporting.safe_contact import Allowed, Way
from reporting.words_out import AT_MOST_EVERY, BY_CHANNEL, in_their_language, plan_of, words_of_this_plan
from scope.context import worker_scope

BY_LINK = (Way.EMAIL, Way.TEXT)
STOPS = (ReporterRequest.Kind.ERASE, ReporterRequest.Kind.STOP)


@handler(ASK)
def ask_by_link(payload: dict[str, Any], now: datetime) -> None:
    """Sends the link, if they may still be asked and it is safe; raises NotYet while it is not the hour."""
    with worker_scope():
        invitation = _still_to_ask(payload["invitation"])
        if invitation is not None:
            _send(invitation, plan_of(invitation.report, now=now), now=now)


def address_of(token: str, language: str) -> str:
    """The link itself, opening in the language that the person told us in; '' where this portal sends none."""
    if not settings.LINK_BASE_URL:
        return ""
    path = reverse("reporting:survey_by_link", args=[token])
    if language in offered() and language != settings.LANGUAGE_CODE:
        path = f"{reverse('reporting:language', args=[language])}?to={path}"
    return urljoin(settings.LINK_BASE_URL, path)


def _still_to_ask(invitation_id: str) -> SurveyInvitation | None:
    found = SurveyInvitation.objects.filter(pk=invitation_id, answered_on=None).first()
    if found is None:
        return None
    # Whoever erases it or changes the plan at this moment has done it before, or finds the link.
    reports = Report.objects.select_for_update(of=("self",)).select_related("data_key")
    found.report = reports.get(pk=found.report_id)
    return found if _may_be_asked(found.report) else None


def _may_be_asked(report: Report) -> bool:
    if report.erased_at or not has_agreed(report):
        return False
    has_failed = words_of_this_plan(report).filter(state__in=(WordState.FAILED, WordState.WAITS))
    return not report.reporterrequests.filter(kind__in=STOPS).exists() and not has_failed.exists()


def _send(invitation: SurveyInvitation, plan: Allowed, *, now: datetime) -> None:
    if plan.way not in BY_LINK or not settings.LINK_BASE_URL:
        return
    _wait_for_the_hour(invitation.report, plan, now=now)
    channel = BY_CHANNEL[plan.way]
    if not channels.can_send(channel):
        return
    language = invitation.report.language
    link = address_of(SurveyLink.give(invitation, now=now), language)
    said = asking()[channel]
    try:
        channels.send(channel, in_their_language(said, invitation.pk, plan.to, language, link=link))
    except channels.Refused:
        SurveyLink.take_back(invitation=invitation)
        return
    trail.record("report.survey_link_sent", invitation.report, by=None, now=now, way=plan.way)


def _wait_for_the_hour(report: Report, plan: Allowed, *, now: datetime) -> None:
    if plan.at > now:
        raise NotYet(plan.at)
    last = words_of_this_plan(report).filter(state__in=(WordState.SENT, WordState.ARRIVED)).last()
    if last is not None and now < last.at + AT_MOST_EVERY:
        raise NotYet(last.at + AT_MOST_EVERY)
