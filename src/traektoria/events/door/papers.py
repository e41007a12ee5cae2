"""The signed sheet comes back: ticked all at once, with its photo."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from uuid import uuid4

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from traektoria.core import audit
from traektoria.core.kept_files import erase, filing, keep
from traektoria.events.attendance.actions import GuestWords, Mark
from traektoria.events.attendance.enums import Source, Word
from traektoria.events.attendance.queries import SheetRow
from traektoria.events.door.actions import Received, receive
from traektoria.events.door.models import SheetPhoto
from traektoria.events.door.policies import PHOTOS
from traektoria.events.event.locks import locked_date
from traektoria.events.event.models import EventDate
from traektoria.events.event.permissions import check_lead
from traektoria.events.event.policies import check_held
from traektoria.people.actor import Actor, acting


@filing()
def enter_sheet(
    *, date: EventDate, rows: Sequence[SheetRow], came: Collection[int], guests: Sequence[GuestWords],
    others_missed: bool, photos: Sequence[File[bytes]], by: Actor,
) -> Received:  # fmt: skip
    """What is signed on the paper, in one press: ``rows`` as the page showed them, ``came`` of them and ``guests``.
    ``others_missed``: who has not signed was not there. Marks that say what stands already are none. Raises
    ``Refused``, ``Conflict``, ``Invalid`` of a photo: then nothing is marked."""
    now = timezone.now()
    check_lead(by, date.event)
    check_held(date, now)
    marks = list(_marks(rows, set(came), others_missed, now))
    marks += [Mark(uuid4(), None, Word.CAME, now, words) for words in guests]
    said = receive(date=date, marks=marks, by=by, source=Source.PAPER)
    for photo in photos:
        keep_photo(date=date, file=photo, by=by)
    return said


def _marks(rows: Sequence[SheetRow], came: set[int], others_missed: bool, now: datetime) -> Iterator[Mark]:
    for row in rows:
        if row.person in came and row.said != Word.CAME:
            yield Mark(uuid4(), row.person, Word.CAME, now)
        elif row.person not in came and others_missed and not row.said:
            yield Mark(uuid4(), row.person, Word.MISSED, now)


@filing()
def keep_photo(*, date: EventDate, file: File[bytes], by: Actor) -> SheetPhoto:
    """The same photo again is the one that is there. Side effects: audit. Raises ``Refused``, ``Conflict`` and, for
    what is no photo, ``Invalid``."""
    row = locked_date(date.pk)
    check_lead(by, row.event)
    ready = PHOTOS.look_at(file)
    there = SheetPhoto.objects.filter(date=row)
    known = there.filter(sha256=ready.sha256).first()
    if known is not None:
        return known
    PHOTOS.check_most(there.count() + 1)
    made = SheetPhoto(date=row, sha256=ready.sha256, by_id=acting(by))
    keep([(made.file, ready)], person_id=acting(by), centre_id=row.event.centre_id)
    audit.record("event.sheet_photo", row.event, by=by, date=row.pk)
    return made


@transaction.atomic
def remove_photo(*, photo: SheetPhoto, by: Actor) -> None:
    """While the event is not closed. The stored file goes after the commit. Twice is once."""
    row = locked_date(photo.date_id)
    check_lead(by, row.event)
    check_held(row, timezone.now())
    found = SheetPhoto.objects.filter(date=row, pk=photo.pk).first()
    if found is not None:
        erase(found.file)
        audit.record("event.sheet_photo_off", row.event, by=by, date=row.pk)
