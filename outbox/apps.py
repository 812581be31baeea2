from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Work to be done after commit, delivered at least once."""

    name = "outbox"
    default_auto_field = "django.db.models.BigAutoField"
