"""How long before an hour with a tutor or an event people are reminded: one number, and the words made of it."""

from datetime import timedelta
from typing import Final

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from traektoria.core.typography import counted

DAYS: Final = 1
"""The guide says it too (``hours``, ``letters``, ``consultations``, ``events``): a test compares them."""
AHEAD: Final = timedelta(days=DAYS)
LEAST: Final = timedelta(hours=1)
"""What begins sooner is not reminded of: whoever goes there is on the way."""


def days_before(days: int = DAYS) -> str:
    """«Напомним *за день*»."""
    return _("a day before") if days == 1 else counted(days, "%(n)s day before", "%(n)s days before")


def soon(days: int = DAYS) -> str:
    """«*Завтра или раньше* у вас приём»: the letter may be read later than it was sent."""
    if days == 1:
        return _("Tomorrow or sooner")
    return counted(days, "In %(n)s day or sooner", "In %(n)s days or sooner")


days_before_lazy = lazy(days_before, str)
"""For what a module says once and for all."""
