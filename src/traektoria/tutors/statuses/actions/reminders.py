"""What the calendar does to statuses: terms that are over end, those that end soon are reminded of. Run every day."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from traektoria.core import audit
from traektoria.core.errors import Conflict
from traektoria.messaging.outbox import Post, post_many
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.zones import zone, zones_in_use
from traektoria.people.actor import in_force
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.people.status_roles import bid_due_farewells
from traektoria.tutors.statuses.actions.statuses import lapse
from traektoria.tutors.statuses.letters import STATUS_ENDS
from traektoria.tutors.statuses.models import StatusReminder, TutorStatus
from traektoria.tutors.statuses.policies import due_reminder
from traektoria.tutors.statuses.queries import ending, lapsed

FURTHEST = timedelta(days=366)


@dataclass(frozen=True)
class StatusReminders:
    """How many statuses ended by their term, of how many people were reminded."""

    ended: int
    reminded: int


def keep_statuses(*, today: date, time_zone: str | None = None) -> StatusReminders:
    """End what is over, settle what waited for those whose role or work is over, and remind of what ends soon. Run
    twice a day, it does nothing the second time. ``time_zone``: in the municipalities of this zone only."""
    there = {} if time_zone is None else {"centre__municipality__time_zone": time_zone}
    ended = sum(_lapse(status) for status in lapsed(today).filter(**there))
    bid_due_farewells(today=today, time_zone=time_zone)
    return StatusReminders(ended, sum(_remind(status, end, days) for status, end, days in _due(today, there)))


def keep_statuses_everywhere(*, hour: int = 0) -> StatusReminders:
    """The same in every zone whose clock reads ``hour`` or later, each by its own day. Run every hour it does its work
    there in that hour; what an hour has missed the next one does, and the rest find nothing to do."""
    outcomes = [StatusReminders(0, 0)]
    for name in zones_in_use():
        with timezone.override(zone(name)):
            now = timezone.localtime()
            if now.hour >= hour:
                outcomes.append(keep_statuses(today=now.date(), time_zone=name))
    return StatusReminders(*(sum(part) for part in zip(*map(astuple, outcomes), strict=True)))


def _lapse(status: TutorStatus) -> bool:
    """A status renewed or ended meanwhile is left alone."""
    with transaction.atomic():
        row = TutorStatus.objects.select_for_update(of=("self",), no_key=True).get(pk=status.pk)
        if row.end != status.end:
            return False
        try:
            lapse(status=row)
        except Conflict:
            return False
    return True


def _due(today: date, there: dict[str, str]) -> Iterator[tuple[TutorStatus, date, int]]:
    for status in ending(today, today + FURTHEST).filter(**there):
        remind_days = rules_of(status.regulation).status.remind_days
        days = due_reminder(status.end, today, remind_days) if status.end else None
        if status.end and days is not None:
            yield status, status.end, days


def _remind(status: TutorStatus, end: date, days: int) -> bool:
    """Tell the tutor and the coordinators once. What they get, and whether by letter, ``messaging`` knows."""
    with transaction.atomic():
        _row, is_new = StatusReminder.objects.get_or_create(status=status, end=end, days=days)
        if is_new:
            fact, facts = f"{status.pk}:{end.isoformat()}:{days}", {"status": status.pk, "end": end.isoformat()}
            post_many(STATUS_ENDS, (Post(person, fact, facts) for person in _people(status)))
            audit.record("tutor_status.remind", status, by=None, days=days)
    return is_new


def _people(status: TutorStatus) -> list[int]:
    """The tutor, and the coordinators of the centre."""
    roles = RoleAssignment.objects.filter(
        in_force(timezone.localdate()), centre=status.centre_id, role=Role.COORDINATOR
    )
    return sorted({status.person_id, *roles.values_list("person", flat=True)})
