"""Rooms know only what stands below them: also where imports don't show it."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.test.utils import isolate_apps

from tests.architecture import rooms

ROOT = rooms.ROOT
DUMPING_GROUNDS = {"helpers", "managers", "services", "signals", "utils"}
# Each with its reason in docs/adr/.
HEARS_OF_ROWS = {"partners/second_factors.py": "0013: the library says nowhere else whose secret is sealed"}
# Folders of templates that are no room: whole-site pages, and pages that a package asks for by name.
OTHER_TEMPLATES = {
    "demo",
    "errors",
    "home",
    "pieces",
    "account",
    "allauth",
    "mfa",
    "socialaccount",
    "crispy",
    "django",
}


def told(findings: Iterable[rooms.Finding]) -> str:
    return "\n".join(str(each) for each in findings)


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def templates() -> list[Path]:
    return sorted([*ROOT.glob("templates/**/*.html"), *ROOT.glob("*/templates/**/*.html")])


def test_every_room_of_the_house_exists_and_is_installed() -> None:
    installed = {config.name for config in apps.get_app_configs()}

    assert [room for room in rooms.LEVELS if room not in installed] == []


def test_import_contracts_list_no_exception() -> None:
    assert [each["name"] for each in rooms.contracts() if "ignore_imports" in each] == []


@pytest.mark.parametrize("room", rooms.ROOMS)
def test_no_string_in_a_room_points_upwards(room: str) -> None:
    for path in rooms.sources(room):
        assert not told(rooms.upward_strings(room, path.read_text(), relative(path)))


@pytest.mark.parametrize("room", rooms.ROOMS)
def test_no_model_of_a_room_points_upwards(room: str) -> None:
    for model in apps.get_app_config(room).get_models(include_auto_created=True):
        assert not told(rooms.upward_relations(room, model))


def test_a_string_foreign_key_that_points_upwards_is_reported() -> None:
    source = 'class Draft(models.Model):\n    case = models.ForeignKey("casework.Case", models.CASCADE)\n'

    assert told(rooms.upward_strings("reporting", source, "reporting/models.py")) == (
        "reporting/models.py:2: reporting may not know 'casework.Case'"
    )
    assert not told(rooms.upward_strings("casework", source, "casework/models.py"))
    assert not told(rooms.upward_strings("actionplans", source, "actionplans/models.py"))


@pytest.mark.parametrize("pointer", ["casework:queue", "casework.tasks.notice", "llr_hate.settings"])
def test_a_task_a_url_or_a_module_above_is_reported_too(pointer: str) -> None:
    assert told(rooms.upward_strings("partners", f"name = {pointer!r}", "partners/x.py"))


def test_a_room_beside_is_as_closed_as_a_room_above() -> None:
    assert told(rooms.upward_strings("vault", 'ForeignKey("audit.AuditEvent")', "vault/models.py"))


@isolate_apps("reporting", "casework")
def test_a_relation_that_points_upwards_is_reported_on_the_model_itself() -> None:
    class Case(models.Model):
        class Meta:
            app_label = "casework"

    class Note(models.Model):
        about = models.ForeignKey(Case, models.CASCADE)
        opened = models.ManyToManyField("casework.Case")

        class Meta:
            app_label = "reporting"

    assert told(rooms.upward_relations("reporting", Note)) == (
        "reporting.Note.about: reporting may not point at casework\n"
        "reporting.Note.opened: reporting may not point at casework"
    )


def test_migrations_wait_only_for_rooms_below() -> None:
    assert not told(rooms.upward_migrations(MigrationLoader(None)))


def test_each_room_has_one_line_of_named_migrations() -> None:
    assert not told(rooms.forked_migrations(MigrationLoader(None)))


@pytest.mark.parametrize("room", rooms.ROOMS)
def test_no_room_has_a_dumping_ground(room: str) -> None:
    names = {path.stem for path in rooms.sources(room)} | {path.parent.name for path in rooms.sources(room)}

    assert not names & DUMPING_GROUNDS


@pytest.mark.parametrize("room", rooms.ROOMS)
def test_no_room_sends_or_hears_signals(room: str) -> None:
    for path in rooms.sources(room):
        text = path.read_text()
        assert "django.db.models.signals" not in text or relative(path) in HEARS_OF_ROWS, relative(path)
        assert "django.dispatch" not in text, relative(path)


def test_folders_of_templates_are_rooms() -> None:
    folders = {path.name for path in (ROOT / "templates").iterdir() if path.is_dir()}

    assert folders - set(rooms.LEVELS) - OTHER_TEMPLATES == set()


@pytest.mark.parametrize("room", rooms.ROOMS)
def test_a_room_renders_its_own_templates_or_those_below(room: str) -> None:
    for path in rooms.sources(room):
        assert not told(rooms.foreign_templates(room, path.read_text(), relative(path)))


def test_no_template_has_inline_code() -> None:
    assert templates()
    for path in templates():
        assert not told(rooms.inline_code(path.read_text(), relative(path)))


@pytest.mark.parametrize(
    "markup",
    [
        '<p class="a" style="color: red">',
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        '<a href="/" onclick="leave()">',
        '<a href="javascript:leave()">',
    ],
)
def test_inline_code_is_reported(markup: str) -> None:
    assert told(rooms.inline_code(markup, "page.html"))


def test_a_script_of_its_own_file_is_no_inline_code() -> None:
    assert not told(rooms.inline_code('<script type="module" src="/static/exit.js"></script>', "page.html"))
