"""What a room may know about another, read from the one list of layers in pyproject.toml."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import models
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parents[2]
POINTER = re.compile(r"(?P<room>[a-z_]+)[.:][A-Za-z_][\w.:]*")


@dataclass(frozen=True)
class Finding:
    """One place that knows more than it may."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def contracts() -> list[dict[str, object]]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return list(tomllib.load(file)["tool"]["importlinter"]["contracts"])


def levels() -> dict[str, int]:
    """Room → its floor, counted from the top."""
    layers = next(each["layers"] for each in contracts() if each["type"] == "layers")
    assert isinstance(layers, list)
    return {room.strip(): floor for floor, layer in enumerate(layers) for room in layer.split("|")}


LEVELS = levels()
ROOMS = [room for room in LEVELS if room != "llr_hate"]


def may_know(room: str, other: str) -> bool:
    """Itself, what stands below, and whatever is no room of ours."""
    return room == other or other not in LEVELS or LEVELS[other] > LEVELS[room]


def sources(room: str) -> Iterator[Path]:
    """Every Python file of a room."""
    yield from sorted((ROOT / room).rglob("*.py"))


def upward_strings(room: str, source: str, where: str) -> Iterator[Finding]:
    """String literals that name something in a room above or beside: a model, a task, a module, a URL."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            pointer = POINTER.fullmatch(node.value)
            if pointer and not may_know(room, pointer["room"]):
                yield Finding(f"{where}:{node.lineno}", f"{room} may not know {node.value!r}")


def upward_relations(room: str, model: type[models.Model]) -> Iterator[Finding]:
    """Relations of a model to a model of a room above or beside, however they were written."""
    for field in model._meta.get_fields():
        if field.auto_created or not field.remote_field:
            continue
        target = field.remote_field.model
        other = target.partition(".")[0] if isinstance(target, str) else target._meta.app_label
        if not may_know(room, other):
            yield Finding(f"{model._meta.label}.{field.name}", f"{room} may not point at {other}")


def upward_migrations(loader: MigrationLoader) -> Iterator[Finding]:
    """Migrations that wait for a migration of a room above or beside."""
    for (room, name), migration in loader.disk_migrations.items():
        for other, _ in migration.dependencies if room in LEVELS else []:
            if not may_know(room, other):
                yield Finding(f"{room}/migrations/{name}.py", f"{room} may not wait for {other}")


def forked_migrations(loader: MigrationLoader) -> Iterator[Finding]:
    """Rooms whose migrations are not one line of named steps."""
    for room in ROOMS:
        names = sorted(name for app, name in loader.disk_migrations if app == room)
        for before, name in zip([None, *names], names, strict=False):
            own = [step for app, step in loader.disk_migrations[room, name].dependencies if app == room]
            if own != ([before] if before else []):
                yield Finding(f"{room}/migrations/{name}.py", f"follows {own or 'nothing'}, not {before}")
            if "_auto_" in name:
                yield Finding(f"{room}/migrations/{name}.py", "has no name of its own")


def foreign_templates(room: str, source: str, where: str) -> Iterator[Finding]:
    """Templates that a room renders from the folder of a room above or beside."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".html"):
            folder, slash, _ = node.value.partition("/")
            if slash and not may_know(room, folder):
                yield Finding(f"{where}:{node.lineno}", f"{room} may not render {node.value}")


INLINE = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\ssrc\s*=)", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "a javascript address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
}


def inline_code(text: str, where: str) -> Iterator[Finding]:
    """What the Content-Security-Policy would refuse to run or to apply."""
    for what, pattern in INLINE.items():
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield Finding(f"{where}:{line}", f"has {what}")
