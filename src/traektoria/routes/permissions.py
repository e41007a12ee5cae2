"""Who may do what in the room. Each check raises ``Refused`` with a humane sentence and has a bool twin ``can_…``."""

from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from traektoria.core.errors import DomainError, Refused
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.routes.models import (
    GroupInvitation,
    ItemEvidence,
    LearningRoute,
    ReflectionEntry,
    RouteItem,
    SupportNeed,
    TutorSupport,
)


class Sight(StrEnum):
    """How much of a visible route a person sees."""

    WORKS = "works"  # the tutor and the consented teachers: everything
    AGREED = "agreed"  # the head: what is agreed and its progress
    OUTLINE = "outline"  # the coordinator: that it runs, and how far


def twin(check: Callable[..., None]) -> Callable[..., bool]:
    """The bool twin of a check."""

    def can(*args: Any) -> bool:
        try:
            check(*args)
        except DomainError:
            return False
        return True

    return can


def acting(actor: Actor) -> int:
    """The person behind the account; an account without a person is no party of anything."""
    if actor.person_id is None:
        raise Refused(_("Your account is not linked to a person yet. Ask the coordinator."), code="no_person")
    return actor.person_id


def member_ids(support: TutorSupport) -> set[int]:
    """Persons of the teachers who consented (reads the prefetched ``members``)."""
    return {member.person_id for member in support.members.all() if member.consented_at}


def is_tutor_of(actor: Actor, support: TutorSupport) -> bool:
    return actor.person_id == support.tutor_id and actor.has(support.centre_id, Role.TUTOR)


def is_member_of(actor: Actor, support: TutorSupport) -> bool:
    return actor.person_id in member_ids(support)


def works_on(actor: Actor, route: LearningRoute) -> bool:
    return is_tutor_of(actor, route.support) or is_member_of(actor, route.support)


def sight_of(actor: Actor, route: LearningRoute) -> Sight:
    """Of a route that the person was allowed to fetch (``queries.route.visible_to``)."""
    if works_on(actor, route):
        return Sight.WORKS
    if actor.has(route.centre_id, *HEADS) and getattr(route, "of_own_school", False):
        return Sight.AGREED
    return Sight.OUTLINE


def is_party_of(actor: Actor, support: TutorSupport) -> bool:
    """The tutor, or a teacher of the support whether consented or only asked."""
    return is_tutor_of(actor, support) or any(member.person_id == actor.person_id for member in support.members.all())


def check_party(actor: Actor, support: TutorSupport) -> None:
    """Consent and refusal are one's own: nobody gives them for another."""
    if not is_party_of(actor, support):
        raise Refused(_("Only the tutor and the teacher of this support say this themselves."), code="not_a_party")


def has_stayed(actor: Actor, support: TutorSupport) -> bool:
    """A teacher of the support, consented or asked, who has not declined."""
    return any(one.person_id == actor.person_id and one.declined_at is None for one in support.members.all())


def check_end_support(actor: Actor, support: TutorSupport) -> None:
    """Any of the two sides at any time, and the coordinator of the centre. A member of a group leaves it: the others
    go on."""
    if is_tutor_of(actor, support) or actor.has(support.centre_id, Role.COORDINATOR):
        return
    if not is_party_of(actor, support):
        raise Refused(_("The tutor, the teacher or the coordinator ends the support."), code="not_a_party")
    if support.is_group:
        raise Refused(_("The tutor or the coordinator ends a group; you can leave it yourself."), code="not_the_tutor")


def check_leave(actor: Actor, support: TutorSupport) -> None:
    """Who is in it and has not left yet: a teacher of a group takes only themselves out."""
    if not (support.is_group and has_stayed(actor, support)):
        raise Refused(_("A teacher leaves the group that they are in."), code="not_in_the_group")


def check_ask(actor: Actor, support: TutorSupport) -> None:
    """The learning request is written by a teacher who is in the support, or is asked and has not declined."""
    if not has_stayed(actor, support):
        raise Refused(_("The request is written by the teacher."), code="not_the_teacher")


def check_propose_support(actor: Actor, centre_id: int, tutor_id: int, teacher_ids: Collection[int]) -> None:
    """The coordinator proposes any support of the centre, a tutor their own, a teacher one for themselves."""
    if actor.has(centre_id, Role.COORDINATOR):
        return
    if actor.person_id == tutor_id and actor.has(centre_id, Role.TUTOR):
        return
    if list(teacher_ids) == [actor.person_id] and actor.has(centre_id, Role.TEACHER):
        return
    raise Refused(_("You can propose a support with yourself only."), code="not_a_party")


def check_reassign_support(actor: Actor, support: TutorSupport) -> None:
    """Giving the teachers over to another tutor: the coordinator, or the tutor who leads them now."""
    if not (is_tutor_of(actor, support) or actor.has(support.centre_id, Role.COORDINATOR)):
        raise Refused(_("The tutor of this support or the coordinator gives it over."), code="not_a_party")


def check_add_member(actor: Actor, support: TutorSupport) -> None:
    if not (is_tutor_of(actor, support) or actor.has(support.centre_id, Role.COORDINATOR)):
        raise Refused(_("The tutor of this group or the coordinator asks teachers to join it."), code="not_a_party")


def check_ask_for_self(actor: Actor, centre_id: int) -> None:
    if not actor.has(centre_id, Role.TEACHER):
        raise Refused(_("A teacher of the centre asks for a tutor."), code="not_a_teacher")


def check_ask_for_school(actor: Actor, centre_id: int, school_id: int) -> None:
    """The head and deputy heads, for teachers of their own school."""
    grants = (grant for grant in actor.grants if grant.role in HEADS)
    if not any((grant.centre_id, grant.school_id) == (centre_id, school_id) for grant in grants):
        raise Refused(_("The head asks for tutors for teachers of their own school."), code="not_the_head")


def check_answer_need(actor: Actor, need: SupportNeed) -> None:
    if not actor.has(need.centre_id, Role.COORDINATOR):
        raise Refused(_("Tutors are offered by the coordinator."), code="not_the_coordinator")


def check_withdraw_need(actor: Actor, need: SupportNeed) -> None:
    """Who asked, the heads of the school that asked, the coordinator."""
    of_school = need.school_id is not None and need.school_id in actor.schools(*HEADS)
    if not (acting(actor) == need.asked_by_id or of_school or actor.has(need.centre_id, Role.COORDINATOR)):
        raise Refused(_("The request is taken back by those who made it."), code="not_the_asker")


def check_refuse_need(actor: Actor, need: SupportNeed) -> None:
    """A teacher of a school's request; of one's own, one takes it back."""
    if need.school_id is None or not actor.has(need.centre_id, Role.TEACHER):
        raise Refused(_("This is said by a teacher for whom the school asks."), code="not_named")


def check_suggest_groups(actor: Actor, centre_id: int) -> None:
    """Groups are suggested to the coordinator, by topics and without names."""
    if not actor.has(centre_id, Role.COORDINATOR):
        raise Refused(_("Group routes are planned by the coordinator."), code="not_the_coordinator")


def check_answer_invitation(actor: Actor, invitation: GroupInvitation) -> None:
    """The invited teacher alone."""
    if acting(actor) != invitation.person_id:
        raise Refused(_("Only the invited teacher answers."), code="not_yours")


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


can_withdraw_need = twin(check_withdraw_need)
can_answer_need = twin(check_answer_need)
can_reassign_support = twin(check_reassign_support)
can_add_member = twin(check_add_member)
can_end_support = twin(check_end_support)
can_leave = twin(check_leave)
can_ask = twin(check_ask)
can_lead = twin(check_lead)
can_give_goal = twin(check_give_goal)
can_reflect = twin(check_reflect)
