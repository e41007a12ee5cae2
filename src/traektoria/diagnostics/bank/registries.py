"""What the sub-rooms above tell the bank, without being imported by it: filled where they register themselves."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Q

from traektoria.core.registries import Registry
from traektoria.diagnostics.bank.models import BankItem, ItemVersion
from traektoria.diagnostics.items.enums import ItemKind
from traektoria.people.actor import Actor
from traektoria.people.guard import ActorRequest


@dataclass(frozen=True)
class PictureReaders:
    """Who sees the pictures of an item besides its author: conditions on ``ItemPicture`` for this person."""

    slug: str
    order: int
    seen_by: Callable[[Actor], Iterable[Q]]


@dataclass(frozen=True)
class VersionFacts:
    """What the page of an item says of this version besides what the bank knows, by its names in the template."""

    slug: str
    order: int
    facts: Callable[[ItemVersion], Mapping[str, Any]]


class WritingErrand(Protocol):
    """What an item is written for: it says what it is called, which kinds fit and which tags are known."""

    @property
    def title(self) -> str: ...

    @property
    def kinds(self) -> tuple[ItemKind, ...]: ...

    @property
    def tags(self) -> dict[str, str]: ...

    def done(self, item: BankItem, *, new: bool) -> str:
        """The item is saved: the address where to go on."""
        ...


@dataclass(frozen=True)
class Errands:
    """Finds the errand that the address of the editor names; None where it names none."""

    slug: str
    order: int
    of: Callable[[ActorRequest], WritingErrand | None]


picture_readers: Registry[PictureReaders] = Registry("picture_readers")
item_facts: Registry[VersionFacts] = Registry("item_facts")
errands: Registry[Errands] = Registry("errands")


def errand_of(request: ActorRequest) -> WritingErrand | None:
    """What the item is written for, where it is not for the bank alone."""
    return next((found for one in errands if (found := one.of(request))), None)


def facts_of(version: ItemVersion) -> dict[str, Any]:
    """All facts of the sub-rooms above."""
    return {name: value for one in item_facts for name, value in one.facts(version).items()}
