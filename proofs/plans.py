"""Two hundred plans of ten thousand actions and half a million updates are read as quickly as two."""

import json
import re
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench import servers
from bench.__main__ import make_floor
from bench.http import Browser
from bench.targets import good
from llr_hate.up.postgres import DATABASE, OWNER_KEY, connected
from proofs.house import WEB_SERVER, House
from proofs.result import Line, Result

NAME = "plans"
PROMISE = (
    "with 200 plans, 10,000 actions and 500,000 updates the pages of the plans, as they are kept between two changes,"
    " take at most 4 times as long as a bare page, and made anew they ask the database as often as with a few."
    " How long the first look after a change takes is told beside it."
)
HOW = (
    "Two copies of a portal get an invented world, one of 4 plans, 80 actions and 800 updates and one of the full size,"
    " in which every plan runs: with milestones, measures, cells, versions, overrides, evidence and a log. The partner"
    " whose updates are asked for leads or supports more than a quarter of all actions. Each page is asked for in turn"
    " with the bare pages of the frozen floor (`bench/floor`), one after the other, from the same client: same"
    " PostgreSQL, same server and settings (granian, one process with four threads). Pages that list are held against"
    " the bare list, an indexed one of 25 of 20,000 rows; both ratios are shown. Most of these pages are kept until the"
    " database says that the plans have changed, which each request asks (docs/adr/0015); how long each takes right"
    " after an action that stands on it was changed, when it is made anew from what was not changed, is told too,"
    " against the bare list asked for in between. Statements are counted in a process that remembers nothing of the"
    " plans, without BEGIN and COMMIT, and each is explained at full size: no page with an aim may read updates or"
    " cells from end to end."
)
FULL: dict[str, Any] = {"few": (4, 80, 800), "many": (200, 10_000, 500_000), "rounds": 60}
# Rounds are for a machine that does nothing else: the small size counts statements alone.
SMALL: dict[str, Any] = {"few": (2, 60, 600), "many": (4, 240, 2_400), "rounds": 0}
MOST_TIMES_BARE, MOST_STATEMENTS = 4.0, 12
WORLD = Path(__file__).with_suffix(".sql")
SECONDS = 150.0
WARM_UP, LONG_ROUNDS, CHANGED_ROUNDS = 3, 5, 20
# As when somebody tells: an action that stands on the page is changed, and no page that is kept holds any longer.
CHANGE = "UPDATE actionplans_action SET why = why WHERE ref = %s"
ON_THE_PAGE = re.compile(rb"\bN[0-9]+\b")
BARE = {"bare GET": "/form/", "bare list": "/list/"}
MUST_NOT_BE_READ_WHOLE = {
    "actionplans_progressupdate",
    "actionplans_contribution",
    "actionplans_actionversion",
}
Size = tuple[int, int, int]


@dataclass(frozen=True)
class Page:
    """A page that is asked for, by whom; `is_aimed` at being quick, or told for what it is worth."""

    name: str
    who: str
    address: str
    is_aimed: bool = True
    # Gathers everything, and is asked for in a few rounds alone.
    is_long: bool = False

    @property
    def asked(self) -> list[str]:
        return [self.name, self.who, self.address]


PAGES = [
    Page("one plan", "partner", "/staff/plans/proof-2/"),
    Page("all plans", "partner", "/staff/plans/"),
    Page("one action", "partner", "/staff/plans/proof-1/N1/"),
    Page("my updates", "partner", "/staff/plans/updates/"),
    Page("delivery group: what needs attention", "group", "/staff/plans/steering/"),
    Page("delivery group: since the last meeting", "group", "/staff/plans/steering/since/"),
    Page("delivery group: waiting for", "group", "/staff/plans/steering/waiting/"),
    Page("one plan, the last page", "partner", "/staff/plans/proof-2/?page=2", is_aimed=False),
    Page("all plans, off track", "partner", "/staff/plans/?rag=red", is_aimed=False),
    Page("history of an action", "partner", "/staff/plans/proof-1/N1/history/", is_aimed=False),
    Page("staff home, a partner", "partner", "/staff/", is_aimed=False),
    Page("staff home, the delivery group", "group", "/staff/", is_aimed=False),
    Page("SOG dashboard", "sog", "/staff/sog/", is_aimed=False, is_long=True),
    Page("public plans", "nobody", "/plans/", is_aimed=False),
    Page("a public plan", "nobody", "/plans/proof-2/", is_aimed=False),
]


@dataclass(frozen=True)
class World:
    """A copy of the portal with so much in it."""

    env: dict[str, str]
    sessions: dict[str, str]


def prove(house: House, *, few: Size, many: Size, rounds: int) -> Result:
    """Worlds of these sizes (plans, actions, updates), so many rounds of asking; without rounds nothing is timed."""
    worlds = _worlds(house, few=few, many=many)
    asked = {name: _asked(world, explain=rounds > 0 and name == "many") for name, world in worlds.items()}
    result = Result(NAME, PROMISE, HOW)
    for what, number in zip(("plans", "actions", "updates"), many, strict=True):
        result.must(f"invented {what}", f"{_there(worlds['many'], what):,}", be=f"{number:,}")
    for page in PAGES:
        _hold_statements(result, page, asked["few"][page.name], asked["many"][page.name])
    if rounds:
        times = _timed(house, worlds["few"], worlds["many"], rounds)
        for page in PAGES:
            _hold_time(result, page, times)
        result.more = _table(asked, times)
    return result


def _worlds(house: House, **sizes: Size) -> dict[str, World]:
    """Each in a database of its own, so that the portal of the house stays as it is."""
    env = {**house.env, "LLR_HASHED_STATIC": "0", "LLR_LOG_LEVEL": "INFO"}
    # A database is copied while nobody looks at it.
    house.stop(WEB_SERVER)
    try:
        copies = {name: servers.new_database(env, f"plans_{name}", like=DATABASE) for name in sizes}
    finally:
        house.start(WEB_SERVER)
    return {name: _world(copies[name], size) for name, size in sizes.items()}


def _world(env: dict[str, str], size: Size) -> World:
    sessions = json.loads(servers.python(env, "-m", "proofs.plans_work", "people"))
    plans, actions, updates = size
    said = f"CREATE TEMP TABLE size AS SELECT {plans} AS plans, {actions} AS actions, {updates} AS updates;"
    servers.run_sql(env, said + WORLD.read_text() + "SELECT 1")
    servers.run_sql(env, "VACUUM ANALYZE")
    return World(env, sessions)


def _there(world: World, what: str) -> int:
    counting = {
        "plans": "actionplans_actionplan WHERE code LIKE 'proof-%'",
        "actions": "actionplans_action WHERE ref LIKE 'N%'",
        "updates": "actionplans_progressupdate u JOIN actionplans_action a ON a.id = u.action_id WHERE ref LIKE 'N%'",
    }
    return int(str(servers.run_sql(world.env, f"SELECT count(*) FROM {counting[what]}")[0][0]))


def _asked(world: World, *, explain: bool) -> dict[str, Any]:
    given = {"pages": [page.asked for page in PAGES], "sessions": {**world.sessions, "nobody": ""}}
    command = ("-m", "proofs.plans_work", "asked", str(int(explain)))
    return dict(json.loads(servers.python(world.env, *command, given=json.dumps(given))))


def _hold_statements(result: Result, page: Page, few: Mapping[str, Any], many: Mapping[str, Any]) -> None:
    is_kept = few["statements"] == many["statements"] <= MOST_STATEMENTS
    words = (
        f"{few['statements']} with few, {many['statements']} with many (the same, at most {MOST_STATEMENTS})"
    )
    result.lines.append(
        Line(f"{page.name}: statements", words, is_kept or not page.is_aimed, not page.is_aimed)
    )
    whole = sorted(MUST_NOT_BE_READ_WHOLE & set(many["whole"]))
    if whole and page.is_aimed:
        result.must(f"{page.name}: read from end to end", ", ".join(whole), be="")


@dataclass
class Times:
    """Medians in milliseconds: of the bare pages, and of each page in both worlds."""

    bare: dict[str, float]
    few: dict[str, float]
    many: dict[str, float]
    # Of the full world, each asked right after an action on it was changed, and the bare pages in between.
    changed: dict[str, float]
    bare_between: dict[str, float]
    rounds: int


def _timed(house: House, few: World, many: World, rounds: int) -> Times:
    """Every page in turn, round after round, so that whatever else the machine does falls on all of them."""
    floor = make_floor(house.env)
    taken: dict[str, dict[str, list[float]]] = {
        name: defaultdict(list) for name in ("bare", "few", "many", "changed", "bare_between")
    }
    with ExitStack() as stack:
        bare = Browser(stack.enter_context(_served(house, "floor", floor)))
        portals = {
            name: stack.enter_context(_served(house, name, world.env))
            for name, world in (("few", few), ("many", many))
        }
        browsers = {
            (name, who): Browser(portals[name], {world.sessions["cookie"]: session})
            for name, world in (("few", few), ("many", many))
            for who, session in {**world.sessions, "nobody": ""}.items()
        }
        deadline = time.monotonic() + SECONDS
        for turn in range(rounds + WARM_UP):
            if time.monotonic() > deadline and turn > 10:
                break
            for page in (each for each in PAGES if turn < LONG_ROUNDS or not each.is_long):
                for name, address in BARE.items():
                    taken["bare"][name].append(good(bare.get(address), 200).ms)
                for name in ("few", "many"):
                    taken[name][page.name].append(good(browsers[name, page.who].get(page.address), 200).ms)
        # On a connection that stays, so that a page does not wait for one that is being closed.
        owner = stack.enter_context(connected(many.env[OWNER_KEY]))
        for turn in range(CHANGED_ROUNDS + WARM_UP):
            for page in (each for each in PAGES if turn < LONG_ROUNDS or not each.is_long):
                for name, address in BARE.items():
                    taken["bare_between"][name].append(good(bare.get(address), 200).ms)
                taken["changed"][page.name].append(_after_a_change(owner, browsers["many", page.who], page))
    # The first rounds warm up what processes keep.
    middle = {
        name: {each: median(times[WARM_UP:]) for each, times in of.items()} for name, of in taken.items()
    }
    return Times(**middle, rounds=len(taken["many"][PAGES[0].name]) - WARM_UP)


def _after_a_change(owner: Any, browser: Browser, page: Page) -> float:
    """How long a page takes right after an action that stands on it was changed; N1 where none does."""
    shown = ON_THE_PAGE.search(good(browser.get(page.address), 200).body)
    with owner.cursor() as cursor:
        cursor.execute(CHANGE, [shown[0].decode() if shown else "N1"])
    return good(browser.get(page.address), 200).ms


@contextmanager
def _served(house: House, name: str, env: Mapping[str, str]) -> Iterator[int]:
    is_floor = name == "floor"
    application, probe = (
        ("floor.wsgi:application", "/form/") if is_floor else ("llr_hate.wsgi:application", "/health/")
    )
    log = house.folder.logs / f"plans-{name}.log"
    with servers.serving(env, application, servers.free_port(), probe, log) as port:
        yield port


def _hold_time(result: Result, page: Page, times: Times) -> None:
    share = times.many[page.name] / times.bare["bare list"]
    words = f"{share:.2f} (at most {MOST_TIMES_BARE:g})" if page.is_aimed else f"{share:.2f}"
    is_kept = share <= MOST_TIMES_BARE or not page.is_aimed
    result.lines.append(Line(f"{page.name}: times the bare list", words, is_kept, not page.is_aimed))
    after = f"{_after(page, times):.2f}"
    result.lines.append(Line(f"{page.name}: right after a change, times the bare list", after, True, True))


def _after(page: Page, times: Times) -> float:
    return times.changed[page.name] / times.bare_between["bare list"]


def _table(asked: Mapping[str, Mapping[str, Any]], times: Times) -> str:
    """All pages with their numbers."""
    head = (
        "| page | few ms | full ms | full ÷ few | × bare list | × bare GET | after a change ms | × bare list"
        " | statements | read from end to end |"
    )
    rows = [head, "|---|--:|--:|--:|--:|--:|--:|--:|--:|---|"]
    for page in PAGES:
        few, many, facts = times.few[page.name], times.many[page.name], asked["many"][page.name]
        ratios = (many / few, *(many / times.bare[each] for each in ("bare list", "bare GET")))
        changed = times.changed[page.name]
        after = (changed, _after(page, times))
        numbers = " | ".join(f"{each:.1f}" for each in (few, many, *ratios, *after))
        whole = ", ".join(each.removeprefix("actionplans_") for each in facts["whole"])
        count = f"{asked['few'][page.name]['statements']} and {facts['statements']}"
        rows.append(f"| {page.name} | {numbers} | {count} | {whole} |")
    bare = ", ".join(f"{name} {ms:.2f} ms" for name, ms in times.bare.items())
    between = ", ".join(f"{name} {ms:.2f} ms" for name, ms in times.bare_between.items())
    said = (
        f"Medians of {times.rounds} rounds; {bare}. After changes, of {CHANGED_ROUNDS}; in between {between}."
    )
    return "\n".join([said, "", *rows])
