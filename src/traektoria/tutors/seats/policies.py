"""Where a person meets a commission, and when it is made up well enough to work.

What a regulation has not is not shown: no place in the menu, no tab, no button; an address typed by hand says so in a
sentence. What began under an earlier version stays in its place until nothing is left of it.
"""

from collections.abc import Collection
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.errors import Conflict, Invalid
from traektoria.core.typography import ru_day
from traektoria.organisations.models import Regulation
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.practices import Practice
from traektoria.organisations.regulations.schema import CommissionRules
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.tutors.seats.enums import CommissionState, SeatPost
from traektoria.tutors.seats.models import Commission


def commission_rules(regulation: Regulation) -> CommissionRules:
    """What the regulation says of a commission. Raises ``Conflict`` where the status is not given by one."""
    rules = rules_of(regulation).status.commission
    if rules is None:
        raise Conflict(
            _("By the regulation in force the status is not given by a commission."), code="no_commission_rules"
        )
    return rules


class Seat(Protocol):
    """What the composition is judged by."""

    @property
    def post(self) -> str: ...

    @property
    def votes(self) -> bool: ...


def lacking(members: Collection[Seat], rules: CommissionRules) -> list[str]:
    """What the commission still lacks, in words; empty when it can work."""
    posts = {member.post for member in members}
    voting = sum(member.votes for member in members)
    found = []
    if voting < rules.least_members:
        more = rules.least_members - voting
        words = ngettext(
            "%(n)s voting member more (at least %(least)s)", "%(n)s voting members more (at least %(least)s)", more
        )
        found.append(words % {"n": more, "least": rules.least_members})
    if SeatPost.CHAIR not in posts:
        found.append(_("a chair"))
    if SeatPost.SECRETARY not in posts:
        found.append(_("a secretary"))
    return found


def check_complete(members: Collection[Seat], rules: CommissionRules) -> None:
    found = lacking(members, rules)
    if found:
        raise Conflict(_("The commission lacks: %(what)s.") % {"what": ", ".join(found)}, code="incomplete")


def check_works(commission: Commission, day: date) -> None:
    """Sessions are held by a working commission within its term."""
    if commission.state != CommissionState.WORKING:
        raise Conflict(
            _("Sessions are held by a working commission; this one is: %(state)s.")
            % {"state": commission.get_state_display()},
            code="not_working",
        )
    if not commission.start <= day <= commission.end:
        raise Conflict(
            _("The term of the commission is from %(start)s to %(end)s: on another day it can't hold a session.")
            % {"start": ru_day(commission.start), "end": ru_day(commission.end)},
            code="term_over",
        )


def check_member(kind: str, post: str, votes: bool, rules: CommissionRules) -> None:
    """Raises ``Invalid``: a kind that the regulation does not name; nobody but the secretary is without a vote."""
    if kind not in rules.kinds:
        raise Invalid(_("By the regulation such people are not in the commission."), code="wrong_kind")
    if not votes and post != SeatPost.SECRETARY:
        raise Invalid(_("Only the secretary may be without a vote."), code="must_vote")


COMMISSION_READERS = (Role.COORDINATOR, Role.COMMISSION_MEMBER)


def commission_centres(actor: Actor) -> frozenset[int]:
    """The centres where the person meets a commission."""
    now, former = actor.follows(Practice.COMMISSION, *COMMISSION_READERS), former_centres(actor)
    if not former:
        return now
    return now | frozenset(Commission.objects.filter(centre__in=former).values_list("centre", flat=True))


def former_centres(actor: Actor) -> frozenset[int]:
    """Those of an earlier regulation alone: whether a commission is left there, only its rows know. No query."""
    now = actor.follows(Practice.COMMISSION, *COMMISSION_READERS)
    return actor.follows(Practice.COMMISSION, *COMMISSION_READERS, ever=True) - now
