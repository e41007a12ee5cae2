"""What a centre has by its regulation and another has not: the one place where menus, pages and searches learn it.

A rule that switches a whole place of the system on or off becomes a ``Practice`` here, not an ``if`` in a template.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from traektoria.organisations.enums import RegulationState
from traektoria.organisations.models import Regulation
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.schema import Procedure, Rules


class Practice(StrEnum):
    COMMISSION = "commission"  # a commission with its sessions, judgements, votes and protocols
    ORDERS = "orders"  # the head appoints tutors and releases them by orders
    TERMS = "terms"  # the status has an end, is reminded of and renewed
    GROUPS = "groups"  # a tutor supports groups too
    SELF_CARDS = "self_cards"  # schools fill in a card of their own, with which an audit is compared


NONE: frozenset[Practice] = frozenset()


def practices_of(rules: Rules) -> frozenset[Practice]:
    """What centres under these rules have."""
    status = rules.status
    has = {
        Practice.COMMISSION: status.procedure == Procedure.COMMISSION,
        Practice.ORDERS: status.procedure == Procedure.ORDER,
        Practice.TERMS: status.term_months > 0,
        Practice.GROUPS: rules.support.group,
        Practice.SELF_CARDS: any(one.own_card and not one.archived for one in rules.audits),
    }
    return frozenset(practice for practice, there in has.items() if there)


@dataclass(frozen=True)
class Practices:
    """``now`` is of the version in force; ``ever`` of it and of those before: what began under them goes on."""

    now: frozenset[Practice] = NONE
    ever: frozenset[Practice] = NONE


def version_sql(centre: str, day: str, column: str) -> str:
    """A column of the version in force on ``day`` for the columns of another query, whose expressions ``centre`` and
    ``day`` are. (As a condition of a join PostgreSQL works it out for every row that it might join.) The version is
    chosen as in ``queries.regulation_in_force``."""
    approved = (
        f"SELECT v.{column} FROM organisations_regulation v "  # noqa: S608 - expressions of ours
        f"WHERE v.centre_id = {centre} AND v.state = '{RegulationState.APPROVED.value}'"
    )
    begun = f"{approved} AND v.start <= {day} ORDER BY v.start DESC, v.number DESC LIMIT 1"
    return f"COALESCE(({begun}), ({approved} ORDER BY v.start, v.number LIMIT 1))"


def practices_under(version: int, approved_at: datetime | None) -> Practices:
    """What a centre has while this version is in force. An approved version and those before it never change, so they
    are read once a process: two queries, then none."""
    key = (version, approved_at.isoformat() if approved_at else "")
    if key not in _read:
        if len(_read) > _MOST:
            _read.clear()
        _read[key] = _practices(version)
    return _read[key]


def _practices(pk: int) -> Practices:
    version = Regulation.objects.get(pk=pk)
    before = Regulation.objects.filter(centre=version.centre_id, state=RegulationState.APPROVED)
    had = [practices_of(rules_of(one)) for one in before.filter(number__lt=version.number)]
    now = practices_of(rules_of(version))
    return Practices(now, now.union(*had))


_read: dict[tuple[int, str], Practices] = {}
_MOST = 2000
