"""Pieces of an item as a person sees it: what is chosen from, the lines that need a word of their own."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

from django.utils.safestring import SafeString

from traektoria.diagnostics.items.markup import Pictures, plain_text, shown

LETTERS: Final = "АБВГДЕЖЗИКЛМНПРСТУФХЦШЭЮЯ"
"""Marks of what is chosen from, as on a printed form; after the last one numbers go on."""


@dataclass(frozen=True)
class ShownChoice:
    """Something to choose: ``place`` is what the answer says, ``letter`` how it is called on the page."""

    place: int
    letter: str
    text: str
    html: SafeString
    chosen: bool = False
    example: str = ""


@dataclass(frozen=True)
class PieceRow:
    """A line that needs a word of its own: a left side of a matching, a step to put in order. ``given``: that word."""

    place: int
    html: SafeString
    text: str
    given: int | None = None


@dataclass(frozen=True)
class Fields:
    """What the template of a kind shows. ``choices`` and ``rows`` stand in the order in which this person sees them."""

    choices: tuple[ShownChoice, ...] = ()
    rows: tuple[PieceRow, ...] = ()
    ranks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Texts:
    """Texts of one item as safe HTML and as bare words."""

    text_format: str
    pictures: Pictures

    def html(self, text: str) -> SafeString:
        return shown(text, self.text_format, self.pictures)

    def choice(self, place: int, number: int, text: str, chosen: bool) -> ShownChoice:
        return ShownChoice(place, letter(number), self.words(text), self.html(text), chosen)

    def row(self, place: int, text: str, given: int | None) -> PieceRow:
        return PieceRow(place, self.html(text), self.words(text), given)

    def words(self, text: str) -> str:
        return plain_text(text, self.text_format)

    def choices(self, words: Sequence[str], order: Sequence[int], ticked: Set[int | None]) -> tuple[ShownChoice, ...]:
        return tuple(self.choice(place, number, words[place], place in ticked) for number, place in enumerate(order))


def letter(number: int) -> str:
    """The mark of the choice in this place of the page, from 0."""
    return LETTERS[number] if number < len(LETTERS) else str(number + 1)


def steps(words: Sequence[str], examples: Sequence[str], given: Mapping[str, Any]) -> Fields:
    """Steps of a scale count from 1 and are bare words."""
    plain = Texts("plain", {})
    return Fields(
        tuple(
            ShownChoice(
                step, str(step), text, plain.html(text), given.get("step") == step, (examples or [""] * len(words))[at]
            )
            for at, (step, text) in enumerate(enumerate(words, start=1))
        )
    )
