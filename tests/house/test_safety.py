"""Production refuses to start unsafe, and names everything that is unsafe at once."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from llr_hate.safety import production_faults, refuse_unsafe_production, serving_role_faults
from vault.keys import write_new_key_file

NO_NOTIFY = {"api_key": "", "url": "https://api.notifications.service.gov.uk", "text": "", "letter": ""}
KEY = "portal-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"


@pytest.fixture
def safe(tmp_path: Path) -> dict[str, Any]:
    key_file = tmp_path / "keys.json"
    write_new_key_file(key_file)
    return {
        "secret_key": "three calm grey herons stood in the shallow water all day",
        "debug": False,
        "allowed_hosts": ["portal.example.org"],
        "base_url": "https://portal.example.org",
        "served": {"USER": "llr_app"},
        "owned": {"USER": "llr_owner"},
        "keys_file": str(key_file),
        "broker_url": "redis://127.0.0.1/0",
        "email_backend": "django.core.mail.backends.smtp.EmailBackend",
        "reporter_from_email": "no-reply@messages.example",
        "link_base_url": "",
        "notify": NO_NOTIFY,
        "data_dir": tmp_path,
    }


def test_production_starts_with_safe_settings_and_takes_cookies_from_its_own_host_alone(
    safe: dict[str, Any],
) -> None:
    given = {
        "LLR_MODE": "production",
        "LLR_DATA_DIR": str(safe["data_dir"]),
        "LLR_KEYS_FILE": safe["keys_file"],
        "LLR_ALLOWED_HOSTS": "portal.example.org",
        "LLR_BASE_URL": safe["base_url"],
        "LLR_EMAIL_BACKEND": safe["email_backend"],
        "DJANGO_SECRET_KEY": safe["secret_key"],
        "DJANGO_SETTINGS_MODULE": "llr_hate.settings",
        "DATABASE_URL": "postgres://llr_app@127.0.0.1/llr",
        "DATABASE_OWNER_URL": "postgres://llr_owner@127.0.0.1/llr",
        "CELERY_BROKER_URL": safe["broker_url"],
    }
    names = (
        "import django; django.setup();"
        "from django.conf import settings as s; from reporting.walk import PUBLIC;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, PUBLIC.cookie)"
    )
    said = subprocess.run(
        [sys.executable, "-c", names],
        env={"PATH": os.defpath} | given,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.stdout.split() == ["__Host-llr_staff", "__Host-llr_form", "__Host-llr_draft"], said.stderr


def test_safe_settings_start(safe: dict[str, Any]) -> None:
    assert production_faults(**safe) == []
    assert production_faults(**safe | {"notify": NO_NOTIFY | {"api_key": KEY, "text": "template"}}) == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"secret_key": "short"}, "DJANGO_SECRET_KEY"),
        ({"debug": True}, "LLR_DEBUG"),
        ({"allowed_hosts": []}, "LLR_ALLOWED_HOSTS"),
        ({"allowed_hosts": ["*"]}, "LLR_ALLOWED_HOSTS"),
        ({"base_url": "http://portal.example.org"}, "LLR_BASE_URL"),
        ({"served": {"USER": "llr_owner"}}, "DATABASE_URL"),
        ({"broker_url": "memory://"}, "CELERY_BROKER_URL"),
        ({"broker_url": ""}, "CELERY_BROKER_URL"),
        ({"secret_key": "s" * 60}, "DJANGO_SECRET_KEY"),
        ({"email_backend": "django.core.mail.backends.filebased.EmailBackend"}, "LLR_EMAIL_BACKEND"),
        ({"email_backend": "outbox.mail_folder.MailFolder"}, "LLR_EMAIL_BACKEND"),
        ({"email_backend": ""}, "LLR_EMAIL_BACKEND"),
        ({"keys_file": "/nowhere/keys.json"}, "LLR_KEYS_FILE"),
        ({"notify": NO_NOTIFY | {"api_key": KEY}}, "LLR_NOTIFY_TEXT_TEMPLATE"),
        ({"notify": NO_NOTIFY | {"text": "t"}}, "without LLR_NOTIFY_API_KEY"),
        ({"notify": NO_NOTIFY | {"api_key": KEY[:-3], "text": "t"}}, "must be a whole key"),
        ({"notify": NO_NOTIFY | {"url": "http://127.0.0.1"}}, "LLR_NOTIFY_URL"),
        ({"reporter_from_email": "no-reply@report-hate.example"}, "LLR_REPORTER_FROM_EMAIL"),
        ({"link_base_url": "http://portal.example.org"}, "must begin with https"),
        ({"link_base_url": "https://elsewhere.example"}, "LLR_ALLOWED_HOSTS"),
        (
            {
                "link_base_url": "https://tell.report-hate.example",
                "allowed_hosts": ["portal.example.org", "tell.report-hate.example"],
            },
            "LLR_LINK_BASE_URL must be an address that does not say",
        ),
    ],
)
def test_each_unsafe_setting_is_named(safe: dict[str, Any], change: dict[str, Any], named: str) -> None:
    (fault,) = production_faults(**(safe | change))
    assert named in fault


def test_all_faults_are_named_at_once(safe: dict[str, Any]) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"DJANGO_SECRET_KEY(.|\n)*LLR_DEBUG"):
        refuse_unsafe_production(**(safe | {"secret_key": "", "debug": True}))


def test_a_key_file_that_others_can_read_is_refused(safe: dict[str, Any]) -> None:
    Path(safe["keys_file"]).chmod(0o644)
    (fault,) = production_faults(**safe)
    assert "can be read by others" in fault


@pytest.mark.parametrize(("content", "named"), [('{"keys": []}', "no key for"), ("{", "damaged")])
def test_a_key_file_without_keys_is_refused(safe: dict[str, Any], content: str, named: str) -> None:
    Path(safe["keys_file"]).write_text(content)
    (fault,) = production_faults(**safe)
    assert named in fault


@pytest.mark.django_db
def test_the_serving_role_of_the_tests_is_held_by_row_level_security() -> None:
    with connection.cursor() as cursor:
        assert serving_role_faults(cursor) == []


def test_a_role_that_passes_row_level_security_is_refused() -> None:
    (fault,) = serving_role_faults(Strong())
    assert "BYPASSRLS" in fault


class Strong:
    """The database's answer to a superuser."""

    def execute(self, question: str) -> None:
        assert "rolsuper OR rolbypassrls" in question

    def fetchone(self) -> tuple[bool]:
        return (True,)


def test_a_demonstration_folder_is_refused(safe: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "env").write_text("LLR_MODE=demo\n")
    (fault,) = production_faults(**safe)
    assert "demonstration" in fault
