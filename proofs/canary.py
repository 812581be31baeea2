"""A stolen database says nothing: a canary in every personal field, then a search wherever it could have leaked to."""

import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import redis

from bench.http import Browser, Form, Values
from bench.journey import ANONYMOUS, Sent, Stuck, Walk
from llr_hate.up import postgres
from llr_hate.up.broker import KEY as BROKER_KEY
from proofs.house import WEB_SERVER, House
from proofs.result import Result
from proofs.searching import hits, hits_in_files, hits_in_values

NAME = "canary"
PROMISE = "a stolen database, log, session table, queue or mail says nothing of what anybody told us."
HOW = (
    "A different canary is typed into every free-text question of the journey over HTTP (several walks, so that each"
    " is asked), into every act of an officer that takes words, into forms that are refused, into addresses and into"
    " a form without its token; one draft is left unfinished. Then pg_dump as superuser, PostgreSQL's own files with"
    " its log of writes, the sessions (opened), the portal's logs, the broker's whole content and the mails are"
    " searched for the canaries and for receipt codes: as plain text, hex, UTF-16 and base64. In each place something"
    " that must be there is looked for too, so that a search that sees nothing does not count."
)
FULL = {"times": 25}
SMALL = {"times": 1}
STEM = "zq7canary"
CODES_SEARCHED = 4
ACTS_WITH_WORDS = 71


@dataclass
class Planted:
    """What was typed, by where; and what people were given."""

    words: dict[str, str] = field(default_factory=dict)
    questions: set[str] = field(default_factory=set)
    sent: list[Sent] = field(default_factory=list)

    def canary(self, where: str) -> str:
        """A new canary, remembered."""
        word = f"{STEM}{len(self.words):04d}x"
        self.words[word] = where
        return word

    @property
    def needles(self) -> list[str]:
        """What is searched for: the stem that all canaries share, and some of the codes, in two spellings."""
        codes = [each.code for each in self.sent[:CODES_SEARCHED]]
        return [STEM, *codes, *(code.replace(" ", "-") for code in codes)]


# Walks that together are asked every free-text question. {} stands for the canary.
NAMED: Mapping[str, str | list[str]] = {
    "Q25": "yes",
    "Q24": ["police", "council"],
    "Q24_bar": "yes",
    "Q24_bar_org": ["harborough-dc"],
}
TEXTS = {
    "Q06a_link": "https://example.org/{}",
    "Q06a_username": "{}",
    "Q07": "They shouted {} at me.",
    "Q08a_text": "{}",
    "Q11_since": "since {}",
    "Q02a_name": "{} House",
    "Q13_operator": "{} Trains",
    "Q13_route": "the {} line",
    "Q13_school": "{} School",
    "Q14_postcode": "{}",
    "Q14_address": "{} Street",
    "Q26_name": "{}",
    "Q26_times": "after {}",
    "Q26_care": "mind {}",
    "Q26_phone": "01632 960 001 {}",
    "Q26_mobile": "07700 900 001 {}",
    "Q26_email": "{}@example.org",
    "Q26_address": "1 {} Road",
    "Q24_bar_person": "{}",
    # Asked of who adds more.
    "Q10": "They pointed at {}",
    "Q17_what": "{}",
    "Q18a_name": "{}",
    "Q18b": "A man with {}",
    "Q18_org_other": "{}",
    "Q20_who": "{}",
    "Q21_camera": "Over {}",
    "Q22_number": "{}",
    "Q27_language": "{}",
    "Q31_code": "{}",
}
MORE: Mapping[str, str | list[str]] = {
    "Q06": ["name_calling", "online"],
    "Q06a": "other",
    "Q08": ["race", "religion", "other"],
    "Q08a": ["age"],
    "Q11": "going_on",
    "Q11_often": "weekly",
    "Q12": "once",
    "Q13": "transport",
    "Q17": "yes",
    "Q18": "name",
    "Q18a_how": "neighbour",
    "Q18_staff": "yes",
    "Q20": "yes",
    "Q21": "cctv",
    "Q22": "yes_number",
    "Q27": ["interpreter"],
    "Q30_sex": "female",
}
OFFERED = re.compile(r'id="more".*', re.DOTALL)
TO_MORE = re.compile(r'href="(/p/[a-z0-9]{2}/)"')
WAYS = ("phone", "text", "email", "letter")
UNDER_WAYS = {"Q26_phone": "phone", "Q26_mobile": "text", "Q26_email": "email", "Q26_address": "letter"}


def prove(house: House, *, times: int) -> Result:
    """Plants (every walk `times` times) and searches."""
    planted = Planted()
    for _turn in range(times):
        for way in WAYS:
            planted.sent.append(tell(house, planted, way))
        leave_unfinished(house, planted)
        provoke(house, planted)
        work_on_it(house, planted, planted.sent[-1])
    known = json.loads(house.python("-m", "proofs.planting", "look"))
    result = Result(NAME, PROMISE, HOW)
    result.note("canaries", f"{len(planted.words)}, in {len(planted.sent)} reports")
    result.must("free-text questions without a canary", _missing(known, planted), be="none")
    result.must("sealed columns without one", ", ".join(known["sealed_and_empty"]) or "none", be="none")
    search(house, planted, known, result)
    return result


def tell(house: House, planted: Planted, way: str) -> Sent:
    """One whole report with canaries, by somebody who is best reached in this way."""
    browser = Browser(house.port)
    walk, given = Walk(browser), answers(planted, way)
    sending = walk.to_check(given)
    add_more(browser, given, sending.path)
    sent = walk.send(sending)
    back = browser.post("/back/", Walk(browser).coming_back(sent))
    if back.status != 302 or sent.reference not in browser.get(back.location).text:
        raise Stuck("Reference and code did not lead back to the report.")
    message = Form(browser.get("/back/m7/").text)
    said = browser.post("/back/m7/", {**message.values, "words": f"Again {planted.canary('message')} today."})
    if said.status != 302:
        raise Stuck(f"A message was answered with {said.status}.")
    browser.close()
    return sent


def add_more(browser: Browser, given: Values, check: str) -> None:
    """Opens every page that is offered beside sending, and answers it."""
    offered = OFFERED.search(browser.get(check).text)
    pages = TO_MORE.findall(offered[0]) if offered else []
    if not pages:
        raise Stuck("The check page offers nothing more.")
    for page in dict.fromkeys(pages):
        form = Form(browser.get(page).text)
        said = {name: value for name, value in given.items() if name in form.names}
        if browser.post(page, {**form.values, **said}).status != 302:
            raise Stuck(f"What was added on {page} was refused.")


def answers(planted: Planted, way: str) -> Values:
    """All answers of a person with a name, their free text made of canaries."""
    given: dict[str, str | list[str]] = {**ANONYMOUS, **MORE, **NAMED, "Q26_how": way}
    for question, text in TEXTS.items():
        if UNDER_WAYS.get(question, way) == way:
            given[question] = text.format(planted.canary(question))
            planted.questions.add(question)
    return given


def leave_unfinished(house: House, planted: Planted) -> None:
    """Somebody stops on the last page and closes the browser."""
    browser = Browser(house.port)
    Walk(browser).to_check(answers(planted, "phone"))
    browser.close()


def provoke(house: House, planted: Planted) -> None:
    """Words in forms that are refused, in addresses and headers: what an error page or a log might repeat."""
    browser = Browser(house.port)
    Walk(browser).to_check(answers(planted, "email"))
    word = planted.canary("refused form")
    form = Form(browser.get("/p/k9/").text)
    browser.post("/p/k9/", {**form.values, "Q06": ["no such choice"], "Q07": word * 700})
    browser.post("/p/k9/", {"Q07": planted.canary("form without its token")})
    browser.get(f"/p/{planted.canary('address')}/?q={planted.canary('query')}")
    browser.get(f"/staff/cases/{planted.canary('staff address')}/")
    back = Form(browser.get("/back/").text)
    browser.post("/back/", {**back.values, "reference": word, "code": planted.canary("wrong code")})
    sign_in = Form(browser.get("/accounts/login/").text)
    browser.post("/accounts/login/", {**sign_in.values, "login": f"{word}@example.org", "password": word})
    browser.close()


def work_on_it(house: House, planted: Planted, sent: Sent) -> None:
    """An officer's acts inside the portal, then over HTTP what an officer reads and writes."""
    words = [planted.canary("officer's act") for _ in range(ACTS_WITH_WORDS)]
    told = json.dumps({"reference": sent.reference, "words": words})
    who = json.loads(house.python("-m", "proofs.planting", "act", given=told))
    officer = Browser(house.port, {who["cookie"]: who["session"]})
    for path in ("/staff/", "/staff/queue/", f"/staff/queue/{planted.sent[0].reference}/"):
        officer.get(path)
    note = f"/staff/cases/{sent.reference}/note/"
    form = Form(officer.get(note).text)
    text = next((name for name in sorted(form.names) if name in ("note", "text")), "")
    written = officer.post(note, {**form.values, text: planted.canary("officer's note")})
    if written.status != 302 or officer.get(f"/staff/cases/{sent.reference}/").status != 200:
        raise Stuck(f"The officer's note was answered with {written.status}.")
    officer.close()


def search(house: House, planted: Planted, known: Mapping[str, Any], result: Result) -> None:
    """Looks everywhere, and notes whether each place was really seen."""
    needles, reference = planted.needles, planted.sent[0].reference
    dump = dump_of(house)
    seen(result, "pg_dump as superuser", hits(dump, needles), reference.encode() in dump)
    sessions = "\n".join(known["sessions"]).encode()
    seen(result, "sessions, opened", hits(sessions, needles), b"_auth_user_id" in sessions)
    queue = everything_in(house.env[BROKER_KEY])
    swept = any(b"outbox.sweep" in value for value in queue.values())
    seen(result, "the broker's whole content", hits_in_values(queue, needles), swept)
    house.python("-m", "proofs.planting", "deliver")
    mails = house.folder.path / "mail"
    seen(result, "mails", hits_in_files(mails, needles), b"/invitation/" in contents(mails))
    # Stopped, so that whatever it would still write is written.
    house.stop(WEB_SERVER)
    logs = contents(house.folder.logs)
    seen(result, "logs", hits_in_files(house.folder.logs, needles), b"p/<slug:code>/" in logs)
    house.start(WEB_SERVER)
    files = house.folder.path / "postgres"
    house.ask("SELECT pg_switch_wal()")
    seen(
        result,
        "PostgreSQL's files",
        hits_in_files(files.resolve(), needles),
        reference.encode() in contents(files),
    )


def seen(result: Result, where: str, found: object, is_seen: bool) -> None:
    """Notes hits, which must be none, and whether what must be in this place was found there."""
    result.must(f"hits in {where}", found or "none", be="none")
    result.must(f"{where}: seen (something known was found)", "yes" if is_seen else "no", be="yes")


def dump_of(house: House) -> bytes:
    """The whole database as pg_dump gives it to the superuser, whom row-level security does not hold."""
    there = urlsplit(house.env[postgres.ADMIN_KEY])._replace(path=f"/{postgres.DATABASE}").geturl()
    program = postgres.binaries_for(None) / "pg_dump"
    done = subprocess.run([program, there], capture_output=True, check=True, env=postgres.environment())
    return done.stdout


def everything_in(url: str) -> dict[str, bytes]:
    """All keys and values of the broker."""
    parts = urlsplit(url)
    client: Any = redis.Redis(unix_socket_path=parts.path)
    found = {}
    for key in client.keys("*"):
        kind = client.type(key).decode()
        if kind == "list":
            found[key.decode()] = b"\n".join(client.lrange(key, 0, -1))
        elif kind == "hash":
            found[key.decode()] = b"\n".join(client.hgetall(key).values())
        elif kind in ("set", "zset"):
            members = client.smembers(key) if kind == "set" else client.zrange(key, 0, -1)
            found[key.decode()] = b"\n".join(members)
        else:
            found[key.decode()] = client.get(key) or b""
    client.close()
    return found


def contents(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.resolve().rglob("*")) if path.is_file())


def _missing(known: Mapping[str, Any], planted: Planted) -> str:
    return ", ".join(sorted(set(known["text_questions"]) - planted.questions)) or "none"
