"""What the components share: drawing an icon or nothing, a part that is there only where it says something."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from django.utils.functional import Promise
from markupsafe import Markup, escape

from traektoria.core import icons

Caller = Callable[[], str]
"""What stands inside ``{% call … %}``."""
NOTHING: Final = Markup()
_SPECIAL: Final = re.compile(r"[&<>'\"]")


def escaped(value: Any) -> str:
    """As ``markupsafe.escape``, for a fifth of its calls where a text has nothing to escape, which most have not."""
    if type(value) is not str:
        if not isinstance(value, Promise):
            return escape(value)
        value = str(value)
    return escape(value) if _SPECIAL.search(value) else value


def icon(name: str, label: str = "", size: int = 18) -> Markup:
    """``name`` as on lucide.dev; ``label`` is for screen readers, which skip the drawing without one."""
    return _icon(name, str(label), size)


@lru_cache(maxsize=512)
def _icon(name: str, label: str, size: int) -> Markup:
    return Markup(icons.icon(name, label, size))


def drawn(name: str, size: int = 18) -> Markup:
    """The icon without words; nothing where there is no name."""
    return icon(name, "", size) if name else NOTHING
