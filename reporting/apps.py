from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """The public's report: journey, drafts, receipt codes, messages, reporting by centres."""

    name = "reporting"
    default_auto_field = "django.db.models.BigAutoField"
