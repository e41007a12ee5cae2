"""Disclosure control: which groups may be shown, and what may be said inside a shown group (``cells``).

``decision`` keeps one moment safe, ``history`` all that was ever shown of the same pupils.
The names are loaded on first use.
"""

from typing import TYPE_CHECKING

from traektoria.engines.lazy_imports import loaded_on_use

if TYPE_CHECKING:
    from .audit import DisclosedTable, stays_hidden
    from .cells import both_sides, is_safe_together, shown_cells, shown_parts, told_apart
    from .decision import MINIMUM, Decision, Key, Order, by_name, decide, school_key, secret_order
    from .history import State, release, release_tables, weak_bundles
    from .roll import EVERYBODY, Roll, covers
    from .rounded_counts import at_least

__all__ = [
    "EVERYBODY",
    "MINIMUM",
    "Decision",
    "DisclosedTable",
    "Key",
    "Order",
    "Roll",
    "State",
    "at_least",
    "both_sides",
    "by_name",
    "covers",
    "decide",
    "is_safe_together",
    "release",
    "release_tables",
    "school_key",
    "secret_order",
    "shown_cells",
    "shown_parts",
    "stays_hidden",
    "told_apart",
    "weak_bundles",
]

__getattr__ = loaded_on_use(
    __name__,
    {
        "audit": ("DisclosedTable", "stays_hidden"),
        "cells": ("both_sides", "is_safe_together", "shown_cells", "shown_parts", "told_apart"),
        "decision": ("MINIMUM", "Decision", "Key", "Order", "by_name", "decide", "school_key", "secret_order"),
        "history": ("State", "release", "release_tables", "weak_bundles"),
        "roll": ("EVERYBODY", "Roll", "covers"),
        "rounded_counts": ("at_least",),
    },
)
