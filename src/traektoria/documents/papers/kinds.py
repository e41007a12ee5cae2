"""The list of official papers: who may take each, of which fact, and how it is put into words."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Model, QuerySet

from traektoria.engines.papers import Paper
from traektoria.people.actor import Actor


@dataclass(frozen=True)
class PaperKind:
    """``facts(actor)`` are those whose paper the person may take; ``paper(fact)`` puts one into words, in Russian.

    ``version(fact)`` and ``centre_id(fact)`` go into the register of issued documents.
    """

    slug: str
    label: Any  # lazy string
    fact: type[Model]
    facts: Callable[[Actor], QuerySet[Any]]
    paper: Callable[[Any], Paper]
    version: Callable[[Any], int] = lambda fact: 1
    centre_id: Callable[[Any], int] = attrgetter("centre_id")


KINDS: dict[str, PaperKind] = {kind.slug: kind for kind in ()}
