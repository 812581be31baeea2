"""Packs: made by who leads the case, and opened by the people of the organisation that they were made for."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.doors import LEAVES_OUT, case_for_act_or_404, case_or_404
from casework.forms import ActForm
from casework.forms_of_packs import PackForm
from casework.models import Case, Pack, PackKind, PackMedium, PackPurpose
from casework.packs import Opened, PackIsOver, make_pack, open_pack, pack_or_404, why_over, withdraw_pack
from casework.parts import in_words
from casework.permissions import acts_now, leads
from casework.police_data import hand_off_as_json
from casework.sharing import still_shared
from casework.timeline import when
from casework.views.one_act import one_act
from documents import html, pdf
from documents.word import as_docx
from files.serving import locked_in
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission
from partners.step_up import fresh

A_PAGE = 25
GONE = 410
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# In what forms each kind can be taken, in the order of the buttons.
MEDIA = {
    PackKind.PACK: (PackMedium.PAGE, PackMedium.PDF, PackMedium.WORD),
    PackKind.POLICE: (PackMedium.JSON, PackMedium.PDF, PackMedium.PAGE),
}
BUTTONS = {
    PackMedium.PAGE: "Read it on screen",
    PackMedium.PDF: "Save as PDF",
    PackMedium.WORD: "Save as Word",
    PackMedium.JSON: "Save the data (JSON)",
}
AS_FILE: dict[str, tuple[str, Callable[[Opened], bytes]]] = {
    PackMedium.PDF: ("application/pdf", lambda opened: pdf.render(opened.document())),
    PackMedium.WORD: (WORD, lambda opened: as_docx(opened.document())),
    PackMedium.JSON: ("application/json", hand_off_as_json),
}


@requires(Permission.SEE_QUEUE)
@require_safe
def packs(request: StaffRequest, reference: str) -> HttpResponse:
    """The packs of a case: for who leads it all of them, for others those that were made for their organisation."""
    case = case_or_404(request.user, reference, Permission.SEE_QUEUE, needs=LEAVES_OUT)
    found = case.packs.packs().newest_first()
    if not leads(request.user, case):
        found = found.filter(organisation=request.user.organisation)
    page = Paginator(counted(found), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "case": case,
        "page_obj": page,
        "packs": lines(case, page.object_list, now=timezone.now()),
        "may_make": "make_pack" in acts_now(request.user, case),
    }
    return render(request, "casework/case/packs_of_case.html", context)


def counted(found: QuerySet[Pack]) -> QuerySet[Pack]:
    """The same packs, each knowing how often it was opened."""
    return found.select_related("organisation", "made_by").annotate(times=Count("downloads"))


def lines(case: Case, found: Any, *, now: datetime) -> list[dict[str, Any]]:
    """Each as a row of a list; what is shared is asked once an organisation."""
    rows = list(found)
    shared = {pack.organisation_id: pack.organisation for pack in rows}
    parts = {pk: still_shared(case, organisation) for pk, organisation in shared.items()}
    for pack in rows:
        pack.case = case
    return [_line(pack, why_over(pack, now=now, shared=parts[pack.organisation_id])) for pack in rows]


def _line(pack: Pack, over: str) -> dict[str, Any]:
    return {
        "pack": pack,
        "made": f"{when(pack.made_at)}, {pack.made_by}",
        "parts": in_words(pack.parts),
        "over": over,
        "until": f"{timezone.localdate(pack.expires_at):%-d %B %Y}",
    }


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Makes a pack for one organisation."""
    case_for_act_or_404(request.user, reference, "make_pack")
    return _make(request, reference)


@fresh
def _make(request: StaffRequest, reference: str) -> HttpResponse:
    return one_act(
        request,
        reference,
        act="make_pack",
        form_class=PackForm,
        template="pack",
        do=_made,
        done="The pack is made. Their people find it when they sign in, and it ends by itself.",
        then="casework:packs",
    )


def _made(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    make_pack(
        case,
        asked["chosen"],
        purpose=asked["purpose"],
        without_words=asked["without_words"],
        by=by,
        now=now,
        seen=seen,
    )


@requires(Permission.SEE_QUEUE)
@require_safe
def pack_page(request: StaffRequest, pack_id: UUID) -> HttpResponse:
    """One pack: what it holds, until when, and its files; for who leads the case, who opened it too."""
    pack = pack_or_404(request.user, pack_id)
    now = timezone.now()
    over = why_over(pack, now=now)
    is_lead = leads(request.user, pack.case)
    downloads = pack.downloads.select_related("by", "organisation").order_by("-at", "-id")
    page = Paginator(downloads, A_PAGE).get_page(request.GET.get("page"))
    context = {
        **_line(pack, over),
        "case": pack.case,
        "is_hand_off": pack.kind == PackKind.POLICE,
        "purpose": PackPurpose(pack.purpose).label,
        "media": [(medium.value, BUTTONS[medium]) for medium in MEDIA[PackKind(pack.kind)]],
        "is_lead": is_lead,
        "page_obj": page if is_lead else None,
        "may_withdraw": not over and "withdraw_pack" in acts_now(request.user, pack.case),
    }
    return render(request, "casework/packs/pack.html", context)


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: StaffRequest, pack_id: UUID) -> HttpResponse:
    """Nobody opens it from now on."""
    pack = pack_or_404(request.user, pack_id)
    return one_act(
        request,
        pack.case.reference,
        act="withdraw_pack",
        form_class=ActForm,
        template="withdraw_pack",
        do=partial(_withdrawn, pack),
        done="It is withdrawn. Nobody can open it any more.",
        then="casework:police" if pack.kind == PackKind.POLICE else "casework:packs",
        pack=pack,
    )


def _withdrawn(
    pack: Pack, case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None
) -> None:
    pack.case = case
    withdraw_pack(pack, by=by, now=now, seen=seen)


@requires(Permission.SEE_QUEUE)
@require_safe
def pack_file(request: StaffRequest, pack_id: UUID, medium: str) -> HttpResponseBase:
    """A pack on screen or as a file, for who has just proved who they are; each time recorded."""
    pack = pack_or_404(request.user, pack_id)
    if medium not in MEDIA[PackKind(pack.kind)]:
        raise Http404
    return _pack_file(request, pack, PackMedium(medium))


@fresh
def _pack_file(request: StaffRequest, pack: Pack, medium: PackMedium) -> HttpResponse:
    try:
        opened = open_pack(pack, medium, by=request.user, now=timezone.now())
    except PackIsOver as refusal:
        is_hand_off = pack.kind == PackKind.POLICE
        context = {
            "pack": pack,
            "why": str(refusal),
            "may_hand_over": is_hand_off and "hand_to_police" in acts_now(request.user, pack.case),
        }
        return render(request, "casework/packs/over.html", context, status=GONE)
    if medium == PackMedium.PAGE:
        return _on_screen(request, opened)
    media_type, as_bytes = AS_FILE[medium]
    name = f"{pack.name}.{medium.value}"
    answer = HttpResponse(as_bytes(opened), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    locked_in(answer)
    return answer


def _on_screen(request: StaffRequest, opened: Opened) -> HttpResponse:
    document = opened.document()
    context = {
        "pack": opened.pack,
        "document": document,
        "body": html.body(document),
        "back_url": reverse("casework:pack", args=[opened.pack.pk]),
        "back_text": opened.pack.name,
    }
    return render(request, "casework/packs/read.html", context)
