"""What the protocol of a session and an extract from it say: plain facts, for the page and for the printed paper.

By the first signature the facts are kept with the session (``Session.printed``): names, positions, who presided, how
the centre is called. What is said from then on is read there, and not from the people of today.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from pydantic import TypeAdapter

from traektoria.core.boxes import readable
from traektoria.core.errors import Conflict
from traektoria.engines.criteria import Truth
from traektoria.engines.declension import Case, decline
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.labels import label_of
from traektoria.organisations.regulations.schema import Majority, MemberKind
from traektoria.organisations.zones import in_time_of
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import Subject
from traektoria.people.models import Employment, Person
from traektoria.people.names import name_of
from traektoria.people.queries import GivenPassword, passwords_given
from traektoria.tutors.applications.queries.checklist import Row, checklist
from traektoria.tutors.commission.enums import AgendaState
from traektoria.tutors.commission.models import AgendaItem, Attendance, Session
from traektoria.tutors.commission.policies import Quorum, presiding, quorum_of, secretary_of
from traektoria.tutors.commission.queries.judgements import Points, findings_of, points_of
from traektoria.tutors.commission.queries.sessions import agenda_of, attendance_of, session_day_of
from traektoria.tutors.seats.policies import commission_rules
from traektoria.tutors.statuses.models import StatusTerm

COUNTED = (AgendaState.COUNTED, AgendaState.DECIDED)


@dataclass(frozen=True)
class PersonNames:
    """A person as the paper names them."""

    pk: int
    full_name: str
    short_name: str


@dataclass(frozen=True)
class MemberFacts:
    """A member at the session; ``reason`` is why they were absent, ``signed_on`` the centre's day."""

    member_id: int
    person: PersonNames
    kind: str
    position: str
    post: str
    post_label: str
    votes: bool
    present: bool
    reason: str
    signed_on: date | None


@dataclass(frozen=True)
class RecusalFacts:
    person: PersonNames
    reason: str
    note: str


@dataclass(frozen=True)
class CriterionFacts:
    """``mean`` and what goes with it only of judged criteria whose judgements are open."""

    title: str
    source: str
    finding: Truth
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
    by_name: tuple[tuple[PersonNames, str], ...]

    @property
    def unanimous(self) -> bool:
        cast = self.votes_for + self.against + self.abstained
        return cast in (self.votes_for, self.against, self.abstained)


@dataclass(frozen=True)
class Term:
    """The days of a status; no ``end``: it lasts until it is ended."""

    start: date
    end: date | None


@dataclass(frozen=True)
class AgendaFacts:
    """An item of the agenda. ``granted`` is None until decided; ``appeal``: considered again after a refusal.

    ``term``: from when and until when the granted status lasts (without an end: None); None where none is granted.
    """

    item_id: int
    number: int
    state: str
    candidate: PersonNames
    candidate_dative: str
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
    opinions: tuple[tuple[PersonNames, str], ...]
    postponed_why: str
    decided_at: datetime | None
    term: Term | None = None

    @property
    def met(self) -> int:
        """How many criteria are met."""
        return sum(one.finding == Truth.MET for one in self.criteria)


@dataclass(frozen=True)
class ProtocolFacts:
    """A whole protocol. ``day`` is that of the session; ``majority`` is a label, ``status`` what is granted.

    ``signed_on``: the day of the last signature; None of what is not signed by both yet.
    """

    centre: str
    status: str
    commission: str
    basis: str
    number: int
    day: date
    place: str
    majority: str
    chair_breaks_tie: bool
    members: tuple[MemberFacts, ...]
    quorum: Quorum
    chair_id: int | None
    secretary_id: int | None
    items: tuple[AgendaFacts, ...]
    passwords: tuple[tuple[PersonNames, GivenPassword], ...] = ()
    signed_on: date | None = None

    @property
    def chair(self) -> MemberFacts | None:
        return next((one for one in self.members if one.member_id == self.chair_id), None)

    @property
    def secretary(self) -> MemberFacts | None:
        return next((one for one in self.members if one.member_id == self.secretary_id), None)

    @property
    def present(self) -> tuple[MemberFacts, ...]:
        return tuple(one for one in self.members if one.present)

    @property
    def absent(self) -> tuple[MemberFacts, ...]:
        return tuple(one for one in self.members if not one.present)

    @property
    def signed(self) -> bool:
        return self.signed_on is not None


def protocol_facts(session: Session, *, reader: Actor | None = None) -> ProtocolFacts:
    """The protocol: from the first signature on as it was signed, before that as it is now. For a ``reader`` who is a
    candidate their own item is cut to the decision.

    No query of a signed one; else eight an item at most; what is blind or secret is not in it. Raises ``Conflict``.
    """
    facts = _whole(session)
    return replace(facts, items=tuple(_seen(item, reader) for item in facts.items)) if reader else facts


def extract_facts(item: AgendaItem) -> ProtocolFacts:
    """The protocol with this item only, as the candidate reads it: no votes by name, no points, no opinions."""
    session = item.session
    if session.printed:
        facts = _kept(session)
        return replace(facts, items=tuple(for_candidate(one) for one in facts.items if one.item_id == item.pk))
    return _now(session, [for_candidate(item_facts(item))])


def to_keep(session: Session, *, signed_at: datetime | None = None) -> dict[str, Any]:
    """The protocol as JSON, Russian and by the centre's clock. A second signature adds its day to what the first kept;
    ``signed_at``: the moment when nobody's signature is waited for any more."""
    with in_time_of(session.centre), translation.override("ru"):
        days = {row.member_id: _day(row.protocol_signed_at) for row in attendance_of(session)}
        facts = _whole(session)
        members = tuple(replace(one, signed_on=days.get(one.member_id)) for one in facts.members)
        kept: dict[str, Any] = _AS_JSON.dump_python(
            replace(facts, members=members, signed_on=_day(signed_at)), mode="json"
        )
        return kept


_AS_JSON = TypeAdapter(ProtocolFacts)


def _whole(session: Session) -> ProtocolFacts:
    return _kept(session) if session.printed else _now(session, [item_facts(item) for item in agenda_of(session)])


def _kept(session: Session) -> ProtocolFacts:
    facts = readable("protocol", lambda: _AS_JSON.validate_python(session.printed), None)
    if facts is None:
        sentence = _(
            "The signed protocol No. %(number)s can't be read from the database. Nothing was changed. Tell the "
            "administrator of the system."
        )
        raise Conflict(sentence % {"number": session.number}, code="protocol_not_readable")
    return facts


def _now(session: Session, items: Sequence[AgendaFacts]) -> ProtocolFacts:
    rows, rules = attendance_of(session), commission_rules(session.regulation)
    chair, secretary = presiding(rows), secretary_of(rows)
    return ProtocolFacts(
        centre=session.centre.full_name or session.centre.name,
        status=rules_of(session.regulation).status.name,
        commission=session.commission.name,
        basis=session.commission.basis,
        number=session.number,
        day=session_day_of(session),
        place=session.place,
        majority=str(label_of(Majority(rules.majority))),
        chair_breaks_tie=rules.chair_breaks_tie,
        members=tuple(_member(row) for row in rows),
        quorum=quorum_of(rows, rules.quorum),
        chair_id=chair.pk if chair else None,
        secretary_id=secretary.pk if secretary else None,
        items=tuple(items),
        passwords=_passwords(session, rows),
        signed_on=_day(session.signed_at),
    )


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _passwords(session: Session, rows: Sequence[Attendance]) -> tuple[tuple[PersonNames, GivenPassword], ...]:
    """Who of the members got a password from another while the session was open."""
    if session.opened_at is None:
        return ()
    people = {row.member.person_id: row.member.person for row in rows}
    given = passwords_given(people, session.opened_at, session.closed_at)
    return tuple((_named(people[one.person_id]), one) for one in given)


def _seen(facts: AgendaFacts, reader: Actor) -> AgendaFacts:
    return for_candidate(facts) if reader.person_id == facts.candidate.pk else facts


def for_candidate(facts: AgendaFacts) -> AgendaFacts:
    """What the candidate may read of the own item: the counts and the decision with its reasons, nobody's voice."""
    criteria = tuple(replace(one, mean=None, n=0) for one in facts.criteria)
    vote = replace(facts.vote, by_name=()) if facts.vote and facts.granted is not None else None
    return replace(facts, criteria=criteria, vote=vote, opinions=(), discussion="")


def _member(row: Attendance) -> MemberFacts:
    member = row.member
    return MemberFacts(
        member_id=member.pk,
        person=_named(member.person),
        kind=kind_words(member.kind),
        position=member.position,
        post=member.post,
        post_label=str(member.get_post_display()),
        votes=member.votes,
        present=row.present,
        reason=row.reason,
        signed_on=_day(row.protocol_signed_at),
    )


def _named(person: Person) -> PersonNames:
    return PersonNames(person.pk, person.full_name, person.short_name)


def kind_words(kind: str) -> str:
    """Whom a member represents; a kind that is no more known as it was written."""
    return str(label_of(MemberKind(kind))) if kind in set(MemberKind) else kind


def item_facts(item: AgendaItem) -> AgendaFacts:
    """Everything that the protocol says of one item."""
    work, application = work_of(item.application.person_id, session_day_of(item.session)), item.application
    return AgendaFacts(
        item_id=item.pk,
        number=item.position,
        state=item.state,
        candidate=_named(application.person),
        candidate_dative=decline(name_of(application.person), Case.DATIVE).text,
        position=work.position if work else "",
        school=work.school.paper_name if work else "",
        subjects=", ".join(str(Subject(one).label) for one in application.subjects if one in Subject.values),
        appeal=bool(application.appeal),
        renewal=application.renews_id is not None,
        recusals=tuple(
            RecusalFacts(_named(one.member.person), str(one.get_reason_display()), one.note)
            for one in item.recusals.select_related("member__person")
        ),
        criteria=criteria_facts(item),
        discussion=item.discussion,
        vote=vote_facts(item),
        granted=item.granted,
        reasons=item.reasons,
        opinions=tuple((_named(one.member.person), one.text) for one in item.opinions.select_related("member__person")),
        postponed_why=item.postponed_why,
        decided_at=item.decided_at,
        term=_term_of(item) if item.granted else None,
    )


def _term_of(item: AgendaItem) -> Term | None:
    """No query where ``sessions.with_application`` has brought it."""
    if "term_start" in vars(item):
        known = vars(item)
        return Term(known["term_start"], known["term_end"]) if known["term_start"] else None
    row = StatusTerm.objects.filter(item=item).first()
    return Term(row.start, row.end) if row else None


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
        tuple((_named(vote.member.person), str(vote.get_choice_display())) for vote in named),
    )  # fmt: skip
