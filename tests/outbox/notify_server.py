"""GOV.UK Notify's API on loopback, as far as the portal uses it, kept to what its documentation says."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"portal-{SERVICE}-{SECRET}"
TEXT_TEMPLATE, LETTER_TEMPLATE = (
    "f33517ff-2a88-4f6e-b855-c550268ce08a",
    "64415853-cb86-4cc4-b597-2aaa94ef8c39",
)


@dataclass
class Notify:
    """What was asked of it, and what it answers."""

    server: HTTPServer
    sent: list[dict[str, Any]] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)
    refuses: str = ""

    @classmethod
    def served_by(cls, server: HTTPServer, settings: Any) -> "Notify":
        """There, and the portal set up for it."""
        notify = cls(server)
        server.expect_request(re.compile("^/v2/notifications")).respond_with_handler(notify.answer)
        settings.NOTIFY = notify.settings
        return notify

    @property
    def settings(self) -> dict[str, str]:
        """The portal's settings for it."""
        url = self.server.url_for("/").rstrip("/")
        return {"api_key": KEY, "url": url, "text": TEXT_TEMPLATE, "letter": LETTER_TEMPLATE}

    def answer(self, request: Request) -> Response:
        """One request."""
        if not request.headers.get("Authorization", "").startswith("Bearer "):
            return said({"status_code": 403, "errors": [{"error": "AuthError", "message": "no token"}]}, 403)
        if request.method == "GET":
            return said({"notifications": self._known(request.args.get("reference", "")), "links": {}}, 200)
        asked = json.loads(request.get_data())
        if self.refuses:
            error = {"error": "ValidationError", "message": self.refuses}
            return said({"status_code": 400, "errors": [error]}, 400)
        self.sent.append({"kind": request.path.rsplit("/", 1)[1], **asked})
        return said({"id": str(uuid4()), "reference": asked["reference"]}, 201)

    def _known(self, reference: str) -> list[dict[str, str]]:
        return [
            {"reference": reference, "status": self.states.get(reference, "sending")}
            for each in self.sent
            if each["reference"] == reference
        ]


def said(body: dict[str, Any], status: int) -> Response:
    return Response(json.dumps(body), status, content_type="application/json")
