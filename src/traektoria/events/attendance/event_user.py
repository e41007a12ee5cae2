"""Who was marked early at a date that then moved away or fell out has not come to it: the marks are kept aside."""

from collections.abc import Collection

from django.utils import timezone

from traektoria.core.waiting import gathered
from traektoria.events.attendance.actions import answer_after, why_aside
from traektoria.events.attendance.enums import Word
from traektoria.events.attendance.models import Attendance, AttendanceMark, DoorGuest
from traektoria.events.event.models import Event, EventDate
from traektoria.events.event.registries import EventUser, News, event_users
from traektoria.people.actor import Actor
from traektoria.people.models import Person


def changed(event: Event, news: News, dates: Collection[int], _by: Actor) -> None:
    """As with marks that a phone brings after the change (``actions.receive_marks``): they are said on the page of the
    door, and count once somebody says so."""
    now = timezone.now()
    for date in event.dates.all() if news in (News.CHANGED, News.NOT_HELD) else ():
        if date.pk in dates and date.held_at is None and (why := why_aside(date, now)):
            _put_aside(date, why)


def _put_aside(date: EventDate, why: str) -> None:
    if not AttendanceMark.objects.filter(date=date, aside="").update(aside=why):
        return
    DoorGuest.objects.filter(date=date).update(said=Word.UNDONE)
    with gathered():
        for row in Attendance.objects.filter(date=date):
            row.said, row.answer = Word.UNDONE, answer_after(row.answer, Word.UNDONE, None)
            row.save(update_fields=["said", "answer"])


def nobody(_event: int, _dates: Collection[int]) -> list[Person]:
    """Enrolment names them."""
    return []


def came(date: int) -> int:
    """People and guests. Two queries."""
    rows = Attendance.objects.filter(date=date, said=Word.CAME)
    return rows.count() + DoorGuest.objects.filter(date=date, said=Word.CAME).count()


event_users.add(EventUser("events.attendance", 15, nobody, lambda _event: 0, changed, came))
