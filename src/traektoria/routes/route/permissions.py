"""Who may do what with a route. Each check raises ``Refused`` with a humane sentence and has a bool twin ``can_…``."""

from enum import StrEnum

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused, twin
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.routes.route.models import ItemEvidence, LearningRoute, ReflectionEntry, RouteItem
from traektoria.routes.tutees.models import TutorSupport
from traektoria.routes.tutees.permissions import is_member_of, is_tutor_of


class Sight(StrEnum):
    """How much of a visible route a person sees."""

    WORKS = "works"  # the tutor and the consented teachers: everything
    AGREED = "agreed"  # the head: what is agreed and its progress
    OUTLINE = "outline"  # the coordinator: that it runs, and how far


def works_on(actor: Actor, route: LearningRoute) -> bool:
    return is_tutor_of(actor, route.support) or is_member_of(actor, route.support)


def sight_of(actor: Actor, route: LearningRoute) -> Sight:
    """Of a route that the person was allowed to fetch (``queries.route.visible_to``)."""
    if works_on(actor, route):
        return Sight.WORKS
    if actor.has(route.centre_id, *HEADS) and getattr(route, "of_own_school", False):
        return Sight.AGREED
    return Sight.OUTLINE


def check_work(actor: Actor, route: LearningRoute) -> None:
    if not works_on(actor, route):
        raise Refused(_("Only the teacher and the tutor of this route can do this."), code="not_a_party")


def check_work_on_item(actor: Actor, item: RouteItem) -> None:
    check_work(actor, item.route)


def check_lead(actor: Actor, route: LearningRoute) -> None:
    """What only the tutor does: closing."""
    if not is_tutor_of(actor, route.support):
        raise Refused(_("Only the tutor of this route can do this."), code="not_the_tutor")


def check_draft(actor: Actor, support: TutorSupport) -> None:
    """The tutor, or the one teacher; of a group the tutor alone, for the draft is made of everybody's problem field."""
    if support.is_group and not is_tutor_of(actor, support):
        raise Refused(_("The route of a group is drafted by the tutor."), code="not_the_tutor")
    if not (is_tutor_of(actor, support) or is_member_of(actor, support)):
        raise Refused(_("Only the tutor or the teacher of this support can draft its route."), code="not_a_party")


def check_begin_for_school(actor: Actor, support: TutorSupport) -> None:
    """The centre begins; of a group only its tutor does, for the draft tells each of them what the others confirmed."""
    if support.is_group or not actor.has(support.centre_id, Role.COORDINATOR):
        raise Refused(_("Routes of a school are begun by the coordinator of its centre."), code="not_the_coordinator")


def check_read_agreed(actor: Actor, route: LearningRoute) -> None:
    """Versions and what changed: the parties and the head, not the coordinator."""
    if sight_of(actor, route) is Sight.OUTLINE:
        raise Refused(
            _("The content of a route is seen by the teacher, the tutor and the head of the school."),
            code="outline_only",
        )


def check_own_evidence(actor: Actor, evidence: ItemEvidence) -> None:
    if evidence.person_id != actor.person_id:
        raise Refused(_("Only the one who attached it can take it away."), code="not_the_author")


def check_reflect(actor: Actor, route: LearningRoute) -> None:
    if not is_member_of(actor, route.support):
        raise Refused(_("The journal is written by the teacher."), code="not_the_teacher")


def check_give_goal(actor: Actor, route: LearningRoute) -> None:
    """What a teacher asked of the tutor becomes a goal by that teacher alone: more people read goals."""
    if not is_member_of(actor, route.support):
        raise Refused(_("The teacher decides whether the request becomes a goal."), code="not_the_teacher")


def check_own_entry(actor: Actor, entry: ReflectionEntry) -> None:
    if entry.person_id != actor.person_id:
        raise Refused(_("Only the author decides who reads this entry."), code="not_the_author")


can_lead = twin(check_lead)

can_give_goal = twin(check_give_goal)

can_reflect = twin(check_reflect)
