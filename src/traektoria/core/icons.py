"""Icons: inline SVG from the vendored Lucide set, so that a page asks for no extra file."""

from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


@cache
def _drawings() -> ZipFile:
    """All 1 700 drawings, read once: the list of such an archive takes longer to read than an icon. In memory: of an
    open file the processes that are forked afterwards would share the place where they read."""
    return ZipFile(BytesIO(files("lucide").joinpath("lucide.zip").read_bytes()))


@lru_cache(maxsize=256)
def _inside(name: str) -> SafeString:
    """The drawing without its ``<svg>`` shell. Raises ``KeyError`` where the set has none of that name."""
    shell = ElementTree.fromstring(_drawings().read(f"{name}.svg"))  # noqa: S314 our own package
    for part in shell.iter():
        part.tag = part.tag.rpartition("}")[2]  # without the namespace
    return mark_safe("".join(ElementTree.tostring(part, encoding="unicode").strip() for part in shell))


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
