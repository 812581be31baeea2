"""The search for canaries finds them in every form: else finding none would say nothing."""

import base64
import json
from pathlib import Path

import pytest

from proofs.result import Result
from proofs.searching import hits, hits_in_files, hits_in_values

WORD = "zq7canary0001x"


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_words_in_base64_are_found_wherever_they_begin(before: str) -> None:
    assert hits(base64.b64encode(f"{before}{WORD} and more".encode()), [WORD]) == [WORD]


@pytest.mark.parametrize(
    "content",
    [
        WORD.encode(),
        b"COPY x: \\\\x00" + WORD.encode().hex().encode(),
        WORD.encode().hex().upper().encode(),
        WORD.encode("utf-16-le"),
    ],
)
def test_words_are_found_in_plain_text_hex_and_utf_16(content: bytes) -> None:
    assert hits(content, ["another", WORD]) == [WORD]


def test_words_that_are_not_there_are_not_found() -> None:
    assert hits(b"Someone shouted at me.", [WORD]) == []


def test_the_body_of_a_queued_task_is_opened() -> None:
    body = base64.b64encode(json.dumps([[WORD], {}, {}]).encode()).decode()
    assert hits_in_values({"celery": json.dumps({"body": body}).encode()}, [WORD]) == {"celery": [WORD]}


def test_files_are_named_by_their_place(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "web.log").write_text(f"somebody said {WORD}")
    (tmp_path / "quiet").write_text("nothing")
    assert hits_in_files(tmp_path, [WORD]) == {"log/web.log": [WORD]}


def test_one_line_that_is_not_as_promised_breaks_a_proof() -> None:
    result = Result("canary", "nothing is said.", "By looking.")
    result.must("hits", 0, be=0)
    assert result.is_kept
    result.must("reports lost", 1, be=0)
    assert not result.is_kept
    assert result.broken() == ["reports lost: 1"]
    assert "**NOT KEPT.**" in result.as_page(seconds=3)


def test_a_proof_that_looked_at_nothing_proves_nothing() -> None:
    assert not Result("canary", "nothing is said.", "By looking.").is_kept
