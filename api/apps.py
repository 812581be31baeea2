from django.apps import AppConfig


class ApiConfig(AppConfig):
    """REST for partners' systems, version 1."""

    name = "api"
    default_auto_field = "django.db.models.BigAutoField"
