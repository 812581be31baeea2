from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Organisations, areas, centres, people, roles and sign-in."""

    name = "partners"
    default_auto_field = "django.db.models.BigAutoField"
