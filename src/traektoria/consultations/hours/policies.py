"""When an hour can be written down: it is over, of a likely length, at no other hour of the tutor."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.hours.models import ConsultationHour
from traektoria.consultations.requests.enums import OPEN, RequestState
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.policies import MOST
from traektoria.core.errors import Conflict, Invalid, twin
from traektoria.core.typography import ru_moment
from traektoria.engines.intervals import Interval, first_clash
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.routes.models import RouteItem, TutorSupport
from traektoria.routes.tutees.enums import SupportState

BEGUN = (SupportState.ACTIVE, SupportState.ENDED)
LONGEST = timedelta(hours=8)
EARLIEST = timedelta(days=400)
BEFORE_ITS_END = timedelta(minutes=15)
"""So long before it ends an hour may be written down."""
MOST_TEACHERS, MOST_PUPILS = MOST, 500


class AtOnce(Conflict):
    """The tutor has ``hour`` then, by its number: a page leads to it."""

    code = "at_once"

    def __init__(self, sentence: str, hour: int) -> None:
        super().__init__(sentence)
        self.hour = hour


def check_time(interval: Interval, now: datetime) -> None:
    """An hour that is going on may be written down shortly before its end."""
    if interval.start > now:
        raise Invalid(_("This hour has not begun yet: it is written down afterwards."), code="not_begun")
    if interval.end > now + BEFORE_ITS_END:
        words = {"end": f"{timezone.localtime(interval.end):%H:%M}", "minutes": BEFORE_ITS_END // timedelta(minutes=1)}
        raise Invalid(
            _("This hour ends at %(end)s: it is written down at most %(minutes)s minutes before its end.") % words,
            code="not_over",
        )
    if now - interval.start > EARLIEST:
        raise Invalid(_("This hour is more than a year ago: look at its day."), code="too_long_ago")
    if interval.length > LONGEST:
        raise Invalid(_("An hour is at most eight hours long."), code="too_long")


def check_free(tutor_id: int, interval: Interval, *, without: int = 0) -> None:
    """Under the lock of the tutor. Raises ``AtOnce`` that names the other hour."""
    near = ConsultationHour.objects.filter(
        tutor=tutor_id, withdrawn_at__isnull=True, start__lt=interval.end, end__gt=interval.start
    ).exclude(pk=without)
    taken = {Interval(start, end): pk for pk, start, end in near.values_list("pk", "start", "end")}
    clash = first_clash(interval, taken)
    if clash:
        until = f"{timezone.localtime(clash.end):%H:%M}"
        words = {"start": ru_moment(clash.start), "end": until}
        raise AtOnce(_("You have another hour then: %(start)s–%(end)s.") % words, taken[clash])


def check_source(centre_id: int, request: ConsultationRequest | None, item: RouteItem | None) -> None:
    """What an hour serves is of its centre: a request that a tutor has or had met, an item of a support that began."""
    if request is not None:
        if request.state not in (*OPEN, RequestState.HELD):
            raise Conflict(_("This request was declined or taken back: write the hour down without it."), code="closed")
        _check_centre(request.centre_id, centre_id)
    if item is not None:
        check_begun(item.route.support)
        _check_centre(item.route.support.centre_id, centre_id)


def check_begun(support: TutorSupport) -> None:
    if support.state not in BEGUN:
        raise Conflict(_("This support has not begun: there can be no hour of it yet."), code="not_begun")


def _check_centre(one: int, other: int) -> None:
    if one != other:
        raise Invalid(_("An hour and what it is about are of one centre."), code="another_centre")


def check_teachers(centre_id: int, ids: Collection[int], tutor_id: int, known: Collection[int] = ()) -> None:
    """Somebody was there: teachers who have, or had, that role in the centre, or are ``known``; not the tutor."""
    if not ids:
        raise Invalid(_("Say who was there."), code="nobody")
    if len(ids) > MOST_TEACHERS:
        raise Invalid(_("At most %(most)s teachers in one hour.") % {"most": MOST_TEACHERS}, code="too_many")
    if tutor_id in ids:
        raise Invalid(_("Nobody gives an hour to themselves."), code="own_hour")
    new = set(ids) - set(known)
    roles = RoleAssignment.objects.filter(person__in=new, role=Role.TEACHER, centre=centre_id)
    if roles.values("person").distinct().count() != len(new):
        raise Invalid(_("Somebody of these is no teacher of the centre."), code="not_a_teacher")


def check_standing(hour: ConsultationHour) -> None:
    if hour.withdrawn_at is not None:
        raise Conflict(_("This hour was withdrawn: it can only be read."), code="withdrawn")


def reopens(hour: ConsultationHour) -> bool:
    """Its request was met by it alone: without it the tutor holds the consultation after all. One query at most."""
    if hour.request is None or hour.request.state != RequestState.HELD or hour.request.tutor_id != hour.tutor_id:
        return False
    return not hour.request.hours.filter(withdrawn_at=None).exclude(pk=hour.pk).exists()


has_begun = twin(check_begun)
