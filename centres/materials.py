"""What a centre prints: a poster, cards for a pocket, cards to hand over after a report, and the form on paper.

A card in a pocket must not give anybody away: it says nothing of what somebody might tell, of police or of crime but
the number for danger, and the test refuses words that would.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from documents.handout import Cards, FillIn, Place, Poster, Scan, render_cards, render_poster
from partners.languages import Language, offered
from partners.models import ReportingCentre
from partners.wording import partnership
from reporting.heard import CODE, IN_THE_LINK
from reporting.paper import ON_PAPER, paper_pdf

# Said to whoever prints it, so in English, before the words of the language itself.
NOT_CHECKED = "Draft. Nobody has checked these words: please do not hand this out."


@dataclass(frozen=True)
class Material:
    """One thing to print: what it is called, what it is for, and how it is made for a centre in a language."""

    code: str
    name: str
    hint: str
    made: Callable[[ReportingCentre, Language, date], bytes]


def languages_on_paper() -> dict[str, Language]:
    """The languages that may be handed out here and whose letters we have on paper, by their codes."""
    return {code: language for code, language in offered().items() if code.partition("-")[0] in ON_PAPER}


def printed(material: Material, centre: ReportingCentre, language: Language, *, today: date) -> bytes:
    """The PDF. Raises documents.pdf.NotPrintable."""
    with override(language.code):
        return material.made(centre, language, today)


def poster(centre: ReportingCentre, language: Language, today: date) -> Poster:
    """The poster, in the language that is active."""
    return Poster(
        title=_("Poster"),
        heading=_("Hurt, scared or insulted because of who you are?"),
        lead=_("You can tell us here."),
        points=_points(centre),
        place=_place(centre),
        scan=_scan(centre, _("You can also tell us online, day and night")),
        danger=_danger(),
        footer=partnership()["name"],
        picture=_picture(language),
        made_on=today,
        language=language.lang,
        right_to_left=language.right_to_left,
        draft=_draft(language),
    )


def card(centre: ReportingCentre, language: Language, today: date) -> Cards:
    """Ten cards of the size of a business card, in the language that is active."""
    return Cards(
        title=_("Card"),
        heading=_("Someone to talk to"),
        text=[_("You are welcome here.")],
        place=_place(centre),
        scan=_scan(centre, ""),
        danger=_danger()[:1],
        made_on=today,
        language=language.lang,
        right_to_left=language.right_to_left,
        draft=_draft(language),
    )


def code_card(centre: ReportingCentre, language: Language, today: date) -> Cards:
    """Eight cards with room for a reference and a code, in the language that is active."""
    return Cards(
        title=_("Card"),
        heading=_("Keep this card safe"),
        text=[_("You do not have to keep it. If it is not safe to have, learn the words by heart.")],
        to_fill_in=[
            FillIn(_("Your reference, which you can say out loud")),
            FillIn(_("Your code, which you keep to yourself"), lines=2),
        ],
        place=_place(centre),
        scan=_to_scan(urljoin(settings.BASE_URL, reverse("reporting:back")), _("To read what is new")),
        danger=_danger()[:1],
        width_mm=95,
        height_mm=70,
        made_on=today,
        language=language.lang,
        right_to_left=language.right_to_left,
        draft=_draft(language),
    )


MATERIALS = {
    each.code: each
    for each in (
        Material(
            "poster",
            "Poster",
            "A4, for the wall or the window.",
            lambda centre, language, today: render_poster(poster(centre, language, today)),
        ),
        Material(
            "card",
            "Cards for a pocket",
            "Ten to a sheet, with marks to cut along. They say only that there is someone to talk to.",
            lambda centre, language, today: render_cards(card(centre, language, today)),
        ),
        Material(
            "code-card",
            "Cards for a reference and a code",
            "Eight to a sheet. Write both on it by hand, and give it to the person if it is safe for them to have.",
            lambda centre, language, today: render_cards(code_card(centre, language, today)),
        ),
        Material(
            "form",
            "The form on paper",
            "For somebody who would rather write by hand. You type it in afterwards.",
            lambda _centre, language, today: paper_pdf(today, language.code),
        ),
    )
}


def link_of(centre: ReportingCentre) -> str:
    """The public's first page, with the code by which we hear later that it was this centre's."""
    start = urljoin(settings.BASE_URL, reverse("reporting:start"))
    code = centre.organisation.code.replace("_", "-")
    return f"{start}?{IN_THE_LINK}={code}" if CODE.fullmatch(code) else start


def _points(centre: ReportingCentre) -> list[str]:
    said = [
        _("Someone will listen. They can write it down with you."),
        _("You do not have to give your name."),
        _("You do not have to talk to the police."),
        _("It does not have to be a crime. Nothing is too small."),
    ]
    said += [_("You can come in without steps.")] if centre.is_step_free else []
    return said + ([_("You can talk in a private room.")] if centre.has_private_room else [])


def _danger() -> list[str]:
    return [
        _("Is someone in danger now? Call 999."),
        _("To speak to the police when nobody is in danger, call 101."),
    ]


def _place(centre: ReportingCentre) -> Place:
    address = ", ".join(filter(None, [centre.address, _in_one_piece(centre.postcode)]))
    return Place(
        heading=_("Where to find us"),
        name=centre.organisation.name,
        address=address,
        hours=centre.opening_hours,
        phone=_in_one_piece(centre.phone),
    )


def _scan(centre: ReportingCentre, heading: str) -> Scan:
    return _to_scan(link_of(centre), heading)


def _to_scan(link: str, heading: str) -> Scan:
    parts = urlsplit(link)
    address = parts.netloc + parts.path.rstrip("/")
    return Scan(
        heading=heading,
        how=_("Point the camera of your phone at the square, or type the address."),
        link=link,
        address=address,
        alt=_("A square code for the camera of a phone. It leads to %(address)s") % {"address": address},
    )


def _draft(language: Language) -> list[str]:
    if language.is_checked:
        return []
    return [NOT_CHECKED, _("A machine helped to write this in your language. No person has checked it yet.")]


def _picture(language: Language) -> str:
    """What stands beside the heading of the public's first page, where the language has pictures."""
    name = language.pictures.get("start")
    return (settings.BASE_DIR / "static" / "pictures" / f"{name}.svg").read_text() if name else ""


def _in_one_piece(text: str) -> str:
    """A number or a postcode, which no line end breaks."""
    return text.replace(" ", "\u00a0")
