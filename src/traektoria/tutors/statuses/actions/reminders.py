"""What the calendar does to statuses: terms that are over end, those that end soon are reminded of. Run every day."""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from enum import Enum, auto

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict
from traektoria.core.letters import mail_goes_out
from traektoria.core.typography import ru_day
from traektoria.organisations.regulations.reading import rules_of
from traektoria.organisations.zones import zone, zones_in_use
from traektoria.people.actor import in_force
from traektoria.people.enums import Role
from traektoria.people.following import bid_due_farewells
from traektoria.people.models import Account, RoleAssignment
from traektoria.tutors.statuses.actions.statuses import lapse
from traektoria.tutors.statuses.models import StatusReminder, TutorStatus
from traektoria.tutors.statuses.policies import due_reminder
from traektoria.tutors.statuses.queries.statuses import ending, lapsed

FURTHEST = timedelta(days=366)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """How many statuses ended by their term, how many reminders were sent, could not be, or were only printed."""

    ended: int
    reminded: int
    failed: int
    printed: int = 0


class Fate(Enum):
    """What became of one reminder. ``PRINTED``: mail is not set up, so it still waits to be sent."""

    SENT = auto()
    FAILED = auto()
    PRINTED = auto()
    NOTHING = auto()


def keep_statuses(*, today: date, time_zone: str | None = None) -> Outcome:
    """End what is over, settle what waited for those whose role or work is over, and remind of what ends soon. Run
    twice a day, it does nothing the second time. ``time_zone``: in the municipalities of this zone only."""
    there = {} if time_zone is None else {"centre__municipality__time_zone": time_zone}
    ended = sum(_lapse(status) for status in lapsed(today).filter(**there))
    bid_due_farewells(today=today, time_zone=time_zone)
    fates = Counter(_remind(status, end, days) for status, end, days in _due(today, there))
    return Outcome(ended, fates[Fate.SENT], fates[Fate.FAILED], fates[Fate.PRINTED])


def keep_statuses_everywhere(*, hour: int = 0) -> Outcome:
    """The same in every zone whose clock reads ``hour`` or later, each by its own day. Run every hour it does its work
    there in that hour; what an hour has missed the next one does, and the rest find nothing to do."""
    outcomes = [Outcome(0, 0, 0)]
    for name in zones_in_use():
        with timezone.override(zone(name)):
            now = timezone.localtime()
            if now.hour >= hour:
                outcomes.append(keep_statuses(today=now.date(), time_zone=name))
    return Outcome(*(sum(part) for part in zip(*map(astuple, outcomes), strict=True)))


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


def _remind(status: TutorStatus, end: date, days: int) -> Fate:
    """Send a reminder once.

    The row is committed before the letters, so that two runs at once send one; where no letter went it is taken back,
    and the next run tries again. Nor does a letter that is only printed count as sent.
    """
    row, is_new = StatusReminder.objects.get_or_create(status=status, end=end, days=days)
    if not is_new:
        return Fate.NOTHING
    sent = [_sent(address, status) for address in _addresses(status)]
    if not any(sent) or not mail_goes_out():
        row.delete()
        return Fate.NOTHING if not sent else Fate.PRINTED if any(sent) else Fate.FAILED
    audit.record("tutor_status.remind", status, by=None, days=days)
    return Fate.SENT


def _addresses(status: TutorStatus) -> list[str]:
    """E-mails of the tutor and of the coordinators of the centre, where there are any."""
    roles = RoleAssignment.objects.filter(
        in_force(timezone.localdate()), centre=status.centre_id, role=Role.COORDINATOR
    )
    people = [status.person_id, *roles.values_list("person", flat=True)]
    accounts = Account.objects.filter(is_active=True, person__in=people).exclude(email="")
    return list(accounts.order_by("pk").values_list("email", flat=True))


def _sent(address: str, status: TutorStatus) -> bool:
    """A letter that can't be sent is logged and does not hold up the others."""
    facts = {"name": status.person.full_name, "centre": status.centre.name, "day": ru_day(status.end)}
    text = _(
        "Good day!\n\nThe term of the status of a tutor of %(name)s (%(centre)s) ends on %(day)s.\n"
        "To go on, the tutor opens «Tutors» in Traektoria and presses «Renew».\n"
    )
    try:
        send_mail(_("The status of a tutor ends soon"), text % facts, None, [address])
    except OSError:
        logger.exception("The reminder of status %s could not be sent", status.pk)
        return False
    return True
