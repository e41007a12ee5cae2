"""Quorum of a session and of an item, and who leads and signs: counted from attendance and recusals."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.engines import voting
from traektoria.tutors.commission.enums import AgendaState
from traektoria.tutors.commission.models import Attendance
from traektoria.tutors.seats.enums import SeatPost
from traektoria.tutors.seats.models import CommissionMember

FINAL = (AgendaState.DECIDED, AgendaState.POSTPONED)
UNSPOKEN = (AgendaState.WAITING, AgendaState.JUDGING)
"""Nobody speaks of the candidate yet: until all judgements are in, members judge blind."""


@dataclass(frozen=True)
class Quorum:
    """``present`` of ``members`` voting members; ``needed`` are enough."""

    present: int
    members: int
    needed: int

    @property
    def met(self) -> bool:
        return self.members > 0 and self.present >= self.needed

    @property
    def sentence(self) -> str:
        """«4 of 7, 4 are needed: there is a quorum»."""
        words = (
            _("%(present)s of %(members)s, %(needed)s needed: there is a quorum")
            if self.met
            else _("%(present)s of %(members)s, %(needed)s needed: there is no quorum")
        )
        return words % {"present": self.present, "members": self.members, "needed": self.needed}


def quorum_of(rows: Sequence[Attendance], share: float, recused: Collection[int] = ()) -> Quorum:
    """Of voting members in ``rows``; the recused (ids of members) do not count as present, but are of the members."""
    voting_rows = [row for row in rows if row.member.votes]
    present = sum(row.present and row.member_id not in recused for row in voting_rows)
    return Quorum(present, len(voting_rows), voting.quorum(len(voting_rows), share))


def judges_of(rows: Sequence[Attendance], recused: Collection[int]) -> list[CommissionMember]:
    """Who judges and votes: voting members who came and are not recused."""
    return [row.member for row in rows if row.present and row.member.votes and row.member_id not in recused]


def presiding(rows: Sequence[Attendance], recused: Collection[int] = ()) -> CommissionMember | None:
    """The chair; where the chair is absent or recused, the first deputy who is not."""
    here = [row.member for row in rows if row.present and row.member_id not in recused]
    order = {SeatPost.CHAIR: 0, SeatPost.DEPUTY: 1}
    found = sorted((one for one in here if one.post in order), key=lambda one: (order[SeatPost(one.post)], one.pk))
    return found[0] if found else None


def secretary_of(rows: Sequence[Attendance]) -> CommissionMember | None:
    return next((row.member for row in rows if row.member.post == SeatPost.SECRETARY), None)


def signers(rows: Sequence[Attendance]) -> list[CommissionMember]:
    """Who signs the protocol: who presided (the chair where nobody is left) and the secretary."""
    chair = presiding(rows) or next((row.member for row in rows if row.member.post == SeatPost.CHAIR), None)
    return [member for member in (chair, secretary_of(rows)) if member]


def check_discussed(state: str) -> None:
    """The discussion is written down once it has begun."""
    if state in UNSPOKEN:
        raise Conflict(
            _("The discussion has not begun: first the members judge, each for themselves."), code="not_discussed"
        )


def check_quorum(quorum: Quorum) -> None:
    if not quorum.met:
        raise Conflict(f"{quorum.sentence}.", code="no_quorum")


def check_can_open(rows: Sequence[Attendance], quorum: Quorum, items: int) -> None:
    """A quorum, somebody in the chair, the secretary, something to consider."""
    check_quorum(quorum)
    if presiding(rows) is None:
        raise Conflict(_("Neither the chair nor a deputy is marked as present."), code="no_chair")
    if not any(row.present and row.member.post == SeatPost.SECRETARY for row in rows):
        raise Conflict(
            _("The secretary is not marked as present. If they can't come, the coordinator names another one."),
            code="no_secretary",
        )
    if not items:
        raise Conflict(_("The agenda is empty: add an application."), code="no_agenda")
