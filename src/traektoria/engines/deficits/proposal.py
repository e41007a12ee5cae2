"""What the results of pupils let one say to their teacher: nothing, a question, or a supposition. Never a verdict.

`propose` takes all works of one subject at once, and all teachers of whom somebody asks:

1. A *piece* is one class of a teacher in one work, `minimum` pupils and more. Of each its difference to the other
   classes of the municipality is taken. In its error stand the chance of pupils, the variance of classes within schools
   and that of schools, as the file shows them (`variation`); the degrees of freedom are those of schools. Where the
   file has fewer than `schools` of them, or no others to compare with, it says nothing.
2. One piece gives at most a *question*: the place of the class among classes (`places`).
3. A *supposition* rests on repetition (`Ground`): two classes, two years, two works, or the teacher's own diagnostics
   pointing the same way. All pieces of a teacher in a topic make one difference, those that point the other way too,
   with weights by their own chance. A school counts as one and the same in all its pieces, and pupils who sat several
   works as the same class: repeating a measurement of the same children says little of their teacher.
4. Its one-sided p-value passes Benjamini & Hochberg (1995) at `false_discoveries` over all teachers and topics of the
   call. Topics that a teacher's own diagnostics name weigh `weight` times as much, and all weights average one
   (Genovese, Roeder & Wasserman 2006). The difference is at least `least` points, and so is each piece that is counted
   as pointing the same way.
5. Where schools and classes vary widely, a file finds little but chance, however small its p-values. So a topic is
   named only where the probability of an error stays under `false` (`doubt`), were a share `differ` of all teachers and
   topics lower by one of `points` (where the own diagnostics name the topic, the odds are `weight` times as high), and
   asked about only where some figure would do that.
6. A school that stands apart in all skills together (`far`), or in which classes of other teachers stand half as far
   below, says nothing of its teachers: it is the school.
7. STRONG needs two grounds and three pieces (the diagnostics count as one), `large` points,
   `false_discoveries_strong` and `false_strong`. Everything else is MODERATE.

A class is not its teacher and much besides teaching moves its results; what differs between schools for other reasons
is in the error, so that only what stands out of it is said. How often that errs, what it misses: docs/suppositions.md.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from math import sqrt

from traektoria.engines.disclosure import MINIMUM
from traektoria.engines.figures import rounded

from .doubt import carries, doubt, level
from .evidence import NOTHING, ClassKey, Own, Sample, Work, pooled
from .places import Area, Place, Ranks, is_lower, profile
from .student import lower_tail, quantile
from .variation import Field, Stand, angle, fields_of, odd_schools, share_at


class Strength(StrEnum):
    """How much a supposition says."""

    STRONG = "strong"
    MODERATE = "moderate"


class Ground(StrEnum):
    """What was repeated."""

    CLASSES = "classes"
    YEARS = "years"
    WORKS = "works"
    DIAGNOSTICS = "diagnostics"


@dataclass(frozen=True)
class Rule:
    """Numbers of the rule; points are per cent of the maximum."""

    minimum: int = MINIMUM
    minimum_rest: int = 30
    schools: int = 13
    classes: int = 12
    questions: int = 3
    false_discoveries: float = 0.10
    false_discoveries_strong: float = 0.01
    weight: float = 10.0
    differ: float = 0.05
    points: tuple[float, ...] = (10.0, 15.0, 25.0)
    far: float = 3.0
    false: float = 0.20
    false_strong: float = 0.05
    least: Decimal = Decimal(5)
    large: Decimal = Decimal(10)


DEFAULT = Rule()


@dataclass(frozen=True)
class Piece:
    """One class (or small classes told together) of a teacher in one work; percentages of the maximum."""

    work: str
    skill: str
    year: int
    classes: tuple[ClassKey, ...]
    cohort: Hashable
    n: int
    completion: Decimal
    difference: Decimal


@dataclass(frozen=True)
class ReflectionQuestion:
    """One skill of one work in which classes of a teacher stand in the lower quarter. Percentages of the maximum.

    ``classes``: those that do, taken together in ``n`` and ``completion``; ``among``: of how many classes of the
    ``area``. ``profile``: skill → place, of the first of them.
    """

    teacher: str
    work: str
    skill: str
    classes: tuple[ClassKey, ...]
    n: int
    completion: Decimal
    among: int
    area: Area
    n_rest: int
    completion_rest: Decimal
    profile: Mapping[str, Place]


@dataclass(frozen=True)
class Supposition:
    """A topic in which the classes of a teacher stand below the others, repeatedly.

    ``work`` and ``skill``: the latest of its pieces. Percentages of the maximum, to two digits, over all pieces
    together, the others weighted like the own; ``low``–``high`` is the 95 % interval of the difference with schools and
    classes in its error. ``p_value``: one-sided, before the correction over the call.
    """

    teacher: str
    topic: str
    work: str
    skill: str
    pieces: tuple[Piece, ...]
    grounds: tuple[Ground, ...]
    n: int
    completion: Decimal
    n_rest: int
    completion_rest: Decimal
    difference: Decimal
    low: Decimal
    high: Decimal
    p_value: float
    strength: Strength


@dataclass(frozen=True)
class Proposals:
    """``silent``: works that can't say how much schools vary, for these are too few. ``tried``: how many teachers and
    topics were repeated and could be asked about; none where the figures vary too widely."""

    suppositions: tuple[Supposition, ...]
    questions: tuple[ReflectionQuestion, ...]
    silent: frozenset[str]
    tried: int


@dataclass(frozen=True)
class _Seen:
    """A piece with what it is made of."""

    piece: Piece
    school: str
    stand: Stand
    own: Sample
    rest: Sample


def propose(
    works: Sequence[Work],
    owns: Iterable[Own],
    *,
    diagnosed: Collection[tuple[str, str]] = (),
    rule: Rule = DEFAULT,
) -> Proposals:
    """Questions and suppositions of all teachers in all works of one subject; often none.

    ``works``: every file with all its classes (`Work`). ``owns``: whose classes are whose, one for each teacher, work
    and school (`Own`). ``diagnosed``: (teacher, topic) that the teacher's own diagnostics name. Shares are in basis
    points (`Sample`), figures that come back in per cent. The order of the answer is that of the input. Nothing is
    random.
    """
    by_key = {work.key: work for work in works}
    fields = {work.key: fields_of(work.samples, schools=rule.schools) for work in works}
    ranks = {
        work.key: {skill: Ranks(work, skill, minimum=rule.minimum, classes=rule.classes) for skill in work.samples}
        for work in works
    }
    apart = {key: odd_schools(of_work, far=rule.far) for key, of_work in fields.items()}
    seen: dict[tuple[str, str], list[_Seen]] = defaultdict(list)
    questions: list[ReflectionQuestion] = []
    owns = list(owns)
    odd = {own.school for own in owns if any(key[:3] in apart[own.work] for key in own.classes)}
    for own in owns:
        work = by_key[own.work]
        for skill in work.samples if own.school not in odd else ():
            seen[own.teacher, work.topic(skill)] += _pieces(work, skill, own, fields[work.key][skill], rule)
        questions += _questions(work, own, fields[work.key], ranks[work.key], rule)
    silent = frozenset(
        key for key, own_fields in fields.items() if all(one.whole is None for one in own_fields.values())
    )
    repeated = {
        key: _together(pieces) for key, pieces in seen.items() if len(pieces) > 1 or (pieces and key in diagnosed)
    }
    tried = {key: one for key, one in repeated.items() if one.can_tell(_share(key, diagnosed, rule), rule)}
    return Proposals(tuple(_suppositions(tried, diagnosed, rule)), tuple(questions), silent, len(tried))


def _pieces(work: Work, skill: str, own: Own, field: Field, rule: Rule) -> list[_Seen]:
    """What one work says of one skill of the teacher's classes; nothing where the municipality can't be told."""
    found = []
    samples, hidden = work.samples[skill], work.hidden.get(skill, frozenset())
    for unit in work.told(skill, list(own.classes)):
        sample = pooled(samples, unit)
        area = unit[0][:2]
        rest = field.others(area, own.classes)
        if sample.n < rule.minimum or rest.n < rule.minimum_rest or area in hidden:
            continue
        stand = field.stand(unit, own.classes, sample)
        if stand is not None:
            cohort = (own.school, work.year - work.grade, tuple(sorted({own.classes[key] for key in unit})))
            piece = Piece(
                work.key, skill, work.year, unit, cohort, sample.n,
                _points(sample.mean), _points(sample.mean - rest.mean),
            )  # fmt: skip
            found.append(_Seen(piece, own.school, stand, sample, rest))
    return found


def _questions(
    work: Work, own: Own, fields: Mapping[str, Field], ranks: Mapping[str, Ranks], rule: Rule
) -> list[ReflectionQuestion]:
    """At most a few of one teacher in one work, the widest gaps."""
    found = []
    for skill, samples in work.samples.items():
        lower = []
        for unit in work.told(skill, list(own.classes)):
            there = ranks[skill].standing(unit)
            if there and is_lower(fields[skill], pooled(samples, unit), there, float(rule.least)):
                lower.append((unit, there))
        if lower:
            units, there = tuple(key for unit, _there in lower for key in unit), lower[0][1]
            sample, places = pooled(samples, units), profile(work, lower[0][0], ranks)
            share, others = _points(sample.mean), _points(there.rest.mean)
            found.append(
                ReflectionQuestion(
                    own.teacher, work.key, skill, units, sample.n, share,
                    there.classes, there.area, there.rest.n, others, places,
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: one.completion - one.completion_rest)[: rule.questions]


@dataclass(frozen=True)
class _Together:
    """All pieces of a teacher in a topic: their difference on the angular scale, its error, the p-value."""

    pieces: Sequence[_Seen]
    difference: float
    pupils: float
    odd: float
    df: int
    beside: float

    @property
    def error(self) -> float:
        return sqrt(self.pupils + self.odd)

    @property
    def p(self) -> float:
        return lower_tail(self.difference / self.error, self.df)

    @cached_property
    def middle(self) -> float:
        """Where the others stand, weighted like the own."""
        n = sum(one.own.n for one in self.pieces)
        return sum(one.stand.rest_angle * one.own.n for one in self.pieces) / n

    def lower(self, rule: Rule) -> list[float]:
        """What the rule's ``points`` are here, on the angular scale."""
        return [self.middle - angle(share_at(self.middle) - points / 100) for points in rule.points]

    def can_tell(self, share: float, rule: Rule) -> bool:
        """Some figure would carry a supposition; whether it does stand there does not matter."""
        lower = self.lower(rule)
        places = (-more * one for one in lower for more in (1, 1.25))
        return any(carries(place, lower, self.pupils, self.odd, share, rule.false) for place in places)

    @property
    def is_of_the_school(self) -> bool:
        """Classes of other teachers there stand half as far below, or further."""
        return self.beside <= self.difference / 2

    def false(self, share: float, rule: Rule) -> float:
        """Probability that there is no true difference, were a ``share`` of all lower by the rule's points."""
        return doubt(self.difference, self.lower(rule), self.pupils, self.odd, share)


def _together(pieces: Sequence[_Seen]) -> _Together:
    weights = [1 / one.stand.chance for one in pieces]
    shares = [weight / sum(weights) for weight in weights]
    school: dict[str, float] = defaultdict(float)
    klass: dict[Hashable, float] = defaultdict(float)
    pupils: dict[Hashable, float] = defaultdict(float)
    rest = 0.0
    for one, share in zip(pieces, shares, strict=True):
        school[one.school] += share * sqrt(one.stand.school)
        klass[one.piece.cohort] += share * sqrt(one.stand.klass)
        pupils[one.piece.cohort] += share * sqrt(one.stand.pupils)
        rest += share * sqrt(one.stand.rest)
    odd = sum(part**2 for part in (*school.values(), *klass.values()))
    chance = sum(part**2 for part in (*pupils.values(), rest))
    difference = sum(share * one.stand.difference for one, share in zip(pieces, shares, strict=True))
    return _Together(pieces, difference, chance, odd, min(one.stand.df for one in pieces), _beside(pieces, shares))


def _beside(pieces: Sequence[_Seen], shares: Sequence[float]) -> float:
    """The difference of other teachers' classes in the same schools, where there are some; else none."""
    known = [
        (share, one.stand.beside) for one, share in zip(pieces, shares, strict=True) if one.stand.beside is not None
    ]
    return sum(share * place for share, place in known) / sum(share for share, _place in known) if known else 0.0


def _suppositions(
    together: Mapping[tuple[str, str], _Together], diagnosed: Collection[tuple[str, str]], rule: Rule
) -> Iterable[Supposition]:
    weights = {key: rule.weight if key in diagnosed else 1.0 for key in together}
    mean = sum(weights.values()) / max(len(weights), 1)
    p_values = {key: one.p / (weights[key] / mean) for key, one in together.items()}
    cut = level(list(p_values.values()), rule.false_discoveries)
    cut_strong = level(list(p_values.values()), rule.false_discoveries_strong)
    for (teacher, topic), one in together.items():
        p, named = p_values[teacher, topic], (teacher, topic) in diagnosed
        grounds = _grounds([piece.piece for piece in one.pieces], named, rule)
        if p > cut or not grounds or one.is_of_the_school:
            continue
        false = one.false(_share((teacher, topic), diagnosed, rule), rule)
        found = _supposition(teacher, topic, one, grounds)
        if false <= rule.false and found.difference <= -rule.least:
            lower = sum(piece.difference <= -rule.least for piece in found.pieces)
            enough = len(grounds) > 1 and lower + (Ground.DIAGNOSTICS in grounds) > 2
            strong = enough and p <= cut_strong and false <= rule.false_strong and found.difference <= -rule.large
            yield replace(found, strength=Strength.STRONG) if strong else found


def _supposition(teacher: str, topic: str, one: _Together, grounds: tuple[Ground, ...]) -> Supposition:
    own = sum((piece.own for piece in one.pieces), NOTHING)
    rest = sum(piece.rest.mean * piece.own.n for piece in one.pieces) / own.n
    middle = one.middle
    half = quantile(0.975, one.df) * one.error
    ends = [share_at(middle + one.difference + shift) - share_at(middle) for shift in (-half, half)]
    difference = own.mean - rest
    latest = max(one.pieces, key=lambda piece: piece.piece.year).piece
    others = {piece.piece.work: piece.rest.n for piece in one.pieces}
    return Supposition(
        teacher=teacher,
        topic=topic,
        work=latest.work,
        skill=latest.skill,
        pieces=tuple(piece.piece for piece in one.pieces),
        grounds=grounds,
        n=own.n,
        completion=_points(own.mean),
        n_rest=sum(others.values()),
        completion_rest=_points(rest),
        difference=_points(difference),
        low=_points(min(ends[0], difference)),
        high=_points(max(ends[1], difference)),
        p_value=one.p,
        strength=Strength.MODERATE,
    )


def _share(key: tuple[str, str], diagnosed: Collection[tuple[str, str]], rule: Rule) -> float:
    """How many differ, before the figures are looked at."""
    odds = rule.differ / (1 - rule.differ) * (rule.weight if key in diagnosed else 1)
    return odds / (1 + odds)


def _grounds(pieces: Sequence[Piece], diagnosed: bool, rule: Rule) -> tuple[Ground, ...]:
    """What points the same way more than once. Works of one year count where they are several."""
    lower = [piece for piece in pieces if piece.difference <= -rule.least]
    years = {piece.year for piece in lower}
    found = {
        Ground.CLASSES: any(len({piece.cohort for piece in lower if piece.year == year}) > 1 for year in years),
        Ground.YEARS: len(years) > 1,
        Ground.WORKS: any(len({piece.work for piece in lower if piece.year == year}) > 1 for year in years),
        Ground.DIAGNOSTICS: diagnosed and bool(lower),
    }
    return tuple(ground for ground, holds in found.items() if holds)


def _points(share: float) -> Decimal:
    return rounded(100 * share, 2)
