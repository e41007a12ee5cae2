"""Judgements: whose points are in, and what of them may be seen. Blind until the judgements are opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from traektoria.engines.criteria import Truth
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.criteria import Judged, leaves
from traektoria.people.actor import Actor
from traektoria.tutors.applications.models import Application
from traektoria.tutors.commission.enums import AgendaState
from traektoria.tutors.commission.models import AgendaItem, Judgement
from traektoria.tutors.commission.policies import judges_of
from traektoria.tutors.commission.queries.sessions import attendance_of
from traektoria.tutors.seats.models import CommissionMember

Given = Mapping[int, Mapping[str, Judgement]]  # member -> criterion -> the last judgement
BLIND = (AgendaState.WAITING, AgendaState.JUDGING)


def judged_criteria(application: Application) -> list[Judged]:
    """The criteria of the application's regulation that the commission judges, in order."""
    return [one for one in leaves(rules_of(application.regulation).status.criteria) if isinstance(one, Judged)]


def all_given(item: AgendaItem) -> Given:
    """Every member's last points. For counting only: what is shown goes through ``seen_by``. One query."""
    found: dict[int, dict[str, Judgement]] = {}
    for row in item.judgements.select_related("member__person").order_by("pk"):
        found.setdefault(row.member_id, {})[row.criterion] = row
    return found


def is_candidate(actor: Actor, item: AgendaItem) -> bool:
    return actor.person_id == item.application.person_id


def seen_by(actor: Actor, item: AgendaItem) -> Given:
    """What the actor may see: nothing as the candidate, their own until the judgements are opened, then all.

    There is no other way from a judgement to a page: neither the chair nor the coordinator has one.
    """
    if is_candidate(actor, item):
        return {}
    given = all_given(item)
    if item.state not in BLIND:
        return given
    return {member: rows for member, rows in given.items() if _own(rows, actor)}


def _own(rows: Mapping[str, Judgement], actor: Actor) -> bool:
    return any(row.member.person_id == actor.person_id for row in rows.values())


def recused_in(item: AgendaItem) -> set[int]:
    return {row.member_id for row in item.recusals.all()}


@dataclass(frozen=True)
class JudgingState:
    """How many of those who must judge have given all points: the only thing that is not blind."""

    done: int
    judges: tuple[CommissionMember, ...]
    missing: tuple[CommissionMember, ...]

    @property
    def complete(self) -> bool:
        return bool(self.judges) and not self.missing


def judging_state(item: AgendaItem) -> JudgingState:
    """Of present voting members who are not recused. Three queries."""
    judges = judges_of(attendance_of(item.session), recused_in(item))
    slugs = {one.slug for one in judged_criteria(item.application)}
    given = all_given(item)
    missing = tuple(one for one in judges if not slugs <= set(given.get(one.pk, {})))
    return JudgingState(len(judges) - len(missing), tuple(judges), missing)


@dataclass(frozen=True)
class Points:
    """A judged criterion over the panel: ``rows`` are (member, judgement) in the order of the panel."""

    criterion: Judged
    rows: tuple[tuple[CommissionMember, Judgement], ...]

    @property
    def n(self) -> int:
        return len(self.rows)

    @property
    def exact_mean(self) -> Fraction:
        return Fraction(sum(row.points for _member, row in self.rows), max(self.n, 1))

    @property
    def mean(self) -> float:
        """For showing; compared is ``exact_mean``."""
        return float(self.exact_mean)

    @property
    def least(self) -> int:
        return min((row.points for _member, row in self.rows), default=0)

    @property
    def greatest(self) -> int:
        return max((row.points for _member, row in self.rows), default=0)

    @property
    def finding(self) -> Truth:
        """Met from the mean that the regulation names, compared as numbers were written."""
        if not self.n:
            return Truth.UNKNOWN
        enough = self.exact_mean >= Fraction(str(self.criterion.pass_points))
        return Truth.MET if enough else Truth.NOT_MET


def points_of(item: AgendaItem) -> list[Points]:
    """The judged criteria with the points of everybody who judged to the end and is not recused; empty while blind."""
    if item.state in BLIND:
        return []
    criteria = judged_criteria(item.application)
    slugs, recused, given = {one.slug for one in criteria}, recused_in(item), all_given(item)
    panel = [rows for member, rows in given.items() if member not in recused and slugs <= set(rows)]
    ordered = sorted(panel, key=lambda rows: next(iter(rows.values())).member.person.sort_name)
    return [Points(one, _column(one.slug, ordered)) for one in criteria]


def _column(slug: str, panel: Sequence[Mapping[str, Judgement]]) -> tuple[tuple[CommissionMember, Judgement], ...]:
    return tuple((rows[slug].member, rows[slug]) for rows in panel)


def findings_of(points: Sequence[Points]) -> dict[str, Truth]:
    """What the checklist of the application takes."""
    return {one.criterion.slug: one.finding for one in points}
