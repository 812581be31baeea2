from django.apps import AppConfig


class CentresConfig(AppConfig):
    """Reporting centres: listed, open, trained, heard."""

    name = "centres"
    default_auto_field = "django.db.models.BigAutoField"
