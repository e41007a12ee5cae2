"""The plan of a work: topic × level × number; what the bank has for it; what is missing, row by row."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.core.text import squash
from traektoria.diagnostics.bank.models import BankItem
from traektoria.diagnostics.instruments.settings import BlueprintRow
from traektoria.diagnostics.items.enums import Level
from traektoria.diagnostics.items.kinds.registry import KINDS
from traektoria.engines.forms import FormCode, FormsRefused, ItemCandidate, Row

LEVELS = ("basic", "raised", "high", "")
"""Columns of the plan; "" is any level."""
MOST_TOPICS, MOST_ITEMS = 300, 50


@dataclass(frozen=True)
class BlueprintCell:
    """A topic and a level: how many a form takes, of how many in the bank."""

    name: str
    level: str
    number: int
    there: int
    typed: str | None = None

    @property
    def value(self) -> str:
        """What stands in the field: as it was typed where that was refused."""
        return self.typed if self.typed is not None else str(self.number or "")

    @property
    def label(self) -> str:
        return level_name(self.level)

    @property
    def short(self) -> bool:
        return 2 * self.number > self.there


@dataclass(frozen=True)
class PlanLine:
    topic: str
    cells: tuple[BlueprintCell, ...]

    @property
    def number(self) -> int:
        return sum(cell.number for cell in self.cells)


def level_name(level: str) -> str:
    """A column of the plan in words."""
    return str(Level(level).label) if level else _("any level")


def plan_lines(
    rows: Sequence[BlueprintRow], there: Mapping[tuple[str, str], int], typed: Mapping[str, str] | None = None
) -> list[PlanLine]:
    """A line for each topic of the bank and of the plan. ``there``: (topic, level) → items in the bank.

    ``typed``: what a refused page sent, shown again.
    """
    wanted: dict[tuple[str, str], int] = {(row.topic, row.level): row.number for row in rows}
    topics = sorted({topic for topic, _level in [*there, *wanted] if topic})
    return [PlanLine(topic, _cells(place, topic, wanted, there, typed or {})) for place, topic in enumerate(topics)]


def _cells(
    place: int,
    topic: str,
    wanted: Mapping[tuple[str, str], int],
    there: Mapping[tuple[str, str], int],
    typed: Mapping[str, str],
) -> tuple[BlueprintCell, ...]:
    total = sum(number for (name, _level), number in there.items() if name == topic)
    return tuple(
        BlueprintCell(
            name=f"n-{place}-{level or 'any'}",
            level=level,
            number=wanted.get((topic, level), 0),
            there=there.get((topic, level), 0) if level else total,
            typed=typed.get(f"n-{place}-{level or 'any'}"),
        )
        for level in LEVELS
    )


def counts_of(items: Iterable[BankItem]) -> dict[tuple[str, str], int]:
    """(topic, level) → how many items of the bank can be drawn."""
    return dict(Counter((item.topic, item.level) for item in items if can_be_drawn(item)))


def can_be_drawn(item: BankItem) -> bool:
    """Items with a topic that give points."""
    return bool(item.topic) and KINDS[item.kind].asks and bool(item.current and item.current.max_score > 0)


def rows_of(posted: Mapping[str, str]) -> tuple[BlueprintRow, ...]:
    """The plan as its page sends it: ``topic-0``, ``n-0-basic`` … Raises ``Invalid`` for what is no number."""
    rows = []
    for place in range(MOST_TOPICS):
        topic = squash(posted.get(f"topic-{place}", ""))[:300]
        for level in LEVELS if topic else ():
            number = _number(posted.get(f"n-{place}-{level or 'any'}", ""), topic)
            if number:
                rows.append(BlueprintRow(topic=topic, level=level, number=number))  # type: ignore[arg-type]
    return tuple(rows)


def _number(raw: str, topic: str) -> int:
    text = raw.strip()
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) <= 4 and int(text) <= MOST_ITEMS):
        said = _("«%(topic)s»: «%(found)s» is no number from 0 to %(most)s.")
        raise Invalid(said % {"topic": topic, "found": text[:20], "most": MOST_ITEMS})
    return int(text)


def candidates_of(items: Sequence[BankItem]) -> list[ItemCandidate]:
    """Items of the bank for the engine, whose points are whole: parts of a point, see ``parts_of_a_point``."""
    drawn = [item for item in items if can_be_drawn(item)]
    parts = parts_of_a_point(items)
    return [
        ItemCandidate(
            key=str(item.pk),
            topic=item.topic,
            level=item.level,
            points=int(_points(item) * parts),
            difficulty=item.difficulty,
            discrimination=item.discrimination if item.discrimination and item.discrimination > 0 else None,
            exposure=item.asked,
        )
        for item in drawn
    ]


def parts_of_a_point(items: Sequence[BankItem]) -> int:
    """In how many parts a point is counted for these items: in hundredths where there are halves among them."""
    return 1 if all(_points(item) % 1 == 0 for item in items if can_be_drawn(item)) else 100


def _points(item: BankItem) -> Decimal:
    return item.current.max_score if item.current else Decimal(0)


def engine_rows(rows: Sequence[BlueprintRow]) -> list[Row]:
    return [Row(row.topic, row.level or None, row.number) for row in rows]


def refusals(refused: FormsRefused) -> list[str]:
    """Why no forms were made, a sentence for each row that is short."""
    said = [_shortage(one.parameters) for one in refused.problems if one.code == FormCode.TOO_FEW_ITEMS]
    if any(one.code == FormCode.NO_ROWS for one in refused.problems):
        said.append(_("The plan is empty: say how many items of which topics a form has."))
    return said or [_("The forms cannot be made by this plan.")]


def _shortage(facts: Mapping[str, object]) -> str:
    level = level_name(str(facts["level"] or ""))
    needed, there = int(str(facts["needed"])), max(int(str(facts["there"])), 0)
    return _(
        "Topic «%(topic)s», %(level)s: %(needed)s are needed for two forms, the bank has %(there)s. "
        "Add %(missing)s to the bank, or make the number smaller."
    ) % {"topic": facts["topic"], "level": level, "needed": needed, "there": there, "missing": needed - there}
