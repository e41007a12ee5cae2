"""What a version of an instrument is made of, put together for its pages, for paper and for the checks."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from traektoria.diagnostics.bank.models import BankItem
from traektoria.diagnostics.instruments.item_kinds import form_name, forms_of
from traektoria.diagnostics.instruments.models import FormItem, InstrumentVersion
from traektoria.diagnostics.instruments.queries.instruments import items_of
from traektoria.diagnostics.instruments.settings import Settings, settings_from
from traektoria.diagnostics.items.content import Content, content_of
from traektoria.diagnostics.items.enums import Level
from traektoria.diagnostics.items.kinds.protocol import Kind
from traektoria.diagnostics.items.kinds.registry import KINDS
from traektoria.diagnostics.items.markup import plain_text

EXCERPT = 160
LEVELS = (Level.BASIC, Level.RAISED, Level.HIGH, Level.NONE)


@dataclass(frozen=True)
class CompositionRow:
    """An item in its place. ``number`` is what people see; a text between questions has none."""

    form_item: FormItem
    content: Content
    number: int | None
    first: bool
    last: bool

    @property
    def item(self) -> BankItem:
        return self.form_item.item_version.item

    @property
    def points(self) -> Decimal:
        return self.form_item.item_version.max_score

    @property
    def excerpt(self) -> str:
        """How the question begins, without markup."""
        return excerpt(self.content)

    @property
    def newer(self) -> bool:
        """The bank has a newer version of the item."""
        return self.item.current_id != self.form_item.item_version_id


@dataclass(frozen=True)
class FormPart:
    form: str
    rows: tuple[CompositionRow, ...]

    @property
    def name(self) -> str:
        return form_name(self.form)

    @cached_property
    def points(self) -> Decimal:
        return sum((row.points for row in self.rows), Decimal(0))

    @property
    def asked(self) -> int:
        """How many items ask something."""
        return sum(row.number is not None for row in self.rows)


@dataclass(frozen=True)
class BlueprintTopic:
    """A topic and a level; ``counts`` and ``points`` go with the forms."""

    topic: str
    level: str
    counts: tuple[int, ...]
    points: tuple[Decimal, ...]

    @property
    def level_name(self) -> str:
        return str(Level(self.level).label) if self.level else ""

    @property
    def uneven(self) -> bool:
        return len(set(zip(self.counts, self.points, strict=True))) > 1


@dataclass(frozen=True)
class ScaleLine:
    """A scale of a questionnaire: how many statements, and how many of them are turned round."""

    scale: str
    statements: int
    reversed: int


@dataclass(frozen=True)
class Composition:
    version: InstrumentVersion
    settings: Settings
    forms: tuple[FormPart, ...]

    @property
    def rows(self) -> Iterable[CompositionRow]:
        return (row for part in self.forms for row in part.rows)

    @cached_property
    def topics(self) -> tuple[BlueprintTopic, ...]:
        """Topics with levels of what is asked, in the order of their first appearance, basic first."""
        tallies = [_tally(part.rows) for part in self.forms]
        topics = list(dict.fromkeys(row.item.topic for row in self.rows if row.number))
        order = [(topic, level) for topic in topics for level in LEVELS]
        found = {key for numbers, _points in tallies for key in numbers}
        return tuple(_line(key, tallies) for key in order if key in found)

    @cached_property
    def scales(self) -> tuple[ScaleLine, ...]:
        """Scales in the order of the settings, then those that only statements name."""
        counted = [row.content for row in self.rows if row.content.scale_name]
        named = dict.fromkeys([*self.settings.scales, *(one.scale_name for one in counted)])
        return tuple(_scale(name, [one for one in counted if one.scale_name == name]) for name in named)

    def part(self, form: str) -> FormPart:
        """The form, or the first one where there is none of that name."""
        return next((part for part in self.forms if part.form == form), self.forms[0])


def composition_of(version: InstrumentVersion) -> Composition:
    """Everything about the content of a version. One query."""
    return composed(version, items_of(version))


def composed(version: InstrumentVersion, items: Sequence[FormItem]) -> Composition:
    settings = settings_from(version.settings)
    forms = forms_of(settings.two_forms)
    return Composition(
        version, settings, tuple(_form(form, [one for one in items if one.form == form]) for form in forms)
    )


def excerpt(content: Content) -> str:
    """How the text of an item begins, in one line, without markup."""
    text = " ".join(plain_text(content.text, content.text_format).split())
    return text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1].rstrip()}…"


def _form(form: str, items: Sequence[FormItem]) -> FormPart:
    rows, number = [], 0
    for place, one in enumerate(items):
        asks = KINDS[one.item_version.item.kind].asks
        number += asks
        content = content_of(one.item_version.content)
        rows.append(CompositionRow(one, content, number if asks else None, place == 0, place == len(items) - 1))
    return FormPart(form, tuple(rows))


Key = tuple[str, str]


def _tally(rows: Iterable[CompositionRow]) -> tuple[Counter[Key], Counter[Key]]:
    numbers: Counter[Key] = Counter()
    points: Counter[Key] = Counter()
    for row in rows:
        if row.number:
            numbers[row.item.topic, row.item.level] += 1
            points[row.item.topic, row.item.level] += row.points  # type: ignore[assignment]
    return numbers, points


def _line(key: Key, tallies: Sequence[tuple[Counter[Key], Counter[Key]]]) -> BlueprintTopic:
    counts = tuple(numbers[key] for numbers, _points in tallies)
    return BlueprintTopic(*key, counts, tuple(Decimal(points[key]) for _numbers, points in tallies))


def _scale(name: str, statements: Sequence[Kind]) -> ScaleLine:
    return ScaleLine(name, len(statements), sum(one.is_turned for one in statements))
