"""The WSGI application that the server runs."""

import logging
import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traektoria.config.settings")
application = get_wsgi_application()


def _begin() -> None:
    """Refuse to run with the files of another installation; a database that is away is asked again before writing."""
    from django.db import DatabaseError, connection

    from traektoria.core import journal
    from traektoria.core.installation import identity, locks

    try:
        locks.run()
        identity.settle()
    except (DatabaseError, OSError):
        logging.getLogger(__name__).error("The database or the data folder does not answer at start.")
    except identity.Apart as apart:
        sys.exit(apart.details)
    finally:
        connection.close()

    journal.begin()


_begin()
