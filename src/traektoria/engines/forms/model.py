"""What forms are made of, and what they are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ItemCandidate:
    """An item of the bank. `points` is its highest score, `exposure` how often it has been used.

    `difficulty` b and `discrimination` a are of the model of answers (logits, no 1.7); None where nobody knows them.
    """

    key: str
    topic: str
    level: str
    points: int = 1
    difficulty: float | None = None
    discrimination: float | None = None
    exposure: int = 0


@dataclass(frozen=True)
class Row:
    """One row of a blueprint: so many items on the topic in each form; `level` None takes any level."""

    topic: str
    level: str | None
    number: int


@dataclass(frozen=True)
class FormRules:
    """How many `forms`, and how many of their items (`anchors`) they have in common.

    Items used `max_exposure` times or more are left out. Differences of difficulty up to `tolerance` (logits) are as
    good as none: where they allow a choice, the less used items are taken.
    """

    forms: int = 2
    anchors: int = 0
    max_exposure: int | None = None
    tolerance: float = 0.05


@dataclass(frozen=True)
class Form:
    """Keys of the items in order: rows as in the blueprint, in each of them common items first, then by difficulty."""

    name: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Need:
    """A row whose duplicates are joined, and how many of its `number` items are common to all forms."""

    topic: str
    level: str | None
    number: int
    anchors: int

    def items(self, forms: int) -> int:
        """How many different items all forms take together."""
        return forms * (self.number - self.anchors) + self.anchors

    def takes(self, item: ItemCandidate) -> bool:
        return item.topic == self.topic and self.level in (None, item.level)
