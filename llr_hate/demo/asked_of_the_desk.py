"""What people and authorities asked of the rights desk lately, and what it told a court."""

from datetime import datetime, timedelta

from django.utils import timezone

from partners.models.person import holders_of
from partners.roles import Permission
from rights.answering import answer, check_who, take_up
from rights.register import disclose
from scope.context import staff_scope


def ask_the_desk(*, now: datetime) -> None:
    """A copy that is wanted and whose clock runs, a question of the police that waits, one that was answered."""
    desk = holders_of(Permission.ANSWER_RIGHTS).order_by("pk")[0]
    today = timezone.localdate(now)
    with staff_scope(desk.organisation_id or 0, desk.pk):
        copy = take_up(
            kind="access",
            asked_by="person",
            received_on=today - timedelta(days=9),
            who="Wants it by post, to the address that they gave with their report.",
            words="Please send me everything that you hold about me.",
            by=desk,
            now=now - timedelta(days=9),
        )
        check_who(copy, how="code", on=today - timedelta(days=8), by=desk, now=now - timedelta(days=8))
        take_up(
            kind="disclosure",
            asked_by="police",
            received_on=today - timedelta(days=1),
            who="A sergeant of the city’s neighbourhood team, by secure mail.",
            words="What is known of a car that is named in three reports?",
            by=desk,
            now=now - timedelta(days=1),
        )
        figures = take_up(
            kind="disclosure",
            asked_by="foi",
            received_on=today - timedelta(days=30),
            who="A student, by e-mail.",
            words="How many reports were made in each of the last three years?",
            by=desk,
            now=now - timedelta(days=30),
        )
        check_who(
            figures, how="authority", on=today - timedelta(days=30), by=desk, now=now - timedelta(days=30)
        )
        disclose(
            to_whom="foi",
            recipient="A student, by e-mail.",
            basis="foi",
            parts=[],
            reason="Figures that the partnership publishes anyway.",
            told_on=today - timedelta(days=20),
            request=figures,
            by=desk,
            now=now - timedelta(days=20),
        )
        answer(figures, outcome="done", words="The figures were sent.", by=desk, now=now - timedelta(days=20))
