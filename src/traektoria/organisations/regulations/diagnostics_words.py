"""What a regulation says of diagnostics, clause by clause."""

from django.utils.translation import gettext as _

from traektoria.organisations.regulations.diagnostics_rules import DiagnosticsRules
from traektoria.organisations.regulations.sentences import ClauseTable, ClauseText


def diagnostics_clauses(rules: DiagnosticsRules) -> list[ClauseText]:
    """How conclusions on topics are made, and of whom nothing is said."""
    limits = _(
        "A topic of a work is mastered where its tasks, done many times, would give %(secure)s %% of the points or "
        "more; below %(deficit)s %% it is a deficit. Conclusions are about the tasks asked, not about the whole topic."
    ) % {"secure": rules.secure_from, "deficit": rules.deficit_below}
    words = _(
        "A deficit is called expressed where of a hundred such conclusions at least %(expressed)s are true, and "
        "possible from a probability of %(possible)s %%; it is a supposition, which the teacher confirms or drops."
    ) % {"expressed": rules.expressed_from, "possible": rules.possible_from}
    least = _(
        "Nothing is concluded from fewer than %(items)s tasks on a topic, or where fewer than %(people)s people sat "
        "the work."
    ) % {"items": rules.least_items, "people": rules.least_people}
    return [
        ClauseText("limits", limits),
        ClauseText("words", words),
        ClauseText("least", least),
        *_levels(rules),
        *_groups(rules),
    ]


def _levels(rules: DiagnosticsRules) -> list[ClauseText]:
    rows = tuple((level.title, str(level.at_least)) for level in rules.levels)
    head = (_("Level"), _("From, per cent of points"))
    return [ClauseText("levels", _("Levels of mastery:"), table=ClauseTable(head, rows))] if rows else []


def _groups(rules: DiagnosticsRules) -> list[ClauseText]:
    pictures = _(
        "Results of a group are shown where it has at least %(n)s people; results of a person are seen by that person "
        "and their tutor."
    ) % {"n": rules.picture_least}
    routes = _("A group route is made for %(least)s to %(most)s teachers with common difficulties.") % {
        "least": rules.group_least, "most": rules.group_most,
    }  # fmt: skip
    return [ClauseText("pictures", pictures), ClauseText("group_routes", routes)]
