"""Questions of ``engines.questionbanks``, which reads them from files, as items of the bank; each kind knows the way
back (``as_question``)."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import gettext as _
from pydantic import ValidationError

from traektoria.core.figures import rounded
from traektoria.core.text import squash
from traektoria.diagnostics.items.content import Content, read_content
from traektoria.diagnostics.items.kinds.registry import BY_FILE_KIND
from traektoria.diagnostics.items.markup import plain_text
from traektoria.engines import questionbanks as q
from traektoria.engines.storable_text import fit

NAME: Final = 200
_LINE: Final = 500
_MOST_POINTS: Final = Decimal(999)


class Unfit(Exception):
    """A question that has no place in the bank; ``code`` and ``params`` as a problem of ``questionbanks``."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Taken:
    """A question as an item: what it asks, for how many points, its short name."""

    content: Content
    max_score: Decimal
    name: str

    @property
    def stored(self) -> dict[str, Any]:
        """What ``ItemVersion.content`` holds."""
        return self.content.model_dump(mode="json")


def from_question(question: q.Question) -> Taken:
    """The question as an item. Raises ``Unfit`` for one that is larger than an item may be."""
    question = _clean(question)
    score = _points(question)
    try:
        content = read_content(_content(question, score))
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
        pairs=tuple(q.MatchingPair(fit(one.left), fit(one.right)) for one in question.pairs),
        distractors=tuple(map(fit, question.distractors)),
        order=tuple(map(fit, question.order)),
        criteria=tuple(_clean_criterion(one) for one in question.criteria),
        tags=tuple(q.Tag(tag.name, fit(tag.value)) for tag in question.tags),
    )


def _clean_criterion(one: q.MarkingCriterion) -> q.MarkingCriterion:
    descriptors = tuple(squash(fit(text))[:_LINE] for text in one.descriptors)
    return q.MarkingCriterion(fit(one.code), fit(one.title), one.max_score, descriptors)


def _points(question: q.Question) -> Decimal:
    """Of an extended answer, the sum of its criteria; of a text, none."""
    if question.kind is q.QuestionKind.DESCRIPTION:
        return Decimal(0)
    parts = [_rounded(one.max_score) for one in question.criteria if one.max_score > 0]
    return min(sum(parts, Decimal(0)) or _rounded(question.max_score) or Decimal(1), _MOST_POINTS)


def _rounded(number: Fraction) -> Decimal:
    return rounded(max(number, Fraction(0)), 2)


def _content(question: q.Question, score: Decimal) -> dict[str, Any]:
    kind = BY_FILE_KIND[question.kind]
    return {
        "kind": kind.model_fields["kind"].default,
        "text": question.text,
        "text_format": question.text_format.value,
        "feedback": question.feedback,
        **kind.from_question(question, score),
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
        return Unfit("no_text" if first["loc"] == ("text",) else "empty_answer")
    return Unfit("unsupported_marking", found=str(first.get("input", ""))[:80])
