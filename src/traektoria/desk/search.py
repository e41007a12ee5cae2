"""The search over all rooms: what of each the person may see, and places of the product by their names."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from traektoria.core.context import beginnings, places
from traektoria.core.registries import MOST_SHOWN, Found, search
from traektoria.core.word_search import asked, fits, without
from traektoria.people.guard import ActorRequest


@dataclass(frozen=True)
class HitGroup:
    """Hits of one kind; ``more``: there are others beside those shown."""

    label: Any  # lazy string
    hits: list[Found]
    more: bool


def found_by(request: ActorRequest, text: str) -> list[HitGroup]:
    """Groups that have hits. Where nothing is a word (signs only), nothing is found."""
    if not asked(text):
        return []
    sources = [(one.label, one.find(request.actor, without(text, f"{one.label} {one.called}"))) for one in search]
    groups = [_group(label, hits) for label, hits in [(_("Sections and actions"), _places(request, text)), *sources]]
    return [group for group in groups if group.hits]


def _group(label: Any, hits: Iterable[Found]) -> HitGroup:
    all_hits = list(hits)
    return HitGroup(label, all_hits[: MOST_SHOWN - 1], len(all_hits) >= MOST_SHOWN)


def _places(request: HttpRequest, text: str) -> Iterable[Found]:
    words = asked(text, many=True)
    for place in (*places(request), *beginnings(request)):
        if fits(words, str(place.label)):
            yield Found(str(place.label), "", place.url)
