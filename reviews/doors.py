"""The doors to items and meetings: what may not be seen looks like what is not there."""

from django.db.models import Q
from django.http import Http404

from partners.models import User
from partners.roles import Permission
from reviews.chairing import chairs, districts_of
from reviews.models import JagItem, JagMeeting
from reviews.models.meeting import JagMeetingQuerySet


def item_or_404(user: User, number: str, *, to_run: bool = False) -> JagItem:
    """An item that the person may see; with `to_run`, one of the list that they run."""
    items = JagItem.objects.chaired_by(user) if to_run else JagItem.objects.visible_to(user)
    related = items.select_related("district", "council", "data_key", "meeting__district")
    item = related.filter(number=number).first()
    if item is None:
        raise Http404
    return item


def meetings_for(user: User) -> JagMeetingQuerySet:
    """The meetings of the groups that the person chairs, of their council's group, and those with something on the
    agenda that their organisation sees."""
    seen = Q(items__in=JagItem.objects.visible_to(user)) | Q(
        district__triage_organisation=user.organisation_id
    )
    if user.may(Permission.CHAIR_JAG):
        seen |= Q(district__in=districts_of(user)) | (Q(district=None) if chairs(user, None) else Q())
    return JagMeeting.objects.filter(seen).select_related("district", "chair").distinct()


def meeting_or_404(user: User, meeting_id: int, *, to_run: bool = False) -> JagMeeting:
    """A meeting that the person may see; with `to_run`, one that they may chair."""
    meeting = meetings_for(user).filter(pk=meeting_id).first()
    if meeting is None or (to_run and not chairs(user, meeting.district)):
        raise Http404
    return meeting
