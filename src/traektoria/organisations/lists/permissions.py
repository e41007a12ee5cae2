"""Who reads why a school is helped first: the centre of all its schools, a school of itself and of no other."""

from collections.abc import Mapping

from traektoria.core.guard import ActingPerson
from traektoria.organisations.enums import Role
from traektoria.organisations.lists.queries import ListMembership

STAFF = (Role.COORDINATOR, Role.TUTOR)
OF_SCHOOL = (Role.HEAD, Role.DEPUTY_HEAD)


def readable(
    actor: ActingPerson, centre_id: int, why: Mapping[int, list[ListMembership]]
) -> dict[int, list[ListMembership]]:
    """What of the reasons of a centre's schools the actor may read."""
    if centre_id in actor.centres(*STAFF):
        return dict(why)
    own = actor.schools(*OF_SCHOOL) if centre_id in actor.centres(*OF_SCHOOL) else frozenset()
    return {school: reasons for school, reasons in why.items() if school in own}
