"""Commissions and sessions as their members and the coordinator see them."""

from datetime import date

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from traektoria.core.prepared_statements import Given
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.applications.models import Application
from traektoria.tutors.commission.enums import AgendaState, SessionState
from traektoria.tutors.commission.models import AgendaItem, Attendance, Recusal, Session
from traektoria.tutors.commission.policies import FINAL
from traektoria.tutors.seats.models import Commission, CommissionMember
from traektoria.tutors.statuses.models import StatusTerm


def commissions_visible_to(actor: Actor) -> QuerySet[Commission]:
    """All of the coordinator's centre; those in which the actor has a seat now."""
    if actor.person_id is None:
        return Commission.objects.none()
    seats = CommissionMember.objects.filter(
        person=actor.person_id, end__isnull=True, commission__centre__in=actor.centres(Role.COMMISSION_MEMBER)
    )
    seen = Q(centre__in=actor.centres(Role.COORDINATOR)) | Q(pk__in=seats.values("commission"))
    return Commission.objects.filter(seen).select_related("centre")


def visible_to(actor: Actor) -> QuerySet[Session]:
    """Sessions of the commissions that the actor sees."""
    seen = commissions_visible_to(actor).values("pk")
    rows = Session.objects.filter(commission__in=seen)
    return rows.select_related("commission", "centre__municipality", "regulation")


def items_visible_to(actor: Actor) -> QuerySet[AgendaItem]:
    """Items of those sessions. What a member who is the candidate does not see of one: ``judging``, ``voting``."""
    return with_application(AgendaItem.objects.filter(session__in=visible_to(actor).values("pk")))


def extracts_visible_to(actor: Actor) -> QuerySet[AgendaItem]:
    """Decided items whose protocol is signed: to those who see the session and to the candidate."""
    mine = Q(application__person=actor.person_id or 0) | Q(session__in=visible_to(actor).values("pk"))
    signed = AgendaItem.objects.filter(mine, state=AgendaState.DECIDED, session__state=SessionState.SIGNED)
    return with_application(signed)


def with_application(rows: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    """With everything that an item's facts read, and the term of the status that it granted."""
    names = ("person", "regulation", "centre__municipality", "nominated_by")
    terms = StatusTerm.objects.filter(item=OuterRef("pk")).order_by("pk")
    return rows.annotate(
        term_start=Subquery(terms.values("start")[:1]), term_end=Subquery(terms.values("end")[:1])
    ).select_related(
        "session__commission", "session__centre", "session__regulation", *(f"application__{name}" for name in names)
    )


def attendance_of(session: Session) -> list[Attendance]:
    """The rows with their members, the chair first. One query."""
    order = ("chair", "deputy", "secretary", "member")
    rows = Attendance.objects.filter(session=session).select_related("member__person")
    return sorted(rows, key=lambda row: (order.index(row.member.post), row.member.person.sort_name))


def session_day_of(session: Session) -> date:
    """The day when the session was opened, before that the day it is planned for."""
    return timezone.localdate(session.opened_at or session.held_at)


def agenda_of(session: Session) -> list[AgendaItem]:
    """The items with candidate and recusals, in order. Two queries."""
    recusals = Prefetch("recusals", Recusal.objects.select_related("member__person"))
    rows = with_application(AgendaItem.objects.filter(session=session)).prefetch_related(recusals)
    found = list(rows.order_by("position", "pk"))
    for item in found:
        item.session = session
    return found


def waiting_for_agenda(centre_id: int | Given) -> QuerySet[Application]:
    """Admitted applications that are on no agenda, those admitted longest ago first."""
    taken = AgendaItem.objects.exclude(state__in=FINAL).values("application")
    rows = Application.objects.filter(centre=centre_id, state=ApplicationState.ADMITTED).exclude(pk__in=taken)
    return rows.select_related("person").order_by("submitted_at", "pk")
