from importlib import import_module

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Organisations, areas, centres, people, roles and sign-in."""

    name = "partners"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Not imported above: they need the models, which are only there now.
        import_module("partners.sign_in_trail").listen()
        import_module("partners.second_factors").listen()
