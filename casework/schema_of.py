"""The JSON Schema (2020-12) of a dataclass, so that what is published and what is written can't differ.

A field's metadata says what it means (`says`) and what else must hold (`pattern`, `min_length`, `minimum`, `enum`). A
field with a default may be left out; no other key is allowed.
"""

from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

DRAFT = "https://json-schema.org/draft/2020-12/schema"
PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    type(None): {"type": "null"},
}
NARROWED = {
    "pattern": "pattern",
    "min_length": "minLength",
    "max_length": "maxLength",
    "minimum": "minimum",
    "enum": "enum",
    "most": "maxItems",
}


def schema_of(root: type, *, address: str, title: str, description: str) -> dict[str, Any]:
    """The schema of `root`; the dataclasses that it is made of are its `$defs`."""
    made: dict[str, Any] = {}
    body = _object(root, made)
    head = {"$schema": DRAFT, "$id": address, "title": title, "description": description}
    return {**head, **body, "$defs": dict(sorted(made.items()))}


def _object(made_of: type, made: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(made_of)
    return {
        "type": "object",
        "properties": {each.name: _field(each, hints[each.name], made) for each in fields(made_of)},
        "required": [each.name for each in fields(made_of) if _is_needed(each)],
        "additionalProperties": False,
    }


def _is_needed(each: Field[Any]) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def _field(each: Field[Any], hint: Any, made: dict[str, Any]) -> dict[str, Any]:
    told = each.metadata
    narrowed = {keyword: told[name] for name, keyword in NARROWED.items() if name in told}
    return {"description": told["says"], **_type(hint, made), **narrowed}


def _type(hint: Any, made: dict[str, Any]) -> dict[str, Any]:
    if hint in PLAIN:
        return dict(PLAIN[hint])
    if get_origin(hint) is list:
        return {"type": "array", "items": _type(get_args(hint)[0], made)}
    if get_origin(hint) in (Union, UnionType):
        return {"anyOf": [_type(each, made) for each in get_args(hint)]}
    if is_dataclass(hint):
        return _reference(hint, made)  # type: ignore[arg-type]
    raise TypeError(f"{hint} has no form in a schema")


def _reference(made_of: type, made: dict[str, Any]) -> dict[str, Any]:
    name = made_of.__name__
    if name not in made:
        made[name] = {}
        made[name] = {"description": (made_of.__doc__ or "").strip(), **_object(made_of, made)}
    return {"$ref": f"#/$defs/{name}"}
