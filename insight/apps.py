from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Numbers: pure statistics, indicators, counts."""

    name = "insight"
    default_auto_field = "django.db.models.BigAutoField"
