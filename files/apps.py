from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Sealed originals of files that people sent."""

    name = "files"
    default_auto_field = "django.db.models.BigAutoField"
