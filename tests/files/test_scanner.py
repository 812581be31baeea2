"""A file is cleared by a real scanner's plain word and by nothing else."""

from collections.abc import Iterator

import pytest

from files import scanner as our_scanner
from files.scanner import ScannerAway, scan
from tests import sent_files
from tests.scanner import EICAR, clamd


def test_what_is_clean_is_cleared_and_what_is_harmful_is_named(scanner: str) -> None:
    assert our_scanner.answers()
    assert scan([sent_files.jpeg()]).is_clean
    assert scan([EICAR]).found == "Test.Eicar.Local.UNOFFICIAL"


def test_it_looks_at_the_whole_file_in_whatever_pieces_it_comes(scanner: str) -> None:
    assert scan(EICAR[at : at + 7] for at in range(0, len(EICAR), 7)).found
    assert scan([b"", EICAR]).found


def test_a_large_video_goes_through_a_piece_at_a_time(scanner: str) -> None:
    assert scan(b"\x00\x00\x00\x18ftypmp42" + bytes(1024 * 1024) for _ in range(30)).is_clean


@pytest.mark.parametrize("place", ["", "/nowhere/clamd", "127.0.0.1:1", "no address"])
def test_no_scanner_clears_nothing(settings: pytest.FixtureRequest, place: str) -> None:
    settings.CLAMD = place
    assert not our_scanner.answers()
    with pytest.raises(ScannerAway):
        scan([sent_files.jpeg()])


def test_a_file_larger_than_the_scanner_looks_at_is_not_cleared(settings: pytest.FixtureRequest) -> None:
    with clamd(most="1M") as settings.CLAMD, pytest.raises(ScannerAway):
        scan(bytes(256 * 1024) for _ in range(20))


def test_a_scanner_that_went_away_in_the_middle_cleared_nothing(settings: pytest.FixtureRequest) -> None:
    with clamd() as settings.CLAMD:
        assert our_scanner.answers()
    with pytest.raises(ScannerAway):
        scan([sent_files.jpeg()])


@pytest.mark.parametrize(
    "answer", [b"", b"stream: Access denied. ERROR\0", b"stream: OK of another\0", b"OK\0"]
)
def test_any_other_word_clears_nothing(
    settings: pytest.FixtureRequest, scanner: str, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    monkeypatch.setattr(our_scanner, "_heard", lambda _line: answer.split(b"\0")[0].decode())
    with pytest.raises(ScannerAway):
        scan(iter_of(sent_files.jpeg()))


def iter_of(content: bytes) -> Iterator[bytes]:
    yield content
