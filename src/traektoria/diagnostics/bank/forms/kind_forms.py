"""Simple fields and rows of each kind of item on its form."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.diagnostics.bank.forms import fields as f
from traektoria.diagnostics.bank.forms.rows import Rows


class AskedForm(forms.Form):
    """What every item has: its text."""

    text = f.words(
        _("Text of the task"), rows=5, hint=_("A formula stands between \\( and \\): \\(x^2 + \\frac{1}{2}\\)")
    )


class ScoredForm(AskedForm):
    max_score = f.points(_("Most points"))


class SingleForm(ScoredForm):
    shuffle = forms.BooleanField(label=_("Show the answers to each person in an order of their own"), required=False)


class MultipleForm(SingleForm):
    exact = forms.BooleanField(label=_("All or nothing: points only for exactly the right set"), required=False)


class ShortForm(ScoredForm):
    case_sensitive = forms.BooleanField(label=_("Small and capital letters matter"), required=False)
    strict = forms.BooleanField(
        label=_("Strictly, letter by letter"),
        required=False,
        help_text=_(
            "Otherwise what looks the same is the same: Н2О in Cyrillic and H2O in Latin letters, 3.14 and 3,14, "
            "a minus and a dash, a blank of any width, ё and е."
        ),
    )


class NumericForm(ScoredForm):
    unit = f.line(
        _("Unit"), required=False, most=40, hint=_("Shown beside the field: km, %, ₽. The answer is a number only.")
    )


class MatchingForm(ScoredForm):
    whole = forms.BooleanField(label=_("All or nothing: points only when all pairs are right"), required=False)


class OrderingForm(ScoredForm):
    whole = forms.BooleanField(label=_("All or nothing: points only for the whole order"), required=False)


class ExtendedForm(AskedForm):
    guidance = f.words(
        _("For those who mark"),
        rows=4,
        required=False,
        hint=_("The solution and what to look at. Teachers do not see it."),
    )
    tolerance = f.points(
        _("Two markers may differ by, points"),
        least=Decimal(0),
        hint=_("If they differ by more, a third one is asked."),
    )


class LikertForm(AskedForm):
    steps = f.lines(_("Steps of the scale, each on its line"), hint=_("From the least to the most."))
    scale = f.line(_("Scale"), required=False, most=200, hint=_("Items of one scale are counted together."))
    reverse = forms.BooleanField(label=_("Reverse: whoever agrees has less of what the scale measures"), required=False)


class ChoiceForm(AskedForm):
    many = forms.BooleanField(label=_("Several may be ticked"), required=False)
    other = forms.BooleanField(label=_("Offer a line for an answer of one's own"), required=False)
    difficulties = forms.BooleanField(
        label=_("The answers are topics: what is ticked is a difficulty that the teacher names"), required=False
    )


class OpenForm(AskedForm):
    lines = forms.IntegerField(
        label=_("Lines for the answer"), min_value=1, max_value=20, widget=forms.NumberInput({"class": "short"})
    )


SINGLE = Rows(
    "options", f.SingleRow, _("Answers to choose from"), _("Answer option"), _("Add an answer"),
    hint=_("Mark the right one with the circle."), radio=_("Right"), start=4, extra=("weight", "feedback"), plain=True,
)  # fmt: skip
MULTIPLE = Rows(
    "options", f.MultipleRow, _("Answers to choose from"), _("Answer option"), _("Add an answer"),
    hint=_("Tick the right ones. Where no shares are written, they share 100 %, and a wrong one takes as much away."),
    start=5, extra=("weight", "feedback"), plain=True,
)  # fmt: skip
ACCEPTED = Rows(
    "accepted", f.AcceptedRow, _("Accepted answers"), _("Accepted answer"), _("Add a form"),
    hint=_("All forms that count as right; * stands for any letters."),
    start=2, extra=("weight", "feedback"), plain=True,
)  # fmt: skip
RANGES = Rows(
    "ranges", f.RangeRow, _("Right numbers"), _("Right number"), _("Add a number"),
    hint=_("A number, a number with a tolerance (3.14 ± 0.01), or a range (3..5). Comma and point are the same."),
    start=1, extra=("weight", "feedback"), plain=True,
)  # fmt: skip
PAIRS = Rows(
    "pairs", f.PairRow, _("Pairs"), _("Pair"), _("Add a pair"), hint=_("Each left side gets its right one."), start=3
)
SPARE = Rows(
    "distractors", f.TextRow, _("Spare right sides"), _("Spare one"), _("Add a spare one"),
    hint=_("They go with nothing, so that the last pair is not guessed."), start=1, plain=True,
)  # fmt: skip
ORDER = Rows(
    "order", f.TextRow, _("Steps in the right order"), _("Step"), _("Add a step"),
    hint=_("Teachers see them mixed."), start=3, plain=True,
)  # fmt: skip
CRITERIA = Rows(
    "criteria", f.CriterionRow, _("Criteria"), _("Criterion"), _("Add a criterion"),
    hint=_("The points of the task are the sum of the criteria. A code left empty becomes К1, К2 …"), start=2,
    extra=("descriptors",), extra_label=_("What points are given for"),
)  # fmt: skip
CHOICES = Rows(
    "options", f.TextRow, _("Answers to choose from"), _("Answer option"), _("Add an answer"), start=4, plain=True
)
MARKS = Rows(
    "marks", f.LevelRow, _("Levels"), _("Level"), _("Add a level"), hint=_("From the lowest to the highest."), start=3
)


def agreement() -> str:
    """The usual steps of a scale, a line each."""
    steps = [_("do not agree at all"), _("rather do not agree"), _("rather agree"), _("agree fully")]
    return "\n".join(map(str, steps))
