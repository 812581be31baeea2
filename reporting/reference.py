"""References: what a report is called aloud. Random, and without letters that can be misread or make words."""

import secrets

from partners.wording import partnership

LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
GROUP = 4


def new_reference() -> str:
    """A new reference such as 'LLR-7KQ4-M2XD'; one in 378 milliards, so the caller has to be ready for a twin."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(2))
    return "-".join((partnership()["reference_prefix"], *groups))


def as_written(text: str) -> str:
    """A typed reference as it is kept: any case, with or without dashes and spaces."""
    prefix = partnership()["reference_prefix"]
    body = "".join(
        character for character in text.upper()[:60] if character.isascii() and character.isalnum()
    )
    body = body.removeprefix(prefix)
    return "-".join((prefix, body[:GROUP], body[GROUP:]))
