from django.apps import AppConfig


class ScopeConfig(AppConfig):
    """Row-level security: who is asking, told to the database in each transaction."""

    name = "scope"
    default_auto_field = "django.db.models.BigAutoField"
