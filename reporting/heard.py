"""The code of a campaign that stood in the link which led somebody here. Until the first answer there is no draft to
keep it in, and nothing is put on the device: it goes along from address to address, in letters that say nothing."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.http import HttpRequest

IN_THE_LINK, ON_THE_WAY = "c", "k"
KEPT_AS = "Q31_code"
CODE = re.compile(r"[A-Za-z0-9-]{1,40}")


def campaign_of(request: HttpRequest) -> str:
    """The code, from the link itself or from an address on the way; '' where there is none that could be one."""
    code = request.GET.get(IN_THE_LINK) or _opened(request.GET.get(ON_THE_WAY, ""))
    return code if CODE.fullmatch(code) else ""


def carried(request: HttpRequest) -> str:
    """What is put behind an address so that it goes along; '' where there is no code."""
    code = campaign_of(request)
    return f"?{ON_THE_WAY}={urlsafe_b64encode(code.encode()).decode().rstrip('=')}" if code else ""


def _opened(text: str) -> str:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
    except ValueError:
        return ""
