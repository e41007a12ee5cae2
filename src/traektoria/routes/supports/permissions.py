"""Who may do what with a support. Each check raises ``Refused`` with a humane sentence, with a bool twin ``can_…``."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused, twin
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.routes.tutees.models import TutorSupport
from traektoria.routes.tutees.permissions import has_stayed, is_party_of, is_tutor_of


def check_party(actor: Actor, support: TutorSupport) -> None:
    """Consent and refusal are one's own: nobody gives them for another."""
    if not is_party_of(actor, support):
        raise Refused(_("Only the tutor and the teacher of this support say this themselves."), code="not_a_party")


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


can_reassign_support = twin(check_reassign_support)

can_add_member = twin(check_add_member)

can_end_support = twin(check_end_support)

can_leave = twin(check_leave)

can_ask = twin(check_ask)
