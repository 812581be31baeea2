"""The environment is made by the machine's own Python, and says in one sentence why it can't."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from llr_hate.up import bootstrap
from llr_hate.up.bootstrap import BootstrapProblem

ROOT = bootstrap.ROOT


def test_an_old_python_is_refused_in_one_sentence() -> None:
    with pytest.raises(BootstrapProblem, match=r"^Python 3\.11 or newer is needed and this is 3\.10: .*\.$"):
        bootstrap.require_python((3, 10))


@pytest.mark.parametrize("version", [(3, 11), (3, 14)])
def test_a_new_enough_python_is_welcome(version: tuple[int, int]) -> None:
    bootstrap.require_python(version)


@pytest.mark.parametrize("script", ["run", "test", "check"])
def test_a_machine_with_only_an_old_python_is_told_so(script: str, tmp_path: Path) -> None:
    for needed in ("bash", "dirname", "env"):
        (tmp_path / needed).symlink_to(str(shutil.which(needed)))
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)

    done = subprocess.run(
        [ROOT / "scripts" / script],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == "Python 3.11 or newer is needed: install python3 and start again.\n"


def test_a_list_that_changed_is_installed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    (tmp_path / "requirements.txt").write_text("django==5.2.1\n")
    assert not bootstrap.is_installed("requirements.txt")

    bootstrap.stamp("requirements.txt").write_text(bootstrap.digest(tmp_path / "requirements.txt"))
    assert bootstrap.is_installed("requirements.txt")

    (tmp_path / "requirements.txt").write_text("django==5.2.2\n")
    assert not bootstrap.is_installed("requirements.txt")


def test_a_package_that_can_not_be_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "installer", lambda: ["sh", "-c", "echo no such wheel >&2; exit 1"])

    with pytest.raises(BootstrapProblem, match=r"requirements\.txt could not be installed: no such wheel"):
        bootstrap.install("requirements.txt")


def test_an_environment_that_can_not_be_made_names_the_missing_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bootstrap, "VENV", Path(os.devnull) / "venv")

    with pytest.raises(BootstrapProblem, match="python3-venv"):
        bootstrap.make_environment()


def test_an_environment_with_a_broken_python_does_not_count(tmp_path: Path) -> None:
    assert not bootstrap.works(tmp_path / "python")


def test_scripts_that_people_start_are_executable() -> None:
    scripts = [ROOT / "scripts" / name for name in ("run", "test", "check", "lock")]

    assert [path.name for path in [*scripts, ROOT / ".ci" / "run"] if not os.access(path, os.X_OK)] == []


def test_the_build_server_runs_the_same_tests_as_everybody() -> None:
    lines = (ROOT / ".ci" / "run").read_text().splitlines()

    assert [line for line in lines if not line.startswith("#")] == [
        'exec "$(dirname "${BASH_SOURCE[0]}")/../scripts/test"'
    ]
