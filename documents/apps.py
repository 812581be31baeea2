from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """One document definition, several media."""

    name = "documents"
    default_auto_field = "django.db.models.BigAutoField"
