"""Files that show a deed: attached, taken away."""

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict
from traektoria.core.kept_files import erase, filing, keep
from traektoria.people.actor import Actor, acting
from traektoria.planning.fulfilment.models import Deed, DeedFile
from traektoria.planning.fulfilment.policies import FILES
from traektoria.planning.plans.models import PlanItem
from traektoria.planning.plans.permissions import check_do


@filing()
def show_deed(*, deed: Deed, file: File[bytes], by: Actor) -> DeedFile:
    """The same content is attached once. Side effect: audit. Raises ``Refused``, ``Conflict``, and ``Invalid`` for what
    ``FILES`` does not take."""
    row, item = _locked(deed)
    check_do(by, item)
    if row.undone_at is not None:
        raise Conflict(_("This was taken back: nothing is attached to it."), code="deed_undone")
    ready = FILES.look_at(file)
    same = row.files.filter(sha256=ready.sha256).first()
    if same is not None:
        return same
    FILES.check_most(row.files.count() + 1)
    made = DeedFile(deed=row, name=ready.name, sha256=ready.sha256, by_id=acting(by))
    keep([(made.file, ready)], person_id=acting(by), centre_id=item.plan.centre_id)
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
    erase(found.file)
    audit.record("plan.deed_file_gone", item, by=by, centre_id=item.plan.centre_id, deed=row.pk)


def _locked(deed: Deed) -> tuple[Deed, PlanItem]:
    """With its item, plan, and who answers for it."""
    rows = Deed.objects.select_for_update(of=("self",), no_key=True).select_related("occurrence", "item")
    row = rows.get(pk=deed.pk)
    key = row.occurrence.item_id if row.occurrence else row.item_id or 0
    items = PlanItem.objects.select_related("plan__centre", "plan__association").prefetch_related("responsible")
    return row, items.get(pk=key)
