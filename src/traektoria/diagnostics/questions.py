"""Items of the bank as questions of ``engines.questionbanks``, which scores, reads and writes them."""

from decimal import Decimal
from fractions import Fraction

from traektoria.diagnostics import content as c
from traektoria.engines import questionbanks as q


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
                **shared,  # type: ignore[arg-type]
            )
        case c.Numeric():
            ranges = tuple(q.NumericRange(r.low, r.high, Fraction(r.weight), r.feedback) for r in content.ranges)
            return q.Question(kind=q.Kind.NUMERIC, numeric=ranges, **shared)  # type: ignore[arg-type]
        case c.Matching():
            pairs = tuple(q.Pair(one.left, one.right) for one in content.pairs)
            return q.Question(kind=q.Kind.MATCHING, pairs=pairs, distractors=content.distractors, **shared)  # type: ignore[arg-type]
        case c.Ordering():
            return q.Question(kind=q.Kind.ORDERING, order=content.order, **shared)  # type: ignore[arg-type]
        case c.Extended():
            criteria = tuple(q.Criterion(one.code, one.title, Fraction(one.most)) for one in content.criteria)
            return q.Question(kind=q.Kind.EXTENDED, criteria=criteria, guidance=content.guidance, **shared)  # type: ignore[arg-type]
        case _:
            return q.Question(kind=q.Kind.DESCRIPTION, **shared)  # type: ignore[arg-type]


def rules_for(content: c.Content) -> q.Rules:
    """How partly right answers to the item are marked."""
    return q.Rules(
        multiple=q.MultipleRule.EXACT if isinstance(content, c.Multiple) and content.exact else q.MultipleRule.SUM,
        matching=q.PartsRule.ALL if isinstance(content, c.Matching) and content.whole else q.PartsRule.SHARE,
        ordering=q.PartsRule.SHARE if isinstance(content, c.Ordering) and not content.whole else q.PartsRule.ALL,
    )
