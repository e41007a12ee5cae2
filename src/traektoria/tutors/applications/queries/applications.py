"""Which applications a person sees, and how much of them."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from traektoria.core.prepared_statements import prepared
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.schema import Rules
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import HEADS, Role
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.applications.models import OPEN, Application
from traektoria.tutors.applications.queries.checklist import Checklist, Row, checked_by_hand, checklist, requirements
from traektoria.tutors.seats.enums import CommissionState
from traektoria.tutors.seats.models import CommissionMember
from traektoria.tutors.seats.permissions import LEADING
from traektoria.tutors.statuses.models import TutorStatus

__all__ = ["Checklist", "Row", "checked_by_hand", "checklist", "requirements"]

S = ApplicationState
TO_CHECK = (S.SUBMITTED, S.APPEALED)
HANDED_IN = (S.SUBMITTED, S.RETURNED, S.ADMITTED, S.GRANTED, S.REFUSED, S.APPEALED)
CONSIDERED = (*TO_CHECK, S.ADMITTED)
BEFORE_COMMISSION = (S.ADMITTED, S.GRANTED, S.REFUSED, S.APPEALED)
DECIDED = (S.GRANTED, S.REFUSED)
APPEAL_DAYS = 30


def visible_to(actor: Actor) -> QuerySet[Application]:
    """One's own; all of the coordinator's centres; to a commission what is before it (to those who lead it, what is
    handed in); to the head of a school with a centre of its own what is handed in there."""
    own = Q(person=actor.person_id or 0)
    seen = own | Q(centre__in=actor.centres(Role.COORDINATOR))
    if schools := actor.schools(*HEADS):
        seen |= Q(centre__in=actor.centres(*HEADS), centre__school__in=schools, state__in=HANDED_IN)
    if centres := actor.centres(Role.COMMISSION_MEMBER):
        seats = CommissionMember.objects.filter(
            person=actor.person_id, end__isnull=True, commission__state=CommissionState.WORKING
        ).filter(commission__centre__in=centres)
        leads = seats.filter(post__in=LEADING).values("commission__centre")
        seen |= Q(centre__in=seats.values("commission__centre"), state__in=BEFORE_COMMISSION)
        seen |= Q(centre__in=leads, state__in=HANDED_IN)
    return Application.objects.filter(seen)


def nominated_by(actor: Actor) -> QuerySet[Application]:
    """Those whom the person nominated: that they were, and what became of it."""
    return Application.objects.filter(nominated_by__isnull=False, nominated_by=actor.person_id or 0)


def has_nominated(actor: Actor) -> bool:
    """One query."""
    return bool(_nominated().first(**given_of(actor)))


@prepared
def _nominated() -> QuerySet[Application, Any]:
    return nominated_by(anybody(frozenset())).order_by().values_list("pk")


def card_of(actor: Actor) -> QuerySet[Application]:
    """Applications with what their page needs; a nominator finds theirs too."""
    rows = visible_to(actor) | nominated_by(actor)
    return rows.select_related("person", "nominated_by", "regulation", "renews", "centre__municipality")


def papers_seen_by(actor: Actor) -> QuerySet[Application]:
    """Applications whose answers and evidence the person reads: others' only while they are handed in."""
    return visible_to(actor).filter(Q(person=actor.person_id or 0) | Q(state__in=HANDED_IN))


def sees_papers(actor: Actor, application: Application) -> bool:
    """Of one application. One query."""
    return papers_seen_by(actor).filter(pk=application.pk).exists()


def open_of(actor: Actor) -> QuerySet[Application]:
    """The person's own applications that are not over."""
    return Application.objects.filter(person=actor.person_id or 0, state__in=OPEN)


def due_of(application: Application) -> date | None:
    """By what day a submitted application is considered; None where the regulation sets no term."""
    if application.state not in CONSIDERED:
        return None
    return due_under(rules_of(application.regulation), application.appealed_at or application.submitted_at)


def due_under(rules: Rules, begun: datetime | None) -> date | None:
    """The same for what is considered since ``begun``."""
    commission = rules.status.commission
    if commission is None or begun is None:
        return None
    return timezone.localdate(begun) + timedelta(days=commission.review_days)


def appeal_until(application: Application) -> date | None:
    """The last day of an appeal against a refusal; None where there is nothing to appeal."""
    if application.state != S.REFUSED or application.decided_at is None:
        return None
    commission = rules_of(application.regulation).status.commission
    days = commission.appeal_days if commission else APPEAL_DAYS
    return timezone.localdate(application.decided_at) + timedelta(days=days)


def last_status(person_id: int, centre_id: int) -> TutorStatus | None:
    """The person's status in a centre: the living one, or the last that was."""
    rows = TutorStatus.objects.filter(person=person_id, centre=centre_id)
    return rows.order_by("-start", "-pk").first()


def earlier_of(application: Application) -> Application | None:
    """The person's last decided application in the same centre, whose answers may be a start."""
    rows = Application.objects.filter(person=application.person_id, centre=application.centre_id)
    return rows.filter(state__in=(S.GRANTED, S.REFUSED), pk__lt=application.pk).order_by("-pk").first()
