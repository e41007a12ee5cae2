"""Files of a self-work are kept: under a random name, the same content once, a photo without what a camera writes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.files import PICTURES, check_file, digest_of
from traektoria.core.installation import leavings
from traektoria.core.installation.room import check_quota
from traektoria.core.installation.roots import UPLOADS
from traektoria.core.pictures import drawn_anew
from traektoria.events.event.locks import locked_event
from traektoria.events.tutorials.enums import WorkState
from traektoria.events.tutorials.models import SelfWork, WorkFile, WorkTurn
from traektoria.events.tutorials.permissions import check_remove_file
from traektoria.events.tutorials.policies import MOST_FILES, check_detach
from traektoria.people.actor import Actor
from traektoria.routes.tutees.permissions import acting


@dataclass(frozen=True)
class Ready:
    """A file that was looked at and may be kept."""

    name: str
    kind: str
    sent: str
    content: File[bytes]


def looked_at(files: Iterable[File[bytes]]) -> list[Ready]:
    """Each content once. Outside of any transaction: drawing a photo anew takes its time. Raises ``Invalid`` for what
    ``core.files`` refuses."""
    found: dict[str, Ready] = {}
    for file in files:
        checked = check_file(file, str(file.name), file.size, settings.UPLOAD_LIMIT)
        digest = digest_of(file)
        file.seek(0)
        if checked.kind not in PICTURES:
            found[digest] = Ready(checked.name, checked.kind, digest, file)
            continue
        name = f"{checked.name.rpartition('.')[0]}.jpg"
        found[digest] = Ready(name, "jpg", digest, ContentFile(drawn_anew(file.read())))
    return list(found.values())


def new_among(work: SelfWork | None, files: Sequence[Ready]) -> list[Ready]:
    """What the work does not have yet. One query where there is something."""
    if not files:
        return []
    known = set(WorkFile.objects.filter(turn__work=work).values_list("sent", flat=True)) if work else set()
    fresh = [one for one in files if one.sent not in known]
    if len(known) + len(fresh) > MOST_FILES:
        raise Invalid(_("At most %(most)s files of one work.") % {"most": MOST_FILES}, code="too_many_files")
    return fresh


def keep_files(turn: WorkTurn, files: Sequence[Ready], centre: int) -> None:
    """Inside the caller's transaction. Stored files are removed when one of them can't be kept."""
    if not files:
        return
    check_quota(person_id=turn.by_id, centre_id=centre, size=sum(one.content.size for one in files))
    names: list[str] = []
    try:
        for one in files:
            kept = WorkFile(turn=turn, file_name=one.name, sent=one.sent)
            names.append(kept.file.field.generate_filename(kept, f"{uuid4().hex}.{one.kind}"))
            one.content.seek(0)
            kept.file.save(names[-1].rpartition("/")[2], one.content, save=False)
            kept.save()
    except BaseException:
        for name in names:
            WorkFile._meta.get_field("file").storage.delete(name)
        raise


@transaction.atomic
def remove_file(*, file: WorkFile, by: Actor) -> None:
    """By whose work it is until it is accepted, by the coordinator at any time; who judges it reads it anew. The stored
    file goes after the commit. Twice is once. Side effects: audit. Raises ``Refused``, and ``Conflict`` where one's own
    work would wait to be read with nothing in it."""
    event = locked_event(file.turn.work.task.event_id)
    work = SelfWork.objects.select_for_update(of=("self",), no_key=True).select_related("task").get(
        pk=file.turn.work_id
    )  # fmt: skip
    work.task.event = event
    check_remove_file(by, work)
    own = work.person_id == acting(by)
    check_detach(event, work, own)
    found = WorkFile.objects.filter(pk=file.pk).first()
    if found is None:
        return
    if own:
        _check_leaves_something(work)
    name = str(found.file.name)
    found.delete()
    work.edition += 1
    work.save(update_fields=["edition"])
    audit.record("self_work.detach", work, by=by)
    leavings.let_go(UPLOADS, name)


def _check_leaves_something(work: SelfWork) -> None:
    last = work.turns.filter(said=WorkState.HANDED).last()
    said = last is not None and bool(last.text or last.link)
    if work.state == WorkState.HANDED and not said and WorkFile.objects.filter(turn__work=work).count() == 1:
        text = _("This file is all that you have handed in: hand in something else first, then take it away.")
        raise Conflict(text, code="nothing_left")
