"""For whom one plans, and so may ask whether they are free at a time."""

from collections.abc import Collection
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from traektoria.core.joined_rows import marks, numbers
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.tutors.seats.permissions import LEADING

PLANNED_BY_TUTORS: Final = (Role.TEACHER, Role.TUTOR)
_HELD: Final = """
SELECT r.person_id FROM people_roleassignment r
WHERE r.person_id IN ({people}) AND r.start <= %s AND (r."end" IS NULL OR r."end" >= %s)
  AND (r.centre_id IN ({kept}) OR (r.centre_id IN ({tutored}) AND r.role IN ({roles})))
"""
_SIT: Final = """
SELECT other.person_id FROM tutors_commissionmember own
JOIN tutors_commission c ON c.id = own.commission_id AND c.centre_id IN ({sat})
JOIN tutors_commissionmember other ON other.commission_id = own.commission_id AND other."end" IS NULL
WHERE own.person_id = %s AND own."end" IS NULL AND own.post IN ({leading}) AND other.person_id IN ({people})
"""


def planned_by(actor: Actor, people: Collection[int]) -> set[int]:
    """Of these people the actor, and those for whose hours the actor answers today: of the centres that the actor
    coordinates everybody, of those where the actor is a tutor teachers and tutors, of a commission that the actor leads
    its members. What they have in another centre is then «taken» (``people.timetable``). At most one query."""
    own = {pk for pk in people if pk == actor.person_id}
    kept, tutored, sat = map(actor.centres, (Role.COORDINATOR, Role.TUTOR, Role.COMMISSION_MEMBER))
    asked = sorted(set(people) - own)
    if not asked or not (kept or tutored or sat):
        return own
    today = connection.ops.adapt_datefield_value(timezone.localdate())
    parts = [_HELD.format(people=marks(asked), kept=_in(kept), tutored=_in(tutored), roles=marks(PLANNED_BY_TUTORS))]
    values: list[Any] = [*asked, today, today, *sorted(kept), *sorted(tutored), *PLANNED_BY_TUTORS]
    if sat:
        parts.append(_SIT.format(sat=_in(sat), leading=marks(LEADING), people=marks(asked)))
        values += [*sorted(sat), actor.person_id, *LEADING, *asked]
    return own | set(numbers(" UNION ".join(parts), *values))


def _in(centres: Collection[int]) -> str:
    return marks(centres) or "NULL"
