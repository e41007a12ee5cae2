"""A form of an instrument as it is seen: on the screen before publishing, on paper, in a protocol that is filled in."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from traektoria.diagnostics.bank.models import ItemPicture
from traektoria.diagnostics.bank.pictures import pictures_of
from traektoria.diagnostics.instruments.composition import CompositionRow, FormPart
from traektoria.diagnostics.items.answers import stored
from traektoria.diagnostics.items.item_view import Asked, ask
from traektoria.diagnostics.items.kinds.protocol import AnswerSheet, Kind
from traektoria.diagnostics.items.markup import Pictures, shown
from traektoria.diagnostics.items.pieces.content import Criterion
from traektoria.diagnostics.items.pieces.view import letter


@dataclass(frozen=True)
class Presented:
    """An item in its place with its fields; ``seed`` of the order in which choices stand is the id of the place."""

    row: CompositionRow
    asked: Asked

    @property
    def number(self) -> int | None:
        return self.row.number

    @property
    def boxes(self) -> range:
        """Boxes for letters or digits on the sheet of answers."""
        return range(self.row.content.boxes)

    @property
    def letters(self) -> tuple[str, ...]:
        """Marks of the lines to put in order, as they stand on paper."""
        return tuple(letter(number) for number in range(len(self.asked.rows)))

    @property
    def lines(self) -> range:
        """Ruled lines for an answer in words."""
        return range(self.row.content.ruled_lines)

    @property
    def on_sheet(self) -> str:
        """The template of its place on the sheet of answers."""
        return f"diagnostics/item/sheet/{self.row.content.sheet.value}.html"

    @property
    def needs_page(self) -> bool:
        """Its answer stands below the table of the sheet."""
        return self.row.content.sheet is AnswerSheet.PAGE


@dataclass(frozen=True)
class RightAnswer:
    """What a marker needs for one item: the right answer in words, or criteria, and how many points there are."""

    row: CompositionRow
    words: tuple[str, ...]
    texts: tuple[SafeString, ...]
    guidance: SafeString
    criteria: tuple[Criterion, ...]


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


def _typed(_content: Kind, value: Any) -> dict[str, Any]:
    return value or {}


def prefix_of(row: CompositionRow) -> str:
    """What the fields of the item are called on a page."""
    return f"i{row.form_item.pk}"


def pictures_for(rows: Sequence[CompositionRow]) -> Mapping[int, Pictures]:
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
    content, asked = one.row.content, one.asked
    guidance = content.for_markers or content.feedback
    return RightAnswer(
        row=one.row,
        words=tuple(content.right_words(asked.choices, asked.rows)),
        texts=tuple(chosen.html for chosen in content.right_choices(asked.choices)),
        guidance=shown(guidance, content.text_format, pictures) if guidance else SafeString(""),
        criteria=content.criteria_for_markers,
    )
