"""Registries: how a room tells the rooms below what it has, without being imported by them.

Each room fills them in its ``AppConfig.ready()``; the order of entries is by their ``order``, never by import. Here is
what pages gather; tasks, files and supports have theirs in ``tasks.kinds``, ``installation.sources`` and ``support``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import models

Item = TypeVar("Item", bound=Any)
MOST_SHOWN = 9
"""So many hits of one source the search asks for: it shows eight, and says when there are more."""


class Registry(Generic[Item]):
    """Entries with ``slug`` and ``order``; a slug is taken once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._items: dict[str, Item] = {}
        self._entries: tuple[Item, ...] = ()
        self._ordered: tuple[Item, ...] = ()

    def add(self, item: Item) -> None:
        taken = self._items.get(item.slug)
        if taken is not None and taken != item:
            raise ValueError(f"{self.name}: «{item.slug}» is registered twice")
        self._items[item.slug] = item

    def get(self, slug: str) -> Item | None:
        return self._items.get(slug)

    def __iter__(self) -> Iterator[Item]:
        """By their order, which is worked out once for the entries that there are."""
        entries = tuple(self._items.values())
        if entries != self._entries:
            self._ordered = tuple(sorted(entries, key=lambda item: (item.order, item.slug)))
            self._entries = entries
        return iter(self._ordered)


@dataclass(frozen=True)
class MenuEntry:
    """A place in the navigation, in the users' words; ``visible(actor)`` says who has it. ``moves(actor)``: the answer
    may change while roles and regulations stay, so that it is asked on each page."""

    slug: str
    order: int
    label: Any  # lazy string
    url_name: str
    icon: str
    visible: Callable[[Any], bool]
    prefixes: tuple[str, ...]  # paths under which the entry is the current one
    moves: Callable[[Any], bool] = lambda actor: False


@dataclass(frozen=True)
class Creation:
    """Something new that this person may begin, in the menu «Create»; ``visible(actor)`` says who has it."""

    slug: str
    order: int
    label: Any  # lazy string, a verb first
    url_name: str
    icon: str
    visible: Callable[[Any], bool]


@dataclass(frozen=True)
class Found:
    """One hit of the search: what it is called, what else tells it apart, where it is."""

    title: str
    note: str
    url: str


@dataclass(frozen=True)
class SearchSource:
    """What a room lets be found: ``find(actor, text)`` gives the hits among what the actor may see, the best first, in
    a bounded number of queries; the search takes the first ones.

    ``label`` heads the hits. Its words, and those of ``called``, say what is looked for and are not looked for
    themselves («маршрут Семёновой»).
    """

    slug: str
    order: int
    label: Any  # lazy string
    find: Callable[[Any, str], Iterable[Found]]
    called: Any = ""  # lazy string


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
class Waited:
    """A row of ``core.Waiting`` as its kind words it: the first of ``number``, where the kind is told as a sum.

    ``name`` is of the person whom it names, ``centre`` the centre's name; ``due`` and ``since`` are the earliest of all
    of them, ``today`` is the day of the centre.
    """

    object_id: str
    centre: str
    name: str
    facts: dict[str, Any]
    due: date | None
    since: datetime
    today: date
    number: int = 1


@dataclass(frozen=True)
class Words:
    """What a line of the desk says."""

    what: str
    who: str
    url: str
    action: str


@dataclass(frozen=True)
class WaitingKind:
    """How one kind of waiting reads. ``sums``: all of them are one line, worded by ``words`` from the first.

    ``group``: «soon» becomes «today» when the due day comes, the others stay; ``group_of`` says it otherwise.
    ``letter`` names it in a reminder before the due day, without persons and content. A kind whose rows have a due day
    has a letter or ``no_letter``: why nobody is reminded.
    """

    slug: str
    order: int
    group: DeskGroup
    words: Callable[[Waited], Words]
    sums: bool = False
    group_of: Callable[[Waited], DeskGroup] | None = None
    letter: Any = ""  # lazy string
    no_letter: str = ""

    def grouped(self, row: Waited) -> DeskGroup:
        if self.group_of is not None:
            return self.group_of(row)
        comes = self.group == DeskGroup.SOON and row.due is not None and row.due <= row.today
        return DeskGroup.TODAY if comes else self.group


@dataclass(frozen=True)
class Wait:
    """What should stand in ``core.Waiting``: ``kind`` waits for ``to`` because of ``obj`` (a row or its key).
    ``not_for`` are persons who are not asked although the role is theirs."""

    kind: str
    to: str
    obj: Any
    centre_id: int | None = None
    about_id: int | None = None
    not_for: tuple[int, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    due: date | None = None
    since: datetime | None = None
    shows_from: date | None = None
    shows_until: date | None = None


@dataclass(frozen=True)
class Watch:
    """Whenever a ``model`` is saved or deleted, ``owners(row)`` gives the keys of the objects whose waiting is to be
    asked anew. ``fields``: a save of other fields alone (``update_fields``) asks nothing. ``many``: ``owners`` takes a
    list of rows, so that an import asks it once for all of them."""

    model: type[models.Model]
    owners: Callable[[Any], Iterable[Any]] = lambda row: (row.pk,)
    fields: frozenset[str] = frozenset()
    many: bool = False


@dataclass(frozen=True)
class WaitingSource:
    """Who waits because of objects of ``model``: ``rows(objects)`` tells of some or of all of them by what is in the
    database now, in a bounded number of queries. The days of a row say when it shows: ``rows`` never asks the clock.
    A save of ``model`` itself is heard too, whatever it changes, unless a watch of it says otherwise. ``by_keys``:
    ``rows`` takes a list of keys, for what a crowd's acts ask each time (``core.joined_rows``)."""

    slug: str
    order: int
    model: type[models.Model]
    rows: Callable[[Any], Iterable[Wait]]
    kinds: tuple[WaitingKind, ...]
    watches: tuple[Watch, ...] = ()
    by_keys: bool = False

    @cached_property
    def with_a_due_day(self) -> frozenset[str]:
        """The kinds of which it is decided whether a reminder goes."""
        return frozenset(kind.slug for kind in self.kinds if kind.letter or kind.no_letter)


@dataclass(frozen=True)
class DeskSign:
    """What stands on the desk although nothing waits: a sign that no act writes. ``lines(actor)`` makes no query for
    anybody but the administrator."""

    slug: str
    order: int
    lines: Callable[[Any], Iterable[DeskLine]]


@dataclass(frozen=True)
class DocumentKind:
    """A document that can be made of a fact. ``fits(fact)`` says whether this one has it."""

    slug: str
    order: int
    label: Any  # lazy string
    fact: type
    url: Callable[[Any, str], str]  # (fact, "docx" | "pdf") -> address
    fits: Callable[[Any], bool] = lambda fact: True


@dataclass(frozen=True)
class DatasetNote:
    """What a room above says of a file to whoever reads it: a sentence, or an empty one."""

    slug: str
    order: int
    of: Callable[[Any, Any], str]


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
class PersonalData:
    """What a room keeps about a person, for «My data»: ``collect(person_id)`` gives plain values for JSON."""

    slug: str
    order: int
    label: Any  # lazy string
    collect: Callable[[int], Any]


@dataclass(frozen=True)
class ConsentLine:
    """One consent of a person as «My data» tells it: to what, where, when given or refused, until when in force."""

    what: str
    where: str
    given_at: datetime | None
    ended_at: datetime | None = None
    refused_at: datetime | None = None
    text: str = ""


@dataclass(frozen=True)
class ConsentSource:
    """The consents that a room keeps: ``of(person_id)``, in a bounded number of queries."""

    slug: str
    order: int
    of: Callable[[int], Iterable[ConsentLine]]


@dataclass(frozen=True)
class ErrandKind:
    """Work that a person asks for and that may take long (``core.errands``). ``label`` is what they read of it.

    ``light`` is the most (rows, bytes) that takes less than a page may: it is done at once. ``check(actor, facts)``
    raises who may not, or no more: when it is asked for, done and fetched. ``run(doing)`` gives what was made or where
    it is shown; it may be done twice. ``fetched(actor, facts)`` notes that the file was taken away.
    """

    slug: str
    order: int
    label: Any  # lazy string
    light: int
    check: Callable[[Any, dict[str, Any]], None]
    run: Callable[[Any], Any]
    fetched: Callable[[Any, dict[str, Any]], None] = lambda actor, facts: None


@dataclass(frozen=True)
class ActorSource:
    """Who acts with an account, by the roles of this moment; None where nobody may sign in with it."""

    slug: str
    order: int
    of: Callable[[int], Any]


menu: Registry[MenuEntry] = Registry("menu")
creations: Registry[Creation] = Registry("creations")
search: Registry[SearchSource] = Registry("search")
desk_signs: Registry[DeskSign] = Registry("signs of the desk")
waiting_sources: Registry[WaitingSource] = Registry("waiting")
documents: Registry[DocumentKind] = Registry("documents")
personal_data: Registry[PersonalData] = Registry("personal data")
dataset_actions: Registry[DatasetAction] = Registry("dataset actions")
dataset_notes: Registry[DatasetNote] = Registry("dataset notes")
consent_sources: Registry[ConsentSource] = Registry("consents")
errand_kinds: Registry[ErrandKind] = Registry("errands")
actors: Registry[ActorSource] = Registry("actors")


_event_words: dict[str, Any] = {}


def word_events(words: Mapping[str, Any]) -> None:
    """How audit events of a room read: lazy sentences by event, each of which is worded once."""
    if twice := words.keys() & _event_words.keys():
        raise ValueError(f"audit events are worded twice: {', '.join(sorted(twice))}")
    _event_words.update(words)


def event_words(event: str) -> str:
    """Of an audit event; empty where no room words it."""
    return str(_event_words.get(event, ""))


def documents_of(fact: Any) -> list[tuple[str, str]]:
    """Label and address of every document that can be made of ``fact``, in each format. No query."""
    kinds = [kind for kind in documents if isinstance(fact, kind.fact) and kind.fits(fact)]
    return [(f"{kind.label}, {form.upper()}", kind.url(fact, form)) for kind in kinds for form in ("docx", "pdf")]
