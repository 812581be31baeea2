"""My updates: one page on which an officer tells how all the actions go that their organisation leads or supports."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Prefetch, Q
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actionplans.figures import key_of, newest_of_each, own_holders
from actionplans.forms import PREFIX, UpdateForm
from actionplans.models import Action, Contribution, ProgressUpdate
from actionplans.rag import Rating
from partners.doors import StaffRequest, requires
from partners.models import District, Organisation, User
from partners.roles import Permission

NAMED_ACTION = re.compile(rf"{PREFIX}-([0-9]+)-")


@dataclass(frozen=True)
class Row:
    """One action on the page, with what was last said and the form to say more."""

    action: Action
    form: UpdateForm
    last: ProgressUpdate | None
    rating: Rating
    is_owed: bool
    leads: bool


@requires(Permission.UPDATE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def updates(request: StaffRequest) -> HttpResponse:
    """Shows the page, or records what was told on it; with something wrong, nothing is recorded or lost."""
    organisation = request.user.organisation
    if organisation is None:
        raise Http404
    now = timezone.now()
    sent = request.POST if request.method == "POST" else None
    rows = _rows(organisation, timezone.localdate(now), sent)
    sending = _sending(sent)
    wrong: list[UpdateForm] = []
    if sent is not None:
        _refuse_foreign(sent, rows)
        told = [row for row in rows if row.form.has_changed()]
        wrong = [row.form for row in told if not row.form.is_valid()]
        if told and not wrong:
            _record(told, sending=sending, organisation=organisation, by=request.user, now=now)
            return redirect(f"{reverse('actionplans:updates')}?told={sending}")
    context = _context(rows, organisation, now) | {
        "sending": sending,
        "wrong": [
            row.form for row in rows if row.form.is_bound and row.form.has_changed() and row.form.errors
        ],
        "nothing_told": sent is not None and not any(row.form.has_changed() for row in rows),
        "told": _told(request, organisation),
    }
    return render(request, "actionplans/updates/updates.html", context)


def _rows(organisation: Organisation, today: date, sent: QueryDict | None) -> list[Row]:
    own = Contribution.objects.filter(
        Q(organisation=organisation) | Q(district__triage_organisation=organisation)
    )
    actions = list(
        Action.objects.involving(organisation)
        .filter(plan__period_end__gte=today)
        .select_related("plan", "lead", "measure")
        .prefetch_related(
            "districts",
            Prefetch("measure__contributions", own.select_related("organisation", "district"), to_attr="own"),
        )
    )
    owed = set(Action.objects.owed_by(organisation, today).values_list("pk", flat=True))
    newest = {
        update.action_id: update
        for update in ProgressUpdate.objects.filter(action__in=actions)
        .newest_of_each_action()
        .select_related("organisation")
    }
    seen = _seen(sent) if sent is not None else newest
    districts = list(District.objects.filter(triage_organisation=organisation))
    return [
        _row(action, organisation, districts, newest, seen, sent, today, action.pk in owed)
        for action in actions
    ]


def _row(
    action: Action,
    organisation: Organisation,
    districts: list[District],
    newest: Mapping[int, ProgressUpdate],
    seen: Mapping[int, ProgressUpdate],
    sent: QueryDict | None,
    today: date,
    is_owed: bool,
) -> Row:
    known = newest_of_each(action.measure.own)  # type: ignore[attr-defined]
    figures = {each: known.get(key_of(each)) for each in own_holders(action, organisation, districts)}
    return Row(
        action=action,
        form=UpdateForm(action, seen.get(action.pk), figures, sent),
        last=newest.get(action.pk),
        rating=action.rating(today=today),
        is_owed=is_owed,
        leads=action.lead_id == organisation.pk,
    )


def _seen(sent: QueryDict) -> dict[int, ProgressUpdate]:
    """The updates that stood on the page when it was filled in: what differs from them is what the person changed."""
    ids = [str(sent[name]) for name in sent if name.startswith(f"{PREFIX}-") and name.endswith("-seen")]
    found = ProgressUpdate.objects.filter(pk__in=[each for each in ids if each.isascii() and each.isdigit()])
    return {update.action_id: update for update in found}


def _sending(sent: QueryDict | None) -> UUID:
    try:
        return UUID(str(sent["sending"]) if sent else "")
    except (KeyError, ValueError):
        return uuid4()


def _refuse_foreign(sent: QueryDict, rows: list[Row]) -> None:
    """An action that is not the organisation's looks as if it did not exist."""
    named = {int(match[1]) for match in map(NAMED_ACTION.match, sent) if match}
    if named - {row.action.pk for row in rows}:
        raise Http404


@transaction.atomic
def _record(rows: list[Row], *, sending: UUID, organisation: Organisation, by: User, now: datetime) -> None:
    # In one order always, so that two sendings never wait for each other in a circle.
    for row in sorted(rows, key=lambda row: row.action.pk):
        said = row.form.cleaned_data
        row.action.record_update(
            percent_done=said["percent"]
            if "percent" in row.form.changed_data
            else row.action.percent_now or 0,
            what_changed=said["what_changed"],
            is_no_change=said["no_change"],
            next_step=said["next_step"],
            risk=said["risk"],
            confidence=said["confidence"],
            figures=row.form.figures(),
            by=by,
            organisation=organisation,
            sending=sending,
            now=now,
        )


def _context(rows: list[Row], organisation: Organisation, now: datetime) -> dict[str, Any]:
    return {
        "organisation": organisation,
        "today": timezone.localdate(now),
        "owed": [row for row in rows if row.is_owed],
        "others": [row for row in rows if not row.is_owed],
    }


def _told(request: StaffRequest, organisation: Organisation) -> list[ProgressUpdate]:
    """What the sending named in the address recorded."""
    try:
        sending = UUID(request.GET.get("told", ""))
    except ValueError:
        return []
    return list(ProgressUpdate.objects.of_sending(sending, organisation).select_related("action"))
