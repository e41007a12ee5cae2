"""Who is who in a support."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from traektoria.core.errors import DomainError, Refused
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.routes.tutees.models import TutorSupport


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


def is_party_of(actor: Actor, support: TutorSupport) -> bool:
    """The tutor, or a teacher of the support whether consented or only asked."""
    return is_tutor_of(actor, support) or any(member.person_id == actor.person_id for member in support.members.all())


def has_stayed(actor: Actor, support: TutorSupport) -> bool:
    """A teacher of the support, consented or asked, who has not declined."""
    return any(one.person_id == actor.person_id and one.declined_at is None for one in support.members.all())
