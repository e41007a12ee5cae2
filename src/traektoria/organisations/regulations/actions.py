"""Writes of the regulation: adopted from a preset, changed in a draft, approved; a version in force is never edited."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from traektoria.core.guard import ActingPerson
from traektoria.core.text import squash
from traektoria.core.workflow import move
from traektoria.organisations.models import Regulation, TutorCentre
from traektoria.organisations.regulations.reading import content_of, preset
from traektoria.organisations.regulations.workflow import regulation_workflow


@transaction.atomic
def adopt_preset(
    *, centre: TutorCentre, name: str, start: date, basis: str = "", by: ActingPerson | None
) -> Regulation:
    """The first version of a centre's regulation, in force from ``start``: the preset as it is. Side effect: an audit
    event. Raises ``KeyError`` for an unknown preset."""
    draft = Regulation.objects.create(centre=centre, number=1, preset=name, content=content_of(preset(name)))
    changes = {
        "start": start,
        "basis": squash(basis),
        "approved_at": timezone.now(),
        "approved_by_id": getattr(by, "account_id", None),
    }
    return move(regulation_workflow, draft, "approve", by=by, changes=changes, facts={"preset": name})
