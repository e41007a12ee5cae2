"""Files that show a deed: attached, taken away."""

from typing import Final
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.files import check_file, digest_of
from traektoria.core.installation.room import check_quota
from traektoria.people.actor import Actor
from traektoria.planning.fulfilment.models import Deed, DeedFile
from traektoria.planning.plans.models import PlanItem
from traektoria.planning.plans.permissions import check_do
from traektoria.routes.tutees.permissions import acting

MOST_FILES: Final = 10
"""To one deed."""


@transaction.atomic
def show_deed(*, deed: Deed, file: File[bytes], by: Actor) -> DeedFile:
    """The same content is attached once. Side effect: audit. Raises ``Invalid`` for what ``core.files`` refuses; the
    stored file goes when the transaction fails."""
    row, item = _locked(deed)
    check_do(by, item)
    if row.undone_at is not None:
        raise Conflict(_("This was taken back: nothing is attached to it."), code="deed_undone")
    checked = check_file(file, file.name or "", file.size, settings.UPLOAD_LIMIT)
    digest = digest_of(file)
    same = row.files.filter(sha256=digest).first()
    if same is not None:
        return same
    if row.files.count() >= MOST_FILES:
        raise Invalid(_("There are %(most)s files here already.") % {"most": MOST_FILES}, code="too_many")
    check_quota(person_id=acting(by), centre_id=item.plan.centre_id, size=file.size)
    file.seek(0)
    made = DeedFile(deed=row, name=checked.name, sha256=digest, by_id=acting(by))
    place = made.file.field.generate_filename(made, f"{uuid4().hex}.{checked.kind}")
    try:
        made.file.save(place.rpartition("/")[2], file, save=False)
        made.save()
    except BaseException:
        made.file.storage.delete(place)
        raise
    audit.record("plan.deed_file", item, by=by, centre_id=item.plan.centre_id, deed=row.pk)
    return made


@transaction.atomic
def hide_file(*, file: DeedFile, by: Actor) -> None:
    """Taken away for good; the stored file goes after the commit. A repeated press finds nothing to do."""
    row, item = _locked(file.deed)
    check_do(by, item)
    found = row.files.filter(pk=file.pk).first()
    if found is None:
        return
    storage, name = found.file.storage, str(found.file.name)
    found.delete()
    audit.record("plan.deed_file_gone", item, by=by, centre_id=item.plan.centre_id, deed=row.pk)
    transaction.on_commit(lambda: storage.delete(name))


def _locked(deed: Deed) -> tuple[Deed, PlanItem]:
    """With its item, plan, and who answers for it."""
    rows = Deed.objects.select_for_update(of=("self",), no_key=True).select_related("occurrence", "item")
    row = rows.get(pk=deed.pk)
    key = row.occurrence.item_id if row.occurrence else row.item_id or 0
    items = PlanItem.objects.select_related("plan__centre", "plan__association").prefetch_related("responsible")
    return row, items.get(pk=key)
