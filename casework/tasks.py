"""Background work: the schedule of keeping is applied each night, whoever agreed is asked how we did, and what waits
where nobody may look at it is told to those who can name somebody."""

from celery import shared_task
from django.utils import timezone

from casework import asking_how_we_did, referral_mail  # noqa: F401  (a worker knows how to deliver it)
from casework.apply_retention import apply
from casework.giving_sight import end_what_ran_out
from casework.nobody_looks import tell_administrators
from casework.surveys import invite
from casework.suspects import let_go
from partners.retention import schedule
from reporting.models import SurveyLink
from scope.context import worker_scope


@shared_task(name="casework.apply_retention")
def apply_retention() -> int:
    """Erases what is over and lists what falls due; returns how many records were erased."""
    now = timezone.now()
    let_go(today=timezone.localdate(now), now=now)
    return sum(apply(today=timezone.localdate(now), now=now, schedule=schedule()).erased.values())


@shared_task(name="casework.invite_to_survey")
def invite_to_survey() -> int:
    """Lets those who agreed, and whose time has come, be asked how we did; returns how many. Links that are too old
    go."""
    now = timezone.now()
    with worker_scope():
        SurveyLink.erase_over(now=now)
    return invite(now=now)


@shared_task(name="casework.end_shares")
def end_shares() -> int:
    """Ends what was shared until a day that is over; returns how many."""
    return end_what_ran_out(now=timezone.now())


@shared_task(name="casework.tell_where_nobody_looks")
def tell_where_nobody_looks() -> int:
    """Tells administrators of requests for another look that no manager may answer; returns how many wait."""
    return tell_administrators(now=timezone.now())
