"""Packs and hand-offs: made for one organisation of what is shared with it, taken by its people, and over at once when
the sharing is, when their time has run out or when somebody withdraws them.

Nothing that was made is stored. Each time it is made anew of the parts that are shared then, so that what was taken
back is not in it; a keyed print says whether it still says what it said.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils import timezone

from audit import trail
from casework.models import Case, Pack, PackKind, PackMedium, PackPurpose
from casework.pack_contents import Contents
from casework.pack_document import Mark, document
from casework.pack_gathering import gather
from casework.parts import SUSPECT, in_order
from casework.permissions import leads
from casework.sharing import CannotShare, still_shared
from documents.definition import Document
from partners.models import Organisation, OrganisationKind, User
from partners.roles import Permission
from partners.standards import standard

LASTS = "pack_lasts"
# What two systems hold under one number must be the same; a pack that somebody reads only says that it changed.
CHANGED = "The case has changed since it was handed over. Hand it over again: then it gets the next number."
DEMO_NOTICE = "Invented demonstration data"


class NothingShared(CannotShare):
    """The organisation may not see any part of the case, so nothing can be made for it."""


class PackIsOver(Exception):
    """It can't be opened any more; the message says why, and what to do."""


@dataclass(frozen=True)
class Opened:
    """A pack as it is now, and whether that is what it said when it was made."""

    pack: Pack
    contents: Contents
    is_as_made: bool
    by: User
    now: datetime

    def document(self) -> Document:
        """To read, with its mark on every page."""
        pack = self.pack
        mark = Mark(
            name=pack.name,
            made_for=pack.organisation.name,
            made_by=pack.maker,
            purpose=str(PackPurpose(pack.purpose).label),
            made_on=timezone.localdate(pack.made_at),
            taken_by=str(self.by),
            taken_on=timezone.localdate(self.now),
        )
        notes = (*_demo(), *(() if self.is_as_made else (_changed(pack, self.now),)))
        return document(self.contents, mark, notes=notes, without_words=pack.without_words)


def _changed(pack: Pack, now: datetime) -> str:
    made, today = (timezone.localdate(each) for each in (pack.made_at, now))
    return (
        f"What is shared has changed since this was made on {made:%-d %B %Y}. It shows what is shared on "
        f"{today:%-d %B %Y}."
    )


def _demo() -> tuple[str, ...]:
    return (DEMO_NOTICE,) if settings.IS_DEMO else ()


# What is shared -----------------------------------------------------------------------------------------------


def recipients(case: Case) -> list[tuple[Organisation, frozenset[str]]]:
    """The organisations with which some of the case is shared, and the parts: not the one that leads, nor a reporting
    centre, whose people read no cases."""
    seeing = Organisation.objects.filter(pk__in=case.visible_to, retired_on=None)
    seeing = seeing.exclude(kind=OrganisationKind.CENTRE)
    found = [(each, still_shared(case, each)) for each in seeing.exclude(pk=case.lead_organisation_id)]
    return [(organisation, parts) for organisation, parts in found if parts]


def why_over(pack: Pack, *, now: datetime, shared: frozenset[str] | None = None) -> str:
    """Why it can't be opened any more, in a sentence; '' while it can. A list says what is `shared` by now, so that
    it is not asked for each row."""
    if pack.withdrawn_at:
        return f"It was withdrawn on {_day(pack.withdrawn_at)}."
    if pack.expires_at <= now:
        return f"Its time ended on {_day(pack.expires_at)}."
    now_shared = still_shared(pack.case, pack.organisation) if shared is None else shared
    if not set(pack.parts) <= now_shared:
        return f"What it holds is not shared with {pack.organisation.short_name} any more."
    return ""


def pack_or_404(user: User, pack_id: UUID) -> Pack:
    """A pack that was made for the person's organisation, or by it as the one that leads the case; who may not open
    the names of those who are said to have done it gets no pack with them."""
    seen = Pack.objects.filter(pk=pack_id, case__in=Case.objects.visible_to(user))
    pack = seen.select_related("case__lead_organisation", "organisation", "made_by").first()
    if pack is None or not user.may(Permission.SEE_QUEUE):
        raise Http404
    if SUSPECT in pack.parts and not user.may(Permission.SEE_SUSPECTS):
        raise Http404
    if pack.organisation_id != user.organisation_id and not leads(user, pack.case):
        raise Http404
    return pack


# The acts -----------------------------------------------------------------------------------------------------


@transaction.atomic
def make_pack(
    case: Case,
    organisation: Organisation,
    *,
    purpose: str,
    without_words: bool = False,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> Pack:
    """A pack of what is shared with an organisation; raises NothingShared."""
    case.begin("make_pack", seen)
    pack = keep(
        case, organisation, kind=PackKind.PACK, purpose=purpose, without_words=without_words, by=by, now=now
    )
    facts: dict[str, Any] = {
        "with": organisation.code,
        "pack": pack.name,
        "parts": pack.parts,
        "purpose": purpose,
    }
    case.end("make_pack", by=by, now=now, **facts)
    return pack


@transaction.atomic
def withdraw_pack(pack: Pack, *, by: User, now: datetime, seen: int | None = None) -> None:
    """From now on nobody opens it; who took it already has it. Withdrawing twice changes nothing."""
    case = pack.case
    case.begin("withdraw_pack", seen)
    if Pack.objects.filter(pk=pack.pk, withdrawn_at=None).update(withdrawn_at=now, withdrawn_by=by):
        case.end("withdraw_pack", by=by, now=now, pack=pack.name, **{"with": pack.organisation.code})
    pack.refresh_from_db()


def keep(
    case: Case,
    organisation: Organisation,
    *,
    kind: str,
    purpose: str,
    without_words: bool = False,
    by: User,
    now: datetime,
) -> Pack:
    """The row of a new pack, within an act that has begun; raises NothingShared."""
    parts = still_shared(case, organisation)
    if not parts:
        raise NothingShared(
            f"Nothing of this case is shared with {organisation.short_name}. Share it with them first."
        )
    last = Pack.objects.filter(case=case, kind=kind).aggregate(last=Max("number"))["last"]
    pack = Pack(
        case=case,
        kind=kind,
        number=(last or 0) + 1,
        organisation=organisation,
        purpose=purpose,
        parts=[part.code for part in in_order(parts)],
        without_words=without_words,
        made_at=now,
        made_by=by,
        expires_at=now + timedelta(days=standard(LASTS).amount),
    )
    contents = gather(case, parts, by=by, now=now, without_words=without_words)
    _note_read(case, by=by, now=now)
    pack.seal("content", contents.fingerprint())
    pack.save(force_insert=True)
    return pack


@transaction.atomic
def open_pack(pack: Pack, medium: PackMedium, *, by: User, now: datetime) -> Opened:
    """What somebody takes, recorded as taken by them and as read by their organisation; raises PackIsOver."""
    if why := why_over(pack, now=now):
        raise PackIsOver(f"{why} Ask {pack.case.lead_organisation.name} if you still need it.")
    contents = gather(pack.case, pack.parts, by=by, now=now, without_words=pack.without_words)
    is_as_made = contents.fingerprint() == pack.unseal("content")
    if pack.kind == PackKind.POLICE and not is_as_made:
        raise PackIsOver(CHANGED)
    assert by.organisation_id, "a permission comes with a workplace"
    pack.downloads.create(medium=medium, at=now, by=by, organisation_id=by.organisation_id)
    facts = {"pack": pack.name, "medium": str(medium)}
    trail.record("case.pack_taken", pack.case, by=by, now=now, **facts)
    _note_read(pack.case, by=by, now=now)
    return Opened(pack, contents, is_as_made, by, now)


def _note_read(case: Case, *, by: User, now: datetime) -> None:
    """In the trail, and on the pages of those who told us: their words were read by this organisation."""
    for report in (each for each in case.reports if each.erased_at is None):
        report.note_read(by, now=now)


def _day(moment: datetime) -> str:
    return f"{timezone.localdate(moment):%-d %B %Y}"
