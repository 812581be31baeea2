"""What the documents name exists: paths, links, commands, settings, rooms; decisions are numbered without a gap."""

import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs/adr").glob("*.md"))]
# Made when the portal runs, or belonging to the one who runs it.
NOT_OURS = ("/", ".data", "~")
FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
ENV_CALL = re.compile(r"env\.\w+\(\s*\"([A-Z_]+)\"")

each_document = pytest.mark.parametrize("page", DOCS, ids=lambda page: str(page.relative_to(ROOT)))


def in_code_marks(page: Path) -> list[str]:
    return re.findall(r"`([^`\n]+)`", page.read_text())


def is_a_path(text: str) -> bool:
    """Such as `reporting/journey/` or `./scripts/run --demo`, and not `/back/`, `text/html` or `<data>/mail`."""
    first = text.split()[0].removeprefix("./")
    return "/" in first and not text.startswith(NOT_OURS) and first.split("/")[0] in FOLDERS


def there_is(text: str) -> bool:
    """A path; a module may be named by its migrations or parts, with or without its ending."""
    path = text.split()[0].removeprefix("./").rstrip(",.;:")
    return any(ROOT.glob(path.rstrip("/"))) or any(ROOT.glob(f"{path}.py"))


@each_document
def test_every_path_it_names_is_there(page: Path) -> None:
    named = [text for text in in_code_marks(page) if is_a_path(text)]
    assert [text for text in named if not there_is(text)] == []


@each_document
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text())
    ours = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
    assert [target for target in ours if not (page.parent / target).exists()] == []


@each_document
def test_every_command_it_names_can_be_given(page: Path) -> None:
    text = page.read_text()
    scripts = set(re.findall(r"(?<![\w/])(?:\./)?scripts/([a-z][a-z-]*)", text))
    assert [name for name in scripts if not (ROOT / "scripts" / name).exists()] == []
    assert set(re.findall(r"manage\.py ([a-z_]+)", text)) <= set(get_commands()) | {"runserver"}


def test_every_setting_is_documented_and_every_documented_setting_is_read() -> None:
    read = set(ENV_CALL.findall((ROOT / "llr_hate/settings.py").read_text()))
    table = [line.split("|")[1] for line in lines_of("docs/DEPLOY.md") if line.startswith("| `")]
    documented = {name for cell in table for name in re.findall(r"`([A-Z][A-Z_]+)`", cell)}
    assert documented == read


def test_every_room_is_in_the_picture_of_the_house_and_nothing_else_is() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    picture = (ROOT / "docs/ARCHITECTURE.md").read_text().split("```")[1]
    drawn = [
        re.split(r"\s{2,}|(?<=scope) (?=trail)", line)[0].strip() for line in picture.split("\n") if line
    ]
    assert drawn == contract["layers"]


def test_decisions_are_numbered_without_a_gap_and_called_by_their_number() -> None:
    decisions = sorted((ROOT / "docs/adr").glob("*.md"))
    numbers = [page.name[:4] for page in decisions]
    assert numbers == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    assert [page.read_text()[2:6] for page in decisions] == numbers


def test_every_dependency_has_its_reason() -> None:
    for name in ("requirements.in", "requirements-dev.in"):
        asked = [line for line in lines_of(name) if line.strip() and not line.startswith(("#", "-"))]
        assert [line for line in asked if "#" not in line] == []


def lines_of(name: str) -> list[str]:
    return (ROOT / name).read_text().splitlines()
