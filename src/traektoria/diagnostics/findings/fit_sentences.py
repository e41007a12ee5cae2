"""Words of the psychometric engine, which has codes and figures only: refusals, notes, flags."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.figures import shortest
from traektoria.engines.psychometrics import FitCode, FitProblem, Flag, Note, NoteCode

_REFUSALS: Mapping[FitCode, Promise] = {
    FitCode.EMPTY_FILE: gettext_lazy("The file is empty: a header row and at least one row of answers are needed."),
    FitCode.UNREADABLE_TEXT: gettext_lazy("This is not a text file. Save the table as CSV and try again."),
    FitCode.UNNAMED_COLUMN: gettext_lazy("Column %(place)s has no name in the header row."),
    FitCode.DUPLICATE_COLUMN: gettext_lazy("Column “%(column)s” occurs more than once; each name must be used once."),
    FitCode.MISSING_COLUMN: gettext_lazy("There is no column “%(column)s” in the file."),
    FitCode.RAGGED_ROW: gettext_lazy("Row %(row)s has %(cells)s cells, and the header has %(needed)s."),
    FitCode.NO_ITEMS: gettext_lazy("No columns with answers are left."),
    FitCode.ONE_ITEM: gettext_lazy("There is only one item, “%(item)s”: at least two are needed."),
    FitCode.TOO_FEW_ITEMS: gettext_lazy(
        "The model %(model)s needs at least %(needed)s items, and there are %(n)s: two do not determine it. "
        "Take rasch or pcm, or add items."
    ),
    FitCode.NOT_A_NUMBER: gettext_lazy("Row %(row)s, column “%(column)s”: “%(value)s” is not a number."),
    FitCode.NOT_WHOLE: gettext_lazy("Row %(row)s, column “%(column)s”: %(value)s is not a whole number of points."),
    FitCode.OUT_OF_RANGE: gettext_lazy(
        "Row %(row)s, column “%(column)s”: %(value)s is outside the range from %(low)s to %(high)s."
    ),
    FitCode.BAD_WEIGHT: gettext_lazy("Row %(row)s, column “%(column)s”: the weight “%(value)s” must be above zero."),
    FitCode.TOO_FEW_PEOPLE: gettext_lazy("Too few people for this model: %(n)s; at least %(needed)s are needed."),
    FitCode.TOO_MANY_ITEMS: gettext_lazy(
        "Too many items for conditional estimation: %(n)s, at most %(limit)s. Use the method mml."
    ),
    FitCode.UNANSWERED_ITEM: gettext_lazy("Nobody has answered item “%(item)s”."),
    FitCode.CONSTANT_ITEM: gettext_lazy(
        "Everybody has %(value)s on item “%(item)s”: nothing can be estimated from it. Leave it out and try again."
    ),
    FitCode.NOT_DICHOTOMOUS: gettext_lazy(
        "This model takes only 0 and 1, and item “%(item)s” has the values %(values)s. "
        "Choose pcm, gpcm or grm, or give a key."
    ),
    FitCode.KEY_WITHOUT_ITEM: gettext_lazy("The key names item “%(item)s”, which is not in the file."),
    FitCode.ITEM_WITHOUT_KEY: gettext_lazy("The key has no answer for item “%(item)s”."),
    FitCode.KEY_TWICE: gettext_lazy("Row %(row)s of the key names item “%(item)s” once more; leave one of the two."),
    FitCode.BLANK_KEY: gettext_lazy("Row %(row)s of the key has no right answer for item “%(item)s”."),
    FitCode.MISSING_CODE: gettext_lazy(
        "The value %(value)s (%(n)s times, items: %(items)s) looks like a sign of no answer. "
        "If it is one, add --missing=%(value)s; if these are points, say the range with --min and --max."
    ),
    FitCode.FEW_ANSWERS: gettext_lazy(
        "Item “%(item)s” has too few answers for this model: %(n)s; at least %(needed)s are needed. "
        "Leave it out with --ignore."
    ),
    FitCode.NO_INFORMATIVE_PERSON: gettext_lazy(
        "Everybody has either the lowest or the highest score: such answers say nothing about the items."
    ),
    FitCode.ILL_CONDITIONED: gettext_lazy(
        "Difficulties can't be compared: some items are always easier than the others for everybody, see “%(item)s”."
    ),
    FitCode.UNKNOWN_GROUP: gettext_lazy("There is no group “%(group)s”; the groups are %(groups)s."),
    FitCode.METHOD_NOT_OFFERED: gettext_lazy("The method %(method)s is for the Rasch model only, not for %(model)s."),
    FitCode.GRID_TOO_NARROW: gettext_lazy(
        "People differ so much that the model's variance runs away (scale from −%(reach)s to %(reach)s): "
        "the answers are almost a perfect staircase. There are no estimates."
    ),
    FitCode.NOT_CONVERGED: gettext_lazy(
        "The estimates have not converged in %(iterations)s steps, so there are none. "
        "Item “%(item)s” went furthest; look at its answers, or choose a simpler model."
    ),
    FitCode.NOT_DETERMINED: gettext_lazy(
        "These answers do not determine the parameters of item “%(item)s”, so there are no estimates. "
        "Leave it out, gather more answers, or choose a simpler model."
    ),
}
_NOTES: Mapping[NoteCode, Promise] = {
    NoteCode.REPEATED_PERSONS: gettext_lazy("Repeated names of people: %(n)s. Each row is taken for another person."),
    NoteCode.EMPTY_ROWS_LEFT_OUT: gettext_lazy("Rows without any answer, left out: %(n)s."),
    NoteCode.INCOMPLETE_ROWS_LEFT_OUT: gettext_lazy(
        "Alpha and correlations are of the people who answered everything: %(complete)s; not counted there: %(n)s."
    ),
    NoteCode.NO_COMPLETE_ROWS: gettext_lazy(
        "Hardly anybody answered everything (%(complete)s), so there are no alpha and no correlations."
    ),
    NoteCode.MISSING_MARGINALISED: gettext_lazy(
        "Missing answers: %(n)s. The model takes each person by the items answered."
    ),
    NoteCode.WEIGHTS_USED: gettext_lazy("Each row counts as often as it weighs, %(total)s in all."),
    NoteCode.NOT_WHOLE_VALUES: gettext_lazy(
        "Answers that are not whole numbers: %(n)s (rows %(rows)s and others). Is it so in the original?"
    ),
    NoteCode.FAR_VALUES: gettext_lazy(
        "Item “%(item)s”: %(values)s lies far from all other answers (rows %(rows)s). Is it so in the original?"
    ),
    NoteCode.CATEGORIES_COLLAPSED: gettext_lazy(
        "Item “%(item)s”: nobody has %(values)s, so the categories are numbered without a gap."
    ),
    NoteCode.RARE_CATEGORY: gettext_lazy(
        "Item “%(item)s”: %(value)s was given by %(n)s only; its threshold is uncertain."
    ),
    NoteCode.FEW_PEOPLE: gettext_lazy(
        "People: %(n)s. From %(advised)s on the estimates are steady; now look at the standard errors first."
    ),
    NoteCode.EXTREME_SCORES: gettext_lazy("People with the lowest or the highest score, set aside: %(n)s."),
    NoteCode.NEGATIVE_SLOPE: gettext_lazy(
        "Item “%(item)s”: the abler people are, the lower they score on it. Check its key."
    ),
    NoteCode.NO_SPREAD: gettext_lazy(
        "The answers don't tell people apart: the variance of their abilities is zero, and so all abilities are equal."
    ),
    NoteCode.DIF_NEEDS_TWO_GROUPS: gettext_lazy("Groups in the file: %(n)s. Items are compared between two only."),
    NoteCode.DIF_NEEDS_RIGHT_WRONG: gettext_lazy("Groups are compared on items with 0 and 1 only."),
    NoteCode.DIF_GROUPS: gettext_lazy(
        "Groups are compared at equal scores: “%(reference)s” against “%(focal)s”, people: %(n)s."
    ),
    NoteCode.ANDERSEN_IMPOSSIBLE: gettext_lazy(
        "Andersen's test is impossible here: too few items have right and wrong answers in both halves."
    ),
    NoteCode.ANDERSEN_WITHOUT_ITEMS: gettext_lazy(
        "Andersen's test is of %(n)s items: in one of the halves everybody has the same answer, or none, on %(items)s."
    ),
    NoteCode.FEW_ANSWERS: gettext_lazy("Item “%(item)s” has few answers: %(n)s. Its figures are uncertain."),
    NoteCode.NO_ITEM_FIT: gettext_lazy(
        "There is no infit or outfit of %(items)s: nobody whose score lies between the ends has answered."
    ),
    NoteCode.PERSON_COLUMN_FOUND: gettext_lazy(
        "Column “%(column)s” is taken for people and is no item. If it is one, name the items with --items."
    ),
    NoteCode.NOT_ITEMS_LEFT_OUT: gettext_lazy(
        "By their names these columns are no items and are left out: %(columns)s. If they are, use --items."
    ),
    NoteCode.MISSING_CODES_TAKEN: gettext_lazy("%(values)s are taken for no answer, cells: %(n)s."),
    NoteCode.REVERSED: gettext_lazy("Turned round between %(low)s and %(high)s: %(items)s."),
    NoteCode.KEY_NEVER_CHOSEN: gettext_lazy(
        "Nobody has chosen the right answer of %(items)s: is the key written as the answers are?"
    ),
}
_FLAGS: Mapping[Flag, Promise] = {
    Flag.NEGATIVE_ITEM_REST: gettext_lazy("negative correlation with the rest: check the key"),
    Flag.WEAK_ITEM_REST: gettext_lazy("hardly goes with the rest"),
    Flag.ALPHA_RISES_WITHOUT: gettext_lazy("alpha is higher without it"),
    Flag.CONSTANT: gettext_lazy("all answers are the same"),
    Flag.STRONG_DISTRACTOR: gettext_lazy("strong people choose another option: check the key"),
}


def problem_sentence(problem: FitProblem) -> str:
    return str(_REFUSALS[problem.code]) % _figures(problem)


def note_sentence(note: Note) -> str:
    return str(_NOTES[note.code]) % _figures(note)


def flag_words(flag: Flag) -> str:
    return str(_FLAGS[flag])


def _figures(said: FitProblem | Note) -> dict[str, str]:
    return {name: _shown(value) for name, value in said.parameters.items()}


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, float):
        return _("no limit") if abs(value) == float("inf") else shortest(value, 3)
    return str(value)
