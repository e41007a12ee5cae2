"""The answers of a part as a table: a row for each person who answered, a column for each item asked.

What is missing: inside the range that a person answered, an item left out counts 0 (it was seen and left). After the
last answer it counts 0 too where the person handed in; where time was over it was not reached, and counts as not asked.
Of an adaptive part only what was asked counts. A task of which an answer still waits for marks is left out for
everybody: those who left it out would have 0, the others nothing, and it would look harder than it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from traektoria.core.text import search_key
from traektoria.diagnostics.campaigns.models import CampaignPart
from traektoria.diagnostics.findings.analysis.shared_texts import shared_texts
from traektoria.diagnostics.instruments.models import FormItem
from traektoria.diagnostics.items.answers import is_empty, score
from traektoria.diagnostics.items.content import Content, content_of
from traektoria.diagnostics.items.kinds.protocol import Marked
from traektoria.diagnostics.items.kinds.registry import KINDS
from traektoria.diagnostics.items.pieces.answers import Value
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.diagnostics.sittings.models import Answer, Sitting
from traektoria.engines.lazy_imports import np

if TYPE_CHECKING:
    from traektoria.engines.psychometrics.arrays import Floats


@dataclass(frozen=True)
class SheetColumn:
    """An item in its version. ``places``: its number for people in each form that has it; ``form_items``: the row;
    ``text``: the version of the text that it shares with others, where there is one."""

    version: int
    item: int
    name: str
    topic: str
    block: str
    subject: str
    content: Content
    most: Decimal
    places: Mapping[str, int]
    form_items: Mapping[str, int]
    text: int | None = None

    @property
    def judged(self) -> bool:
        """Earns points; a question of a questionnaire does not."""
        return self.content.marked is not Marked.NOT


@dataclass(frozen=True)
class SittingRow:
    """One sitting with at least one answer. ``on_paper``: a coordinator typed it in and knows the answers."""

    sitting: int
    participant: int
    form: str
    on_paper: bool = False
    school: int | None = None


@dataclass(frozen=True)
class ScoreSheet:
    """``scores`` (rows, columns), NaN for what was not asked, not reached or not judged; ``values`` are the answers.

    ``waiting``: extended answers without marks; ``silent``: sittings that were begun without a single answer;
    ``omitted`` and ``unreached`` count by column; ``left_out`` (row, column) are those that were omitted.
    """

    columns: tuple[SheetColumn, ...]
    rows: tuple[SittingRow, ...]
    scores: Floats
    values: Mapping[tuple[int, int], Value]
    waiting: int
    silent: int
    omitted: tuple[int, ...]
    unreached: tuple[int, ...]
    left_out: AbstractSet[tuple[int, int]] = frozenset()

    @property
    def forms(self) -> list[str]:
        return sorted({form for column in self.columns for form in column.places})

    def of_form(self, form: str) -> tuple[list[int], list[int]]:
        """(rows, columns that earn points) of a form, columns in their order in it."""
        rows = [place for place, row in enumerate(self.rows) if row.form == form]
        judged = [place for place, one in enumerate(self.columns) if one.judged and form in one.places]
        return rows, sorted(judged, key=lambda place: self.columns[place].places[form])


def read_sheet(part: CampaignPart) -> ScoreSheet:
    """All sittings of the part that were begun, of people who consented and did not withdraw. Three queries."""
    columns = _columns(part)
    where = {pk: place for place, column in enumerate(columns) for pk in column.form_items.values()}
    given: dict[int, dict[int, tuple[Value, Decimal | None]]] = defaultdict(dict)
    begun = _begun(part)
    answers = Answer.objects.filter(sitting__in=begun.order_by().values("pk"))
    for sitting, form_item, value, points in answers.values_list("sitting", "form_item", "value", "score"):
        if form_item in where:
            given[sitting][where[form_item]] = value, points
    return _Filling(columns, adaptive=part.adaptive).fill(
        [(row, state, given[row.sitting]) for row, state in _people(begun)]
    )


def _begun(part: CampaignPart) -> QuerySet[Sitting]:
    rows = Sitting.objects.filter(part=part, participant__consent__isnull=False, participant__declined_at__isnull=True)
    return rows.exclude(state=SittingState.NEW)


def _people(begun: QuerySet[Sitting]) -> Iterator[tuple[SittingRow, str]]:
    names = ("pk", "participant", "form", "on_paper", "participant__school", "state")
    for *row, state in begun.order_by("pk").values_list(*names):
        yield SittingRow(*row), state


def _columns(part: CampaignPart) -> tuple[SheetColumn, ...]:
    """Items of all forms, each version once, in the order of the forms."""
    places: dict[int, dict[str, int]] = defaultdict(dict)
    keys: dict[int, dict[str, int]] = defaultdict(dict)
    versions = {}
    counts: Counter[str] = Counter()
    rows = list(FormItem.objects.filter(version=part.version_id).select_related("item_version__item"))
    texts = shared_texts(rows)
    for row in rows:
        counts[row.form] += KINDS[row.item_version.item.kind].asks
        versions[row.item_version_id] = row.item_version
        places[row.item_version_id][row.form] = counts[row.form]
        keys[row.item_version_id][row.form] = row.pk
    spelt = _one_spelling(one.item.topic.strip() for one in versions.values())
    return tuple(
        SheetColumn(
            pk, one.item_id, one.item.name, spelt[search_key(one.item.topic)], one.item.block, one.item.subject,
            content_of(one.content), one.max_score, places[pk], keys[pk], texts.get(pk),
        )
        for pk, one in versions.items()
    )  # fmt: skip


def _one_spelling(topics: Iterable[str]) -> dict[str, str]:
    """A topic that is written with ё here and with е there is one: the first spelling, or the first one with ё."""
    found: dict[str, str] = {}
    for topic in topics:
        known = found.setdefault(search_key(topic), topic)
        if "ё" in topic and "ё" not in known:
            found[search_key(topic)] = topic
    return found


Given = Mapping[int, tuple[Value, Decimal | None]]


class _Filling:
    """Fills the table person by person."""

    def __init__(self, columns: tuple[SheetColumn, ...], *, adaptive: bool) -> None:
        self.columns, self.adaptive = columns, adaptive
        self.omitted, self.unreached = [0] * len(columns), [0] * len(columns)
        self.waiting: Counter[int] = Counter()
        self.left_out: set[tuple[int, int]] = set()
        self.orders = {
            form: sorted((one for one in range(len(columns)) if form in columns[one].places), key=self._place(form))
            for form in {form for column in columns for form in column.places}
        }

    def _place(self, form: str) -> Callable[[int], int]:
        return lambda column: self.columns[column].places[form]

    def fill(self, people: Sequence[tuple[SittingRow, str, Given]]) -> ScoreSheet:
        rows: list[SittingRow] = []
        lines: list[list[float]] = []
        values: dict[tuple[int, int], Value] = {}
        for row, state, given in people:
            said = {place: value for place, (value, _points) in given.items() if not is_empty(value)}
            if not said:
                continue
            values.update({(len(rows), place): value for place, value in said.items()})
            lines.append(self._line(len(rows), row.form, given, said, expired=state == SittingState.EXPIRED))
            rows.append(row)
        scores = np.array(lines, dtype=float).reshape(len(rows), len(self.columns))
        scores[:, list(self.waiting)] = np.nan
        return ScoreSheet(
            self.columns, tuple(rows), scores, values, self.waiting.total(), len(people) - len(rows),
            tuple(self.omitted), tuple(self.unreached), frozenset(self.left_out),
        )  # fmt: skip

    def _line(self, row: int, form: str, given: Given, said: Mapping[int, Value], *, expired: bool) -> list[float]:
        """Points of one person on all columns."""
        line = [np.nan] * len(self.columns)
        order = self.orders.get(form, [])
        last = max((place for place, column in enumerate(order) if column in said), default=-1)
        for place, column in enumerate(order):
            if column in said:
                line[column] = self._points(column, *given[column])
            elif self.adaptive and column not in given:
                continue
            elif place > last and expired:
                self.unreached[column] += 1
            else:
                self.omitted[column] += 1
                self.left_out.add((row, column))
                line[column] = 0.0 if self.columns[column].judged else np.nan
        return line

    def _points(self, place: int, value: Value, points: Decimal | None) -> float:
        column = self.columns[place]
        if not column.judged:
            return np.nan
        if points is None:
            points = score(column.content, value, column.most)
        if points is None:
            self.waiting[place] += 1
            return np.nan
        return float(points)
