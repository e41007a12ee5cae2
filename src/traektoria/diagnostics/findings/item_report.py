"""Figures of a part in words for its author: what to look at first, what the work allows to say, each item."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.figures import figure, interval, mean_interval, rounded
from traektoria.diagnostics.findings.fit_sentences import note_sentence, problem_sentence
from traektoria.diagnostics.findings.queries.figures import ItemFacts
from traektoria.diagnostics.instruments.item_kinds import form_name
from traektoria.diagnostics.items.markup import plain_text
from traektoria.engines.charts import ChartWords, Dot, DotPlot
from traektoria.engines.psychometrics import FitCode, FitProblem, Flag, Note, NoteCode

Figures = Mapping[str, Any]
KEY_FLAGS = {Flag.NEGATIVE_ITEM_REST, Flag.STRONG_DISTRACTOR}
_ADVICE = {
    Flag.NEGATIVE_ITEM_REST: gettext_lazy(
        "The stronger people are, the less often they solve it. Most often the key is wrong: check it first."
    ),
    Flag.STRONG_DISTRACTOR: gettext_lazy(
        "Strong people choose another answer than the key. If the key is right, the question can be read in another "
        "way: word it anew."
    ),
    Flag.WEAK_ITEM_REST: gettext_lazy(
        "The task hardly goes with the rest of the work. Is it about the same thing, and is it clear what is asked?"
    ),
}
MODELS = {
    "rasch": gettext_lazy("Rasch model"),
    "2pl": gettext_lazy("two-parameter model (2PL)"),
    "pcm": gettext_lazy("partial credit model"),
    "gpcm": gettext_lazy("generalised partial credit model"),
}


@dataclass(frozen=True)
class OptionLine:
    """An answer to choose from: shares in per cent, of all, of the strongest and of the weakest 27 %; None: hidden."""

    text: str
    is_key: bool
    n: int | None
    share: float | None
    upper: float | None
    lower: float | None


@dataclass(frozen=True)
class ItemLine:
    """An item of a form. ``facility`` in per cent; figures that do not exist are None."""

    figures: Figures
    facts: ItemFacts
    label: str

    @property
    def facility(self) -> float | None:
        share = self.figures["facility"]
        return None if share is None else share * 100

    @property
    def flags(self) -> set[Flag]:
        return {Flag(flag) for flag in self.figures["flags"]}

    @property
    def check_key(self) -> bool:
        return bool(self.flags & KEY_FLAGS)

    @cached_property
    def advice(self) -> list[str]:
        """What is wrong and what to do, the gravest first."""
        said = [str(words) for flag, words in _ADVICE.items() if flag in self.flags]
        if self.figures["few"] == "wrong":
            said.append(
                _("Fewer people than may be shown failed: good for a beginning, but it tells little of people.")
            )
        if self.figures["few"] == "right":
            said.append(
                _("Fewer people than may be shown solved it: check the key, the wording and whether it was taught.")
            )
        return said

    @cached_property
    def options(self) -> list[OptionLine]:
        texts = self.facts.content.option_texts()
        return [
            OptionLine(
                plain_text(texts[int(one["option"])], self.facts.content.text_format),
                one["is_key"],
                one["n"],
                _percent(one["share"]),
                _percent(one["upper"]),
                _percent(one["lower"]),
            )
            for one in sorted(self.figures["options"], key=lambda one: int(one["option"]))
        ]


@dataclass(frozen=True)
class FormReport:
    """One form: its reliability and its items. ``hidden`` says why there are no figures."""

    form: str
    name: str
    n: int
    test: Figures | None
    hidden: str
    notes: tuple[str, ...]
    lines: tuple[ItemLine, ...]

    @property
    def suspicious(self) -> list[ItemLine]:
        return [line for line in self.lines if line.check_key]

    @property
    def others(self) -> list[ItemLine]:
        return [line for line in self.lines if line.advice and not line.check_key]

    @property
    def alpha_interval(self) -> str:
        return interval(self.test["alpha_ci95"], 2) if self.test else ""

    @property
    def allows(self) -> str:
        """What may be said by a work of this reliability, by the lower end of its interval."""
        if self.test is None or self.test["alpha"] is None:
            return ""
        low = self.test["alpha_ci95"][0]
        bound = self.test["alpha"] if low is None else low
        return str(next(words for least, words in _ALLOWS if bound >= least))

    @cached_property
    def chart(self) -> DotPlot | None:
        rows = tuple(_dot(line) for line in self.lines if line.facility is not None)
        words = ChartWords(
            columns=("label", "value", "low", "high", "reference", "n"),
            sentence="{label}: {value} %",
            legend={"none": _("share of points"), "interval": _("95 % interval")},
            decimal=",",
        )
        title = _("Completion of each task")
        return DotPlot(title, _("In the order of the work, with its 95 % interval"), words, rows=rows) if rows else None


_ALLOWS = (
    (0.9, gettext_lazy("The sum of points tells single people apart well.")),
    (0.8, gettext_lazy("Groups can be compared; single people with caution, beside other evidence.")),
    (0.7, gettext_lazy("People can't be told apart by the sum of points; groups can.")),
    (
        float("-inf"),
        gettext_lazy("The sum of points is imprecise: neither people nor small groups can be told apart by it."),
    ),
)


def report_of(content: Figures, facts: Mapping[int, ItemFacts]) -> list[FormReport]:
    """Every form of what is published of the part, in order."""
    by_form: dict[str, list[Figures]] = {form: [] for form in content["forms"]}
    for one in content["items"]:
        by_form[one["form"]].append(one)
    least = content["least"]
    return [_form(form, content["forms"][form], rows, facts, least) for form, rows in by_form.items()]


def _form(
    form: str, figures: Figures, rows: Sequence[Figures], facts: Mapping[int, ItemFacts], least: int
) -> FormReport:
    lines = tuple(
        ItemLine(one, facts[one["version"]], _("Task %(number)s") % {"number": one["number"]})
        for one in rows
        if one["version"] in facts
    )
    hidden = ""
    if figures["few"]:
        hidden = _("Fewer than %(least)s people sat this form: its figures would speak of single persons.") % {
            "least": least
        }
    elif figures["test"] is None:
        said = " ".join(refusals(figures["refused"], {line.figures["version"]: line.label for line in lines}))
        hidden = said or _("From these answers nothing can be computed.")
    labels = {line.figures["version"]: line.label for line in lines}
    return FormReport(
        form, form_name(form), figures["n"], None if hidden else figures["test"], hidden,
        tuple(notes(figures["notes"], labels)), lines,
    )  # fmt: skip


def _dot(line: ItemLine) -> Dot:
    """Completion as the table says it, with the interval of its mean."""
    share, n = line.figures["facility"] or 0.0, int(line.figures["n"])
    most = line.figures["mean"] / share if share else 1.0
    low, high = mean_interval(share, n, (line.figures["sd"] / most) ** 2 * (n - 1) / n)
    return Dot(line.label, n, rounded(100 * share), rounded(100 * low), rounded(100 * high))


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100


def notes(found: Sequence[Figures], labels: Mapping[int, str]) -> Iterator[str]:
    """Notes of the engine, each once, items by their numbers."""
    for note in found:
        yield note_sentence(Note(NoteCode(note["code"]), _parameters(note, labels)))


def refusals(found: Sequence[Figures], labels: Mapping[int, str]) -> Iterator[str]:
    for problem in found:
        yield problem_sentence(FitProblem(FitCode(problem["code"]), _parameters(problem, labels)))


def _parameters(said: Figures, labels: Mapping[int, str]) -> dict[str, Any]:
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    item = values.get("item")
    if isinstance(item, str) and item.isdecimal() and int(item) in labels:
        values["item"] = labels[int(item)]
    return {name: value for name, value in values.items() if name != "code"}


def model_words(model: Figures, labels: Mapping[int, str]) -> tuple[str, list[str]]:
    """Which model there is, or why there is none; and what else is to be known of it."""
    said = [*notes(model["notes"], labels), *refusals(model["refused"], labels)]
    if model["model"]:
        values = {"model": MODELS[model["model"]], "n": figure(model["n"])}
        return _("%(model)s, people: %(n)s. Difficulties of both forms are on one scale.") % values, said
    if model["reason"] == "few_people":
        values = {"n": figure(model["n"]), "needed": model["needed"]}
        words = _("Classical analysis only: %(n)s people sat the work, and a model of answers needs %(needed)s.")
        return words % values, said
    return _("Classical analysis only: no model of answers fits."), said
