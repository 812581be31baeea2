"""The one door to a case and to a report that waits: foreign, barred and unknown all look like what is not there.

A page is for whoever was given the whole case, unless it says which parts it shows (`needs`) or that it leaves out by
itself what was not given (`LEAVES_OUT`).
"""

from collections.abc import Collection

from django.http import Http404

from casework.models import Case
from casework.one_case import visible_case
from casework.parts import ALL_PARTS
from casework.permissions import may, parts_for
from casework.sharing import parts_of
from partners.models import User
from partners.roles import Permission
from reporting.models import Report

LEAVES_OUT: frozenset[str] = frozenset()


def case_or_404(
    user: User, reference: str, permission: Permission, *, needs: Collection[str] = ALL_PARTS
) -> Case:
    """The case, if the person's organisation may see these parts of it and their role allows `permission`."""
    if not user.may(permission):
        raise Http404
    case = visible_case(user, reference)
    if case is None or (needs and not parts_for(user, case).issuperset(needs)):
        raise Http404
    return case


def case_for_act_or_404(user: User, reference: str, act: str) -> Case:
    """The case, if the person may do `act` on it in some state."""
    case = case_or_404(user, reference, Permission.WORK_CASES, needs=LEAVES_OUT)
    if not may(user, act, case):
        raise Http404
    return case


def report_or_404(user: User, reference: str, *, needs: Collection[str] = ALL_PARTS) -> Report:
    """The report, waiting or taken up, if the person's organisation may see these parts of it."""
    reports = Report.objects.visible_to(user).select_related("district", "data_key", "centre")
    report = reports.filter(reference=reference).first()
    if report is None or not user.may(Permission.SEE_QUEUE):
        raise Http404
    if not parts_of(report, user.organisation_id).issuperset(needs):
        raise Http404
    return report
