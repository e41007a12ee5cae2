"""An association is begun, changed, closed."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Invalid
from traektoria.core.text import squash
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.planning.associations.models import Association
from traektoria.planning.associations.permissions import check_keep


@transaction.atomic
def save_association(
    *, association: Association | None, centre: TutorCentre, name: str, subject: str, chair: int | None,
    members: Collection[int], by: Actor,
) -> Association:  # fmt: skip
    """Begin one, or change it; who leads it is a member too. Raises ``Invalid`` for a name that is taken."""
    check_keep(by, centre.pk)
    TutorCentre.objects.select_for_update(of=("self",), no_key=True).get(pk=centre.pk)
    row = association or Association(centre=centre)
    same = Association.objects.filter(centre=centre, name=squash(name), closed_on=None).exclude(pk=row.pk)
    if same.exists():
        raise Invalid(_("The centre has an association of this name."), code="name_taken")
    row.name, row.subject, row.chair_id = squash(name), subject, chair
    row.save()
    row.members.set({*members, *({chair} if chair else ())})
    audit.record("association.saved", row, by=by)
    return row


@transaction.atomic
def close_association(*, association: Association, by: Actor) -> Association:
    """It works no more; its plans stay. A repeated press changes nothing."""
    check_keep(by, association.centre_id)
    row = Association.objects.select_for_update(of=("self",), no_key=True).get(pk=association.pk)
    if row.closed_on is None:
        row.closed_on = timezone.localdate()
        row.save(update_fields=["closed_on"])
        audit.record("association.closed", row, by=by)
    return row
