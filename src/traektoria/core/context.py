"""What every page knows: the navigation of this person, the school year, the appearance, whether this is a demo."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from traektoria.core.registries import MenuEntry, menu
from traektoria.core.typography import school_year

THEMES = ("auto", "light", "dark")
VISIONS = ("normal", "impaired")
COOKIE = "appearance"
TABS_ON_PHONE = 5


@dataclass(frozen=True)
class Place:
    """A place in the navigation as this person sees it."""

    label: Any
    url: str
    icon: str
    current: bool


def appearance(request: HttpRequest) -> dict[str, str]:
    """Theme and version for the visually impaired, from the cookie; unknown words fall back to the default."""
    theme, _, vision = request.COOKIES.get(COOKIE, "").partition(".")
    return {
        "theme": theme if theme in THEMES else THEMES[0],
        "vision": vision if vision in VISIONS else VISIONS[0],
    }


def places(request: HttpRequest) -> list[Place]:
    """The navigation of the person, in the order of the registry."""
    actor = getattr(request, "actor", None)
    if not actor:
        return []
    return [place for entry in menu if entry.visible(actor) and (place := _place(entry, request.path))]


def _place(entry: MenuEntry, path: str) -> Place | None:
    try:
        url = reverse(entry.url_name)
    except NoReverseMatch:
        return None
    current = path == url or path.startswith(entry.prefixes)
    return Place(entry.label, url, entry.icon, current)


def _tabs(request: HttpRequest) -> dict[str, list[Place]]:
    """The same places split for the phone: up to five in the bar, or four and the rest under «More»."""
    found = places(request)
    cut = TABS_ON_PHONE if len(found) <= TABS_ON_PHONE else TABS_ON_PHONE - 1
    return {"all": found, "bar": found[:cut], "more": found[cut:]}


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor; everything that costs a query is lazy."""
    return {
        "actor": getattr(request, "actor", None),
        "navigation": SimpleLazyObject(lambda: _tabs(request)),
        "appearance": appearance(request),
        "demo": settings.DEMO,
        "current_school_year": school_year(timezone.localdate()),
    }
