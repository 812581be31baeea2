"""Reports and cases as rows, for figures: what they say in words does not matter to a count."""

from datetime import datetime
from uuid import uuid4

from casework.models import Case
from partners.models import Organisation
from reporting.models import Report, ReporterMessage
from reporting.strands import Channel, ReporterRole, Strand, Whereabouts
from scope.context import worker_scope
from tests.people import district, gwen, organisation


def received(
    at: datetime, *strands: Strand, area: str | None = "leicester", count: int = 1, **facts
) -> list[Report]:
    """`count` reports received at one moment."""
    place = district(area) if area else None
    made = [
        Report(
            reference=f"LLR-{uuid4().hex[:9]}",
            receipt_code_digest=uuid4().bytes,
            idempotency_key=uuid4(),
            received_at=at,
            perceived_strands=list(strands or [Strand.RACE]),
            district=place,
            **{
                "channel": Channel.ONLINE,
                "reporter_role": ReporterRole.VICTIM,
                "whereabouts": Whereabouts.DISTRICT if place else Whereabouts.ONLINE,
                "place_kind": "street",
                "is_anonymous": True,
                **facts,
            },
        )
        for _ in range(count)
    ]
    with worker_scope():
        return Report.objects.bulk_create(made)


def told(report: Report, at: datetime) -> None:
    """Somebody wrote to the reporter."""
    with worker_scope():
        ReporterMessage.objects.bulk_create(
            [
                ReporterMessage(
                    report=report,
                    organisation=organisation("leicester-city"),
                    author=gwen(),
                    status="being_looked_at",
                    said_at=at,
                )
            ]
        )


def case(opened_at: datetime, *, due: datetime | None, contacted: datetime | None = None, **facts) -> None:
    """A case of Leicester City's."""
    lead: Organisation = organisation("leicester-city")
    with worker_scope():
        Case.objects.bulk_create(
            [
                Case(
                    reference=f"LLR-{uuid4().hex[:9]}",
                    opened_at=opened_at,
                    lead_organisation=lead,
                    contact_due_at=due,
                    first_contact_at=contacted,
                    **facts,
                )
            ]
        )
