"""One item as a person sees it, and what a plain form brings back. No request, no database.

    asked = ask(content, prefix="i12", seed=7, value={"choice": 0}, pictures=showing.pictures_of(…))
    {% include asked.template %}                                   fields named i12-choice, i12-text, i12-pair-0 …
    value = answers.clean(content, from_post(content, request.POST, "i12"))

The fields work without a script; ``static/traektoria/sitting.js`` reads the same ones by ``data-kind``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, assert_never

from django.http import QueryDict
from django.utils.safestring import SafeString

from traektoria.diagnostics.items import content as c
from traektoria.diagnostics.items.answers import Value, rights, shown_order
from traektoria.diagnostics.items.markup import Pictures, plain_text, shown

LETTERS: Final = "АБВГДЕЖЗИКЛМНПРСТУФХЦШЭЮЯ"
"""Marks of what is chosen from, as on a printed form; after the last one numbers go on."""
_TEXTS = (c.Short, c.Numeric, c.Extended, c.Open)


@dataclass(frozen=True)
class Choice:
    """Something to choose: ``place`` is what the answer says, ``letter`` how it is called on the page."""

    place: int
    letter: str
    text: str
    html: SafeString
    chosen: bool = False
    example: str = ""


@dataclass(frozen=True)
class Row:
    """A line that needs a word of its own: a left side of a matching, a step to put in order. ``given``: that word."""

    place: int
    html: SafeString
    text: str
    given: int | None = None


@dataclass(frozen=True)
class Asked:
    """What ``template`` shows. ``choices`` and ``rows`` stand in the order in which this person sees them."""

    prefix: str
    kind: str
    content: c.Content
    html: SafeString
    value: Mapping[str, Any]
    choices: tuple[Choice, ...] = ()
    rows: tuple[Row, ...] = ()
    ranks: tuple[int, ...] = ()
    disabled: bool = False

    @property
    def template(self) -> str:
        return f"diagnostics/item/{self.kind}.html"

    @property
    def many(self) -> bool:
        """Several may be ticked."""
        return isinstance(self.content, c.Multiple) or bool(getattr(self.content, "many", False))

    @property
    def answered(self) -> bool:
        return bool(self.value)


def ask(
    content: c.Content,
    *,
    prefix: str,
    seed: int = 0,
    value: Value | None = None,
    pictures: Pictures | None = None,
    disabled: bool = False,
) -> Asked:
    """The item for one person. ``seed`` orders what is chosen from; ``pictures``: name in the texts → address."""
    given = value or {}
    texts = _Shown(content.text_format, pictures or {})
    order = shown_order(content, seed)
    choices, rows, ranks = _parts(content, order, given, texts)
    return Asked(prefix, content.kind, content, texts.html(content.text), given, choices, rows, ranks, disabled)


def from_post(content: c.Content, data: QueryDict, prefix: str) -> Value:
    """The raw answer of a plain form, for ``items.answers.clean``."""
    match content:
        case c.Single():
            return {"choice": _number(data.get(f"{prefix}-choice"))}
        case c.Multiple():
            return {"choices": [_number(one) for one in data.getlist(f"{prefix}-choices")]}
        case c.Choice():
            ticked = [_number(one) for one in data.getlist(f"{prefix}-choices") if one != "other"]
            return {"choices": ticked, "other": _other(content, data, prefix)}
        case c.Matching():
            return {"pairs": [_number(data.get(f"{prefix}-pair-{place}")) for place in range(len(content.pairs))]}
        case c.Ordering():
            return {"ranks": [_number(data.get(f"{prefix}-rank-{place}")) for place in range(len(content.order))]}
        case c.Likert() | c.LevelMark():
            return {"step": _number(data.get(f"{prefix}-step"))}
        case c.Short() | c.Numeric() | c.Extended() | c.Open() | c.Description() | c.Unreadable():
            return {"text": data.get(f"{prefix}-text", "")} if isinstance(content, _TEXTS) else {}
        case _:
            assert_never(content)


@dataclass(frozen=True)
class _Shown:
    """Texts of one item as safe HTML and as bare words."""

    text_format: str
    pictures: Pictures

    def html(self, text: str) -> SafeString:
        return shown(text, self.text_format, self.pictures)

    def choice(self, place: int, number: int, text: str, chosen: bool) -> Choice:
        return Choice(place, letter(number), self.words(text), self.html(text), chosen)

    def row(self, place: int, text: str, given: int | None) -> Row:
        return Row(place, self.html(text), self.words(text), given)

    def words(self, text: str) -> str:
        return plain_text(text, self.text_format)


def letter(number: int) -> str:
    """The mark of the choice in this place of the page, from 0."""
    return LETTERS[number] if number < len(LETTERS) else str(number + 1)


_Parts = tuple[tuple[Choice, ...], tuple[Row, ...], tuple[int, ...]]


def _parts(content: c.Content, order: list[int], given: Mapping[str, Any], texts: _Shown) -> _Parts:
    match content:
        case c.Single() | c.Multiple() | c.Choice():
            ticked = {given.get("choice"), *given.get("choices", ())}
            words = [one.text for one in content.options]
            return _choices(words, order, texts, ticked), (), ()
        case c.Matching():
            pairs = given.get("pairs") or [None] * len(content.pairs)
            lefts = [texts.row(place, one.left, pairs[place]) for place, one in enumerate(content.pairs)]
            return _choices(rights(content), order, texts, set()), tuple(lefts), ()
        case c.Ordering():
            chosen = given.get("order")
            ranks = _ranks(given)
            rows = [texts.row(place, content.order[place], ranks.get(place)) for place in chosen or order]
            return (), tuple(rows), tuple(range(1, len(rows) + 1))
        case c.Likert():
            return _steps(content.steps, (), given), (), ()
        case c.LevelMark():
            return _steps(content.descriptors, content.examples, given), (), ()
        case c.Short() | c.Numeric() | c.Extended() | c.Open() | c.Description() | c.Unreadable():
            return (), (), ()
        case _:
            assert_never(content)


def _ranks(given: Mapping[str, Any]) -> dict[int, int | None]:
    """The place of each line, as far as it is known."""
    if "order" in given:
        return {place: rank for rank, place in enumerate(given["order"], start=1)}
    return dict(enumerate(given.get("ranks", ())))


def _choices(words: Sequence[str], order: list[int], texts: _Shown, ticked: set[int | None]) -> tuple[Choice, ...]:
    return tuple(texts.choice(place, number, words[place], place in ticked) for number, place in enumerate(order))


def _steps(words: Sequence[str], examples: Sequence[str], given: Mapping[str, Any]) -> tuple[Choice, ...]:
    """Steps of a scale count from 1 and are bare words."""
    plain = _Shown("plain", {})
    return tuple(
        Choice(step, str(step), text, plain.html(text), given.get("step") == step, (examples or [""] * len(words))[at])
        for at, (step, text) in enumerate(enumerate(words, start=1))
    )


def _number(raw: str | None) -> int | str | None:
    """A place as a number; what is none goes on as it is, for ``clean`` to refuse."""
    return int(raw) if raw is not None and raw.isascii() and raw.isdecimal() and len(raw) < 6 else raw


def _other(content: c.Choice, data: QueryDict, prefix: str) -> str:
    """A line of one's own; where one thing is chosen, it counts when its circle is."""
    text = data.get(f"{prefix}-other", "")
    ticked = data.getlist(f"{prefix}-choices")
    return text if content.many or not ticked or "other" in ticked else ""
