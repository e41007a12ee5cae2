"""The learning request: the teacher is the customer of their own growth and says it in their own words."""

from django.db import transaction

from traektoria.core import audit
from traektoria.people.actor import Actor
from traektoria.routes.supports.permissions import check_ask
from traektoria.routes.supports.policies import check_open
from traektoria.routes.tutees.locks import locked_support
from traektoria.routes.tutees.models import LearningRequest, TutorSupport


@transaction.atomic
def save_request(*, support: TutorSupport, text: str, by: Actor) -> LearningRequest:
    """Write what the teacher wants as a new row; the former ones stay. The same words twice are one row.

    Raises ``Refused`` for anybody but a teacher of the support, ``Conflict`` when the support is over.
    """
    row = locked_support(support)
    check_ask(by, row)
    check_open(row)
    last = row.requests.filter(person=by.person_id).first()
    if last and last.text == text:
        return last
    request = LearningRequest.objects.create(support=row, person_id=by.person_id or 0, text=text)
    audit.record("support.request", row, by=by, length=len(text))
    return request
