"""Materials of an event: addresses and files are added, taken away, and come along with a copy."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.files import check_file, digest_of
from traektoria.core.installation.room import check_quota
from traektoria.events.event.enums import Readers
from traektoria.events.event.locking import locked_event
from traektoria.events.event.models import Event, EventMaterial
from traektoria.events.event.permissions import check_keep
from traektoria.people.actor import Actor
from traektoria.routes.tutees.permissions import acting

MOST_MATERIALS = 40
COPIED = ("time", "readers", "title", "link", "file_name", "sha256")


@transaction.atomic
def add_material(
    *, event: Event, time: str, title: str = "", link: str = "", file: File[bytes] | None = None,
    readers: str = Readers.PARTICIPANTS, by: Actor,
) -> EventMaterial:  # fmt: skip
    """An address or a file; the same once. A file without a title is called by its name. Side effects: audit. Raises
    ``Refused``, and ``Invalid`` for what ``core.files`` refuses."""
    row = locked_event(event.pk)
    check_keep(by, row)
    if bool(link) == (file is not None):
        raise Invalid(_("Give an address or a file."), code="address_or_file")
    if link and not link.startswith(("http://", "https://")):
        raise Invalid(_("The address must begin with http:// or https://."), code="link")
    made = EventMaterial(event=row, time=time, readers=readers, title=title.strip()[:200], link=link, by_id=acting(by))
    if file is None:
        known = row.materials.filter(link=link).first()
        if known is None:
            _check_room(row)
            made.title = made.title or link[:200]
            made.save()
    else:
        known = _keep(made, file)
    if known is not None:
        return known
    audit.record("event.material", row, by=by)
    return made


def _check_room(event: Event) -> None:
    if event.materials.count() >= MOST_MATERIALS:
        raise Conflict(_("At most %(most)s materials of an event.") % {"most": MOST_MATERIALS}, code="too_many")


def _keep(made: EventMaterial, file: File[bytes]) -> EventMaterial | None:
    """The one of the same content, where there is one; else it is kept."""
    checked = check_file(file, str(file.name), file.size, settings.UPLOAD_LIMIT)
    made.sha256, made.file_name = digest_of(file), checked.name
    made.title = made.title or checked.name.rpartition(".")[0] or checked.name
    known = EventMaterial.objects.filter(event=made.event, sha256=made.sha256).first()
    if known is None:
        _check_room(made.event)
        check_quota(person_id=made.by_id, centre_id=made.event.centre_id, size=file.size)
        _store(made, file, checked.kind)
    return known


def _store(made: EventMaterial, file: File[Any], kind: str) -> None:
    """Under a random name, which is taken away again where the row can't be kept."""
    place = made.file.field.generate_filename(made, f"{uuid4().hex}.{kind}")
    try:
        file.seek(0)
        made.file.save(place.rpartition("/")[2], file, save=False)
        made.save()
    except BaseException:
        made.file.storage.delete(place)
        raise


def copy_materials(*, source: Event, event: Event, by: Actor) -> None:
    """Inside the transaction of the copy: each file anew, so that taking one away takes no other. A file that the disk
    has lost is left out."""
    for one in source.materials.all():
        made = EventMaterial(event=event, by_id=acting(by), **{name: getattr(one, name) for name in COPIED})
        if not one.file:
            made.save()
        elif one.file.storage.exists(str(one.file.name)):
            check_quota(person_id=acting(by), centre_id=event.centre_id, size=one.file.size)
            with one.file.open("rb") as content:
                _store(made, File(content), str(one.file.name).rpartition(".")[2])


@transaction.atomic
def remove_material(*, material: EventMaterial, by: Actor) -> None:
    """The stored file goes after the commit. Twice is once. Side effects: audit."""
    row = locked_event(material.event_id)
    check_keep(by, row)
    found = EventMaterial.objects.filter(event=row, pk=material.pk).first()
    if found is None:
        return
    storage, name = found.file.storage, str(found.file.name or "")
    found.delete()
    audit.record("event.material_off", row, by=by)
    if name:
        transaction.on_commit(lambda: storage.delete(name))
