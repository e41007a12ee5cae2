"""Supports for tests of any room, made straight in the database in the state that is asked for."""

from datetime import date
from typing import Any

from django.utils import timezone

from traektoria.core.waiting import gathered
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.people.models import Person
from traektoria.routes.models import SupportMember, TutorSupport
from traektoria.routes.tutees.enums import Basis, SupportKind, SupportState


@gathered()
def make_support(centre: TutorCentre, tutor: Person | None, *teachers: Person | None, **fields: Any) -> TutorSupport:
    """An active support with everybody's consent; ``state="proposed"`` has none."""
    state = fields.pop("state", SupportState.ACTIVE)
    agreed = timezone.now() if state in (SupportState.ACTIVE, SupportState.ENDED) else None
    group = len(teachers) > 1
    values = {
        "kind": SupportKind.GROUP if group else SupportKind.INDIVIDUAL,
        "name": "Читаем условие задачи" if group else "",
        "subject": "math",
        "basis": Basis.REQUEST,
        "start": date(2026, 9, 1),
        "end": date(2027, 5, 31),
        **fields,
    }
    values.setdefault("regulation", regulation_in_force(centre.pk))
    support = TutorSupport.objects.create(centre=centre, tutor=tutor, state=state, tutor_consented_at=agreed, **values)
    for teacher in teachers:
        SupportMember.objects.create(support=support, person=teacher, consented_at=agreed)
    return support
