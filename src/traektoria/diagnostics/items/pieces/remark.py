"""A remark on an item: where, what to correct, and whether it must be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Remark:
    """``place`` is the name of a field of the editor. ``serious``: the item cannot be asked so; otherwise it is worth
    a look."""

    place: str
    sentence: str
    serious: bool = True
