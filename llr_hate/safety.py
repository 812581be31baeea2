"""What production refuses to start with, each refusal a sentence that says how to put it right."""

import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured


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
    data_dir: Path,
) -> list[str]:
    """Every reason why these settings would be unsafe in production; an empty list when there is none."""
    hosts = list(allowed_hosts)
    faults = {
        "DJANGO_SECRET_KEY must be at least 50 random characters.": len(secret_key) < 50,
        "LLR_DEBUG must be off.": debug,
        "LLR_ALLOWED_HOSTS must name the portal's own host names, without '*'.": not hosts or "*" in hosts,
        "LLR_BASE_URL must begin with https://.": not base_url.startswith("https://"),
        "DATABASE_URL must use another role than DATABASE_OWNER_URL.": served.get("USER")
        == owned.get("USER"),
        "CELERY_BROKER_URL must be set.": broker_url.startswith("memory:"),
        "The data folder holds a demonstration world; production must have its own.": _is_demo(data_dir),
    }
    return [sentence for sentence, broken in faults.items() if broken] + key_file_faults(keys_file)


def key_file_faults(keys_file: str) -> list[str]:
    """Why the key file can't be used: missing, or readable by others."""
    path = Path(keys_file)
    if not path.is_file():
        return [f"LLR_KEYS_FILE ({path.name}) is missing; make one with: manage.py make_keys FILE"]
    if path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        return [f"LLR_KEYS_FILE ({path.name}) can be read by others; run: chmod 600 {path.name}"]
    return []


def _is_demo(data_dir: Path) -> bool:
    env_file = data_dir / "env"
    return env_file.is_file() and "LLR_MODE=demo" in env_file.read_text()


def refuse_unsafe_production(**settings: Any) -> None:
    """Stops the start with every fault named at once."""
    faults = production_faults(**settings)
    if faults:
        raise ImproperlyConfigured("Production refuses to start:\n- " + "\n- ".join(faults))
