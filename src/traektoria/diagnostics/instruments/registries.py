"""What the sub-rooms above tell the pages of instruments, without being imported by them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from traektoria.core.registries import Registry
from traektoria.diagnostics.instruments.models import Instrument


@dataclass(frozen=True)
class InstrumentFacts:
    """What the page of an instrument says besides what is known here, by its names in the template."""

    slug: str
    order: int
    facts: Callable[[Instrument], Mapping[str, Any]]


instrument_facts: Registry[InstrumentFacts] = Registry("instrument_facts")


def facts_of(instrument: Instrument) -> dict[str, Any]:
    """All facts of the sub-rooms above."""
    return {name: value for one in instrument_facts for name, value in one.facts(instrument).items()}
