"""The web server's entry."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llr_hate.settings")
application = get_wsgi_application()

# The models can only be imported once Django is set up.
from llr_hate.keys.keeping import missing_keys, note_keys  # noqa: E402
from llr_hate.models import DemoWorld  # noqa: E402
from llr_hate.safety import serving_role_faults  # noqa: E402
from partners.following import follow  # noqa: E402

if settings.IS_PRODUCTION:
    if DemoWorld.objects.exists():
        raise ImproperlyConfigured(
            "Production refuses to start: this database holds the demonstration world."
        )
    with connection.cursor() as cursor:
        faults = serving_role_faults(cursor) + missing_keys()
    if faults:
        raise ImproperlyConfigured("Production refuses to start:\n- " + "\n- ".join(faults))
    note_keys()

if settings.MODE != "test":
    follow()
