"""The WSGI application that the server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traektoria.config.settings")
application = get_wsgi_application()

from traektoria.core.serving.preload import settle  # noqa: E402 - asks the database, which is set up only now

settle()
