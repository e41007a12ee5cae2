"""The learning request: the teacher is the customer of their own growth and says it in their own words."""

from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Refused
from traektoria.people.actor import Actor
from traektoria.routes.models import LearningRequest, SupportMember, TutorSupport
from traektoria.routes.queries.supports import OPEN


@transaction.atomic
def save_request(*, support: TutorSupport, text: str, by: Actor) -> LearningRequest:
    """Write what the teacher wants as a new row; the former ones stay. The same words twice are one row.

    Raises ``Refused`` for anybody but a teacher of the support, ``Conflict`` when the support is over.
    """
    row = TutorSupport.objects.select_for_update(of=("self",)).get(pk=support.pk)
    if not SupportMember.objects.filter(support=row, person=by.person_id).exists():
        raise Refused(_("The request is written by the teacher."), code="not_the_teacher")
    if row.state not in OPEN:
        raise Conflict(_("This support is over. A new one can be proposed."), code="support_is_over")
    last = row.requests.filter(person=by.person_id).first()
    if last and last.text == text:
        return last
    request = LearningRequest.objects.create(support=row, person_id=by.person_id or 0, text=text)
    audit.record("support.request", row, by=by, length=len(text))
    return request
