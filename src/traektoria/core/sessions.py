"""Sessions that a page never waits for: what it only notes there (a receipt that was shown) is no reason to.

While somebody else writes, the note goes into the shared cache alone, from which all processes read first, and into the
database with the next one. A new session (signing in) has to be in the database and is refused with «please wait».
"""

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.cached_db import SessionStore as CachedInDatabase
from django.core.cache import caches
from django.db import OperationalError

from traektoria.core.patience import READING, is_busy, patience


class SessionStore(CachedInDatabase):
    """``cached_db`` of Django with little patience."""

    def save(self, must_create: bool = False) -> None:
        try:
            with patience(READING):
                super().save(must_create)
        except (OperationalError, UpdateError) as error:
            if must_create or not is_busy(error.__context__ if isinstance(error, UpdateError) else error):
                raise
            caches[settings.SESSION_CACHE_ALIAS].set(self.cache_key, dict(self.items()), self.get_expiry_age())
