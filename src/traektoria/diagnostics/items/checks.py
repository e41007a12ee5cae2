"""Whether an item makes sense: what an author should correct, place by place, in words.

A place is the name of a field of the editor: «text», «options», «options-2-text». Choices, answers and numbers are
checked by ``engines.questionbanks``; the rest here.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errors import Invalid
from traektoria.diagnostics.items.kinds.protocol import Kind
from traektoria.diagnostics.items.markup import missing_pictures
from traektoria.diagnostics.items.pieces.remark import Remark
from traektoria.diagnostics.items.question_problems import problem_sentence
from traektoria.engines import questionbanks as q
from traektoria.engines.formulas import BrokenFormula, problems

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


def remarks(content: Kind, max_score: Decimal, pictures: Mapping[str, str]) -> list[Remark]:
    """Everything to correct and everything to look at. ``pictures``: name → what it shows."""
    found = [*_by_engine(content, max_score), *_own(content), *_texts(content, pictures)]
    return sorted(found, key=lambda remark: not remark.serious)


def _by_engine(content: Kind, max_score: Decimal) -> Iterator[Remark]:
    for problem in q.look_over(content.as_question(max_score)):
        place = "text" if problem.code in ("no_text", "too_long") else content.rows_name
        yield Remark(place, problem_sentence(problem))


def _own(content: Kind) -> Iterator[Remark]:
    yield from (Remark(content.rows_name, _repeated(text)) for text in _twice(content.told_apart()))
    yield from content.own_remarks()


def _twice(texts: Sequence[str]) -> list[str]:
    return [text for place, text in enumerate(texts) if text in texts[:place]]


def _repeated(text: str) -> str:
    return _("“%(text)s” stands there twice. Change or remove one of them.") % {"text": text[:60]}


def _texts(content: Kind, pictures: Mapping[str, str]) -> Iterator[Remark]:
    """Formulas that cannot be shown, pictures that are not there or say nothing to whoever does not see them."""
    for place, text in texts_of(content):
        yield from (Remark(place, formula_sentence(broken)) for broken in problems(text))
        yield from (_missing(place, name) for name in missing_pictures(text, pictures))
    for place, field in content.named.items():
        if field.picture and getattr(content, place) not in pictures:
            yield _missing(place, getattr(content, place))
    silent = next((name for name, alt in pictures.items() if not alt.strip()), "")
    if silent:
        words = _("Say what the picture “%(name)s” shows, for those who do not see it.") % {"name": silent}
        yield Remark("pictures", words, serious=False)


def _missing(place: str, name: str) -> Remark:
    return Remark(place, _("There is no picture “%(name)s”. Add it below or take it out.") % {"name": name})


def formula_sentence(broken: BrokenFormula) -> str:
    """What is wrong with the formula and what to do."""
    return str(FORMULAS[broken.code]) % {"tex": broken.tex[:80], "found": broken.found}


def broken_formulas(content: Kind) -> Iterator[BrokenFormula]:
    """In all texts of an item; for what comes past the editor: a file, a list of statements."""
    for _place, text in texts_of(content):
        yield from problems(text)


def check_formulas(content: Kind) -> None:
    """Raises ``Invalid`` that names the formula."""
    for broken in broken_formulas(content):
        raise Invalid(formula_sentence(broken), code="formula")


def texts_of(content: Kind) -> Iterator[tuple[str, str]]:
    """(place, text) of everything that is shown with formulas and pictures."""
    yield "text", content.text
    yield "feedback", content.feedback
    yield from content.texts()
