"""The signed sheet comes back: ticked all at once, with its photo."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.files import PICTURES, check_file, digest_of
from traektoria.core.installation.room import check_quota
from traektoria.core.pictures import drawn_anew
from traektoria.events.attendance.actions import GuestWords, Mark
from traektoria.events.attendance.enums import Source, Word
from traektoria.events.attendance.queries import SheetRow
from traektoria.events.door.actions import Received, receive
from traektoria.events.door.models import SheetPhoto
from traektoria.events.event.locks import locked_date
from traektoria.events.event.models import EventDate
from traektoria.events.event.permissions import check_lead
from traektoria.events.event.policies import check_held
from traektoria.people.actor import Actor
from traektoria.routes.tutees.permissions import acting

MOST_PHOTOS = 20


@transaction.atomic
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


@transaction.atomic
def keep_photo(*, date: EventDate, file: File[bytes], by: Actor) -> SheetPhoto:
    """The same photo again is the one that is there. Side effects: audit. Raises ``Refused``, ``Conflict`` and, for
    what is no photo, ``Invalid``."""
    row = locked_date(date.pk)
    check_lead(by, row.event)
    checked = check_file(file, file.name or "", file.size, settings.UPLOAD_LIMIT)
    if checked.kind not in PICTURES:
        raise Invalid(_("Attach a photo of the sheet: JPG, PNG or WEBP."), code="no_photo")
    digest = digest_of(file)
    there = SheetPhoto.objects.filter(date=row)
    known = there.filter(sha256=digest).first()
    if known is not None:
        return known
    if there.count() >= MOST_PHOTOS:
        raise Conflict(_("At most %(most)s photos of one sheet.") % {"most": MOST_PHOTOS}, code="too_many")
    file.seek(0)
    content = ContentFile(drawn_anew(file.read()))
    check_quota(person_id=acting(by), centre_id=row.event.centre_id, size=content.size)
    made = SheetPhoto(date=row, sha256=digest, by_id=acting(by))
    place = made.file.field.generate_filename(made, f"{uuid4().hex}.jpg")
    try:
        made.file.save(place.rpartition("/")[2], content, save=False)
        made.save()
    except BaseException:
        made.file.storage.delete(place)
        raise
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
        storage, name = found.file.storage, str(found.file.name)
        found.delete()
        audit.record("event.sheet_photo_off", row.event, by=by, date=row.pk)
        transaction.on_commit(lambda: storage.delete(name))
