"""What the rooms above offer on the page of a support, without being imported: filled where they register."""

from collections.abc import Callable
from dataclasses import dataclass

from traektoria.core.registries import Registry
from traektoria.people.actor import Actor
from traektoria.routes.tutees.models import TutorSupport


@dataclass(frozen=True)
class SupportLink:
    """A button on a support: ``of(actor, support)`` gives its words, icon and address, or None. No query."""

    slug: str
    order: int
    of: Callable[[Actor, TutorSupport], tuple[str, str, str] | None]


support_links: Registry[SupportLink] = Registry("links of a support")
