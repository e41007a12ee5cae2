"""Adaptive sittings: the next item by information, under a blueprint and a limit of exposure. Pure and stateless.

`make_pool` and `check_rules` once for a campaign, `next_item` after each answer. docs/forms-and-groups.md has what it
saves in simulation.
The names are loaded on first use.
"""

from typing import TYPE_CHECKING

from traektoria.engines.lazy_imports import loaded_on_use

if TYPE_CHECKING:
    from .ability_estimate import Ability, AdaptiveAnswer, ability
    from .choice import End, ItemChoice, Stop, Why, next_item
    from .errors import AdaptiveCode, AdaptiveProblem, AdaptiveRefused
    from .pool import Pool, PoolItem, make_pool
    from .rules import AdaptiveRules, Topic, check_rules, closed_items
    from .simulation import Simulated, simulate, simulate_fixed

__all__ = [
    "Ability",
    "AdaptiveAnswer",
    "AdaptiveCode",
    "AdaptiveProblem",
    "AdaptiveRefused",
    "AdaptiveRules",
    "End",
    "ItemChoice",
    "Pool",
    "PoolItem",
    "Simulated",
    "Stop",
    "Topic",
    "Why",
    "ability",
    "check_rules",
    "closed_items",
    "make_pool",
    "next_item",
    "simulate",
    "simulate_fixed",
]

__getattr__ = loaded_on_use(
    __name__,
    {
        "ability_estimate": ("Ability", "AdaptiveAnswer", "ability"),
        "choice": ("ItemChoice", "End", "Stop", "Why", "next_item"),
        "errors": ("AdaptiveRefused", "AdaptiveCode", "AdaptiveProblem"),
        "pool": ("Pool", "PoolItem", "make_pool"),
        "rules": ("AdaptiveRules", "Topic", "check_rules", "closed_items"),
        "simulation": ("Simulated", "simulate", "simulate_fixed"),
    },
)
