"""The checklist of an application: each criterion with what is known, stated, shown and found, and what follows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils import timezone

from traektoria.engines.criteria import Conclusion, Node, Rule, Truth, conclude, missing
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.criteria import Document, Fact, Group, Judged, Leaf, Threshold
from traektoria.organisations.regulations.schema import Procedure, StatusRules
from traektoria.people.models import Person
from traektoria.tutors.applications.enums import Check
from traektoria.tutors.applications.models import Application, CriterionAnswer, CriterionEvidence
from traektoria.tutors.applications.queries.facts import Known, facts_of, value_in_words

FOUND = {Check.MET: Truth.MET, Check.NOT_MET: Truth.NOT_MET}


@dataclass(frozen=True)
class Row:
    """A criterion that is met or not by itself (``leaf``). ``within``: the group where not all are needed, if any.

    ``computed`` is what the system knows (in a submitted application, as it was then), ``check`` is the finding of the
    person who checks, ``proposed`` is what the numbers say, ``finding`` is the one of the three that counts.
    """

    leaf: Leaf
    within: Group | None
    computed: Known | None
    stated: Decimal | None
    text: str
    evidence: tuple[CriterionEvidence, ...]
    check: Check
    check_note: str
    checked_by: Person | None
    by_hand: bool
    judged: Truth = Truth.UNKNOWN

    @property
    def proposed(self) -> Truth:
        """What the numbers say of a threshold: more by papers than the system knows is for a person to look at."""
        if not isinstance(self.leaf, Threshold):
            return Truth.UNKNOWN
        known = self.computed.value if self.computed else Decimal(0)
        if known >= Decimal(str(self.leaf.at_least)):
            return Truth.MET
        return Truth.UNKNOWN if self.states_enough else Truth.NOT_MET

    @property
    def states_enough(self) -> bool:
        """The candidate says that papers show the threshold reached."""
        least = Decimal(str(self.leaf.at_least)) if isinstance(self.leaf, Threshold) else Decimal(0)
        return self.stated is not None and self.stated >= least

    @property
    def finding(self) -> Truth:
        if isinstance(self.leaf, Judged) and not self.by_hand:
            return self.judged
        return FOUND.get(self.check, self.proposed)

    @property
    def answered(self) -> bool:
        """The candidate has done what can be done here: the number is there, or something is shown or said."""
        shown = bool(self.evidence or self.text)
        if isinstance(self.leaf, Threshold):
            return self.proposed == Truth.MET or (self.states_enough and shown)
        return shown

    @property
    def least_in_words(self) -> str:
        """What a threshold asks for, in the words of its fact; nothing for other criteria."""
        if not isinstance(self.leaf, Threshold):
            return ""
        return value_in_words(self.leaf.fact, Decimal(str(self.leaf.at_least)))

    @property
    def stated_in_words(self) -> str:
        fact = self.leaf.fact if isinstance(self.leaf, Threshold) else Fact.SERVICE
        return "" if self.stated is None else value_in_words(fact, self.stated)

    @property
    def is_threshold(self) -> bool:
        return isinstance(self.leaf, Threshold)

    @property
    def is_document(self) -> bool:
        return isinstance(self.leaf, Document)

    @property
    def is_judged(self) -> bool:
        return isinstance(self.leaf, Judged)


@dataclass(frozen=True)
class Checklist:
    """``root`` concludes from what is found; ``rows`` are the criteria in force in the order of the regulation."""

    root: Conclusion
    rows: tuple[Row, ...]

    @property
    def unchecked(self) -> list[Row]:
        """What the secretary has still to look at."""
        return [row for row in self.rows if row.by_hand and row.check == Check.OPEN]

    @property
    def missing(self) -> list[Row]:
        """The criteria that stand between the candidate and the status, by what is found."""
        return self._rows(missing(self.root))

    @property
    def left(self) -> list[Row]:
        """What is left for the candidate to fill in: criteria that decide and are not answered."""
        answers = {row.leaf.slug: Truth.MET if row.answered else Truth.UNKNOWN for row in self.rows}
        return self._rows(missing(conclude(self.root.node, answers)))

    def _rows(self, slugs: Iterable[str]) -> list[Row]:
        wanted = set(slugs)
        return [row for row in self.rows if row.leaf.slug in wanted]


def checklist(application: Application, judged: Mapping[str, Truth] | None = None) -> Checklist:
    """The checklist by the regulation that the application keeps; ``judged`` are findings of the commission by slug.

    At most three queries where ``regulation`` and ``centre__municipality`` are read already.
    """
    answers = {answer.criterion: answer for answer in application.answers.select_related("checked_by")}
    shown = list(application.evidence.all())
    known = facts_of(application.person_id, application.centre, timezone.localdate())
    rules = rules_of(application.regulation).status
    rows = _rows_of(rules, known, answers, shown, judged or {}, snapshot=application.submitted_at is not None)
    return _checklist(rules, rows)


def requirements(person_id: int, centre: TutorCentre, rules: StatusRules) -> Checklist:
    """The same before anything is begun: what the regulation asks for and what the system knows. One query."""
    known = facts_of(person_id, centre, timezone.localdate())
    return _checklist(rules, _rows_of(rules, known, {}, [], {}, snapshot=False))


def _checklist(rules: StatusRules, rows: list[Row]) -> Checklist:
    return Checklist(conclude(node_of(rules.criteria), {row.leaf.slug: row.finding for row in rows}), tuple(rows))


def node_of(criteria: Group) -> Node:
    """The tree of the criteria in force, for the engine. A group with nothing left in it asks for nothing."""
    node = _node(criteria)
    return node or Node(criteria.slug, Rule.ALL)


def _node(criterion: Group | Leaf) -> Node | None:
    if not isinstance(criterion, Group):
        return Node(criterion.slug)
    below = tuple(filter(None, (_node(one) for one in criterion.of if not one.archived)))
    if not below:
        return None
    return Node(criterion.slug, Rule(criterion.rule), min(criterion.number, len(below)), below)


def _rows_of(
    rules: StatusRules,
    known: Mapping[Fact, Known],
    answers: Mapping[str, CriterionAnswer],
    shown: list[CriterionEvidence],
    judged: Mapping[str, Truth],
    *,
    snapshot: bool,
) -> list[Row]:
    rows = []
    for leaf, within in _placed(rules.criteria, None):
        answer = answers.get(leaf.slug, CriterionAnswer(criterion=leaf.slug))
        computed = known[leaf.fact] if isinstance(leaf, Threshold) else None
        rows.append(
            Row(
                leaf=leaf,
                within=within,
                computed=_as_submitted(leaf, computed, answer) if snapshot else computed,
                stated=answer.stated,
                text=answer.text,
                evidence=tuple(one for one in shown if one.criterion == leaf.slug),
                check=Check(answer.check_result),
                check_note=answer.check_note,
                checked_by=answer.checked_by if answer.checked_by_id else None,
                by_hand=checked_by_hand(leaf, rules.procedure),
                judged=judged.get(leaf.slug, Truth.UNKNOWN),
            )
        )
    return rows


def _as_submitted(leaf: Leaf, computed: Known | None, answer: CriterionAnswer) -> Known | None:
    """The number as it was when the application was submitted, with where it is from."""
    if computed is None or answer.computed is None or not isinstance(leaf, Threshold):
        return computed
    return replace(computed, value=answer.computed, words=value_in_words(leaf.fact, answer.computed))


def _placed(group: Group, within: Group | None) -> Iterable[tuple[Leaf, Group | None]]:
    """The leaves in force, each with the nearest group that does not need all of its criteria."""
    here = within if group.rule == "all" else group
    for one in group.of:
        if one.archived:
            continue
        if isinstance(one, Group):
            yield from _placed(one, here)
        else:
            yield one, here


def checked_by_hand(leaf: Leaf, procedure: Procedure) -> bool:
    """What is judged by a commission is not checked by its secretary; without a commission a person checks all."""
    return procedure != Procedure.COMMISSION or not isinstance(leaf, Judged)
