"""What production refuses to start with, each refusal a sentence that says how to put it right."""

import re
import stat
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from vault.keys import MissingKey, read_key_file

FEWEST_DIFFERENT_CHARACTERS = 10
UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
NOTIFY_KEY = re.compile(f"-{UUID}-{UUID}$")
# What tells whoever looks over a shoulder, in a sender's name or address.
GIVES_AWAY = re.compile("hate|crime|incident|report|victim|police", re.IGNORECASE)
MAIL_IN_FILES = (".filebased.", ".mail_folder.")


def production_faults(
    *,
    secret_key: str,
    debug: bool,
    allowed_hosts: Iterable[str],
    base_url: str,
    served: Mapping[str, Any],
    owned: Mapping[str, Any],
    keys_file: str,
    broker_url: str,
    email_backend: str,
    reporter_from_email: str,
    link_base_url: str,
    notify: Mapping[str, str],
    data_dir: Path,
) -> list[str]:
    """Every reason why these settings would be unsafe in production; an empty list when there is none."""
    hosts = list(allowed_hosts)
    faults = {
        "DJANGO_SECRET_KEY must be at least 50 random characters.": len(secret_key) < 50
        or len(set(secret_key)) < FEWEST_DIFFERENT_CHARACTERS,
        "LLR_DEBUG must be off.": debug,
        "LLR_ALLOWED_HOSTS must name the portal's own host names, without '*'.": not hosts or "*" in hosts,
        "LLR_BASE_URL must begin with https://.": not base_url.startswith("https://"),
        "DATABASE_URL must use another role than DATABASE_OWNER_URL.": served.get("USER")
        == owned.get("USER"),
        "CELERY_BROKER_URL must be set.": not broker_url or broker_url.startswith("memory:"),
        "LLR_EMAIL_BACKEND must send: the links in mail are ways in, and must not lie in files.": (
            not email_backend or any(name in email_backend for name in MAIL_IN_FILES)
        ),
        "The data folder holds a demonstration world; production must have its own.": _is_demo(data_dir),
    }
    found = [sentence for sentence, broken in faults.items() if broken]
    found += message_faults(reporter_from_email, notify) + link_faults(link_base_url, hosts)
    return found + key_file_faults(keys_file)


def message_faults(reporter_from_email: str, notify: Mapping[str, str]) -> list[str]:
    """Why messages to people who told us would not go out, or would give them away."""
    has_template = bool(notify["text"] or notify["letter"])
    faults = {
        "LLR_NOTIFY_API_KEY is set, but neither LLR_NOTIFY_TEXT_TEMPLATE nor LLR_NOTIFY_LETTER_TEMPLATE: nothing "
        "would be sent.": bool(notify["api_key"]) and not has_template,
        "A GOV.UK Notify template is set without LLR_NOTIFY_API_KEY.": has_template and not notify["api_key"],
        "LLR_NOTIFY_API_KEY must be a whole key, with its name and both ids.": bool(notify["api_key"])
        and not NOTIFY_KEY.search(notify["api_key"]),
        "LLR_NOTIFY_URL must begin with https://.": not notify["url"].startswith("https://"),
        "LLR_REPORTER_FROM_EMAIL must be set to a sender that does not say what it is about, such as "
        "no-reply@messages.example.": bool(GIVES_AWAY.search(reporter_from_email)),
    }
    return [sentence for sentence, broken in faults.items() if broken]


def link_faults(link_base_url: str, allowed_hosts: Collection[str]) -> list[str]:
    """Why links to people who told us would not work, or would give them away; none go out where it is empty."""
    address = urlsplit(link_base_url)
    faults = {
        "LLR_LINK_BASE_URL must begin with https://.": address.scheme != "https",
        "LLR_LINK_BASE_URL must be one of LLR_ALLOWED_HOSTS.": address.hostname not in allowed_hosts,
        "LLR_LINK_BASE_URL must be an address that does not say what it is about, such as https://a.example.": bool(
            GIVES_AWAY.search(link_base_url)
        ),
    }
    return [sentence for sentence, broken in faults.items() if broken] if link_base_url else []


def key_file_faults(keys_file: str) -> list[str]:
    """Why the key file can't be used: missing, readable by others, or without keys."""
    path = Path(keys_file)
    if not path.is_file():
        return [f"LLR_KEYS_FILE ({path.name}) is missing; make one with: manage.py make_keys FILE"]
    if path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        return [f"LLR_KEYS_FILE ({path.name}) can be read by others; run: chmod 600 {path.name}"]
    try:
        read_key_file(path)
    except MissingKey as missing:
        return [str(missing)]
    except (KeyError, ValueError, TypeError):
        return [f"LLR_KEYS_FILE ({path.name}) is damaged; bring it back from its copy."]
    return []


def serving_role_faults(cursor: Any) -> list[str]:
    """Why row-level security would not hold the role that `cursor` is connected as."""
    cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    (passes,) = cursor.fetchone()
    return ["DATABASE_URL must use a role that is no superuser and has no BYPASSRLS."] if passes else []


def _is_demo(data_dir: Path) -> bool:
    env_file = data_dir / "env"
    return env_file.is_file() and "LLR_MODE=demo" in env_file.read_text()


def refuse_unsafe_production(**settings: Any) -> None:
    """Stops the start with every fault named at once."""
    faults = production_faults(**settings)
    if faults:
        raise ImproperlyConfigured("Production refuses to start:\n- " + "\n- ".join(faults))
