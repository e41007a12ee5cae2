"""Files of a self-work are kept and taken away."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict
from traektoria.core.kept_files import Ready, erase, keep
from traektoria.events.event.locks import locked_event
from traektoria.events.tutorials.enums import WorkState
from traektoria.events.tutorials.models import SelfWork, WorkFile, WorkTurn
from traektoria.events.tutorials.permissions import check_remove_file
from traektoria.events.tutorials.policies import FILES, check_detach
from traektoria.people.actor import Actor, acting


def new_among(work: SelfWork | None, files: Sequence[Ready]) -> list[Ready]:
    """What the work does not have yet. One query where there is something."""
    known = WorkFile.objects.filter(turn__work=work).values_list("sent", flat=True) if work and files else ()
    return FILES.new_among(files, set(known))


def keep_files(turn: WorkTurn, files: Sequence[Ready], centre: int) -> None:
    """Inside of ``filing``."""
    made = [(WorkFile(turn=turn, file_name=one.name, sent=one.sha256).file, one) for one in files]
    keep(made, person_id=turn.by_id, centre_id=centre)


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
    erase(found.file)
    work.edition += 1
    work.save(update_fields=["edition"])
    audit.record("self_work.detach", work, by=by)


def _check_leaves_something(work: SelfWork) -> None:
    last = work.turns.filter(said=WorkState.HANDED).last()
    said = last is not None and bool(last.text or last.link)
    if work.state == WorkState.HANDED and not said and WorkFile.objects.filter(turn__work=work).count() == 1:
        text = _("This file is all that you have handed in: hand in something else first, then take it away.")
        raise Conflict(text, code="nothing_left")
