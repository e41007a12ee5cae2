"""Applications for tests of any room, made straight in the database in the state that is asked for."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from traektoria.core.waiting import gathered
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.criteria import Judged, leaves
from traektoria.people.models import Person
from traektoria.tutors.applications.enums import ApplicationState, Check
from traektoria.tutors.models import Application, CriterionAnswer, CriterionEvidence

S = ApplicationState
HANDED_IN = (S.SUBMITTED, S.RETURNED, S.ADMITTED, S.GRANTED, S.REFUSED, S.APPEALED)
CHECKED = (S.ADMITTED, S.GRANTED, S.REFUSED, S.APPEALED)
PDF = b"%PDF-1.7\n1 0 obj\n"
DECIDED = (S.GRANTED, S.REFUSED, S.APPEALED)


@gathered()
def make_application(
    centre: TutorCentre, person: Person | None, state: str = S.SUBMITTED, **fields: Any
) -> Application:
    """An application with a word said of every criterion; from ``admitted`` on all of them are checked as met."""
    assert person is not None
    now = timezone.now()
    values = {
        "regulation": regulation_in_force(centre.pk),
        "subjects": ["math"],
        "motivation": "Помогать коллегам читать условие задачи",
        "submitted_at": now if state in HANDED_IN else None,
        "decided_at": now if state in DECIDED else None,
        **fields,
    }
    made = Application.objects.create(centre=centre, person=person, state=state, **values)
    for leaf in leaves(rules_of(made.regulation).status.criteria):
        checked = state in CHECKED and not isinstance(leaf, Judged)
        CriterionAnswer.objects.create(
            application=made,
            criterion=leaf.slug,
            text="Есть в личном деле",
            check_result=Check.MET if checked else "",
            checked_at=now if checked else None,
        )
    return made


def make_evidence(application: Application, criterion: str, name: str = "диплом.pdf") -> CriterionEvidence:
    """A small PDF that shows a criterion."""
    return CriterionEvidence.objects.create(
        application=application,
        criterion=criterion,
        title="Диплом",
        file=ContentFile(PDF, name="diploma.pdf"),
        file_name=name,
        sha256=hashlib.sha256(PDF).hexdigest(),
    )
