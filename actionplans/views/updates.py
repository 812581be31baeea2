"""My updates: one page on which somebody tells how all the actions go that their organisation leads or supports."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actionplans.day import Day
from actionplans.forms import UpdateForm
from actionplans.kept import kept_page
from actionplans.models import ProgressUpdate, UpdateCycle, UpdateDraft
from actionplans.telling import Teller, ToldMeanwhile, save, send, throw_away
from actionplans.updates_page import (
    Asked,
    FilledRows,
    KeptRow,
    Listed,
    Row,
    filled_of,
    listed,
    named_in,
    page_of_ids,
    shown_of,
)
from partners.doors import StaffRequest, requires
from partners.models import Organisation
from partners.roles import Permission

TEMPLATE = "actionplans/updates/updates.html"


@requires(Permission.UPDATE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def updates(request: StaffRequest) -> HttpResponse:
    """Shows the page, or does what its button says: send, save for later, or throw away what was typed."""
    organisation = request.user.organisation
    if organisation is None:
        raise Http404
    now = timezone.now()
    asked = Asked(request.user, organisation, timezone.localdate(now))
    # What a sending or a saving led to is said once.
    if request.method != "POST" and not set(request.GET) - {"page"}:
        return _kept(request, asked)
    day = Day(asked.today)
    found = listed(asked, day)
    if request.method != "POST":
        return _page(request, asked, found, day)
    teller = Teller(request.user, organisation, now, _sending(request))
    filled = filled_of(asked, found, named_in(request.POST, found), request)
    return _act(request, filled.rows, teller) or _page(request, asked, found, day, filled, teller.sending)


def _act(request: StaffRequest, filled: Sequence[Row], teller: Teller) -> HttpResponse | None:
    """What the button asks for; None where something is wrong, which the page then says."""
    forms = [row.form for row in filled]
    button = request.POST.get("button", "send")
    if button == "auto":
        return _saved_as_you_go(forms, teller)
    if button.startswith("page-") or button == "save":
        refused = save(forms, teller=teller)
        page = button.removeprefix("page-") if button != "save" else request.GET.get("page", "")
        return None if refused else redirect(_address(page=page, saved="1"))
    if button.startswith("away-") and button[5:] in {str(form.action.pk) for form in forms}:
        save([form for form in forms if str(form.action.pk) != button[5:]], teller=teller)
        throw_away(int(button[5:]), teller=teller)
        return redirect(f"{_address(page=request.GET.get('page', ''))}#action-{button[5:]}")
    return _sent(request, forms, teller)


def _sent(request: StaffRequest, forms: Sequence[UpdateForm], teller: Teller) -> HttpResponse | None:
    told = [form for form in forms if form.says_something]
    # Every form is looked at: the page says all that is wrong at once.
    wrong = [form for form in told if not form.is_valid()]
    if wrong or not told:
        save(forms, teller=teller)
        return None
    try:
        send(told, teller=teller)
    except ToldMeanwhile as meanwhile:
        save(forms, teller=teller)
        first = meanwhile.updates[0].action_id
        return redirect(f"{_address(page=request.GET.get('page', ''), meanwhile='1')}#action-{first}")
    return redirect(_address(told=str(teller.sending)))


def _saved_as_you_go(forms: Sequence[UpdateForm], teller: Teller) -> HttpResponse:
    """For the page's script: what is kept now, and what is wrong with a file."""
    refused = save(forms, teller=teller)
    pks = [form.action.pk for form in forms]
    kept = {draft.action_id: draft for draft in teller.drafts().filter(action__in=pks)}
    files = {pk: draft.said["file"]["name"] for pk, draft in kept.items() if "file" in draft.said}
    at = timezone.localtime(teller.now).strftime("%H:%M")
    return JsonResponse({"at": at, "kept": sorted(kept), "files": files, "refused": refused})


def _kept(request: StaffRequest, asked: Asked) -> HttpResponse:
    """The page as it is opened: the same for everybody of an organisation in which nobody has begun to write."""
    begun = tuple(UpdateDraft.objects.of_anybody_in(asked.organisation).values_list("pk", "saved_at"))
    return kept_page(
        request,
        TEMPLATE,
        lambda day: _context(request, asked, listed(asked, day), day, has_drafts=bool(begun)),
        today=asked.today,
        beside=(asked.user.pk if begun else 0, begun),
        personal={"sending": str(uuid4())},
    )


def _page(
    request: StaffRequest,
    asked: Asked,
    found: Listed,
    day: Day,
    filled: FilledRows | None = None,
    sending: UUID | None = None,
) -> HttpResponse:
    context = _context(request, asked, found, day, filled)
    return render(request, TEMPLATE, {**context, "sending": sending or uuid4()})


def _context(
    request: StaffRequest,
    asked: Asked,
    found: Listed,
    day: Day,
    filled: FilledRows | None = None,
    *,
    has_drafts: bool = True,
) -> dict[str, Any]:
    page = page_of_ids(found, request)
    listed_here = filled or shown_of(
        asked, found, [each.pk for each in page.object_list], day, has_drafts=has_drafts
    )
    shown, told = listed_here.rows, _told(request, asked.organisation)
    return {
        "organisation": asked.organisation,
        "today": asked.today,
        "cycle": told[0].cycle if told and told[0].cycle else UpdateCycle.planned(asked.today),
        "page": page,
        "owed": [row for row in shown if row.is_owed],
        "others": [row for row in shown if not row.is_owed],
        "owed_in_all": len(found.waiting),
        "unsent_elsewhere": listed_here.unsent_elsewhere,
        "unsent": [row for row in shown if row.draft and row.form and not row.form.is_bound],
        "told": told,
        "saved": "saved" in request.GET,
        "meanwhile": _told_meanwhile(shown) if "meanwhile" in request.GET else [],
        **_what_is_wrong(filled),
    }


def _told_meanwhile(shown: Sequence[Row | KeptRow]) -> list[Row]:
    return [row for row in shown if isinstance(row, Row) and row.told_meanwhile]


def _what_is_wrong(filled: FilledRows | None) -> dict[str, Any]:
    if filled is None:
        return {"wrong": [], "nothing_told": False}
    forms = [row.form for row in filled.rows]
    return {
        "wrong": [form for form in forms if form.says_something and form.errors],
        "nothing_told": not any(form.says_something for form in forms),
    }


def _told(request: StaffRequest, organisation: Organisation) -> list[ProgressUpdate]:
    """What the sending named in the address recorded."""
    try:
        sending = UUID(request.GET.get("told", ""))
    except ValueError:
        return []
    sent = ProgressUpdate.objects.of_sending(sending, organisation)
    return list(sent.select_related("action", "cycle"))


def _sending(request: StaffRequest) -> UUID:
    try:
        return UUID(request.POST.get("sending", ""))
    except ValueError:
        return uuid4()


def _address(**query: str) -> str:
    said = {name: value for name, value in query.items() if value}
    return reverse("actionplans:updates") + (f"?{urlencode(said)}" if said else "")
