"""What schools and landlords told: the list, and the words of one telling."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from centres.forms_of_telling import HeardFilters
from centres.heard import by_district, heard, mondays
from centres.models import HeardThere
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.retention import RecordClass, schedule
from partners.roles import Permission

# Who looks after centres, and who steers what is done about tension.
READERS = (Permission.OVERSEE_CENTRES, Permission.RUN_MEETINGS)


@requires(*READERS)
@require_safe
def heard_there(request: StaffRequest) -> HttpResponse:
    """The newest first, 25 a page, below a count of weeks and districts."""
    today = timezone.localdate()
    filters = HeardFilters(request.GET, today=today)
    wanted = filters.wanted()
    context = {
        "page_obj": page_of(heard(wanted), request),
        "filters": filters,
        "is_filtered": bool(wanted),
        "mondays": mondays(today),
        "districts": by_district(today),
        "oversees": request.user.may(Permission.OVERSEE_CENTRES),
    }
    return render(request, "centres/heard/list.html", context)


@requires(*READERS)
@require_safe
@transaction.atomic
def one_heard(request: StaffRequest, heard_id: UUID) -> HttpResponse:
    """One telling with its words; that somebody read them is on record each time."""
    rows = HeardThere.objects.select_related("link", "district", "data_key", "read_by")
    telling = get_object_or_404(rows, pk=heard_id)
    before = telling.read_by
    telling.note_read(request.user, now=timezone.now())
    context = {
        "telling": telling,
        "words": telling.unseal("words"),
        "read_before_by": before,
        "kept": schedule().rule(RecordClass.HEARD_THERE),
    }
    return render(request, "centres/heard/one.html", context)
