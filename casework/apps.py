from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Triage, contact, sharing and outcomes of what was told."""

    name = "casework"
    default_auto_field = "django.db.models.BigAutoField"
