"""The LLR hate incident portal."""

from llr_hate.celery import app as celery_app

__all__ = ["celery_app"]
