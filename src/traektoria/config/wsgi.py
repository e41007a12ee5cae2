"""The WSGI application that the server runs."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traektoria.config.settings")
application = get_wsgi_application()


def _warm_up() -> None:
    """Load what tables of results need (seconds, once a process) before the first person asks for one."""
    from traektoria.engines.results.tables import connect

    connect()


Thread(target=_warm_up, name="warm-up", daemon=True).start()
