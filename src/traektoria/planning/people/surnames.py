"""Who in the centre is meant by surnames that were typed."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.core.text import squash
from traektoria.core.word_search import narrowed
from traektoria.people.actor import in_force
from traektoria.people.models import Person, RoleAssignment


def staff_of(centre_id: int) -> QuerySet[Person]:
    """Whoever holds a role in the centre today."""
    held = RoleAssignment.objects.filter(in_force(timezone.localdate()), centre=centre_id).order_by()
    return Person.objects.filter(pk__in=held.values("person"))


def by_surnames(text: str, centre_id: int) -> tuple[int, ...]:
    """People of the centre, by «Иванова, Петрова Анна»: each part is exactly one. A query a part.

    Raises ``Invalid`` with those who may be meant."""
    parts = [part for part in map(squash, text.replace(";", ",").split(",")) if part]
    return tuple(dict.fromkeys(_one(part, centre_id) for part in parts))


def in_words(people: Iterable[Person]) -> str:
    """So that ``by_surnames`` finds them again."""
    return ", ".join(one.full_name for one in people)


def _one(part: str, centre_id: int) -> int:
    found = list(narrowed(staff_of(centre_id), part, "search_name")[:6])
    if len(found) == 1:
        return found[0].pk
    words = {"part": part, "names": ", ".join(one.full_name for one in found[:5])}
    if not found:
        raise Invalid(_("Nobody in the centre is called «%(part)s».") % words, code="nobody_so_called")
    raise Invalid(_("Say who «%(part)s» is: %(names)s.") % words, code="several_so_called")
