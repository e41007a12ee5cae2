"""A deadline as it was written, in a plan: what it says, its dates, or what must be asked. Nothing is made up."""

from dataclasses import dataclass
from enum import StrEnum

from traektoria.engines.deadlines.calendar import Plan
from traektoria.engines.deadlines.model import Compound, Deadline
from traektoria.engines.deadlines.occurrence import Dates, Occurrence
from traektoria.engines.deadlines.paraphrases import paraphrase
from traektoria.engines.deadlines.plan_occurrences import occurrences
from traektoria.engines.deadlines.reader import Phrase, parse, why_not_read
from traektoria.engines.deadlines.reasons import QUESTIONS, Unplaced
from traektoria.engines.deadlines.rhythm_model import Bound, Recurring
from traektoria.planning.terms.phrases import IMPLIED

NO_PHRASE = "Срок не указан."


class Standing(StrEnum):
    """How far a term is understood."""

    DATED = "dated"
    DATELESS = "dateless"
    """It has no dates by its nature: on request, constantly, by another paper."""
    ASKED = "asked"


@dataclass(frozen=True)
class Term:
    """``why`` there are no dates, or not for all of it; ``choices`` are phrases between which a person decides."""

    standing: Standing
    paraphrase: str = ""
    occurrences: tuple[Occurrence, ...] = ()
    why: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    kind: str = ""


def read(text: str, plan: Plan) -> Term:
    """What ``text`` says in the plan."""
    if not text.strip():
        return Term(Standing.ASKED, why=(NO_PHRASE,))
    phrase = parse(text)
    if phrase.deadline is None:
        return _not_read(phrase)
    found = occurrences(phrase.deadline, plan)
    asks = [one for one in found.why if one.reason in QUESTIONS]
    standing = Standing.ASKED if asks else Standing.DATED if found.occurrences else Standing.DATELESS
    return Term(
        standing,
        paraphrase(phrase.deadline),
        () if asks else found.occurrences,
        tuple(one.sentence for one in found.why),
        (*_implied(phrase, found), *found.assumptions),
        _understood(asks),
        phrase.kind.value,
    )


def floor_of(text: str) -> Recurring | None:
    """«Не реже …» in the phrase, to be measured between deeds; with exceptions it is not measured by a span."""
    deadline: Deadline | None = parse(text).deadline
    parts = deadline.parts if isinstance(deadline, Compound) else (deadline,)
    floors = (one for one in parts if isinstance(one, Recurring) and one.bound is Bound.AT_LEAST)
    return next((one for one in floors if not one.without), None)


def _not_read(phrase: Phrase) -> Term:
    choices = tuple(paraphrase(one) for one in phrase.choices)
    return Term(Standing.ASKED, why=(why_not_read(phrase).sentence,), choices=choices, kind=phrase.kind.value)


def _implied(phrase: Phrase, found: Dates) -> tuple[str, ...]:
    says = phrase.implied and isinstance(phrase.deadline, Recurring) and found.occurrences
    return (IMPLIED,) if says else ()


def _understood(asks: list[Unplaced]) -> tuple[str, ...]:
    """The answers to a question that can be read as deadlines themselves."""
    choices = [choice for one in asks for choice in one.choices]
    return tuple(choice for choice in choices if parse(choice).deadline is not None)
