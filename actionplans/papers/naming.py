"""Organisations, areas and strands by the names that people write: name, short name, code, or what everybody says."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from actionplans.models import Action
from actionplans.papers.columns import words
from documents.grids.cells import folded, tidy
from partners.models import District, Organisation
from partners.models.organisation import OrganisationGroup
from reporting.strands import Strand


class NotKnown(ValueError):
    """A name that is nobody's, or more than one's; the message says which."""


@dataclass(frozen=True)
class Names:
    """One kind of thing by its folded names; `of` is how messages call them, `shown` the name of each code."""

    of: str
    by_name: Mapping[str, tuple[str, ...]]
    shown: Mapping[str, str]
    everything: frozenset[str] = frozenset()

    def find(self, text: str) -> tuple[str, ...]:
        """The codes that a name stands for: one, or a group's. Raises NotKnown."""
        name = folded(text)
        found = self.by_name.get(name) or self.by_name.get(name.removeprefix("the "))
        if found:
            return found
        raise NotKnown(f"“{tidy(text)}” is no {self.of} here{self._perhaps(name)}")

    def one(self, text: str) -> str:
        """The one code that a name stands for. Raises NotKnown."""
        found = self.find(text)
        if len(found) > 1:
            raise NotKnown(f"“{tidy(text)}” is more than one {self.of}: name one")
        return found[0]

    def each_of(self, text: str) -> tuple[list[str], list[str]]:
        """The codes of a list of names, and the parts that are no name of anything, in their order."""
        codes: list[str] = []
        strange: list[str] = []
        for part in parts(text):
            found = self._known(part)
            codes += [code for code in found if code not in codes]
            strange += [] if found else [part]
        return codes, strange

    def is_everything(self, text: str) -> bool:
        """Whether the words mean all of them."""
        return folded(text) in self.everything

    def _known(self, part: str) -> list[str]:
        """What a part names; “City and Rutland” names two, “Oadby and Wigston” one."""
        for way in ([part], re.split(r"\s+(?:and|&|with)\s+|\s*/\s*|\s*\+\s*", part)):
            try:
                return [code for name in way for code in self.find(name)]
            except NotKnown:
                continue
        return []

    def _perhaps(self, name: str) -> str:
        wanted = set(name.split())
        near = {
            code
            for known, codes in self.by_name.items()
            for code in codes
            if len(codes) == 1 and wanted and wanted <= set(known.split())
        }
        offered = [self.shown[code] for code in self.shown if code in near]
        return f". It could be {_or(offered)}" if 1 <= len(offered) <= 6 else ""


def _or(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def parts(text: str) -> list[str]:
    """The parts of a list that somebody wrote with commas, semicolons, lines or bullets."""
    cut = (re.sub(r"^[•·*\-–]\s*", "", part.strip()) for part in re.split(r"[;,\n]", text))
    return [part for part in cut if part]


@dataclass(frozen=True)
class Directory:
    """All the names that a plan may use; `has_action` tells whether another plan's action exists."""

    organisations: Names
    areas: Names
    strands: Names
    groups: Mapping[str, frozenset[str]]
    has_action: Callable[[str, str], bool] = lambda code, ref: False


def directory() -> Directory:
    """The names of this partnership, as it stands."""
    said = words()
    members = {
        group.code: (group.name, tuple(each.code for each in group.members.all()))
        for group in OrganisationGroup.objects.prefetch_related("members")
    }
    everything = frozenset(folded(each) for each in said["everything"]["words"])
    return Directory(
        _organisations(said, members),
        _names(
            "area", ((each.code, each.name) for each in District.objects.all()), said["areas"], everything
        ),
        _names("strand", ((each.value, str(each.label)) for each in Strand), said["strands"], everything),
        {name: frozenset(codes) for name, codes in members.values()},
        lambda code, ref: Action.objects.filter(plan__code=code, ref=ref).exists(),
    )


def _organisations(said: Mapping, members: Mapping[str, tuple[str, tuple[str, ...]]]) -> Names:
    known = list(Organisation.objects.all())
    retired = {each.code for each in known if each.retired_on}
    named = _names("organisation", ((each.code, str(each)) for each in known), said["organisations"])
    by_name = dict(named.by_name)
    for code, (name, codes) in members.items():
        for also in (code, name, *said["groups"].get(code, ())):
            by_name.setdefault(folded(also), codes)
    # Its own full name is nobody else's, whatever aliases say.
    by_name |= {folded(each.name): (each.code,) for each in known}
    # Who has left takes on nothing new.
    offered = {name: tuple(code for code in codes if code not in retired) for name, codes in by_name.items()}
    return Names(named.of, {name: codes for name, codes in offered.items() if codes}, named.shown)


def _names(
    of: str,
    known: Iterable[tuple[str, str]],
    aliases: Mapping[str, Iterable[str]],
    everything: frozenset[str] = frozenset(),
) -> Names:
    shown = dict(known)
    by_name = {folded(also): (code,) for code in shown for also in aliases.get(code, ())}
    by_name |= {folded(each): (code,) for code, name in shown.items() for each in (code, name)}
    return Names(of, by_name, shown, everything)
