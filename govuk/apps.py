from django.apps import AppConfig


class GovukConfig(AppConfig):
    """Page furniture and form fields."""

    name = "govuk"
    default_auto_field = "django.db.models.BigAutoField"
