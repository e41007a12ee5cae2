"""An accepted self-work is offered to the teacher as evidence of the route item that the registration serves."""

from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Refused
from traektoria.core.typography import in_hours
from traektoria.events.attendance.actions import served
from traektoria.events.attendance.enums import EvidenceAnswer
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.event.locks import locked_event
from traektoria.events.event.time_and_place import called
from traektoria.events.tutorials.enums import WorkState
from traektoria.events.tutorials.models import SelfWork
from traektoria.events.tutorials.policies import check_judges
from traektoria.people.actor import Actor
from traektoria.routes.models import RouteItem
from traektoria.routes.route.actions.doing import add_link
from traektoria.routes.route.enums import ItemState


def asked_at(work: SelfWork) -> str:
    """What the teacher has answered stays; offered is what serves an item that is still open. One query."""
    if work.answer in (EvidenceAnswer.TAKEN, EvidenceAnswer.DECLINED):
        return work.answer
    item = item_of(work)
    return EvidenceAnswer.ASKED if item is not None and item.state in (ItemState.PLANNED, ItemState.DOING) else ""


@transaction.atomic
def answer_work(*, work: SelfWork, counts: bool, link: str, by: Actor) -> SelfWork:
    """The teacher says whether it shows that the item is done; ``link`` is the address of the work, which becomes the
    evidence and is read from then on by the tutor of the route. Twice is once. Side effects: audit. Raises ``Refused``,
    and ``Conflict`` where the route has ended or the registration serves it no longer."""
    event = locked_event(work.task.event_id)
    rows = SelfWork.objects.select_for_update(of=("self",), no_key=True).select_related("task")
    found = rows.get(pk=work.pk)
    found.task.event = event
    if found.person_id != by.person_id:
        raise Refused(_("This is answered by the teacher whose route it is."), code="not_yours")
    wanted = EvidenceAnswer.TAKEN if counts else EvidenceAnswer.DECLINED
    if found.answer == wanted:
        return found
    check_judges(event)
    if found.answer != EvidenceAnswer.ASKED or found.state != WorkState.ACCEPTED:
        raise Conflict(_("This was answered already."), code="answered")
    if counts:
        found.evidence = add_link(item=served(item_of(found)), link=link, note=_note(found), by=by)
    found.answer = wanted
    found.save(update_fields=["answer", "evidence"])
    audit.record("self_work.evidence", found, by=by, counts=counts)
    return found


def item_of(work: SelfWork) -> RouteItem | None:
    """The route item that the registration serves. One query."""
    rows = Enrolment.objects.filter(event=work.task.event_id, person=work.person_id, item__isnull=False)
    found = rows.select_related("item__route__support").first()
    return found.item if found else None


def _note(work: SelfWork) -> str:
    """«Самостоятельная работа «Провести урок», 2 ч: тьюториал «Доли и проценты»»."""
    words = {"task": work.task.title, "hours": in_hours(work.task.minutes), "event": called(work.task.event)}
    return (_("Self-work “%(task)s”, %(hours)s: %(event)s") % words)[:300]
