"""Drafting rules: which items a confirmed deficit asks for, by its competence block and strength.

The rules are data (``data/drafting.csv``): rows of one block and strength are taken in order; strength «*» stands for
any; block «closing» ends every route. ``{topic}`` is the topic in short. ``together`` is the task where one visit or
lesson serves several deficits: it is then drafted once for them, after the steps of each, and not once for each. The
texts are a first draft that people edit.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

RULES = Path(__file__).parent / "data" / "drafting.csv"
CLOSING = "closing"
ANY = "*"
TOPIC_LENGTH = 110
MOST_TOGETHER = 3
"""So many topics one visit or lesson can hold."""
SEVERAL = "; "
"""Between the deficits that an item serves."""
STRENGTHS = ("strong", "moderate", "weak", "question", "")


@dataclass(frozen=True)
class Rule:
    block: str
    strength: str
    activity_kind: str
    showing_form: str
    task: str
    together: str
    resource: str
    expected_result: str


@dataclass(frozen=True)
class Deficit:
    """A topic of the problem field; in a group the same topic of several teachers is one deficit."""

    hypothesis_id: int
    block: str
    strength: str
    topic: str


@dataclass(frozen=True)
class DraftLine:
    """An item without its deadline. ``hypothesis_id`` is None for the closing line, and for one of several deficits."""

    hypothesis_id: int | None
    deficit: str
    task: str
    activity_kind: str
    resource: str
    expected_result: str
    showing_form: str


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    with RULES.open(encoding="utf-8", newline="") as file:
        return tuple(Rule(**row) for row in csv.DictReader(file))


def rules_for(block: str, strength: str) -> list[Rule]:
    """Rules of exactly this strength, else those for any."""
    of_block = [rule for rule in rules() if rule.block == block]
    return [rule for rule in of_block if rule.strength == strength] or [r for r in of_block if r.strength == ANY]


def short_topic(topic: str) -> str:
    """The first sentence of a topic, cut at a word where it is still long, without the full stop."""
    first = topic.split(". ")[0].strip().rstrip(".;")
    if len(first) <= TOPIC_LENGTH:
        return first
    return first[:TOPIC_LENGTH].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def draft_lines(deficits: Iterable[Deficit]) -> list[DraftLine]:
    """Lines for every deficit, the strongest first, and the closing line; nothing where there are no deficits."""
    ordered: Sequence[Deficit] = sorted(deficits, key=lambda deficit: STRENGTHS.index(deficit.strength))
    asked = [(rule, deficit) for deficit in ordered for rule in rules_for(deficit.block, deficit.strength)]
    served: dict[tuple[str, str, str], list[Deficit]] = {}
    for rule, deficit in asked:
        if rule.together:
            served.setdefault(_kind(rule), []).append(deficit)
    several = {kind for kind, found in served.items() if len(found) > 1}
    lines = [_line(rule, deficit) for rule, deficit in asked if _kind(rule) not in several]
    by_kind = {_kind(rule): rule for rule, _deficit in reversed(asked)}
    for kind in [kind for kind in served if kind in several]:
        for chunk in evenly(served[kind], MOST_TOGETHER):
            lines.append(_line_of_several(by_kind[kind], chunk))
    return lines + [_closing(rule) for rule in rules_for(CLOSING, ANY) if lines]


def _kind(rule: Rule) -> tuple[str, str, str]:
    """Rules of different strengths that ask for the same."""
    return rule.block, rule.activity_kind, rule.task


def evenly(deficits: Sequence[Deficit], most: int) -> list[Sequence[Deficit]]:
    """Even parts of ``most`` at most: four topics are two lessons of two."""
    parts = -(-len(deficits) // most)
    return [deficits[place * len(deficits) // parts : (place + 1) * len(deficits) // parts] for place in range(parts)]


def _line_of_several(rule: Rule, deficits: Sequence[Deficit]) -> DraftLine:
    if len(deficits) == 1:
        return _line(rule, deficits[0])
    return DraftLine(
        None,
        SEVERAL.join(short_topic(deficit.topic) for deficit in deficits),
        rule.together,
        rule.activity_kind,
        rule.resource,
        rule.expected_result,
        rule.showing_form,
    )


def _line(rule: Rule, deficit: Deficit) -> DraftLine:
    task = rule.task.replace("{topic}", f"«{short_topic(deficit.topic)}»")
    return DraftLine(
        deficit.hypothesis_id,
        deficit.topic,
        task,
        rule.activity_kind,
        rule.resource,
        rule.expected_result,
        rule.showing_form,
    )


def _closing(rule: Rule) -> DraftLine:
    return DraftLine(None, "", rule.task, rule.activity_kind, rule.resource, rule.expected_result, rule.showing_form)
