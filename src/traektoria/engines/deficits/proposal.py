"""The rule that turns evidence into candidates of hypotheses, and how sure each of them is.

The rule, for all skills of one teacher in one dataset together:

1. A skill with fewer than `minimum` own pupils says nothing, and takes no part.
2. Two questions are asked of each skill. *Below the municipality*: is the mean share lower than in the rest of the
   municipality (asked when the rest has at least `minimum_rest` pupils)? *Below the threshold*: is it lower than the
   threshold «not enough» of the tasks' level (asked when that is known)? Each answer is a one-sided p-value; the
   skill's p-value is the smaller one, doubled when both were asked.
3. The p-values of all skills pass the Benjamini–Hochberg procedure at `false_discoveries`: among the skills that
   would be named for teachers whose classes are like all others, at most that share is expected to be named in error.
4. Size must matter in practice: «below the municipality» also needs `least` points of difference, «below the threshold»
   needs the completion itself to lie in the zone «not enough».
5. Strength. STRONG: below the municipality by `large` points, and still named at `false_discoveries_strong`. MODERATE:
   below the municipality otherwise. WEAK: only below the threshold: there the whole municipality may have the same
   difficulty, so it says little about this teacher.

Method. Shares of tasks with several points are neither binomial nor normal, classes are small, and everybody right is a
common result. So each sample gets two pseudo-pupils, one with nothing and one with the maximum, and Welch's statistic
and degrees of freedom are taken from that (Agresti & Caffo 2000 for two shares, Welch 1947 for unequal variances);
the interval and the p-value of a candidate come from the same formula. Benjamini & Hochberg 1995; tasks of one class
are positively dependent, where the procedure still holds (Benjamini & Yekutieli 2001). The pupils of a class are not
a random sample, and much besides teaching moves their results: that is why this proposes, and the teacher and the
tutor decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property
from math import sqrt

from .evidence import FULL, Sample, SkillEvidence
from .student import lower_tail, quantile


class Strength(StrEnum):
    """How much a candidate says."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"


class Basis(StrEnum):
    """What the candidate was found against."""

    BELOW_MUNICIPALITY = "below_municipality"
    BELOW_THRESHOLD = "below_threshold"


@dataclass(frozen=True)
class Rule:
    """Numbers of the rule; points are per cent of the maximum."""

    minimum: int = 10
    minimum_rest: int = 30
    false_discoveries: float = 0.10
    false_discoveries_strong: float = 0.01
    least: Decimal = Decimal(5)
    large: Decimal = Decimal(10)


DEFAULT = Rule()


@dataclass(frozen=True)
class Candidate:
    """A proposed hypothesis. Percentages are of the maximum, to two digits; `low`–`high` is the 95 % interval.

    Without a municipality to compare with, its four figures are None. `p_value` is the skill's, before the correction.
    """

    skill: str
    tasks: tuple[str, ...]
    n: int
    completion: Decimal
    n_municipality: int | None
    completion_municipality: Decimal | None
    difference: Decimal | None
    low: Decimal | None
    high: Decimal | None
    p_value: float
    bases: tuple[Basis, ...]
    strength: Strength


@dataclass(frozen=True)
class _Comparison:
    """Difference of two mean shares (0–1): as seen, and as steadied with its standard error and degrees of freedom."""

    difference: float
    shift: float
    error: float
    df: float

    @property
    def p(self) -> float:
        """One-sided p-value of «lower than the rest»."""
        return lower_tail(self.shift / self.error, self.df)

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval, never leaving out what was seen."""
        half = quantile(0.975, self.df) * self.error
        low, high = self.shift - half, self.shift + half
        return max(min(low, self.difference), -1.0), min(max(high, self.difference), 1.0)


@dataclass(frozen=True)
class _Finding:
    evidence: SkillEvidence
    against_rest: _Comparison | None
    against_threshold: float | None

    @cached_property
    def answers(self) -> dict[Basis, float]:
        """P-values of the questions asked, each already multiplied by their number."""
        asked = {}
        if self.against_rest is not None:
            asked[Basis.BELOW_MUNICIPALITY] = self.against_rest.p
        if self.against_threshold is not None:
            asked[Basis.BELOW_THRESHOLD] = self.against_threshold
        return {basis: min(1.0, p * len(asked)) for basis, p in asked.items()}

    @property
    def p(self) -> float:
        return min(self.answers.values())


def propose(evidence: Sequence[SkillEvidence], *, rule: Rule = DEFAULT) -> list[Candidate]:
    """Return the candidates that the rule allows, in the order of the evidence; often none."""
    findings = [_finding(skill, rule) for skill in evidence if skill.own.n >= rule.minimum]
    asked = [finding for finding in findings if finding.answers]
    cut = _cut([finding.p for finding in asked], rule.false_discoveries)
    cut_strong = _cut([finding.p for finding in asked], rule.false_discoveries_strong)
    candidates = (_candidate(finding, cut, cut_strong, rule) for finding in asked)
    return [candidate for candidate in candidates if candidate is not None]


def _finding(evidence: SkillEvidence, rule: Rule) -> _Finding:
    rest = _compare(evidence.own, evidence.rest) if evidence.rest.n >= rule.minimum_rest else None
    limit = evidence.not_enough
    return _Finding(evidence, rest, None if limit is None else _below(evidence.own, float(limit) / 100))


def _candidate(finding: _Finding, cut: float, cut_strong: float, rule: Rule) -> Candidate | None:
    evidence, rest = finding.evidence, finding.against_rest
    completion = _points(evidence.own.mean)
    difference = None if rest is None else _points(rest.difference)
    named = {basis: p for basis, p in finding.answers.items() if p <= cut}
    if difference is None or difference > -rule.least:
        named.pop(Basis.BELOW_MUNICIPALITY, None)
    if evidence.not_enough is None or completion >= evidence.not_enough:
        named.pop(Basis.BELOW_THRESHOLD, None)
    if not named:
        return None
    low, high = (None, None) if rest is None else map(_points, rest.interval)
    return Candidate(
        skill=evidence.skill,
        tasks=evidence.tasks,
        n=evidence.own.n,
        completion=completion,
        n_municipality=None if rest is None else evidence.rest.n,
        completion_municipality=None if rest is None else _points(evidence.rest.mean),
        difference=difference,
        low=low,
        high=high,
        p_value=finding.p,
        bases=tuple(named),
        strength=_strength(named, difference, cut_strong, rule),
    )


def _strength(named: dict[Basis, float], difference: Decimal | None, cut_strong: float, rule: Rule) -> Strength:
    p = named.get(Basis.BELOW_MUNICIPALITY)
    if p is None or difference is None:
        return Strength.WEAK
    return Strength.STRONG if p <= cut_strong and difference <= -rule.large else Strength.MODERATE


def _cut(p_values: Sequence[float], q: float) -> float:
    """Return the level up to which Benjamini–Hochberg rejects at `q`; −1 when it rejects none."""
    levels = [(p, q * rank / len(p_values)) for rank, p in enumerate(sorted(p_values), 1)]
    return max((level for p, level in levels if p <= level), default=-1.0)


def _compare(own: Sample, rest: Sample) -> _Comparison:
    (mean, error, n), (mean_rest, error_rest, n_rest) = _steadied(own), _steadied(rest)
    spread = error + error_rest
    df = spread**2 / (error**2 / (n - 1) + error_rest**2 / (n_rest - 1))
    return _Comparison(own.mean - rest.mean, mean - mean_rest, sqrt(spread), df)


def _below(own: Sample, limit: float) -> float:
    """One-sided p-value of «the mean share is lower than `limit`»."""
    mean, error, n = _steadied(own)
    return lower_tail((mean - limit) / sqrt(error), n - 1)


def _steadied(sample: Sample) -> tuple[float, float, int]:
    """Mean, squared standard error and size of the sample with its two pseudo-pupils: one with 0, one with the maximum.

    Ean, squared standard error and size of the sample with its two pseudo-pupils: one with 0, one with the maximum.
    """
    with_two = sample + Sample(2, FULL, FULL**2)
    return with_two.mean, with_two.sd**2 / with_two.n, with_two.n


def _points(share: float) -> Decimal:
    return Decimal(repr(100 * share)).quantize(Decimal("0.01"), ROUND_HALF_UP)
