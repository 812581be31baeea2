from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """What more than one looks at again: repeat victims and places, case reviews, closed cases."""

    name = "reviews"
    default_auto_field = "django.db.models.BigAutoField"
