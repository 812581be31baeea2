from django.apps import AppConfig


class ActionPlansConfig(AppConfig):
    """Plans, actions, updates; the Senior Officer Group's dashboard and report."""

    name = "actionplans"
    default_auto_field = "django.db.models.BigAutoField"
