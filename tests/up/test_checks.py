"""./scripts/check runs every check, tells each verdict, and fails when one fails."""

from pathlib import Path

import pytest

from scripts import checks

HASHED = " \\\n    --hash=sha256:00\n"


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(checks, "ROOT", tmp_path)
    (tmp_path / "requirements.in").write_text("django~=5.2.0  # the framework\ncelery[redis]\n")
    (tmp_path / "requirements.txt").write_text(
        f"celery==5.7.0{HASHED}    # via -r requirements.in\ndjango==5.2.19{HASHED}    # via -r requirements.in\n"
    )
    (tmp_path / "requirements-dev.in").write_text("-r requirements.txt\npytest\n")
    dev = f"pytest==8.4.0{HASHED}    # via -r requirements-dev.in\n"
    (tmp_path / "requirements-dev.txt").write_text((tmp_path / "requirements.txt").read_text() + dev)
    return tmp_path


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


def test_lists_that_agree_are_quiet(lists: Path) -> None:
    assert checks.locked_requirements({}) == ""


@pytest.mark.parametrize(
    ("name", "before", "after", "finding"),
    [
        (
            "requirements.in",
            "celery[redis]",
            "granian",
            "granian is in requirements.in and not in requirements.txt",
        ),
        (
            "requirements.in",
            "celery[redis]",
            "",
            "celery is in requirements.txt and no longer in requirements.in",
        ),
        ("requirements.in", "~=5.2.0", "~=6.0", "django 5.2.19 in requirements.txt does not fit django~=6.0"),
        ("requirements.txt", HASHED, "\n", "celery in requirements.txt has no hash"),
        ("requirements-dev.txt", "5.7.0", "5.7.1", "celery is 5.7.0 in requirements.txt and 5.7.1 in"),
    ],
)
def test_lists_that_disagree_are_told(lists: Path, name: str, before: str, after: str, finding: str) -> None:
    change(lists / name, before, after)

    assert finding in checks.locked_requirements({})


def test_one_failure_does_not_hide_another(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {"types": lambda env: "a is no b", "lint": lambda env: "", "format": lambda env: "c is crooked"}
    monkeypatch.setattr(checks, "CHECKS", told)

    assert checks.main() == 1
    output = capsys.readouterr().out
    assert "a is no b" in output
    assert "c is crooked" in output
    assert output.endswith("1 checks passed, 2 failed: types, format\n")


def test_a_clean_project_passes(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(checks, "CHECKS", {"lint": lambda env: ""})

    assert checks.main() == 0
    assert capsys.readouterr().out.endswith("1 checks passed, 0 failed\n")


def test_a_command_that_fails_is_told_with_its_words() -> None:
    assert checks.tool("python", "-c", "print('crooked'); raise SystemExit(1)")({}) == "crooked\n"
    assert checks.tool("python", "-c", "pass")({}) == ""


def test_a_static_check_sees_no_database_and_no_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere.example/llr")

    env = checks.environment("/nowhere")

    assert "DATABASE_URL" not in env
    assert env["LLR_DATA_DIR"] == "/nowhere"
