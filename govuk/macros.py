"""The GOV.UK Design System's macros, loaded once per process."""

from functools import cache, lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup


@lru_cache(maxsize=1)
def _environment() -> Environment:
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(
        loader=loader, autoescape=True, auto_reload=False, trim_blocks=True, lstrip_blocks=True
    )


@cache
def _macro(component: str) -> Any:
    name = "govuk" + "".join(word.capitalize() for word in component.split("-"))
    module = _environment().get_template(f"govuk_frontend_jinja/components/{component}/macro.html").module
    return getattr(module, name)


def render_macro(component: str, params: dict[str, Any]) -> Markup:
    """Render one component (`"radios"`, `"character-count"`) as safe HTML."""
    return Markup(_macro(component)(params).strip())
