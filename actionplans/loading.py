"""Bringing the partnership's plans from its folder into the database."""

from datetime import datetime, timedelta
from pathlib import Path


def load_plans(folder: Path, shift: timedelta, now: datetime) -> None:
    """Loads strategy and plans from `folder`, all their dates moved by `shift`; loading again changes nothing."""
