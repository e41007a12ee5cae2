"""What the answers say of each topic, for all people of a part at once (``engines.deficits.mastery``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from traektoria.diagnostics.findings.analysis.item_models import whole_points
from traektoria.diagnostics.findings.analysis.sheet import ScoreSheet
from traektoria.diagnostics.findings.enums import Finding
from traektoria.engines import deficits, psychometrics
from traektoria.engines.lazy_imports import np
from traektoria.organisations.regulations.diagnostics_rules import DiagnosticsRules

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from traektoria.engines.deficits import Mastery, MasteryRule, TopicMastery


@dataclass(frozen=True)
class TopicResult:
    """One person and one topic: plain points, and what may be said; figures are None where nothing was estimated."""

    row: int
    topic: str
    block: str
    items: int
    points: float
    most: float
    completion: float | None
    low: float | None
    high: float | None
    probability: float | None
    finding: str


def rule_of(rules: DiagnosticsRules) -> MasteryRule:
    """The regulation's percents as the engine's shares."""
    return deficits.MasteryRule(
        deficit=rules.deficit_below / 100,
        secure=rules.secure_from / 100,
        expressed=rules.expressed_from / 100,
        possible=rules.possible_from / 100,
        least_items=rules.least_items,
        least_people=rules.least_people,
    )


def find_topics(sheet: ScoreSheet, rules: DiagnosticsRules) -> tuple[list[TopicResult], list[dict[str, Any]]]:
    """Findings of all people on the topics of their form, and why nothing was estimated (empty where it was)."""
    columns = [place for place, column in enumerate(sheet.columns) if column.judged and column.topic]
    if not columns or not sheet.rows:
        return [], []
    whole, tops = whole_points(sheet, columns)
    asked = [at for at in range(len(columns)) if not np.isnan(whole[:, at]).all()]
    topics = [sheet.columns[columns[at]].topic for at in asked]
    mastery, refused = None, []
    try:
        if asked:  # nothing is, while the only tasks wait for marks
            mastery = deficits.estimate_mastery(
                whole[:, asked],
                topics,
                [tops[at] for at in asked],
                rule_of(rules),
                omitted=_left_out(sheet, [columns[at] for at in asked]),
                texts=[sheet.columns[columns[at]].text for at in asked],
            )
    except psychometrics.FitRefused as refusal:
        refused = psychometrics.refusal_as_data(refusal)["error"]["problems"]
    return list(_found(sheet, columns, mastery)), refused


def _left_out(sheet: ScoreSheet, columns: Sequence[int]) -> NDArray[np.bool_]:
    rows = range(len(sheet.rows))
    return np.array([[(row, column) in sheet.left_out for column in columns] for row in rows], dtype=bool)


def _found(sheet: ScoreSheet, columns: Sequence[int], mastery: Mastery | None) -> Iterator[TopicResult]:
    blocks = _blocks(sheet, columns)
    names = {topic: at for at, topic in enumerate(mastery.topics)} if mastery else {}
    for row, sitting in enumerate(sheet.rows):
        own = [place for place in columns if sitting.form in sheet.columns[place].places]
        for topic in sorted({sheet.columns[place].topic for place in own}):
            seen = [p for p in own if sheet.columns[p].topic == topic and not np.isnan(sheet.scores[row, p])]
            said = mastery.people[row][names[topic]] if mastery and topic in names and seen else None
            points = sum(sheet.scores[row, place] for place in seen)
            most = sum(float(sheet.columns[place].most) for place in seen)
            yield _one(row, topic, blocks[topic], (len(seen), float(points), most), said)


def _one(row: int, topic: str, block: str, plain: tuple[int, float, float], said: TopicMastery | None) -> TopicResult:
    if said is None:
        return TopicResult(row, topic, block, *plain, None, None, None, None, Finding.LITTLE_DATA)
    completion, low, high, chance = (round(one, 6) for one in (said.completion, said.low, said.high, said.p_deficit))
    return TopicResult(row, topic, block, *plain, completion, low, high, chance, said.verdict.value)


def _blocks(sheet: ScoreSheet, columns: Sequence[int]) -> dict[str, str]:
    """The block of competences of each topic: that of most of its items."""
    counts: dict[str, Counter[str]] = {}
    for place in columns:
        counts.setdefault(sheet.columns[place].topic, Counter())[sheet.columns[place].block] += 1
    return {topic: max(sorted(found), key=found.__getitem__) for topic, found in counts.items()}
