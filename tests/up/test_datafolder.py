"""One data folder belongs to one world and one launcher at a time."""

import re
from pathlib import Path

import pytest

from llr_hate.up.datafolder import DataFolder, read_env, write_env
from llr_hate.up.problem import StartProblem


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder.prepare(tmp_path / "data")


def test_settings_are_kept_for_their_owner_alone(folder: DataFolder) -> None:
    folder.remember({"LLR_MODE": "demo", "DJANGO_SECRET_KEY": "a=b#c"})

    assert folder.settings() == {"LLR_MODE": "demo", "DJANGO_SECRET_KEY": "a=b#c"}
    assert folder.env_file.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()

    with pytest.raises(
        StartProblem, match=rf"^The data folder {re.escape(str(in_the_way))}/data can't be written"
    ):
        DataFolder.prepare(in_the_way / "data")


def test_a_second_launcher_is_turned_away_while_the_first_runs(folder: DataFolder) -> None:
    with folder.locked():
        assert folder.in_use()
        with pytest.raises(StartProblem, match="already in use"), folder.locked():
            pass

    assert not folder.in_use()


@pytest.mark.parametrize("text", ["LLR_MODE\n", "\x00\x01\n", "not a setting\n"])
def test_a_damaged_settings_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "env").write_text(text)

    with pytest.raises(StartProblem, match="is damaged"):
        read_env(tmp_path / "env")


def test_a_settings_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "env").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(StartProblem, match="can't be read"):
        read_env(tmp_path / "env")


def test_comments_and_empty_lines_are_skipped(tmp_path: Path) -> None:
    write_env(tmp_path / "env", {"A": "1"})
    with (tmp_path / "env").open("a") as file:
        file.write("\n# a note\nB=2\n")

    assert read_env(tmp_path / "env") == {"A": "1", "B": "2"}


@pytest.mark.parametrize(
    ("made_as", "asked", "sentence"),
    [
        ("development", "demo", "holds a development world: start it without --demo"),
        ("demo", "development", "holds a demonstration world: start it with --demo"),
    ],
)
def test_a_demonstration_never_shares_a_folder(
    folder: DataFolder, made_as: str, asked: str, sentence: str
) -> None:
    folder.remember({"LLR_MODE": made_as})

    with pytest.raises(StartProblem, match=sentence):
        folder.settle_mode(asked)
    folder.settle_mode(made_as)


def test_a_database_without_its_settings_is_a_damaged_folder(folder: DataFolder) -> None:
    (folder.path / "postgres").mkdir()

    with pytest.raises(StartProblem, match="is damaged"):
        folder.settle_mode("development")
