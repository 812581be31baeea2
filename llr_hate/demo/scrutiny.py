"""What the scrutiny panel of the demonstration finds: cases drawn by lot, some retold, one answered about, and one that
waits for an officer."""

from datetime import datetime, timedelta

from django.utils import timezone

from llr_hate.demo.staff import personas
from partners.models import User
from partners.scrutiny import questions
from reviews.models import SampledCase
from reviews.sampling import NothingToDraw, answer, draw, retell
from scope.context import staff_scope, worker_scope

CLOSED_WITHIN = timedelta(days=180)
HOW_MANY = 6
SEED = 20_260_301
RETOLD = (
    "The person was called names by a neighbour for some weeks, and did not want to go to the police. An "
    "officer was in touch on the second day, in the way they had asked for. The landlord was asked to "
    "write to the neighbour, and did. The person was told of each step on their own page. They said they "
    "felt safer, and would tell us again.",
    "Somebody shouted at the person from a car, near where they work. It took us longer to be in touch "
    "than we promise, because the report waited over a holiday. We said so to them. Their employer moved "
    "where the late shift parks. Nobody found out who it was.",
    "The person found words on a wall and told us without a name. The wall was cleaned within a day. "
    "Their page says so. We could not ask whether they needed help, and left them the numbers.",
)
SAID = ("yes", "partly", "yes", "yes", "cannot_tell", "yes")


def leave_scrutiny(*, now: datetime) -> None:
    """Draws closed cases of the last half year, has the first retold by their officers, and answers about one."""
    chair, member = (_of(code) for code in ("delivery-chair", "panel-member"))
    today = timezone.localdate(now)
    try:
        sample = draw(
            today - CLOSED_WITHIN,
            today,
            by=chair,
            now=now - timedelta(days=8),
            how_many=HOW_MANY,
            seed=SEED,
        )
    except NothingToDraw:
        return  # a very small world, in which nothing is closed yet
    with worker_scope():
        drawn = list(SampledCase.objects.filter(sample=sample).select_related("case", "data_key"))
    for words, sampled in zip(RETOLD, drawn[:-1], strict=False):
        with worker_scope():
            officer = sampled.case.assigned_to
            assert officer is not None, "a closed case of the demonstration was somebody's"
            retell(sampled, words, by=officer, now=now - timedelta(days=3))
    if drawn[0].ready_at:
        with staff_scope(member.organisation_id or 0):
            marks = dict(zip([each.code for each in questions()], SAID, strict=True))
            well, change = "They were told of each step.", "Ask sooner whether they want company at night."
            answer(drawn[0], marks, done_well=well, to_change=change, by=member, now=now - timedelta(days=1))


def _of(code: str) -> User:
    return User.objects.get(email=next(each.email for each in personas() if each.code == code))
