"""Items of the bank as questions of ``engines.questionbanks``, which scores, reads and writes them; and back."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, assert_never

from django.utils.translation import gettext as _
from pydantic import ValidationError

from traektoria.core.figures import rounded
from traektoria.core.text import squash
from traektoria.diagnostics.items import content as c
from traektoria.diagnostics.items.markup import plain_text
from traektoria.engines import questionbanks as q
from traektoria.engines.fitting import fit

NAME: Final = 200
_LINE: Final = 500
_MOST_POINTS: Final = Decimal(999)
_MOST_DENOMINATOR: Final = 999


class Unfit(Exception):
    """A question that has no place in the bank; ``code`` and ``params`` as a problem of ``questionbanks``."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Taken:
    """A question as an item: what it asks, for how many points, its short name."""

    content: c.Content
    max_score: Decimal
    name: str

    @property
    def stored(self) -> dict[str, Any]:
        """What ``ItemVersion.content`` holds."""
        return self.content.model_dump(mode="json")


def as_question(content: c.Content, max_score: Decimal = Decimal(1)) -> q.Question:
    """What an item asks, for the engine. Kinds that nobody scores become a description (Likert, choice, open …)."""
    shared = {
        "text": content.text,
        "text_format": q.TextFormat(content.text_format),
        "feedback": content.feedback,
        "max_score": Fraction(max_score),
    }
    match content:
        case c.Single() | c.Multiple():
            options = tuple(q.Option(one.text, Fraction(one.weight), one.feedback) for one in content.options)
            return q.Question(kind=q.Kind(content.kind), options=options, **shared)  # type: ignore[arg-type]
        case c.Short():
            accepted = tuple(q.Accepted(one.text, Fraction(one.weight), one.feedback) for one in content.accepted)
            return q.Question(
                kind=q.Kind.SHORT,
                accepted=accepted,
                case_sensitive=content.case_sensitive,
                strict=content.strict,
                **shared,  # type: ignore[arg-type]
            )
        case c.Numeric():
            ranges = tuple(map(_range, content.ranges))
            return q.Question(kind=q.Kind.NUMERIC, numeric=ranges, **shared)  # type: ignore[arg-type]
        case c.Matching():
            pairs = tuple(q.Pair(one.left, one.right) for one in content.pairs)
            return q.Question(kind=q.Kind.MATCHING, pairs=pairs, distractors=content.distractors, **shared)  # type: ignore[arg-type]
        case c.Ordering():
            return q.Question(kind=q.Kind.ORDERING, order=content.order, **shared)  # type: ignore[arg-type]
        case c.Extended():
            criteria = tuple(
                q.Criterion(one.code, one.title, Fraction(one.most), one.descriptors) for one in content.criteria
            )
            return q.Question(kind=q.Kind.EXTENDED, criteria=criteria, guidance=content.guidance, **shared)  # type: ignore[arg-type]
        case c.Likert() | c.Choice() | c.Open() | c.LevelMark() | c.Description() | c.Unreadable():
            return q.Question(kind=q.Kind.DESCRIPTION, **shared)  # type: ignore[arg-type]
        case _:
            assert_never(content)


def _range(one: c.Range) -> q.NumericRange:
    low, high = (None, None) if c.is_any_number(one) else (one.low, one.high)
    return q.NumericRange(low, high, Fraction(one.weight), one.feedback)


def rules_for(content: c.Content) -> q.Rules:
    """How partly right answers to the item are marked."""
    return q.Rules(
        multiple=q.MultipleRule.EXACT if isinstance(content, c.Multiple) and content.exact else q.MultipleRule.SUM,
        matching=q.PartsRule.ALL if isinstance(content, c.Matching) and content.whole else q.PartsRule.SHARE,
        ordering=q.PartsRule.SHARE if isinstance(content, c.Ordering) and not content.whole else q.PartsRule.ALL,
    )


def truth_words() -> dict[str, str]:
    """How the two options of a true/false question read."""
    return {q.TRUE: _("True"), q.FALSE: _("False")}


def from_question(question: q.Question) -> Taken:
    """The question as an item. Raises ``Unfit`` for one that is larger than an item may be."""
    question = _clean(question)
    score = _points(question)
    try:
        content = c.content_adapter.validate_python(_content(question, score))
    except ValidationError as error:
        raise _unfit(error) from error
    return Taken(content, score, name_of(question))


def name_of(question: q.Question) -> str:
    """The short name of the file, or the beginning of the text."""
    return name_from(
        *((question.name, "plain") if squash(question.name) else (question.text, question.text_format.value))
    )


def name_from(text: str, text_format: str) -> str:
    """The beginning of a text as a name for lists."""
    name = squash(plain_text(text, text_format))
    return (name if len(name) <= NAME else f"{name[: NAME - 1]}…") or _("without a name")


def _clean(question: q.Question) -> q.Question:
    """Without what the database refuses."""
    return replace(
        question,
        text=fit(question.text),
        name=fit(question.name),
        feedback=fit(question.feedback),
        guidance=fit(question.guidance),
        external_id=fit(question.external_id),
        category=fit(question.category),
        options=tuple(replace(one, text=fit(one.text), feedback=fit(one.feedback)) for one in question.options),
        accepted=tuple(replace(one, text=fit(one.text), feedback=fit(one.feedback)) for one in question.accepted),
        numeric=tuple(replace(one, feedback=fit(one.feedback)) for one in question.numeric),
        pairs=tuple(q.Pair(fit(one.left), fit(one.right)) for one in question.pairs),
        distractors=tuple(map(fit, question.distractors)),
        order=tuple(map(fit, question.order)),
        criteria=tuple(_clean_criterion(one) for one in question.criteria),
        tags=tuple(q.Tag(tag.name, fit(tag.value)) for tag in question.tags),
    )


def _clean_criterion(one: q.Criterion) -> q.Criterion:
    descriptors = tuple(squash(fit(text))[:_LINE] for text in one.descriptors)
    return q.Criterion(fit(one.code), fit(one.title), one.max_score, descriptors)


def _points(question: q.Question) -> Decimal:
    """Of an extended answer, the sum of its criteria; of a text, none."""
    if question.kind is q.Kind.DESCRIPTION:
        return Decimal(0)
    parts = [_rounded(one.max_score) for one in question.criteria if one.max_score > 0]
    return min(sum(parts, Decimal(0)) or _rounded(question.max_score) or Decimal(1), _MOST_POINTS)


def _rounded(number: Fraction) -> Decimal:
    return rounded(max(number, Fraction(0)), 2)


def _weight(number: Fraction) -> str:
    return str(number.limit_denominator(_MOST_DENOMINATOR))


def _content(question: q.Question, score: Decimal) -> dict[str, Any]:
    shared = {
        "kind": question.kind.value,
        "text": question.text,
        "text_format": question.text_format.value,
        "feedback": question.feedback,
    }
    return {**shared, **_BY_KIND[question.kind](question, score)}


def _options(question: q.Question, score: Decimal) -> dict[str, Any]:
    words = truth_words() if question.true_false else {}
    options = [
        {"text": words.get(one.text, one.text), "weight": _weight(one.fraction), "feedback": one.feedback}
        for one in question.options
    ]
    return {"options": options, "shuffle": not question.true_false}


def _short(question: q.Question, score: Decimal) -> dict[str, Any]:
    accepted = [
        {"text": one.text, "weight": _weight(one.fraction), "feedback": one.feedback} for one in question.accepted
    ]
    return {"accepted": accepted, "case_sensitive": question.case_sensitive, "strict": question.strict}


def _numeric(question: q.Question, score: Decimal) -> dict[str, Any]:
    return {
        "ranges": [
            {
                "low": -c.ANY_NUMBER if one.low is None else one.low,
                "high": c.ANY_NUMBER if one.high is None else one.high,
                "weight": _weight(one.fraction),
                "feedback": one.feedback,
            }
            for one in question.numeric
        ]
    }


def _matching(question: q.Question, score: Decimal) -> dict[str, Any]:
    pairs = [{"left": one.left, "right": one.right} for one in question.pairs]
    return {"pairs": pairs, "distractors": list(question.distractors)}


def _extended(question: q.Question, score: Decimal) -> dict[str, Any]:
    """Without criteria of its own, the answer is judged as a whole."""
    parts = [
        {
            "code": one.code or f"К{at}",
            "title": one.title or one.code or f"К{at}",
            "most": _rounded(one.max_score),
            "descriptors": one.descriptors,
        }
        for at, one in enumerate(question.criteria, 1)
    ]
    criteria = [made for made, one in zip(parts, question.criteria, strict=True) if _rounded(one.max_score) > 0]
    whole = [{"code": "К1", "title": _("The answer is right and complete"), "most": min(score, Decimal(100))}]
    return {"criteria": criteria or whole, "guidance": question.guidance}


_BY_KIND: Final[dict[q.Kind, Any]] = {
    q.Kind.SINGLE: _options,
    q.Kind.MULTIPLE: lambda question, score: {**_options(question, score), "shuffle": True},
    q.Kind.SHORT: _short,
    q.Kind.NUMERIC: _numeric,
    q.Kind.MATCHING: _matching,
    q.Kind.ORDERING: lambda question, score: {"order": list(question.order)},
    q.Kind.EXTENDED: _extended,
    q.Kind.DESCRIPTION: lambda question, score: {},
}


def _unfit(error: ValidationError) -> Unfit:
    first = error.errors()[0]
    limits = first.get("ctx", {})
    if first["type"] == "too_long":
        return Unfit("too_many_answers", limit=int(limits["max_length"]))
    if first["type"] == "too_short":
        return Unfit("too_few_answers", count=int(limits["actual_length"]), needed=int(limits["min_length"]))
    if first["type"] == "string_too_long":
        return Unfit("too_long", limit=int(limits["max_length"]))
    if first["type"] == "string_too_short":
        return Unfit("no_text" if first["loc"][-1] == "text" and len(first["loc"]) < 3 else "empty_answer")
    return Unfit("unsupported_marking", found=str(first.get("input", ""))[:80])
