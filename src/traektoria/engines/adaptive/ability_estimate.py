"""What answers say of an ability: its posterior mean and standard deviation (EAP, Bock & Mislevy 1982)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from traektoria.engines.lazy_imports import np

from .errors import AdaptiveCode, AdaptiveProblem, refuse
from .pool import Pool, points
from .rules import AdaptiveRules


@dataclass(frozen=True)
class AdaptiveAnswer:
    """Whole points for an item."""

    key: str
    score: int


@dataclass(frozen=True)
class Ability:
    """Posterior mean and its standard error, in logits."""

    theta: float
    error: float


def ability(pool: Pool, answers: Sequence[AdaptiveAnswer], rules: AdaptiveRules) -> Ability:
    """After any answers, none included. Raises AdaptiveRefused: UNKNOWN_ITEM, REPEATED_ITEM, BAD_SCORE."""
    refuse(list(_problems(pool, answers)))
    logs = -(((points() - rules.mean) / rules.sd) ** 2) / 2
    if answers:
        places = [pool.places[answer.key] for answer in answers]
        logs = logs + pool.log_chances[places, [answer.score for answer in answers]].sum(0)
    chances = np.exp(logs - logs.max())
    chances /= chances.sum()
    mean = float(chances @ points())
    return Ability(mean, float(np.sqrt(chances @ (points() - mean) ** 2)))


def _problems(pool: Pool, answers: Sequence[AdaptiveAnswer]) -> Iterator[AdaptiveProblem]:
    seen: set[str] = set()
    for answer in answers:
        if answer.key not in pool.places:
            yield AdaptiveProblem(AdaptiveCode.UNKNOWN_ITEM, {"key": answer.key})
            continue
        if answer.key in seen:
            yield AdaptiveProblem(AdaptiveCode.REPEATED_ITEM, {"key": answer.key})
        seen.add(answer.key)
        most = len(pool.items[pool.places[answer.key]].thresholds)
        if answer.score != int(answer.score) or not 0 <= answer.score <= most:
            yield AdaptiveProblem(AdaptiveCode.BAD_SCORE, {"key": answer.key, "score": answer.score, "most": most})
