"""Who is who in a support."""

from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.routes.tutees.models import TutorSupport


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
