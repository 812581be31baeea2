"""A small browser for measuring: keeps its connection and cookies, reads forms, follows nothing by itself."""

import http.client
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Protocol
from urllib.parse import urlencode, urlsplit

Values = Mapping[str, str | list[str]]
# A server closes a connection that nobody uses; as browsers do, an old one is not tried again.
OLD_AFTER_SECONDS = 5.0
NOT_OF_THE_PAGE = re.compile(r"^/(leave|accounts)/")


@dataclass(frozen=True)
class Answer:
    """What came back, and how long it took in milliseconds. `location` is without host."""

    status: int
    location: str
    body: bytes
    ms: float
    headers: dict[str, str]

    @property
    def text(self) -> str:
        return self.body.decode()


class Asks(Protocol):
    """Whatever can ask for a page: a browser on a server, or one inside the process."""

    def get(self, path: str) -> Answer: ...

    def post(self, path: str, data: Values) -> Answer: ...


@dataclass
class Browser:
    """One person's browser on one server. The connection is kept, as a real browser does."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    timeout_seconds: float = 60
    # Headers beside the cookies, such as the address that a proxy in front would name.
    also: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None
    _used_at: float = 0

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, data: Values) -> Answer:
        return self._ask("POST", path, urlencode(data, doseq=True))

    def forget(self) -> None:
        """Becomes another person on the same connection."""
        self.cookies.clear()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        connection = self._connected()
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **self.also,
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        self._used_at = time.perf_counter()
        ms = (self._used_at - started) * 1000
        self._keep_cookies(response.headers.get_all("Set-Cookie") or [])
        where = urlsplit(response.headers.get("Location", ""))
        location = where._replace(scheme="", netloc="").geturl()
        return Answer(response.status, location, content, ms, dict(response.headers))

    def _connected(self) -> http.client.HTTPConnection:
        if time.perf_counter() - self._used_at > OLD_AFTER_SECONDS:
            self.close()
        if self._connection is None:
            self._connection = http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=self.timeout_seconds
            )
            self._connection.connect()
        return self._connection

    def _keep_cookies(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value


class Form(HTMLParser):
    """The first form of a page that is posted and belongs to the page itself: its address, the names of its fields,
    and the values that they already hold."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.values: dict[str, str | list[str]] = {}
        self.names: set[str] = set()
        self._state = "before"
        self.feed(page)

    @property
    def found(self) -> bool:
        return self._state != "before"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form" and self._state == "before" and known.get("method", "").lower() == "post":
            if not NOT_OF_THE_PAGE.match(known.get("action", "")):
                self._state, self.action = "inside", known.get("action", "")
        elif self._state == "inside" and tag in {"input", "textarea", "select", "button"}:
            self._field(tag, known)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._state == "inside":
            self._state = "after"

    def _field(self, tag: str, known: dict[str, str]) -> None:
        name = known.get("name", "")
        if not name:
            return
        self.names.add(name)
        if tag == "input" and known.get("type", "text") in {"hidden", "text"}:
            self.values[name] = known.get("value", "")
