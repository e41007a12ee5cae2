"""A fit as a plain text table for the terminal."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from traektoria.core.figures import figure, shortest
from traektoria.diagnostics.findings.fit_sentences import flag_words, note_sentence
from traektoria.engines.psychometrics import Fit, FittedItem, FittedPerson

NOTHING = "–"


def text_table(fit: Fit) -> Iterator[str]:
    """Lines: the test, the items, the people if there are any, the notes."""
    yield from _test(fit)
    yield ""
    yield from _aligned([_item_header(fit), *(_item(fit, item) for item in fit.items)])
    if fit.persons:
        yield ""
        yield from _aligned([_person_header(), *map(_person, fit.persons)])
    if fit.notes:
        yield ""
        yield from (f"• {note_sentence(note)}" for note in fit.notes)


def _test(fit: Fit) -> Iterator[str]:
    yield _("People: %(people)s, items: %(items)s") % {"people": fit.n_persons, "items": len(fit.items)}
    figures = fit.reliability
    if figures is not None:
        yield _("Alpha %(alpha)s (95 %% from %(low)s to %(high)s), standard error of measurement %(sem)s") % {
            "alpha": _number(figures.alpha),
            "low": _number(figures.alpha_low),
            "high": _number(figures.alpha_high),
            "sem": _number(figures.sem),
        }
    if fit.test is not None:
        yield _("Log-likelihood %(loglik)s, AIC %(aic)s, BIC %(bic)s") % {
            "loglik": _number(fit.test.loglik),
            "aic": _number(fit.test.aic),
            "bic": _number(fit.test.bic),
        }


def _item_header(fit: Fit) -> list[str]:
    names = [
        pgettext("head of a column", "item"),
        pgettext("head of a column", "people"),
        pgettext("head of a column", "share of the maximum"),
        pgettext("head of a column", "with the rest"),
    ]
    if fit.test is not None:
        names += [
            pgettext("head of a column", "slope"),
            pgettext("head of a column", "difficulty"),
            pgettext("head of a column", "error"),
            pgettext("head of a column", "infit"),
            pgettext("head of a column", "outfit"),
            pgettext("head of a column", "thresholds"),
        ]
    return [*names, pgettext("head of a column", "look")]


def _item(fit: Fit, item: FittedItem) -> list[str]:
    own = item.classical
    cells = [own.item, shortest(own.n, 3), _number(own.p), _number(own.item_rest)]
    if item.parameters is not None:
        figures = item.parameters
        thresholds = "; ".join(map(_number, figures.thresholds)) if len(figures.thresholds) > 1 else ""
        cells += [*map(_number, (figures.a, figures.b, figures.se_b, figures.infit, figures.outfit)), thresholds]
    return [*cells, "; ".join(flag_words(flag) for flag in own.flags)]


def _person_header() -> list[str]:
    return [
        pgettext("head of a column", "person"),
        pgettext("head of a column", "answered"),
        pgettext("head of a column", "points"),
        "EAP",
        pgettext("head of a column", "error"),
        "ML",
        pgettext("head of a column", "error"),
        "WLE",
        pgettext("head of a column", "error"),
    ]


def _person(person: FittedPerson) -> list[str]:
    figures = (person.theta_eap, person.se_eap, person.theta_ml, person.se_ml, person.theta_wle, person.se_wle)
    return [person.person, str(person.n_answered), shortest(person.raw, 3), *map(_number, figures)]


def _number(value: float | None) -> str:
    return NOTHING if value is None else figure(value, 3)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        first, *rest = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join([first, *rest]).rstrip()
