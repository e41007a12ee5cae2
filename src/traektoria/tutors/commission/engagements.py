"""A session of the commission takes the time of its members; of those who came, when it is over."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.addresses import path_of
from traektoria.core.engagements import (
    Engaged,
    EngagementKind,
    EngagementRead,
    EngagementSource,
    EngagementWords,
    engages,
)
from traektoria.core.registries import Watch
from traektoria.organisations.zones import zone_watch
from traektoria.people import addressees
from traektoria.tutors.commission.enums import SessionState
from traektoria.tutors.commission.models import Attendance, Session

SESSION = "tutors.session"
USUAL = timedelta(hours=1)
"""So long a session is taken to last while nobody has closed it: the order names its beginning alone."""
LONGEST = timedelta(hours=12)
OVER = (SessionState.CLOSED, SessionState.SIGNED)


def rows(sessions: QuerySet[Session]) -> Iterator[Engaged]:
    """Two queries."""
    attendance = Prefetch("attendance", Attendance.objects.select_related("member"))
    found = sessions.exclude(state=SessionState.CANCELLED).select_related("centre__municipality")
    for session in found.prefetch_related(attendance):
        yield _row(session, addressees.place("centre", session.centre_id), None)
        for one in session.attendance.all():
            if session.state not in OVER or one.present:
                yield _row(session, addressees.person(one.member.person_id), one.member.person_id)


def _row(session: Session, to: str, person: int | None) -> Engaged:
    end = _end(session)
    return Engaged(
        SESSION,
        to,
        session,
        session.centre_id,
        session.held_at,
        end or session.held_at + USUAL,
        session.centre.municipality.time_zone,
        person_id=person,
        main=person is None,
        busy=person is not None,
        facts={"number": session.number, "where": session.place},
        open_end=end is None,
    )


def _end(session: Session) -> datetime | None:
    """When it was closed, if that was on the day: a protocol may be closed much later."""
    closed = session.closed_at if session.state in OVER else None
    return closed if closed and session.held_at < closed <= session.held_at + LONGEST else None


def words(row: EngagementRead) -> EngagementWords:
    title = _("Session No. %(number)s of the commission") % {"number": row.facts["number"]}
    return EngagementWords(title, row.facts["where"], path_of("tutors:session_detail", row.object_id))


engages(
    EngagementSource(
        slug="tutors.sessions",
        order=30,
        model=Session,
        rows=rows,
        kinds=(EngagementKind(SESSION, 30, gettext_lazy("Session of the commission"), words),),
        watches=(
            Watch(Attendance, lambda row: [row.session_id], frozenset({"present", "member"})),
            zone_watch(Session),
        ),
    )
)
