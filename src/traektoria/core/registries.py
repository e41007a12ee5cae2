"""Registries: how a room tells the rooms below what it has, without being imported by them.

Each room fills them in its ``AppConfig.ready()``; the order of entries is by their ``order``, never by import.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

Item = TypeVar("Item", bound=Any)


class Registry(Generic[Item]):
    """Entries with ``slug`` and ``order``; a slug is taken once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._items: dict[str, Item] = {}

    def add(self, item: Item) -> None:
        taken = self._items.get(item.slug)
        if taken is not None and taken != item:
            raise ValueError(f"{self.name}: «{item.slug}» is registered twice")
        self._items[item.slug] = item

    def get(self, slug: str) -> Item | None:
        return self._items.get(slug)

    def __iter__(self) -> Iterator[Item]:
        return iter(sorted(self._items.values(), key=lambda item: (item.order, item.slug)))


@dataclass(frozen=True)
class MenuEntry:
    """A place in the navigation, in the users' words; ``visible(actor)`` says who has it."""

    slug: str
    order: int
    label: Any  # lazy string
    url_name: str
    icon: str
    visible: Callable[[Any], bool]
    prefixes: tuple[str, ...]  # paths under which the entry is the current one


class DeskGroup(StrEnum):
    """When a desk line calls."""

    TODAY = "today"
    SOON = "soon"
    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True)
class DeskLine:
    """One line of «My day»: who, what, until when, and one main button."""

    group: DeskGroup
    what: str
    who: str
    url: str
    action: str
    due: date | None = None
    overdue: bool = False


@dataclass(frozen=True)
class DeskSource:
    """What a room lays on the desk. ``lines(actor, today)`` makes a bounded number of queries."""

    slug: str
    order: int
    lines: Callable[[Any, date], Iterable[DeskLine]]


@dataclass(frozen=True)
class DocumentKind:
    """A document that can be made of a fact. ``offered(actor, fact)`` says whether to show its links."""

    slug: str
    order: int
    label: Any  # lazy string
    fact: type
    url: Callable[[Any, str], str]  # (fact, "docx" | "pdf") -> address


@dataclass(frozen=True)
class DatasetAction:
    """What a room to the left offers to do with an imported dataset: a button on its page, sent by POST to ``url``.

    ``offered(actor, dataset)`` says whether to show it; ``hint`` says beside the button what will happen.
    """

    slug: str
    order: int
    label: Any  # lazy string
    hint: Any  # lazy string
    icon: str
    offered: Callable[[Any, Any], bool]
    url: Callable[[Any], str]


@dataclass(frozen=True)
class Tutees:
    """Who supports whom: told by the room that keeps supports to the rooms that keep what a tutor may see.

    ``ids(actor)`` gives the ids of persons whom the actor supports now with the consent of both sides, as a query that
    stands inside another one (``person__in=``): it costs no query of its own.
    """

    slug: str
    order: int
    ids: Callable[[Any], Any]


@dataclass(frozen=True)
class TutorLoads:
    """How many teachers each tutor has: told by the room that keeps supports to the room that keeps profiles.

    ``of(centre_id, person_ids)`` gives the number of teachers, provisional and supported now, by the tutor's id; those
    without any may be left out. A bounded number of queries.
    """

    slug: str
    order: int
    of: Callable[[int, Iterable[int]], dict[int, int]]


@dataclass(frozen=True)
class AuditWording:
    """How an audit event reads for people: slug is the event, sentence is lazy."""

    slug: str
    order: int
    sentence: Any


@dataclass(frozen=True)
class PersonalData:
    """What a room keeps about a person, for «My data»: ``collect(person_id)`` gives plain values for JSON."""

    slug: str
    order: int
    label: Any  # lazy string
    collect: Callable[[int], Any]


menu: Registry[MenuEntry] = Registry("menu")
desk: Registry[DeskSource] = Registry("desk")
documents: Registry[DocumentKind] = Registry("documents")
audit_wording: Registry[AuditWording] = Registry("audit wording")
personal_data: Registry[PersonalData] = Registry("personal data")
dataset_actions: Registry[DatasetAction] = Registry("dataset actions")
tutees: Registry[Tutees] = Registry("tutees")
tutor_loads: Registry[TutorLoads] = Registry("tutor loads")


def documents_of(fact: Any) -> list[tuple[str, str]]:
    """Label and address of every document that can be made of ``fact``, in each format. No query."""
    kinds = [kind for kind in documents if isinstance(fact, kind.fact)]
    return [(f"{kind.label}, {form.upper()}", kind.url(fact, form)) for kind in kinds for form in ("docx", "pdf")]
