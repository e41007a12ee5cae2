"""Materials of an event: addresses and files are added, taken away, and come along with a copy."""

import shutil
from dataclasses import dataclass

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.addresses import check_web_address
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.installation import leavings
from traektoria.core.installation.room import check_disk, check_quota
from traektoria.core.installation.roots import UPLOADS, root
from traektoria.core.kept_files import Ready, erase, filing, keep, new_name
from traektoria.events.event.enums import Readers
from traektoria.events.event.locks import locked_event
from traektoria.events.event.models import Event, EventMaterial
from traektoria.events.event.permissions import can_lead, check_keep
from traektoria.events.event.policies import FILES
from traektoria.events.event.readers import read_by
from traektoria.people.actor import Actor, acting

MOST_MATERIALS = 40
COPIED = ("time", "readers", "title", "link", "file_name", "sha256")


@filing()
def add_material(
    *, event: Event, time: str, title: str = "", link: str = "", file: File[bytes] | None = None,
    readers: str = Readers.PARTICIPANTS, by: Actor,
) -> EventMaterial:  # fmt: skip
    """An address or a file; the same once, then as it is said now. A file without a title is called by its name. Side
    effects: audit. Raises ``Refused``, and ``Invalid`` for what ``FILES`` does not take."""
    row = locked_event(event.pk)
    check_keep(by, row)
    if bool(link) == (file is not None):
        raise Invalid(_("Give an address or a file."), code="address_or_file")
    if link:
        check_web_address(link)
    made = EventMaterial(event=row, time=time, readers=readers, title=title.strip()[:200], link=link, by_id=acting(by))
    ready = FILES.look_at(file) if file is not None else None
    known = _known(made, ready)
    if known is not None:
        return _said_anew(known, made, by)
    _check_room(row)
    if ready is None:
        made.title = made.title or link[:200]
        made.save()
    else:
        keep([(made.file, ready)], person_id=made.by_id, centre_id=row.centre_id)
    audit.record("event.material", row, by=by)
    return made


def _known(made: EventMaterial, file: Ready | None) -> EventMaterial | None:
    """The one with the same address or content."""
    if file is None:
        return EventMaterial.objects.filter(event=made.event, link=made.link).first()
    made.sha256, made.file_name = file.sha256, file.name
    made.title = made.title or file.name.rpartition(".")[0] or file.name
    return EventMaterial.objects.filter(event=made.event, sha256=made.sha256).first()


def _said_anew(known: EventMaterial, made: EventMaterial, by: Actor) -> EventMaterial:
    """The same once more: for when, for whom and what it is called are as they are said now."""
    said = {"time": made.time, "readers": made.readers, "title": made.title or known.title}
    if any(getattr(known, name) != value for name, value in said.items()):
        for name, value in said.items():
            setattr(known, name, value)
        known.save(update_fields=list(said))
        audit.record("event.material", made.event, by=by)
    return known


def _check_room(event: Event) -> None:
    if event.materials.count() >= MOST_MATERIALS:
        raise Conflict(_("At most %(most)s materials of an event.") % {"most": MOST_MATERIALS}, code="too_many")


@dataclass(frozen=True)
class Copies:
    """What a copy of an event takes over: (material, where its file will stand, empty for an address)."""

    rows: tuple[tuple[EventMaterial, str], ...]

    @property
    def places(self) -> list[str]:
        return [place for _row, place in self.rows if place]


def copies_of(event: Event, by: Actor) -> Copies:
    """Of the materials that the person reads, before the transaction of the copy: there is room for all of them, and
    the files to be are written down, so that what a killed copy leaves is cleared away. A file that the disk has lost
    is left out. Raises ``Invalid``."""
    read = read_by(event.materials.all(), event, timezone.now(), leader=can_lead(by, event), part=False)
    there = [one for one in read if not one.file or one.file.storage.exists(str(one.file.name))]
    size = sum(one.file.size for one in there if one.file)
    if size:
        check_disk(size)
        check_quota(person_id=acting(by), centre_id=event.centre_id, size=size)
    copies = Copies(tuple((one, _new_name(one) if one.file else "") for one in there))
    leavings.expect(UPLOADS, copies.places, aside=False)
    return copies


def _new_name(copied: EventMaterial) -> str:
    return new_name(copied.file, str(copied.file.name).rpartition(".")[2])


def copy_materials(copies: Copies, event: Event, by: Actor) -> None:
    """Inside the transaction of the copy: each file under a name of its own, so that taking one away takes no other."""
    for one, place in copies.rows:
        made = EventMaterial(event=event, by_id=acting(by), **{name: getattr(one, name) for name in COPIED})
        if place:
            _link(str(one.file.name), place)
            made.file.name = place
        made.save()
    leavings.done(UPLOADS, copies.places)


def _link(old: str, new: str) -> None:
    """A second name of the same bytes; a copy where the disk knows no such thing. What is stored is never changed."""
    source, target = root(UPLOADS).path / old, root(UPLOADS).path / new
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)


@transaction.atomic
def remove_material(*, material: EventMaterial, by: Actor) -> None:
    """The stored file goes after the commit. Twice is once. Side effects: audit."""
    row = locked_event(material.event_id)
    check_keep(by, row)
    found = EventMaterial.objects.filter(event=row, pk=material.pk).first()
    if found is None:
        return
    erase(found.file)
    audit.record("event.material_off", row, by=by)
