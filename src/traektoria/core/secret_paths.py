"""Addresses that are keys stand in no log: whatever writes one, its secret is left out."""

import logging
import re

_SECRET = re.compile(r"(/calendar/feeds/|/events/check/)[\w-]+")


class WithoutSecrets(logging.Filter):
    """Of the handlers of ``settings.LOGGING``, so that it hears every logger, those of libraries too."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if _SECRET.search(said):
            record.msg, record.args = _SECRET.sub(r"\1…", said), ()
        return True
