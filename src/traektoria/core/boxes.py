"""What is shown of stored content fails alone: a box in its place says so, and the page around it stands.

A formula, a picture, a statement, a chart, a task: whatever was written into the database by an older release, a hand
or a broken disk. ``boxed`` for markup made in Python, ``{% boxed "…" %}`` for a part of a template, ``readable`` for a
value, ``kept_columns.KeptJSON`` for a column. The log says which kind of thing failed, how and where in the code; never
with its content.
"""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import DatabaseError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from traektoria.core.errors import DomainError

log = logging.getLogger(__name__)
Value = TypeVar("Value")
PASS_ON = (DomainError, DatabaseError, MemoryError)
"""Not a fault of the content: these are answered by the page as a whole."""


def boxed(kind: str, draw: Callable[[], str]) -> SafeString:
    """What ``draw`` makes, or the box. ``kind`` is a word for the log: «chart»."""
    drawn: str | None = readable(kind, draw, None)
    return box() if drawn is None else SafeString(drawn)


def readable(kind: str, read: Callable[[], Value], instead: Value) -> Value:
    """What ``read`` gives; ``instead`` where it fails."""
    try:
        return read()
    except PASS_ON:
        raise
    except Exception as error:
        tell(kind, error)
        return instead


def tell(kind: str, error: Exception) -> None:
    """A line for the administrator: the kind, the class of the error, the place in the code."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    log.error("%s can't be shown: %s in %s", kind, type(error).__name__, where)


def box() -> SafeString:
    return format_html('<span class="box-broken" role="note">{}</span>', sentence())


def sentence() -> str:
    return _("This part cannot be shown. Tell the administrator; the rest of the page is right.")
