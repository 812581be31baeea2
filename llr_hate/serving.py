"""The web server, which is granian with its own options: `python -m llr_hate.serving --interface wsgi …`.

All code is read once, before the processes that serve are forked: they start at once, and share the memory of it.
"""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from granian.cli import entrypoint


def read_all_code() -> None:
    """Whatever a page may need; no connection and no thread, which a forked process can't share."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llr_hate.settings")
    get_wsgi_application()
    _ = get_resolver().url_patterns
    # Nobody needs to look through it for garbage, which would write to the memory that is shared.
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    read_all_code()
    entrypoint()
