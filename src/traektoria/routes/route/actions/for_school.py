"""Routes of a school's teachers drafted by a press of the centre: it begins the work and reads numbers (ADR 0069)."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traektoria.core import school_year
from traektoria.diagnostics.models import Hypothesis
from traektoria.diagnostics.problem_field.enums import HypothesisState
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import Role, Subject
from traektoria.people.models import RoleAssignment
from traektoria.routes.route.actions.drafting import make_draft
from traektoria.routes.route.models import LearningRoute
from traektoria.routes.route.permissions import check_begin_for_school
from traektoria.routes.route.queries.route import PUT_FORWARD
from traektoria.routes.tutees.enums import SupportKind, SupportState
from traektoria.routes.tutees.models import SupportMember, TutorSupport


class Fate(StrEnum):
    """Where a support of the school's teachers stands, or why a press leaves it alone. Of one without a route it is not
    said whether something is confirmed or a draft is there: of one support that would be said of one person."""

    WITHOUT_ROUTE = "without_route"
    HAS_ROUTE = "has_route"
    GROUP = "group"
    NO_TUTOR = "no_tutor"
    NOT_ANSWERED = "not_answered"
    DECLINED = "declined"
    LEFT = "left"


WORDS = {
    Fate.WITHOUT_ROUTE: _("of one teacher, no route is put forward yet"),
    Fate.HAS_ROUTE: _("there is a route of this year already"),
    Fate.GROUP: _("a group: its tutor drafts the route"),
    Fate.NO_TUTOR: _("its tutor is no tutor of the centre any more"),
    Fate.NOT_ANSWERED: _("the teacher or the tutor has not answered yet"),
    Fate.DECLINED: _("the teacher or the tutor declined"),
    Fate.LEFT: _("the teacher does not work at this school any more"),
}


@dataclass(frozen=True)
class SupportCounts:
    """Of the supports of the school's teachers; ``alone``: teachers who have none."""

    fates: dict[Fate, int]
    alone: int

    @property
    def without_route(self) -> int:
        return self.fates.get(Fate.WITHOUT_ROUTE, 0)

    @property
    def lines(self) -> list[tuple[str, int]]:
        """In words, without what is not there."""
        return [(str(words), self.fates[fate]) for fate, words in WORDS.items() if self.fates.get(fate)]


def schools_of_centre(actor: Actor) -> list[tuple[int, str]]:
    """Where teachers of the coordinator's centres work, alphabetically: key and name. One query."""
    work = _teachers(actor).filter(in_force(timezone.localdate())).exclude(school=None)
    rows = work.values_list("school", "school__name", "school__sort_name").distinct()
    return [(pk, name) for pk, name, _sort in sorted(rows, key=lambda row: (row[2], row[0]))]


def numbers(actor: Actor, school: int) -> SupportCounts:
    """Two queries at any size."""
    supports = _supports(actor, school)
    fates = Counter(_fate(one) for one in supports)
    staff = _teachers(actor).filter(in_force(timezone.localdate()), school=school).order_by()
    helped = SupportMember.objects.filter(
        support__centre=OuterRef("centre"), person=OuterRef("person"), declined_at=None,
        support__state__in=[SupportState.PROPOSED, SupportState.ACTIVE],
    )  # fmt: skip
    return SupportCounts(dict(fates), staff.exclude(Exists(helped)).values("person").distinct().count())


def draft_for_school(
    *, school: int, by: Actor, told: Callable[[int, int], None] = lambda done, total: None
) -> list[LearningRoute]:
    """Draft what is ready, each route by itself: its tutor finds it on «My day» and puts it forward to the teacher.
    Who presses reads none of them, nor how many. A second press makes nothing twice; ``told`` hears how many of those
    without a route were looked at."""
    without = [one for one in _supports(by, school) if _fate(one) is Fate.WITHOUT_ROUTE]
    made = []
    for done, support in enumerate(without):
        told(done, len(without))
        if _is_ready(support):
            made.append(draft_for_centre(support=support, school=school, by=by))
    return [route for route in made if route is not None]


@transaction.atomic
def draft_for_centre(*, support: TutorSupport, school: int, by: Actor) -> LearningRoute | None:
    """None where it is not so any more: somebody declined, left, drafted meanwhile. Side effects: ``make_draft``."""
    check_begin_for_school(by, support)
    rows = TutorSupport.objects.select_for_update(of=("self",), no_key=True).select_related("regulation")
    locked = rows.get(pk=support.pk)
    now = _supports(by, school).filter(pk=locked.pk).first()
    return make_draft(support=locked, by=by) if now is not None and _is_ready(now) else None


def _teachers(actor: Actor) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(role=Role.TEACHER, centre__in=actor.centres(Role.COORDINATOR))


def _supports(actor: Actor, school: int) -> QuerySet[TutorSupport]:
    """Supports of this time of who teaches or taught at the school, in the coordinator's centres, each with what
    decides its fate. One query."""
    ever = _teachers(actor).filter(school=school, centre=OuterRef("support__centre"), person=OuterRef("person"))
    members = SupportMember.objects.filter(support=OuterRef("pk")).order_by()
    confirmed = Hypothesis.objects.filter(
        centre=OuterRef("centre"), state=HypothesisState.CONFIRMED,
        person__in=SupportMember.objects.filter(
            support=OuterRef(OuterRef("pk")), consented_at__isnull=False
        ).order_by().values("person"),
    ).order_by()  # fmt: skip
    of_subject = confirmed.filter(Q(subject="") | Q(subject=OuterRef("subject")))
    since = school_year.first_moment(school_year.this_year())
    routes = LearningRoute.objects.filter(
        Q(closed_at=None) | Q(closed_at__gte=since), support=OuterRef("pk")
    ).order_by()
    tutors = RoleAssignment.objects.filter(
        in_force(timezone.localdate()), role=Role.TUTOR, centre=OuterRef("centre"), person=OuterRef("tutor")
    )
    return (
        TutorSupport.objects.filter(centre__in=actor.centres(Role.COORDINATOR), end__gte=timezone.localdate())
        .exclude(state=SupportState.ENDED)
        .filter(Exists(members.filter(Exists(ever))))
        .annotate(
            works_here=Exists(members.filter(Exists(ever.filter(in_force(timezone.localdate()))))),
            has_tutor=Exists(tutors),
            has_route=Exists(routes),
            put_forward=Exists(routes.filter(PUT_FORWARD)),
            confirmed=Q(Exists(of_subject)) | (Q(subject=Subject.PRIMARY) & Q(Exists(confirmed))),
        )
        .order_by("pk")
    )


def _fate(support: TutorSupport) -> Fate:
    """Reads what ``_supports`` has annotated."""
    if support.state == SupportState.DECLINED:
        return Fate.DECLINED
    if not support.works_here:  # type: ignore[attr-defined]
        return Fate.LEFT
    if support.put_forward:  # type: ignore[attr-defined]
        return Fate.HAS_ROUTE
    if support.state == SupportState.PROPOSED:
        return Fate.NOT_ANSWERED
    if not support.has_tutor:  # type: ignore[attr-defined]
        return Fate.NO_TUTOR
    return Fate.GROUP if support.kind == SupportKind.GROUP else Fate.WITHOUT_ROUTE


def _is_ready(support: TutorSupport) -> bool:
    """Something is confirmed and no draft is there: nobody of the centre is told which."""
    ready = support.confirmed and not support.has_route  # type: ignore[attr-defined]
    return ready and _fate(support) is Fate.WITHOUT_ROUTE
