"""Whether an item makes sense: what an author should correct, place by place, in words.

A place is the name of a field of the editor: «text», «options», «options-2-text». Choices, answers and numbers are
checked by ``engines.questionbanks``; the rest here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errors import Invalid
from traektoria.diagnostics.items import content as c
from traektoria.diagnostics.items.markup import missing_pictures
from traektoria.diagnostics.items.question_problems import problem_sentence
from traektoria.diagnostics.items.questions import as_question
from traektoria.engines import questionbanks as q
from traektoria.engines.formulas import BrokenFormula, problems

LISTS: Mapping[str, str] = {
    "single": "options",
    "multiple": "options",
    "choice": "options",
    "short": "accepted",
    "numeric": "ranges",
    "matching": "pairs",
    "ordering": "order",
    "extended": "criteria",
    "likert": "steps",
    "level": "marks",
}
"""Where the answers of a kind stand in the editor."""
FORMULAS: Mapping[str, Promise] = {
    "braces": gettext_lazy("In the formula %(tex)s the braces { and } do not match. Close each that is opened."),
    "unknown": gettext_lazy("In the formula %(tex)s the command %(found)s is not known. Check how it is spelt."),
    "argument": gettext_lazy("In the formula %(tex)s something is missing, e.g. a part of a fraction or an index."),
    "pair": gettext_lazy("In the formula %(tex)s there is \\left without \\right, or \\begin without \\end."),
    "twice": gettext_lazy("In the formula %(tex)s two indexes or powers follow each other. Put braces around one."),
    "deep": gettext_lazy("The formula %(tex)s has too many parts within parts. Split it into several."),
    "sign": gettext_lazy("In the formula %(tex)s there is a sign that can't be shown. Type it again by hand."),
    "too_long": gettext_lazy("The formula %(tex)s is too long. Split it into several."),
    "unclosed": gettext_lazy(
        "Near %(tex)s a formula is opened or closed only once. Write \\( before and \\) after it."
    ),
    "other": gettext_lazy("The formula %(tex)s is not understood. Write it more simply."),
}


@dataclass(frozen=True)
class Remark:
    """``serious``: the item cannot be asked so; otherwise it is worth a look."""

    place: str
    sentence: str
    serious: bool = True


def remarks(content: c.Content, max_score: Decimal, pictures: Mapping[str, str]) -> list[Remark]:
    """Everything to correct and everything to look at. ``pictures``: name → what it shows."""
    found = [*_by_engine(content, max_score), *_own(content), *_texts(content, pictures)]
    return sorted(found, key=lambda remark: not remark.serious)


def _by_engine(content: c.Content, max_score: Decimal) -> Iterator[Remark]:
    for problem in q.look_over(as_question(content, max_score)):
        place = "text" if problem.code in ("no_text", "too_long") else LISTS.get(content.kind, "text")
        yield Remark(place, problem_sentence(problem))


def _own(content: c.Content) -> Iterator[Remark]:
    place = LISTS.get(content.kind, "")
    yield from (Remark(place, _repeated(text)) for text in _twice(_told_apart(content)))
    match content:
        case c.Multiple() if _everything_wins(content):
            words = _(
                "Whoever ticks everything gets the whole mark. Let wrong answers take away, or count all or nothing."
            )
            yield Remark(place, words, serious=False)
        case c.Matching():
            known = {pair.right for pair in content.pairs}
            spare = next((text for text in content.distractors if text in known), "")
            if spare:
                words = _("“%(text)s” goes with something already: it can't be a spare one.") % {"text": spare[:60]}
                yield Remark("distractors", words)
        case c.Extended():
            if content.tolerance >= sum(one.most for one in content.criteria):
                words = _(
                    "With such a difference a third marker would never be asked. Make it less than the most points."
                )
                yield Remark("tolerance", words, serious=False)


def _everything_wins(content: c.Multiple) -> bool:
    weights = [Fraction(one.weight) for one in content.options]
    return not content.exact and min(weights) == 0 and sum(weights) >= 99


def _told_apart(content: c.Content) -> list[str]:
    """What must not stand there twice; options of choices are looked over by the engine."""
    match content:
        case c.Short():
            return [one.text for one in content.accepted]
        case c.Matching():
            return [pair.left for pair in content.pairs]
        case c.Ordering():
            return list(content.order)
        case c.Extended():
            return [one.code for one in content.criteria]
        case c.Likert():
            return list(content.steps)
        case c.LevelMark():
            return list(content.descriptors)
        case c.Choice():
            return [one.text for one in content.options]
        case c.Single() | c.Multiple() | c.Numeric() | c.Open() | c.Description() | c.Unreadable():
            return []
        case _:
            assert_never(content)


def _twice(texts: list[str]) -> list[str]:
    return [text for place, text in enumerate(texts) if text in texts[:place]]


def _repeated(text: str) -> str:
    return _("“%(text)s” stands there twice. Change or remove one of them.") % {"text": text[:60]}


def _texts(content: c.Content, pictures: Mapping[str, str]) -> Iterator[Remark]:
    """Formulas that cannot be shown, pictures that are not there or say nothing to whoever does not see them."""
    for place, text in texts_of(content):
        yield from (Remark(place, formula_sentence(broken)) for broken in problems(text))
        for name in missing_pictures(text, pictures):
            yield Remark(place, _("There is no picture “%(name)s”. Add it below or take it out.") % {"name": name})
    silent = next((name for name, alt in pictures.items() if not alt.strip()), "")
    if silent:
        words = _("Say what the picture “%(name)s” shows, for those who do not see it.") % {"name": silent}
        yield Remark("pictures", words, serious=False)


def formula_sentence(broken: BrokenFormula) -> str:
    """What is wrong with the formula and what to do."""
    return str(FORMULAS[broken.code]) % {"tex": broken.tex[:80], "found": broken.found}


def broken_formulas(content: c.Content) -> Iterator[BrokenFormula]:
    """In all texts of an item; for what comes past the editor: a file, a list of statements."""
    for _place, text in texts_of(content):
        yield from problems(text)


def check_formulas(content: c.Content) -> None:
    """Raises ``Invalid`` that names the formula."""
    for broken in broken_formulas(content):
        raise Invalid(formula_sentence(broken), code="formula")


def texts_of(content: c.Content) -> Iterator[tuple[str, str]]:
    """(place, text) of everything that is shown with formulas and pictures."""
    yield "text", content.text
    yield "feedback", content.feedback
    match content:
        case c.Single() | c.Multiple():
            for at, one in enumerate(content.options):
                yield f"options-{at}-text", one.text
                yield f"options-{at}-feedback", one.feedback
        case c.Choice():
            yield from ((f"options-{at}-text", one.text) for at, one in enumerate(content.options))
        case c.Matching():
            for at, pair in enumerate(content.pairs):
                yield f"pairs-{at}-left", pair.left
                yield f"pairs-{at}-right", pair.right
            yield from ((f"distractors-{at}-text", text) for at, text in enumerate(content.distractors))
        case c.Ordering():
            yield from ((f"order-{at}-text", text) for at, text in enumerate(content.order))
        case c.Extended():
            yield "guidance", content.guidance
        case c.Likert():
            yield from (("steps", text) for text in content.steps)
        case c.LevelMark():
            yield from (("marks", text) for text in content.descriptors)
