"""What the protocol of a session and an extract from it say: plain facts, for the page and for the printed paper."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from traektoria.engines.criteria import Finding
from traektoria.organisations.regulations.schema import CommissionRules, Majority, MemberKind
from traektoria.organisations.regulations.words import label_of
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import Subject
from traektoria.people.models import Employment, Person
from traektoria.tutors.enums import ItemState
from traektoria.tutors.models import AgendaItem, Attendance, CommissionMember, Session
from traektoria.tutors.policies.commission import commission_rules
from traektoria.tutors.policies.sessions import Quorum, presiding, quorum_of, secretary_of
from traektoria.tutors.queries.application_checklist import Row, checklist
from traektoria.tutors.queries.judging import Points, findings_of, is_candidate, points_of
from traektoria.tutors.queries.sessions import agenda_of, attendance_of, session_day_of

COUNTED = (ItemState.COUNTED, ItemState.DECIDED)


@dataclass(frozen=True)
class MemberFacts:
    """A member at the session; ``reason`` is why they were absent."""

    person: Person
    kind: str
    position: str
    post: str
    post_label: str
    votes: bool
    present: bool
    reason: str
    signed_at: datetime | None


@dataclass(frozen=True)
class RecusalFacts:
    person: Person
    reason: str
    note: str


@dataclass(frozen=True)
class CriterionFacts:
    """``mean`` and what goes with it only of judged criteria whose judgements are open."""

    title: str
    source: str
    finding: Finding
    words: str
    mean: float | None = None
    n: int = 0
    least: int = 0
    greatest: int = 0
    pass_points: float = 0


@dataclass(frozen=True)
class VoteFacts:
    """Counts of a vote that is closed. ``by_name`` is empty for a secret one; ``not_given`` came and did not vote.

    ``unanimous``: everybody voted alike, so even a secret vote tells how each voted.
    """

    votes_for: int
    against: int
    abstained: int
    not_given: int
    present: int
    members: int
    secret: bool
    passed: bool
    by_chair: bool
    by_name: tuple[tuple[Person, str], ...]

    @property
    def unanimous(self) -> bool:
        cast = self.votes_for + self.against + self.abstained
        return cast in (self.votes_for, self.against, self.abstained)


@dataclass(frozen=True)
class ItemFacts:
    """An item of the agenda. ``granted`` is None until decided; ``appeal``: considered again after a refusal."""

    item_id: int
    number: int
    state: str
    candidate: Person
    position: str
    school: str
    subjects: str
    appeal: bool
    renewal: bool
    recusals: tuple[RecusalFacts, ...]
    criteria: tuple[CriterionFacts, ...]
    discussion: str
    vote: VoteFacts | None
    granted: bool | None
    reasons: str
    opinions: tuple[tuple[Person, str], ...]
    postponed_why: str
    decided_at: datetime | None

    @property
    def met(self) -> int:
        """How many criteria are met."""
        return sum(one.finding == Finding.MET for one in self.criteria)


@dataclass(frozen=True)
class ProtocolFacts:
    """A whole protocol. ``day`` is that of the session; ``majority`` is a label."""

    session: Session
    centre: str
    commission: str
    basis: str
    number: int
    day: date
    place: str
    majority: str
    chair_breaks_tie: bool
    members: tuple[MemberFacts, ...]
    quorum: Quorum
    chair: MemberFacts | None
    secretary: MemberFacts | None
    items: tuple[ItemFacts, ...]

    @property
    def present(self) -> tuple[MemberFacts, ...]:
        return tuple(one for one in self.members if one.present)

    @property
    def absent(self) -> tuple[MemberFacts, ...]:
        return tuple(one for one in self.members if not one.present)

    @property
    def signed(self) -> bool:
        return self.session.signed_at is not None


def protocol_facts(session: Session, *, reader: Actor | None = None) -> ProtocolFacts:
    """The protocol as it is now. For a ``reader`` who is a candidate their own item is cut to the decision.

    Eight queries an item at most; what is blind or secret is not in it.
    """
    rows, rules = attendance_of(session), commission_rules(session.regulation)
    members = {row.member_id: _member(row) for row in rows}
    items = [_seen(item_facts(item), item, reader) for item in agenda_of(session)]
    return _protocol(session, rows, rules, members, items)


def _protocol(
    session: Session, rows: Sequence[Attendance], rules: CommissionRules, members: dict[int, MemberFacts],
    items: list[ItemFacts],
) -> ProtocolFacts:  # fmt: skip
    chair, secretary = presiding(rows), secretary_of(rows)
    return ProtocolFacts(
        session=session,
        centre=session.centre.full_name or session.centre.name,
        commission=session.commission.name,
        basis=session.commission.basis,
        number=session.number,
        day=session_day_of(session),
        place=session.place,
        majority=str(label_of(Majority(rules.majority))),
        chair_breaks_tie=rules.chair_breaks_tie,
        members=tuple(members.values()),
        quorum=quorum_of(rows, rules.quorum),
        chair=members.get(chair.pk) if chair else None,
        secretary=members.get(secretary.pk) if secretary else None,
        items=tuple(items),
    )


def extract_facts(item: AgendaItem) -> ProtocolFacts:
    """The protocol with this item only, as the candidate reads it: no votes by name, no points, no opinions."""
    session = item.session
    rows, rules = attendance_of(session), commission_rules(session.regulation)
    members = {row.member_id: _member(row) for row in rows}
    return _protocol(session, rows, rules, members, [for_candidate(item_facts(item))])


def _seen(facts: ItemFacts, item: AgendaItem, reader: Actor | None) -> ItemFacts:
    return for_candidate(facts) if reader is not None and is_candidate(reader, item) else facts


def for_candidate(facts: ItemFacts) -> ItemFacts:
    """What the candidate may read of the own item: the counts and the decision with its reasons, nobody's voice."""
    criteria = tuple(replace(one, mean=None, n=0) for one in facts.criteria)
    vote = replace(facts.vote, by_name=()) if facts.vote and facts.granted is not None else None
    return replace(facts, criteria=criteria, vote=vote, opinions=(), discussion="")


def _member(row: Attendance) -> MemberFacts:
    member = row.member
    return MemberFacts(
        person=member.person,
        kind=kind_label(member),
        position=member.position,
        post=member.post,
        post_label=str(member.get_post_display()),
        votes=member.votes,
        present=row.present,
        reason=row.reason,
        signed_at=row.protocol_signed_at,
    )


def kind_label(member: CommissionMember) -> str:
    return str(label_of(MemberKind(member.kind))) if member.kind in set(MemberKind) else member.kind


def item_facts(item: AgendaItem) -> ItemFacts:
    """Everything that the protocol says of one item."""
    work, application = work_of(item.application.person_id, session_day_of(item.session)), item.application
    return ItemFacts(
        item_id=item.pk,
        number=item.position,
        state=item.state,
        candidate=application.person,
        position=work.position if work else "",
        school=work.school.paper_name if work else "",
        subjects=", ".join(str(Subject(one).label) for one in application.subjects if one in Subject.values),
        appeal=bool(application.appeal),
        renewal=application.renews_id is not None,
        recusals=tuple(
            RecusalFacts(one.member.person, str(one.get_reason_display()), one.note)
            for one in item.recusals.select_related("member__person")
        ),
        criteria=criteria_facts(item),
        discussion=item.discussion,
        vote=vote_facts(item),
        granted=item.granted,
        reasons=item.reasons,
        opinions=tuple((one.member.person, one.text) for one in item.opinions.select_related("member__person")),
        postponed_why=item.postponed_why,
        decided_at=item.decided_at,
    )


def work_of(person_id: int, day: date) -> Employment | None:
    """The person's work on that day, the longest first. One query."""
    rows = Employment.objects.filter(in_force(day), person=person_id).select_related("school")
    return rows.order_by("start", "pk").first()


def criteria_facts(item: AgendaItem) -> tuple[CriterionFacts, ...]:
    points = {one.criterion.slug: one for one in points_of(item)}
    found = checklist(item.application, findings_of(list(points.values())))
    return tuple(_criterion(row, points.get(row.leaf.slug)) for row in found.rows)


def _criterion(row: Row, points: Points | None) -> CriterionFacts:
    words = row.computed.words if row.computed else row.check_note
    facts = CriterionFacts(row.leaf.title, row.leaf.source, row.finding, words or "")
    if points is None or not points.n:
        return facts
    return replace(
        facts,
        mean=points.mean,
        n=points.n,
        least=points.least,
        greatest=points.greatest,
        pass_points=points.criterion.pass_points,
    )


def vote_facts(item: AgendaItem) -> VoteFacts | None:
    """Of a vote that is closed; before that there are no counts for anybody."""
    if item.state not in COUNTED:
        return None
    votes_for, against, abstained = item.for_count or 0, item.against_count or 0, item.abstained_count or 0
    present = item.present_count or 0
    named = () if item.secret else item.votes.select_related("member__person").order_by("member__person__sort_name")
    return VoteFacts(
        votes_for, against, abstained, present - votes_for - against - abstained, present, item.members_count or 0,
        item.secret, bool(item.passed), item.by_chair,
        tuple((vote.member.person, str(vote.get_choice_display())) for vote in named),
    )  # fmt: skip
