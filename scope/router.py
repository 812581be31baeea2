"""Both database aliases are one database: `default` serves, `owner` migrates."""

from typing import Any


class OneDatabase:
    """Schema changes go through the owner's role, everything else through the serving role."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"

    def allow_relation(self, obj1: Any, obj2: Any, **hints: Any) -> bool:
        return True
