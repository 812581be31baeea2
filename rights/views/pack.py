"""The pack of what a person is given of one report: looked through, covered, proposed, released, taken."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.doors import StaffRequest, requires
from partners.roles import Permission
from partners.step_up import fresh
from rights import packs
from rights.answering import RightsRefused
from rights.doors import about_or_404, request_or_404
from rights.forms import CoverForm
from rights.models import RequestReport, RightsRequest, SubjectPack
from rights.models.request import Kind
from rights.redacting import WORDS, Cover, pieces
from rights.sight import OutOfSight

View = Callable[..., HttpResponse]


def with_pack(view: View) -> Callable[..., HttpResponseBase]:
    """Gives the view the opened pack; to whoever may not read the report, the page is not there."""

    @fresh
    def opened(
        request: StaffRequest, asked: RightsRequest, about: RequestReport, **more: Any
    ) -> HttpResponse:
        try:
            with packs.opened(asked, about, by=request.user, now=timezone.now()) as pack:
                return view(request, pack, about, **more)
        except OutOfSight:
            raise Http404 from None

    @wraps(view)
    def page(request: StaffRequest, request_id: UUID, about_id: UUID, **more: Any) -> HttpResponseBase:
        asked = request_or_404(request.user, request_id)
        if asked.kind != Kind.ACCESS or asked.is_answered:
            raise Http404
        return opened(request, asked, about_or_404(asked, about_id), **more)

    return page


@requires(Permission.ANSWER_RIGHTS)
@require_safe
@with_pack
def pack_page(request: StaffRequest, pack: SubjectPack, about: RequestReport) -> HttpResponse:
    """All passages, with what is covered in each; the first time, they are gathered and names are proposed."""
    covers = pack.covered()
    shown = [
        {"number": number, "passage": each, "pieces": pieces(each.text, covers.get(number, Cover()))}
        for number, each in enumerate(pack.read())
    ]
    context = {
        "pack": pack,
        "asked": pack.request,
        "about": about,
        "passages": shown,
        "counted": [(WORDS[why], number) for why, number in packs.counted(pack).items()],
        "is_mine": pack.proposed_by == request.user,
    }
    return render(request, "rights/pack.html", context)


@requires(Permission.ANSWER_RIGHTS)
@require_http_methods(["GET", "HEAD", "POST"])
@with_pack
def passage_page(request: StaffRequest, pack: SubjectPack, about: RequestReport, number: int) -> HttpResponse:
    """What is covered in one passage."""
    passages, covers = pack.read(), pack.covered()
    if number >= len(passages) or pack.proposed_at:
        raise Http404
    before = covers.get(number, Cover())
    data = request.POST if request.method == "POST" else None
    form = CoverForm(data, passage=passages[number], cover=before)
    if form.is_valid():
        packs.cover(pack, number, form.chosen())
        address = redirect("rights:pack", request_id=pack.request_id, about_id=about.pk)
        address["Location"] += f"#passage-{number}"
        return address
    context = {
        "pack": pack,
        "asked": pack.request,
        "about": about,
        "form": form,
        "passage": passages[number],
        "pieces": pieces(passages[number].text, before),
    }
    return render(request, "rights/passage.html", context)


@requires(Permission.ANSWER_RIGHTS)
@require_POST
@with_pack
def propose(request: StaffRequest, pack: SubjectPack, about: RequestReport) -> HttpResponse:
    """Somebody has looked through all of it."""
    return _act(
        request, pack, about, packs.propose, "Now another person of the desk looks at it and releases it."
    )


@requires(Permission.ANSWER_RIGHTS)
@require_POST
@with_pack
def take_back(request: StaffRequest, pack: SubjectPack, about: RequestReport) -> HttpResponse:
    """It has to be looked through again."""
    return _act(request, pack, about, packs.take_back, "You can change what is covered again.")


@requires(Permission.ANSWER_RIGHTS)
@require_POST
@with_pack
def release(request: StaffRequest, pack: SubjectPack, about: RequestReport) -> HttpResponse:
    """A second person releases it."""
    return _act(
        request, pack, about, packs.release, "The pack is released. Take the file, and give it to the person."
    )


@requires(Permission.ANSWER_RIGHTS)
@require_safe
@with_pack
def the_file(request: StaffRequest, pack: SubjectPack, about: RequestReport) -> HttpResponse:
    """The file to give to the person."""
    try:
        made = packs.file_of(pack, by=request.user, now=timezone.now())
    except RightsRefused as refusal:
        messages.info(request, str(refusal))
        return redirect("rights:pack", request_id=pack.request_id, about_id=about.pk)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{about.reference}.pdf"'
    return answer


def _act(
    request: StaffRequest, pack: SubjectPack, about: RequestReport, act: Callable[..., None], done: str
) -> HttpResponse:
    try:
        act(pack, by=request.user, now=timezone.now())
    except RightsRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("rights:pack", request_id=pack.request_id, about_id=about.pk)
