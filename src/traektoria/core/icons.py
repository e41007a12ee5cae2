"""Icons: inline SVG from the vendored Lucide set, so that a page asks for no extra file."""

from functools import lru_cache
from xml.etree import ElementTree

import lucide
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


@lru_cache(maxsize=256)
def _inside(name: str) -> SafeString:
    """The drawing without its ``<svg>`` shell. Raises ``lucide.IconDoesNotExist``."""
    shell = ElementTree.fromstring(lucide._render_icon(name, None))  # noqa: S314 our own package
    return mark_safe("".join(ElementTree.tostring(part, encoding="unicode").strip() for part in shell))


@lru_cache(maxsize=512)
def icon(name: str, label: str = "", size: int = 18) -> SafeString:
    """``name`` as on lucide.dev; hidden from screen readers unless ``label`` says what it means."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" width="{size}" height="{size}" viewBox="0 0 24 24" {spoken}>{inside}</svg>',
        size=size,
        spoken=spoken,
        inside=_inside(name),
    )


USED = (
    "house", "route", "users", "user-round", "chart-column", "clipboard-list", "calendar", "building-2", "school",
    "file-text", "upload", "download", "plus", "pencil", "trash-2", "check", "x", "search", "info", "circle-check",
    "triangle-alert", "circle-alert", "lock", "eye", "clock", "message-circle", "link", "target", "history", "settings",
    "arrow-right", "printer",
)  # fmt: skip
"""The common names, shown in the gallery."""
