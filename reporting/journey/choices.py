"""The choices that come from the partnership's folder, and the words beside them that are ours."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import cast

from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners import codes, data, wording
from partners.edited import until_edited
from reporting.journey.question import Option, Words

STRAND_HINTS: Mapping[str, Words] = {
    "disability": _(
        "A disability or long illness that you can see or cannot see, learning disability, mental health"
    ),
    "race": _("Skin colour, nationality, language, where you are from. Also Gypsy, Roma or Traveller"),
    "religion": _("Any faith, or having none"),
    "sexual_orientation": _("Being lesbian, gay, bisexual or straight, or someone thinking so"),
    "transgender": _("Being trans or non-binary, or someone thinking so"),
    "other": _("For example age, being a goth, being homeless, or a job"),
}
PLACE_HINTS: Mapping[str, Words] = {
    "online": _("It happened on the internet or on a phone"),
    "outside": _(
        "You can still tell us, and we will record it. To tell the police there, go to police.uk or call 101. "
        "You can also call Stop Hate UK on 0800 138 1625"
    ),
    "not_sure": _("That is fine. We can work it out together"),
}


def from_codes(
    table: str,
    *,
    hints: Mapping[str, Words] | None = None,
    to_victim: Mapping[str, Words] | None = None,
    more: tuple[Option, ...] = (),
) -> Callable[[], tuple[Option, ...]]:
    """The choices of one table of the partnership's vocabulary, read when they are first asked for; `to_victim`
    rewords some of them for the person it happened to, `more` adds choices that the vocabulary lacks."""

    @cache
    def read() -> tuple[Option, ...]:
        known: list[Option] = []
        for code, name in codes.choices(table):
            hint = (hints or {}).get(code, "")
            if to_victim and code in to_victim:
                known.append(Option(code, to_victim[code], hint, who="V"))
                known.append(Option(code, _(name), hint, who="WOC"))
            else:
                known.append(Option(code, _(name), hint))
        there = {option.code for option in known}
        return (*known, *(option for option in more if option.code not in there))

    return read


@until_edited
def areas() -> tuple[Option, ...]:
    """The nine districts in their order, then online, outside and not sure."""
    districts = data.entries(data.installed("areas.toml"), "areas", file="areas.toml")
    named = [(area["code"], area["name"]) for area in sorted(districts, key=lambda area: area["order"])]
    return tuple(
        Option(code, _(name), PLACE_HINTS.get(code, "")) for code, name in named + codes.other_places()
    )


@until_edited
def organisations() -> tuple[Option, ...]:
    """Every organisation that might ever be given a report."""
    listed = data.entries(data.installed("organisations.toml"), "organisations", file="organisations.toml")
    return tuple(
        Option(each["code"], each["name"]) for each in sorted(listed, key=lambda each: each["order"])
    )


@until_edited
def recipients() -> tuple[Option, ...]:
    """Who a report may be shared with, in the partnership's own versioned words; nothing is ticked beforehand."""
    return tuple(
        Option(each.code, _(each.label), _(each.hint), "C" if each.organisation == "by_centre" else "VWOC")
        for each in wording.recipients()
    )


def sharing_words(name: str) -> Words:
    """One of the texts round the choices about sharing, such as 'question', as it is worded when it is shown."""
    return _read_when_shown(lambda: wording.sharing()[name])


def must_not_see_words(name: str) -> Words:
    """One of the texts of 'who must not see this'."""
    return _read_when_shown(lambda: wording.sharing()["must_not_see"][name])


def spoken_words() -> Words:
    """What a volunteer confirms after reading the choices about sharing out."""
    return _read_when_shown(lambda: wording.sharing()["record"]["spoken"])


def _read_when_shown(read: Callable[[], str]) -> Words:
    return cast(Words, lazy(lambda: gettext(read()), str)())
