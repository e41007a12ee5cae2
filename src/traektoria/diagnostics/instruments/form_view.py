"""A form of an instrument as it is seen: on the screen before publishing, on paper, in a protocol that is filled in."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, assert_never

from django.utils.safestring import SafeString

from traektoria.diagnostics.bank.models import ItemPicture
from traektoria.diagnostics.bank.pictures import pictures_of
from traektoria.diagnostics.instruments.composition import FormPart, Row
from traektoria.diagnostics.items import content as c
from traektoria.diagnostics.items.answers import rights, stored
from traektoria.diagnostics.items.item_view import Asked, Choice, ask, letter
from traektoria.diagnostics.items.marking_rules import range_words
from traektoria.diagnostics.items.markup import Pictures, shown

CELLS = 17
"""Boxes for a short answer on the sheet, as on the sheets of the state exams."""


@dataclass(frozen=True)
class Presented:
    """An item in its place with its fields; ``seed`` of the order in which choices stand is the id of the place."""

    row: Row
    asked: Asked

    @property
    def number(self) -> int | None:
        return self.row.number

    @property
    def boxes(self) -> range:
        """Boxes for letters or digits on the sheet of answers."""
        match self.row.content:
            case c.Short() | c.Numeric():
                return range(CELLS)
            case c.Ordering():
                return range(len(self.row.content.order))
            case (
                c.Single()
                | c.Multiple()
                | c.Matching()
                | c.Extended()
                | c.Likert()
                | c.Choice()
                | c.Open()
                | c.LevelMark()
                | c.Description()
                | c.Unreadable()
            ):
                return range(0)
            case _:
                assert_never(self.row.content)

    @property
    def letters(self) -> tuple[str, ...]:
        """Marks of the lines to put in order, as they stand on paper."""
        return tuple(letter(number) for number in range(len(self.asked.rows)))

    @property
    def lines(self) -> range:
        """Ruled lines for an answer in words."""
        match self.row.content:
            case c.Open():
                return range(self.row.content.lines)
            case c.Extended():
                return range(14)
            case (
                c.Single()
                | c.Multiple()
                | c.Short()
                | c.Numeric()
                | c.Matching()
                | c.Ordering()
                | c.Likert()
                | c.Choice()
                | c.LevelMark()
                | c.Description()
                | c.Unreadable()
            ):
                return range(0)
            case _:
                assert_never(self.row.content)


@dataclass(frozen=True)
class RightAnswer:
    """What a marker needs for one item: the right answer in words, or criteria, and how many points there are."""

    row: Row
    words: tuple[str, ...]
    texts: tuple[SafeString, ...]
    guidance: SafeString
    criteria: tuple[c.Criterion, ...]


def presented(
    part: FormPart,
    values: Mapping[str, dict[str, Any]] | None = None,
    *,
    pictures: Mapping[int, Pictures] | None = None,
    disabled: bool = False,
    typed: bool = False,
) -> list[Presented]:
    """Items of a form with their fields, filled by ``values`` ({id of the form item: answer}). One query, for the
    pictures, where they are not given (by the id of the item). ``typed``: values were sent and are shown as they are.
    """
    pictures = pictures_for(part.rows) if pictures is None else pictures
    given = values or {}
    values_of = _typed if typed else stored
    return [
        Presented(
            row,
            ask(
                row.content,
                prefix=prefix_of(row),
                seed=row.form_item.pk,
                value=values_of(row.content, given.get(str(row.form_item.pk))),
                pictures=pictures[row.item.pk],
                disabled=disabled,
            ),
        )
        for row in part.rows
    ]


def _typed(_content: c.Content, value: Any) -> dict[str, Any]:
    return value or {}


def prefix_of(row: Row) -> str:
    """What the fields of the item are called on a page."""
    return f"i{row.form_item.pk}"


def pictures_for(rows: Sequence[Row]) -> Mapping[int, Pictures]:
    """Pictures of the items, by the id of the item."""
    found: dict[int, list[ItemPicture]] = defaultdict(list)
    for picture in ItemPicture.objects.filter(item__in=[row.item.pk for row in rows]):
        found[picture.item_id].append(picture)
    return defaultdict(dict, {pk: pictures_of(own) for pk, own in found.items()})


def right_answers(part: FormPart, pictures: Mapping[int, Pictures] | None = None) -> list[RightAnswer]:
    """The key of a form: marks as they stand on its paper."""
    pictures = pictures_for(part.rows) if pictures is None else pictures
    return [_right(one, pictures[one.row.item.pk]) for one in presented(part, pictures=pictures) if one.number]


def _right(one: Presented, pictures: Pictures) -> RightAnswer:
    content = one.row.content
    guidance = content.guidance if isinstance(content, c.Extended) else content.feedback
    return RightAnswer(
        row=one.row,
        words=tuple(_words(content, one.asked)),
        texts=tuple(chosen.html for chosen in _right_choices(content, one.asked)),
        guidance=shown(guidance, content.text_format, pictures) if guidance else SafeString(""),
        criteria=content.criteria if isinstance(content, c.Extended) else (),
    )


def _right_choices(content: c.Content, asked: Asked) -> list[Choice]:
    if not isinstance(content, c.Single | c.Multiple):
        return []
    weights = [_weight(option.weight) for option in content.options]
    best = max(weights)
    wanted = [place for place, weight in enumerate(weights) if weight > 0]
    if isinstance(content, c.Single):
        wanted = [place for place in wanted if weights[place] == best]
    return [choice for choice in asked.choices if choice.place in wanted]


def _weight(text: str) -> Decimal:
    top, _slash, bottom = text.partition("/")
    return Decimal(top) / Decimal(bottom or 1)


def _words(content: c.Content, asked: Asked) -> list[str]:
    match content:
        case c.Single() | c.Multiple():
            return ["".join(choice.letter for choice in _right_choices(content, asked))]
        case c.Short():
            return [one.text for one in content.accepted if _weight(one.weight) > 0]
        case c.Numeric():
            return [range_words(one, content.unit) for one in content.ranges if _weight(one.weight) > 0]
        case c.Matching():
            marks = {choice.place: choice.letter for choice in asked.choices}
            order = [marks[rights(content).index(pair.right)] for pair in content.pairs]
            return [", ".join(f"{number}–{mark}" for number, mark in enumerate(order, start=1))]
        case c.Ordering():
            letters = {row.place: letter(number) for number, row in enumerate(asked.rows)}
            return ["".join(letters[place] for place in range(len(content.order)))]
        case c.Extended() | c.Likert() | c.Choice() | c.Open() | c.LevelMark() | c.Description() | c.Unreadable():
            return []
        case _:
            assert_never(content)
