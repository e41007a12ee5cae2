"""Routes of all teachers of a tutor drafted at once, of what each has confirmed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traektoria.core import school_year
from traektoria.core.typography import local_day
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.routes.route.actions.drafting import draft_route
from traektoria.routes.route.models import LearningRoute
from traektoria.routes.route.queries.route import confirmed_field
from traektoria.routes.tutees.models import SupportMember, TutorSupport
from traektoria.routes.tutees.queries import led_by


class DraftState(StrEnum):
    """Why there is nothing to draft; READY: it can be drafted."""

    READY = "ready"
    HAS_ROUTE = "has_route"
    NOTHING_CONFIRMED = "nothing_confirmed"


WORDS = {
    DraftState.READY: _("a draft can be made"),
    DraftState.HAS_ROUTE: _("there is a route of this year already"),
    DraftState.NOTHING_CONFIRMED: _("nothing is confirmed in the problem field yet"),
}


@dataclass(frozen=True)
class BatchLine:
    """A support of the tutor. ``deficits``: how many are confirmed; ``route``: the one that is there, or was made."""

    support: TutorSupport
    why: DraftState
    deficits: int
    route: LearningRoute | None
    made: bool = False

    @property
    def words(self) -> str:
        return str(WORDS[self.why])


def look(actor: Actor, school: int | None = None) -> list[BatchLine]:
    """Every running support of the tutor (with a teacher of the school), and what a press would do. Three queries for
    each support."""
    return [_line(support) for support in of_school(actor, school)]


def plans_of(lines: Sequence[BatchLine]) -> int:
    """How many personified plans these supports have, of all years. One query."""
    return LearningRoute.objects.filter(support__in=[line.support.pk for line in lines], deficit_plan=True).count()


def of_school(actor: Actor, school: int | None) -> list[TutorSupport]:
    rows = led_by(actor)
    if school is not None:
        rows = rows.filter(pk__in=_members(actor).filter(person__in=_teachers().filter(school=school).values("person"))
                           .values("support"))  # fmt: skip
    return list(rows)


def schools_of_teachers(actor: Actor) -> list[tuple[int, str]]:
    """Where the tutor's teachers work: key and name, alphabetically. One query."""
    work = _teachers().filter(person__in=_members(actor).values("person"), centre__in=actor.centres(Role.TUTOR))
    rows = work.exclude(school=None).values_list("school", "school__name", "school__sort_name").distinct()
    return [(pk, name) for pk, name, _sort in sorted(rows, key=lambda row: (row[2], row[0]))]


def _members(actor: Actor) -> QuerySet[SupportMember]:
    return SupportMember.objects.filter(support__in=led_by(actor).order_by(), consented_at__isnull=False)


def _teachers() -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(in_force(timezone.localdate()), role=Role.TEACHER)


def draft_all(
    *, by: Actor, school: int | None = None, told: Callable[[int, int], None] = lambda done, total: None
) -> list[BatchLine]:
    """Draft what can be drafted, each route by itself; a second press makes nothing twice. ``told`` hears how far it
    is."""
    lines, made = look(by, school), []
    for done, line in enumerate(lines):
        told(done, len(lines))
        made.append(_drafted(line, by))
    return made


def _line(support: TutorSupport) -> BatchLine:
    route = _route_of_the_year(support)
    deficits = len(confirmed_field(support))
    if route is not None:
        return BatchLine(support, DraftState.HAS_ROUTE, deficits, route)
    return BatchLine(support, DraftState.READY if deficits else DraftState.NOTHING_CONFIRMED, deficits, None)


def _drafted(line: BatchLine, by: Actor) -> BatchLine:
    if line.why is not DraftState.READY:
        return line
    return BatchLine(line.support, DraftState.READY, line.deficits, draft_route(support=line.support, by=by), made=True)


def _route_of_the_year(support: TutorSupport) -> LearningRoute | None:
    """One that lives, or that was closed within this school year."""
    since = school_year.begun()
    rows: Sequence[LearningRoute] = list(support.routes.order_by("-pk"))
    return next((row for row in rows if row.closed_at is None or local_day(row.closed_at) >= since), None)
