"""Rows of a table brought in line with what a file says: the missing are made, the different changed, none deleted."""

from collections.abc import Iterable
from typing import Any

from django.db import models


def bring_in_line(
    model: type[models.Model],
    among: dict[str, Any],
    key: list[str],
    wanted: list[dict[str, Any]],
    *,
    only_new: Iterable[str] = (),
) -> None:
    """Makes the rows that are missing among those found by `among`, and changes what differs in the others.

    Three statements at most, however many rows. `only_new` fields are set once and not compared.
    """
    made = {name: value for name, value in among.items() if not name.endswith("__in")}
    there = {tuple(getattr(row, name) for name in key): row for row in model._default_manager.filter(**among)}
    new, changed = [], []
    for values in wanted:
        row = there.get(tuple(values[name] for name in key))
        if row is None:
            new.append(model(**made, **values))
        elif _take_over(row, {name: value for name, value in values.items() if name not in only_new}):
            changed.append(row)
    model._default_manager.bulk_create(new)
    if changed:
        names = [name for name in wanted[0] if name not in key and name not in only_new]
        model._default_manager.bulk_update(changed, names)


def _take_over(row: models.Model, values: dict[str, Any]) -> bool:
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)
