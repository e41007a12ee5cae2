"""A questionnaire in words and shares, for the coordinator; answers in own words are nobody's here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from traektoria.core.typography import figure
from traektoria.diagnostics import content as c
from traektoria.diagnostics.queries.results import ItemFacts, options_of
from traektoria.diagnostics.showing import plain_text

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """A step of a scale or an option with how many chose it; ``share`` in per cent of those who answered."""

    text: str
    n: int
    share: float


@dataclass(frozen=True)
class Question:
    """``hidden``: fewer than ten answered. ``mean`` of a scale of agreement: as it counts, of ``most`` steps."""

    number: int
    text: str
    n: int
    steps: tuple[Step, ...]
    hidden: bool
    own_words: bool
    mean: float | None
    most: int
    reverse: bool


@dataclass(frozen=True)
class Scale:
    name: str
    items: int
    n: int
    mean: float | None
    sd: float | None
    alpha: float | None
    interval: str
    steps: int


def questions_of(survey: Figures, facts: Mapping[int, ItemFacts]) -> list[Question]:
    """Each question once, in its order."""
    rows = [one for one in survey["questions"] if one["version"] in facts]
    return [_question(one, facts[one["version"]].content) for one in sorted(rows, key=lambda one: one["number"])]


def _question(one: Figures, content: c.Content) -> Question:
    own_words = isinstance(content, c.Open)
    texts = options_of(content)
    steps = _steps(texts, one["counts"], one["n"], content.text_format)
    if one.get("other"):
        steps = (*steps, Step(_("an answer of their own"), one["other"], one["other"] * 100 / one["n"]))
    return Question(
        number=one["number"],
        text=plain_text(content.text, content.text_format),
        n=one["n"],
        steps=steps,
        hidden=not own_words and not one["counts"],
        own_words=own_words,
        mean=one.get("mean"),
        most=len(texts),
        reverse=isinstance(content, c.Likert) and content.reverse,
    )


def _steps(texts: Sequence[str], counts: Sequence[int], n: int, text_format: str) -> tuple[Step, ...]:
    pairs = zip(texts, counts, strict=False)
    return tuple(Step(plain_text(text, text_format), count, count * 100 / max(n, 1)) for text, count in pairs)


def scales_of(survey: Figures) -> list[Scale]:
    return [
        Scale(
            one["name"], one["items"], one["n"], one["mean"], one["sd"], one["alpha"], _interval(one["alpha_ci95"]),
            one["steps"],
        )
        for one in survey["scales"]
    ]  # fmt: skip


def _interval(ends: Sequence[float | None]) -> str:
    low, high = ends
    return "" if low is None or high is None else f"{figure(low, 2)}–{figure(high, 2)}"
