"""What is loaded once, before the processes that answer and work are forked: they share its memory."""

import logging
import os
import sys
from pkgutil import resolve_name
from typing import Any

OURS = "traektoria.config.wsgi:application"


def load(application: str = OURS) -> Any:
    """The WSGI application ``module:name``. Opens no thread and leaves no connection open: it may be forked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traektoria.config.settings")
    return resolve_name(application)


def warm() -> None:
    """Views, templates and the dictionary of words, which are else loaded by the first request for each."""
    from django.conf import settings
    from django.urls import get_resolver
    from django.utils import translation

    from traektoria.core.templating import environment
    from traektoria.engines.declension.dictionary import analyzer

    analyzer()
    get_resolver().check()
    with translation.override(settings.LANGUAGE_CODE):
        house = environment()
        for name in house.list_templates():
            house.get_template(name)


def settle() -> None:
    """Refuse to run with the files of another installation; a database that is away is asked again before writing."""
    from django.db import DatabaseError, connection

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
