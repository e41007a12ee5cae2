"""The page of a session: what this person sees of it and may do now, in a bounded number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from traektoria.core.errors import Conflict
from traektoria.engines.criteria import Truth
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.queries import WAIT, GivenPassword, passwords_given
from traektoria.tutors.applications.models import Application
from traektoria.tutors.applications.queries.checklist import Checklist, checklist
from traektoria.tutors.commission.enums import AgendaState, SessionState
from traektoria.tutors.commission.models import AgendaItem, Attendance, Session
from traektoria.tutors.commission.policies import (
    FINAL,
    UNSPOKEN,
    Quorum,
    check_can_open,
    judges_of,
    presiding,
    quorum_of,
    signers,
)
from traektoria.tutors.commission.queries.judgements import (
    JudgingState,
    Points,
    findings_of,
    is_candidate,
    judged_criteria,
    judging_state,
    points_of,
    recused_in,
    seen_by,
)
from traektoria.tutors.commission.queries.protocol import (
    ProtocolFacts,
    VoteFacts,
    kind_words,
    protocol_facts,
    vote_facts,
    work_of,
)
from traektoria.tutors.commission.queries.sessions import agenda_of, attendance_of, session_day_of, waiting_for_agenda
from traektoria.tutors.commission.queries.votes import countable
from traektoria.tutors.seats.models import CommissionMember
from traektoria.tutors.seats.permissions import LEADING, seat_of
from traektoria.tutors.seats.policies import check_complete, check_works, commission_rules

BEFORE_VOTE = (AgendaState.WAITING, AgendaState.JUDGING, AgendaState.DISCUSSED)


@dataclass
class ItemPage:
    """One item as the actor sees it. ``hidden``: the actor is the candidate and sees the decision only."""

    item: AgendaItem
    actor: Actor
    rows: Sequence[Attendance]
    share: float
    seat: CommissionMember | None
    leads_session: bool
    session_open: bool
    forms: dict[str, Any] = field(default_factory=dict)

    @property
    def hidden(self) -> bool:
        return is_candidate(self.actor, self.item)

    @cached_property
    def recused(self) -> set[int]:
        return recused_in(self.item)

    @property
    def am_recused(self) -> bool:
        return self.seat is not None and self.seat.pk in self.recused

    @property
    def leads(self) -> bool:
        """Whether the actor leads this item: see ``permissions.check_leads_item``."""
        if self.hidden or not self.leads_session or self.seat is None:
            return False
        return not self.am_recused or self.seat.post == "secretary"

    @property
    def runs(self) -> bool:
        return self.leads and self.session_open

    @cached_property
    def quorum(self) -> Quorum:
        return quorum_of(self.rows, self.share, self.recused)

    @cached_property
    def judges(self) -> list[CommissionMember]:
        return judges_of(self.rows, self.recused)

    @property
    def takes_part(self) -> bool:
        return self.seat is not None and self.seat.pk in {one.pk for one in self.judges}

    @property
    def judges_now(self) -> bool:
        return self.session_open and self.takes_part and self.item.state == AgendaState.JUDGING

    @cached_property
    def judging(self) -> JudgingState:
        return judging_state(self.item)

    @cached_property
    def mine(self) -> dict[str, Any]:
        """The actor's own points by criterion."""
        seen = seen_by(self.actor, self.item)
        return dict(seen.get(self.seat.pk, {})) if self.seat else {}

    @cached_property
    def points(self) -> list[Points]:
        return [] if self.hidden else points_of(self.item)

    @cached_property
    def panel(self) -> list[tuple[CommissionMember, list[Any]]]:
        """Member × criterion: the judgements of each in the order of ``points``."""
        if not self.points:
            return []
        names = [member for member, _row in self.points[0].rows]
        return [(member, [one.rows[number][1] for one in self.points]) for number, member in enumerate(names)]

    @cached_property
    def found(self) -> Checklist:
        return checklist(self.item.application, findings_of(self.points))

    @cached_property
    def judged(self) -> list[Any]:
        return judged_criteria(self.item.application)

    @cached_property
    def voters(self) -> set[int]:
        """Who has voted: that, and nothing more, is known while the vote goes on."""
        return set(self.item.votes.values_list("member_id", flat=True))

    @property
    def voted(self) -> int:
        return len(self.voters)

    @property
    def votes_now(self) -> bool:
        on = self.session_open and self.item.state == AgendaState.VOTING
        return on and self.takes_part and self.seat is not None and self.seat.pk not in self.voters

    @property
    def have_voted(self) -> bool:
        return self.seat is not None and self.seat.pk in self.voters

    @property
    def may_recuse_self(self) -> bool:
        """Whoever sits in the commission, before the vote begins."""
        return self.seat is not None and self.session_open and self.before_vote and not self.am_recused

    @property
    def may_recuse_others(self) -> bool:
        """Who leads writes down the conflict of another."""
        return self.runs and self.before_vote

    @property
    def left(self) -> int:
        """How many are awaited now: judgements, then votes."""
        return len(self.judges) - self.judging.done if self.item.state == AgendaState.JUDGING else self.left_to_vote

    @property
    def left_to_vote(self) -> int:
        return len({one.pk for one in self.judges} - self.voters)

    @cached_property
    def awaited(self) -> list[str]:
        """By name who has not voted in an open vote that goes on; never of a secret one, and not to the candidate."""
        if self.item.state != AgendaState.VOTING or self.item.secret or self.hidden:
            return []
        return [one.person.short_name for one in self.judges if one.pk not in self.voters]

    @property
    def points_met(self) -> int:
        return sum(one.finding == Truth.MET for one in self.points)

    @property
    def criteria_met(self) -> int:
        return sum(row.finding == Truth.MET for row in self.found.rows)

    @cached_property
    def key_lost(self) -> bool:
        return self.item.state == AgendaState.VOTING and self.item.secret and not countable(self.item)

    @cached_property
    def vote(self) -> VoteFacts | None:
        """Counts are for the commission once the vote is closed, for the candidate once it is decided."""
        facts = vote_facts(self.item)
        return None if self.hidden and self.item.state != AgendaState.DECIDED else facts

    @property
    def step(self) -> int:
        """Where the item is among judgement (if there is one), discussion, vote, decision; from 1, 0 before."""
        order = [
            AgendaState.JUDGING,
            AgendaState.DISCUSSED,
            AgendaState.VOTING,
            AgendaState.COUNTED,
            AgendaState.DECIDED,
        ]
        if self.item.state not in order:
            return 0
        return order.index(AgendaState(self.item.state)) + (1 if self.judged else 0)

    @property
    def before_vote(self) -> bool:
        return self.item.state in BEFORE_VOTE

    @property
    def discussed(self) -> bool:
        """The discussion has begun, so it is written down."""
        return self.item.state not in UNSPOKEN

    @property
    def final(self) -> bool:
        return self.item.state in FINAL

    @property
    def withdrawn(self) -> bool:
        return not self.final and self.item.application.state != "admitted"

    @property
    def may_dissent(self) -> bool:
        return self.item.state == AgendaState.DECIDED and self.have_voted and not self.hidden

    @cached_property
    def work(self) -> Any:
        return work_of(self.item.application.person_id, session_day_of(self.item.session))

    @property
    def chair(self) -> CommissionMember | None:
        return presiding(self.rows, self.recused)


@dataclass
class SessionPage:
    """The whole page."""

    session: Session
    actor: Actor
    asked: int | None = None

    @cached_property
    def rows(self) -> list[Attendance]:
        return attendance_of(self.session)

    @cached_property
    def rules(self) -> Any:
        return commission_rules(self.session.regulation)

    @cached_property
    def quorum(self) -> Quorum:
        return quorum_of(self.rows, self.rules.quorum)

    @cached_property
    def seat(self) -> CommissionMember | None:
        return seat_of(self.actor, self.session.commission)

    @property
    def leads(self) -> bool:
        return self.seat is not None and self.seat.post in LEADING

    @property
    def plans(self) -> bool:
        return self.leads or self.actor.has(self.session.centre_id, Role.COORDINATOR)

    @property
    def is_open(self) -> bool:
        return self.session.state == SessionState.OPEN

    @property
    def is_planned(self) -> bool:
        return self.session.state == SessionState.PLANNED

    @property
    def is_over(self) -> bool:
        return self.session.state in (SessionState.CLOSED, SessionState.SIGNED)

    @cached_property
    def items(self) -> list[AgendaItem]:
        return agenda_of(self.session)

    @property
    def undecided(self) -> int:
        return sum(item.state not in FINAL for item in self.items)

    @cached_property
    def current(self) -> ItemPage | None:
        """The item that was asked for; else the one that goes on, the first that waits, the first of all."""
        by_pk = {item.pk: item for item in self.items}
        going = [item for item in self.items if item.state not in (*FINAL, AgendaState.WAITING)]
        waiting = [item for item in self.items if item.state == AgendaState.WAITING]
        item = by_pk.get(self.asked or 0) or next(iter([*going, *waiting, *self.items]), None)
        return self.page_of(item) if item else None

    def page_of(self, item: AgendaItem) -> ItemPage:
        return ItemPage(item, self.actor, self.rows, self.rules.quorum, self.seat, self.leads, self.is_open)

    @cached_property
    def can_be_added(self) -> QuerySet[Application]:
        return waiting_for_agenda(self.session.centre_id)

    @cached_property
    def passwords(self) -> list[tuple[CommissionMember, GivenPassword]]:
        """Members who got a password from another in the days before the session or in it: seen by all of them."""
        since = (self.session.opened_at or timezone.now()) - WAIT
        members = {row.member.person_id: row.member for row in self.rows}
        given = passwords_given(members, since, self.session.closed_at)
        return [(members[one.person_id], one) for one in given]

    @cached_property
    def protocol(self) -> ProtocolFacts:
        return protocol_facts(self.session, reader=self.actor)

    @cached_property
    def signers(self) -> list[tuple[CommissionMember, Any]]:
        """Who signs, each with when they did."""
        signed = {row.member_id: row.protocol_signed_at for row in self.rows}
        return [(member, signed[member.pk]) for member in signers(self.rows)]

    @property
    def signs_now(self) -> bool:
        mine = [at for member, at in self.signers if member.person_id == self.actor.person_id]
        return self.session.state == SessionState.CLOSED and None in mine

    @cached_property
    def why_not_open(self) -> str | None:
        """What stands between a planned session and its opening, in words; None when it can be opened."""
        try:
            check_works(self.session.commission, timezone.localdate())
            check_complete([row.member for row in self.rows], self.rules)
            check_can_open(self.rows, self.quorum, len(self.items))
        except Conflict as conflict:
            return conflict.sentence
        return None

    @property
    def stamp(self) -> str:
        """Changes when something other than a count does: the page then offers to look again."""
        states = ".".join(f"{item.pk}{item.state[:2]}{item.secret:d}" for item in self.items)
        return f"{self.session.state[:2]}-{states}"

    @property
    def attendance_lines(self) -> list[tuple[Attendance, str]]:
        return [(row, kind_words(row.member.kind)) for row in self.rows]
