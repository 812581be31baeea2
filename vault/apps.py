from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Encryption: keys, sealing, blind tokens."""

    name = "vault"
    default_auto_field = "django.db.models.BigAutoField"
