"""What every page knows: the navigation of this person, the school year, the appearance, whether this is a demo."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from traektoria.core import school_year
from traektoria.core.letters import mail_goes_out
from traektoria.core.registries import MenuEntry, creations, menu

THEMES = ("auto", "light", "dark")
VISIONS = ("normal", "impaired")
COLOURS = ("", "white", "black", "blue")
"""Of the version for the visually impaired: black on white, white on black, dark blue on light blue."""
SIZES = ("", "large", "largest")
WAYS = {"theme": THEMES, "vision": VISIONS, "colour": COLOURS, "size": SIZES}
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
    """Theme, version for the visually impaired, its colours and size, from the cookie; unknown words fall back to the
    default."""
    kept = request.COOKIES.get(COOKIE, "").split(".")
    kept += [""] * (len(WAYS) - len(kept))
    return {name: word if word in words else words[0] for (name, words), word in zip(WAYS.items(), kept, strict=False)}


def places(request: HttpRequest) -> list[Place]:
    """The navigation of the person, in the order of the registry."""
    actor = getattr(request, "actor", None)
    if not actor:
        return []
    return [place for entry in menu if entry.visible(actor) and (place := _place(entry, request.path))]


def beginnings(request: HttpRequest) -> list[Place]:
    """What this person may begin, in the order of the registry: the menu «Create»."""
    actor = getattr(request, "actor", None)
    if not actor:
        return []
    return [Place(one.label, reverse(one.url_name), one.icon, False) for one in creations if one.visible(actor)]


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
        "beginnings": SimpleLazyObject(lambda: beginnings(request)),
        "appearance": appearance(request),
        "demo": settings.DEMO,
        "mail": mail_goes_out(),
        "current_school_year": school_year.label(school_year.this_year()),
    }
