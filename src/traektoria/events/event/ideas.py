"""Of what an event can be made: rooms and sub-rooms to the left say what asks for one, the form is filled from it."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from traektoria.core.registries import Registry
from traektoria.events.event.facts import kinds_of
from traektoria.events.event.models import Event
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.regulations.schema import Rules
from traektoria.people.actor import Actor

MOST = 10
"""Of one source on the page."""
_WORD = re.compile(r"[а-яёa-z]+", re.IGNORECASE)
_STEM, _ENDING = 4, 2


@dataclass(frozen=True)
class Idea:
    """``key`` finds it again within its source. ``what`` is its name, ``why`` the reason in words, ``initial`` the
    fields of the form (``event.forms``) that follow from it. ``of``: numbers of what it was made of, which the form
    brings back; ``keep`` writes them down with the draft."""

    key: str
    what: str
    why: str
    initial: Mapping[str, Any] = field(default_factory=dict)
    of: tuple[int, ...] = ()


@dataclass(frozen=True)
class IdeaSource:
    """``found(actor, centre, rules)``: what this person may know of, the most pressing first. A query or two."""

    slug: str
    order: int
    title: Any  # lazy string
    none: Any  # lazy string: what is said where there is nothing
    found: Callable[[Actor, TutorCentre, Rules], Sequence[Idea]]
    keep: Callable[[Event, Collection[int]], None] | None = None


idea_sources: Registry[IdeaSource] = Registry("sources of events")


def find_idea(actor: Actor, centre: TutorCentre, rules: Rules, slug: str, key: str) -> Idea | None:
    """The one of an address; None where there is none such, or none any more."""
    source = next((one for one in idea_sources if one.slug == slug), None)
    return next((one for one in source.found(actor, centre, rules) if one.key == key), None) if source else None


def keep_of(event: Event, slug: str, idea: Idea, brought: Collection[int]) -> None:
    """What the form was opened with and still stands behind the idea: what was asked for since is not answered by
    an event that was written without it. Inside the transaction of the draft."""
    source = idea_sources.get(slug)
    if source is not None and source.keep is not None:
        source.keep(event, sorted(set(idea.of) & set(brought)))


def kind_meant(words: str, rules: Rules) -> str:
    """Which kind of event is named: «Открытые уроки по математике» is an open lesson, «Семинары» the only kind of
    seminar, whatever its whole name; empty where none is, or several may be."""
    return _meant(words, tuple([(slug, kind.title) for slug, kind in kinds_of(rules).items()]))


@lru_cache(maxsize=1000)
def _meant(words: str, kinds: tuple[tuple[str, str], ...]) -> str:
    said = _stems(words)
    known = [(slug, title, [_is_said(part, said) for part in _stems(title)]) for slug, title in kinds]
    if whole := [(len(title), slug) for slug, title, parts in known if parts and all(parts)]:
        return max(whole, key=lambda one: one[0])[1]
    nearly = [slug for slug, _title, parts in known if any(parts)]
    return nearly[0] if len(nearly) == 1 else ""


@lru_cache(maxsize=1000)
def is_named(kind_name: str, words: str) -> bool:
    """Whether these words may mean an event of this kind: «Семинары» an «Обучающий семинар», no «Круглый стол»."""
    said = _stems(words)
    return any(_is_said(part, said) for part in _stems(kind_name))


def _stems(words: str) -> set[str]:
    return {word[: max(_STEM, len(word) - _ENDING)] for word in _WORD.findall(words.lower()) if len(word) >= _STEM}


def _is_said(part: str, said: set[str]) -> bool:
    return any(word.startswith(part) or part.startswith(word) for word in said)
