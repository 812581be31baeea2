from django.apps import AppConfig


class RightsConfig(AppConfig):
    """What a person may ask of us about their data, and what we told others of it."""

    name = "rights"
    default_auto_field = "django.db.models.BigAutoField"
