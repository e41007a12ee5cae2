"""The section about the status of a tutor: by whose decision, by what criteria, how the commission decides."""

from django.utils.translation import gettext as _

from traektoria.core.figures import shortest
from traektoria.organisations.regulations.criteria import Group, Judged, Leaf, leaves
from traektoria.organisations.regulations.labels import label_of
from traektoria.organisations.regulations.schema import CommissionRules, MemberKind, Procedure, StatusRules
from traektoria.organisations.regulations.sentences import ClauseTable, ClauseText, lower_first
from traektoria.organisations.regulations.values_in_words import criterion_words, days, in_force, number, rule_words
from traektoria.organisations.regulations.values_in_words import years_or_months as months


def status_clauses(status: StatusRules) -> list[ClauseText]:
    """All clauses of the section."""
    pay = [ClauseText("pay", _("Pay: %(how)s.") % {"how": lower_first(status.pay).rstrip(".")})] if status.pay else []
    return [
        ClauseText("procedure", _procedure(status)),
        *_criteria(status.criteria),
        *_points(status.criteria),
        ClauseText("term", _term(status)),
        *_commission(status.commission),
        *pay,
    ]


def _procedure(status: StatusRules) -> str:
    words = {
        Procedure.COMMISSION: _("The status “%(name)s” is granted by a commission that judges by the criteria."),
        Procedure.ORDER: _("The head appoints a tutor and releases them by an order. The status is called “%(name)s”."),
        Procedure.VOLUNTARY: _(
            "One becomes a tutor of one's own will; the coordinator enters tutors in the list. "
            "The status is called “%(name)s”."
        ),
    }
    return words[status.procedure] % {"name": status.name}


def _criteria(root: Group) -> list[ClauseText]:
    """The tree: each criterion of the root is a clause of its own, what is below it are bullets."""
    if not leaves(root):
        return []
    text = _("%(title)s: %(rule)s.") % {"title": root.title, "rule": rule_words(root)}
    return [ClauseText("criteria", text, under=tuple(_criterion(one) for one in in_force(root.of)))]


def _criterion(node: Group | Leaf) -> ClauseText:
    if not isinstance(node, Group):
        return ClauseText(node.slug, f"{criterion_words(node)}.")
    text = _("%(title)s: %(rule)s:") % {"title": node.title, "rule": rule_words(node)}
    return ClauseText(node.slug, text, tuple(criterion_words(one) for one in in_force(node.of)))


def _points(root: Group) -> list[ClauseText]:
    judged = [one for one in leaves(root) if isinstance(one, Judged)]
    head = (_("Criterion"), _("Points and what they mean"))
    rows = tuple((one.title, _scale(one)) for one in judged)
    return [ClauseText("points", _("Points are given so:"), table=ClauseTable(head, rows))] if rows else []


def _scale(criterion: Judged) -> str:
    """«0 — опыта нет; 1 — …»"""
    return _("; ").join(
        _("%(points)s — %(text)s") % {"points": one.points, "text": lower_first(one.text).rstrip(".")}
        for one in criterion.descriptors
    )


def _term(status: StatusRules) -> str:
    if not status.term_months:
        return _("The status is given without a term.")
    term = _("The status is given for %(term)s.") % {"term": months(status.term_months)}
    again = _("It can be renewed.") if status.renewable else _("It is not renewed: one applies anew.")
    remind = ", ".join(number(one) for one in sorted(status.remind_days, reverse=True))
    soon = _("The tutor is reminded before the end of the term, in days: %(days)s.") % {"days": remind}
    return " ".join([term, again, *([soon] if remind else [])])


def _commission(rules: CommissionRules | None) -> list[ClauseText]:
    if rules is None:
        return []
    return [
        ClauseText(
            "commission",
            _("The commission:"),
            under=(
                ClauseText(
                    "kinds", _("Members may be: %(kinds)s.") % {"kinds": _kinds(rules.kinds)} + _by_consent(rules)
                ),
                ClauseText("size", _size(rules)),
                ClauseText("quorum", _quorum(rules)),
                ClauseText("vote", _vote(rules)),
                ClauseText("days", _days(rules)),
            ),
        )
    ]


def _kinds(kinds: tuple[MemberKind, ...]) -> str:
    return ", ".join(str(label_of(one)) for one in kinds)


def _by_consent(rules: CommissionRules) -> str:
    if not rules.by_consent:
        return ""
    return " " + _("By agreement: %(kinds)s.") % {"kinds": _kinds(rules.by_consent)}


def _size(rules: CommissionRules) -> str:
    return _("Members of the commission, at least: %(number)s. Term of the commission: %(term)s.") % {
        "number": rules.least_members, "term": months(rules.term_months),
    }  # fmt: skip


def _quorum(rules: CommissionRules) -> str:
    return _("A session may decide when at least %(share)s%% of the members are present.") % {
        "share": shortest(rules.quorum * 100)
    }


def _vote(rules: CommissionRules) -> str:
    secret = _("The vote is secret.") if rules.secret else _("The vote is open.")
    need = _("A decision needs: %(majority)s.") % {"majority": label_of(rules.majority)}
    tie = [_("With equal votes the chair's vote decides.")] if rules.chair_breaks_tie else []
    return " ".join([secret, need, *tie])


def _days(rules: CommissionRules) -> str:
    review = _("An application is considered within %(days)s.") % {"days": days(rules.review_days)}
    if not rules.appeal_days:
        return review
    return f"{review} " + _("A refusal can be appealed within %(days)s.") % {"days": days(rules.appeal_days)}
