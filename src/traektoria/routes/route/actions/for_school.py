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
from traektoria.routes.tutees.enums import SupportKind, SupportState
from traektoria.routes.tutees.models import SupportMember, TutorSupport


class Fate(StrEnum):
    """What a press does with a support of the school's teachers, or why it leaves it alone."""

    READY = "ready"
    HAS_ROUTE = "has_route"
    NOTHING_CONFIRMED = "nothing_confirmed"
    GROUP = "group"
    NOT_ANSWERED = "not_answered"
    DECLINED = "declined"
    LEFT = "left"


WORDS = {
    Fate.READY: _("a draft can be made"),
    Fate.HAS_ROUTE: _("there is a route of this year already"),
    Fate.NOTHING_CONFIRMED: _("nothing is confirmed in the problem field yet"),
    Fate.GROUP: _("a group: its tutor drafts the route"),
    Fate.NOT_ANSWERED: _("the teacher or the tutor has not answered yet"),
    Fate.DECLINED: _("the teacher or the tutor declined"),
    Fate.LEFT: _("the teacher does not work at this school any more"),
}


@dataclass(frozen=True)
class Numbers:
    """Of the supports of the school's teachers; ``alone``: teachers who have none."""

    fates: dict[Fate, int]
    alone: int

    @property
    def ready(self) -> int:
        return self.fates.get(Fate.READY, 0)

    @property
    def lines(self) -> list[tuple[str, int]]:
        """In words, without what is not there."""
        return [(str(words), self.fates[fate]) for fate, words in WORDS.items() if self.fates.get(fate)]


def schools_of_centre(actor: Actor) -> list[tuple[int, str]]:
    """Where teachers of the coordinator's centres work, alphabetically: key and name. One query."""
    work = _teachers(actor).filter(in_force(timezone.localdate())).exclude(school=None)
    rows = work.values_list("school", "school__name", "school__sort_name").distinct()
    return [(pk, name) for pk, name, _sort in sorted(rows, key=lambda row: (row[2], row[0]))]


def numbers(actor: Actor, school: int) -> Numbers:
    """Two queries at any size."""
    supports = _supports(actor, school)
    fates = Counter(_fate(one) for one in supports)
    staff = _teachers(actor).filter(in_force(timezone.localdate()), school=school).order_by()
    helped = SupportMember.objects.filter(
        support__centre=OuterRef("centre"), person=OuterRef("person"), declined_at=None,
        support__state__in=[SupportState.PROPOSED, SupportState.ACTIVE],
    )  # fmt: skip
    return Numbers(dict(fates), staff.exclude(Exists(helped)).values("person").distinct().count())


def draft_for_school(
    *, school: int, by: Actor, told: Callable[[int, int], None] = lambda done, total: None
) -> list[LearningRoute]:
    """Draft what is ready, each route by itself: its tutor finds it on «My day» and puts it forward to the teacher.
    Who presses reads none of them. A second press makes nothing twice; ``told`` hears how far it is."""
    ready = [one for one in _supports(by, school) if _fate(one) is Fate.READY]
    made = []
    for done, support in enumerate(ready):
        told(done, len(ready))
        made.append(draft_for_centre(support=support, school=school, by=by))
    return [route for route in made if route is not None]


@transaction.atomic
def draft_for_centre(*, support: TutorSupport, school: int, by: Actor) -> LearningRoute | None:
    """None where it is not so any more: somebody declined, left, drafted meanwhile. Side effects: ``make_draft``."""
    check_begin_for_school(by, support)
    rows = TutorSupport.objects.select_for_update(of=("self",), no_key=True).select_related("regulation")
    locked = rows.get(pk=support.pk)
    now = _supports(by, school).filter(pk=locked.pk).first()
    return make_draft(support=locked, by=by) if now is not None and _fate(now) is Fate.READY else None


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
    routes = LearningRoute.objects.filter(support=OuterRef("pk")).order_by()
    return (
        TutorSupport.objects.filter(centre__in=actor.centres(Role.COORDINATOR), end__gte=timezone.localdate())
        .exclude(state=SupportState.ENDED)
        .filter(Exists(members.filter(Exists(ever))))
        .annotate(
            works_here=Exists(members.filter(Exists(ever.filter(in_force(timezone.localdate()))))),
            has_route=Exists(routes.filter(Q(closed_at=None) | Q(closed_at__gte=since))),
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
    if support.has_route:  # type: ignore[attr-defined]
        return Fate.HAS_ROUTE
    if support.state == SupportState.PROPOSED:
        return Fate.NOT_ANSWERED
    if support.kind == SupportKind.GROUP:
        return Fate.GROUP
    return Fate.READY if support.confirmed else Fate.NOTHING_CONFIRMED  # type: ignore[attr-defined]
