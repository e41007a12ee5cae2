"""What every page knows: the navigation of this person, the school year, the appearance, whether this is a demo."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from traektoria.core import school_year
from traektoria.core.mail import mail_goes_out
from traektoria.core.registries import Creation, MenuEntry, creations, menu

THEMES = ("auto", "light", "dark")
VISIONS = ("normal", "impaired")
COLOURS = ("", "white", "black", "blue")
"""Of the version for the visually impaired: black on white, white on black, dark blue on light blue."""
SIZES = ("", "large", "largest")
WAYS = {"theme": THEMES, "vision": VISIONS, "colour": COLOURS, "size": SIZES}
COOKIE = "appearance"
TABS_ON_PHONE, LETTERS_ON_PHONE = 5, 45
"""So many places, and letters of their names, stand side by side on the narrowest phone (360 px)."""


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


@dataclass(frozen=True)
class Shell:
    """What a page shows around itself to whoever holds these roles, in their language; no page is the current one."""

    entries: tuple[MenuEntry, ...]
    places: tuple[Place, ...]
    beginnings: tuple[Place, ...]


def shell(actor: Any) -> Shell:
    """Worked out once for the same actor (people.actor.make_actor): places depend on roles and regulations alone, but
    for those that say otherwise (``MenuEntry.moves``)."""
    key = "shell", get_language(), actor.in_own_hand
    if key in actor.kept:
        return actor.kept[key]  # type: ignore[no-any-return]
    entries = [entry for entry in menu if entry.visible(actor)]
    begun = [one for one in creations if one.visible(actor)]
    made = Shell(tuple(entries), tuple(map(_place, entries)), tuple(map(_place, begun)))
    if not any(entry.moves(actor) for entry in menu):
        actor.kept[key] = made
    return made


def _place(entry: MenuEntry | Creation) -> Place:
    return Place(str(entry.label), reverse(entry.url_name), entry.icon, False)


def places(request: HttpRequest) -> list[Place]:
    """The navigation of the person, in the order of the registry."""
    actor = getattr(request, "actor", None)
    if not actor:
        return []
    known, path = shell(actor), request.path
    return [
        replace(place, current=True) if path == place.url or path.startswith(entry.prefixes) else place
        for entry, place in zip(known.entries, known.places, strict=True)
    ]


def beginnings(request: HttpRequest) -> Sequence[Place]:
    """What this person may begin, in the order of the registry: the menu «Create»."""
    actor = getattr(request, "actor", None)
    return shell(actor).beginnings if actor else ()


def _tabs(request: HttpRequest) -> dict[str, list[Place]]:
    """The same places split for the phone: up to five in the bar, or four and the rest under «More»."""
    found = places(request)
    fits = len(found) <= TABS_ON_PHONE and sum([len(place.label) for place in found]) <= LETTERS_ON_PHONE
    cut = TABS_ON_PHONE if fits else TABS_ON_PHONE - 1
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
        "new_messages": getattr(request, "unread", int)(),
        "current_school_year": school_year.label(school_year.this_year()),
    }
