"""What the sub-rooms above tell of an application, without being imported: filled where they register."""

from collections.abc import Callable
from dataclasses import dataclass

from traektoria.core.registries import Registry
from traektoria.people.actor import Actor
from traektoria.tutors.applications.models import Application


@dataclass(frozen=True)
class DecisionPapers:
    """Links to the papers of the last decision on an application, for this person: (title, address)."""

    slug: str
    order: int
    of: Callable[[Application, Actor], list[tuple[str, str]]]


decision_papers: Registry[DecisionPapers] = Registry("decision_papers")
