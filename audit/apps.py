from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The trail of who did and read what: insert-only."""

    name = "audit"
    default_auto_field = "django.db.models.BigAutoField"
