"""A questionnaire in words and shares, for the coordinator; answers in own words are nobody's here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from traektoria.core.figures import interval
from traektoria.diagnostics.findings.queries.figures import ItemFacts
from traektoria.diagnostics.items.content import Content
from traektoria.diagnostics.items.markup import plain_text

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class ScaleStep:
    """A step of a scale or an option with how many chose it, None where it is hidden; ``share`` in per cent of those
    who were asked."""

    text: str
    n: int | None
    share: float | None


@dataclass(frozen=True)
class SurveyQuestion:
    """``n`` of ``people`` answered, None where the number of the others is hidden. ``hidden``: too few answered.
    ``mean`` of a scale of agreement: as it counts, of ``most`` steps."""

    number: int
    text: str
    people: int
    n: int | None
    steps: tuple[ScaleStep, ...]
    hidden: bool
    own_words: bool
    mean: float | None
    most: int
    reverse: bool

    @property
    def rows(self) -> tuple[ScaleStep, ...]:
        """Steps, and those who gave no answer."""
        left = None if self.n is None else self.people - self.n
        return (*self.steps, _step(_("no answer"), left, self.people)) if self.steps and left != 0 else self.steps


@dataclass(frozen=True)
class Scale:
    name: str
    items: int
    n: int | None
    mean: float | None
    sd: float | None
    alpha: float | None
    interval: str
    steps: int


def questions_of(survey: Figures, facts: Mapping[int, ItemFacts]) -> list[SurveyQuestion]:
    """Each question once, in its order."""
    rows = [one for one in survey["questions"] if one["version"] in facts]
    return [_question(one, facts[one["version"]].content) for one in sorted(rows, key=lambda one: one["number"])]


def _question(one: Figures, content: Content) -> SurveyQuestion:
    texts = content.option_texts()
    pairs = [*zip(texts, one["counts"], strict=False)]
    steps = [_step(plain_text(text, content.text_format), n, one["people"]) for text, n in pairs]
    if steps and content.offers_other and one["other"] != 0:
        steps.append(_step(_("an answer of their own"), one["other"], one["people"]))
    return SurveyQuestion(
        number=one["number"],
        text=plain_text(content.text, content.text_format),
        people=one["people"],
        n=one["n"],
        steps=tuple(steps),
        hidden=not content.own_words and not one["enough"],
        own_words=content.own_words,
        mean=one["mean"],
        most=len(texts),
        reverse=content.is_turned,
    )


def _step(text: str, n: int | None, people: int) -> ScaleStep:
    return ScaleStep(text, n, None if n is None else n * 100 / people)


def scales_of(survey: Figures) -> list[Scale]:
    return [
        Scale(
            one["name"], one["items"], one["n"], one["mean"], one["sd"], one["alpha"],
            interval(one["alpha_ci95"], 2), one["steps"],
        )
        for one in survey["scales"]
    ]  # fmt: skip
