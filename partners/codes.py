"""The words that reports are coded with, such as kinds of place: codes never change, names may be reworded."""

from partners.data import entries, field, installed

FILE = "codes.toml"
AREAS = "areas.toml"


def choices(table: str) -> list[tuple[str, str]]:
    """(code, name) of every entry of one table of the vocabulary, such as 'places'."""
    return _choices(FILE, table)


def name_of(table: str, code: str) -> str:
    """The name of a code; the code itself when it has left the vocabulary, so that old reports stay readable."""
    return dict(choices(table)).get(code, code)


def other_places() -> list[tuple[str, str]]:
    """(code, name) of the answers to 'which district' that are no district."""
    return _choices(AREAS, "other_places")


def _choices(file: str, table: str) -> list[tuple[str, str]]:
    return [
        (field(entry, "code", file=file), field(entry, "name", file=file))
        for entry in entries(installed(file), table, file=file)
    ]
