"""The administrator has a task done now: one that gave up, or one that waits for its hour."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from traektoria.core.errors import Conflict
from traektoria.core.tasks.backend import begin_anew


@transaction.atomic
def repeat(*, pk: UUID) -> None:
    """Raises ``Conflict`` where it runs already or is not kept any more."""
    row = DBTaskResult.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if row is None:
        raise Conflict(_("This task is done and not kept any more."), code="gone")
    if row.status == TaskResultStatus.RUNNING:
        raise Conflict(_("This task is being done right now."), code="running")
    begin_anew(row, timezone.now())
