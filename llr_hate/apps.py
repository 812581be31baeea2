from django.apps import AppConfig


class LlrHateConfig(AppConfig):
    """The house itself: settings, start-up and the demonstration world."""

    name = "llr_hate"
    default_auto_field = "django.db.models.BigAutoField"
