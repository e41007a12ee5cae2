"""Who gets messages: the accounts of people, and whom a word of ``core.Waiting`` names now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.utils import timezone

from traektoria.messaging.kinds import Directory, Reader, directories
from traektoria.people import addressees
from traektoria.people.actor import actor_of, in_force
from traektoria.people.enums import Role
from traektoria.people.models import Account, RoleAssignment

PERSON = "person:"


def readers(person_ids: Iterable[int]) -> dict[int, Reader]:
    """Those who can sign in, with their rights as they are now. One query, and one a reader: letters go out where
    nobody waits."""
    found = {}
    for account in Account.objects.filter(person__in=list(person_ids), is_active=True).select_related("person"):
        actor = actor_of(account)
        found[account.person_id or 0] = Reader(account.person_id, account.email, actor.zone, actor.addresses, actor)
    return found


def addressed(words: Iterable[str]) -> Mapping[str, set[int]]:
    """The persons behind each word: themselves, or whoever holds the role today. One query."""
    wanted, found = set(words), defaultdict[str, set[int]](set)
    rest = {word for word in wanted if not word.startswith(PERSON)}
    for word in wanted - rest:
        found[word].add(int(word.removeprefix(PERSON)))
    centres = {int(word.split(":")[1]) for word in rest if ":" in word}
    where = Q(centre__in=centres) | Q(centre=None)
    roles = RoleAssignment.objects.filter(where, in_force(timezone.localdate())) if rest else ()
    for role in roles:
        for word in rest & addressees.of_grant(Role(role.role), role.centre_id, role.school_id, role.person_id):
            found[word].add(role.person_id)
    return found


directories.add(Directory("people", 10, readers, addressed))
