"""In which centre a page is: the asked one of those where the person holds such a role, else the first."""

from django.db.models import QuerySet

from traektoria.core.prepared_statements import Given, prepared
from traektoria.core.text import whole_number
from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import Role
from traektoria.people.guard import ActorRequest, existing


def centre_of(request: ActorRequest, *roles: Role) -> TutorCentre:
    """With its municipality; the page goes on by its clock. One query."""
    own = request.actor.centres(*roles)
    asked = whole_number(request.GET.get("place", ""))
    chosen = asked if asked in own else min(own)
    found: TutorCentre | None = _centre().first(pk=chosen)
    return existing(found)


@prepared
def _centre() -> QuerySet[TutorCentre]:
    return TutorCentre.objects.filter(pk=Given("pk")).select_related("municipality")


def places(request: ActorRequest, *roles: Role) -> dict[int, str]:
    """The centres to choose of; empty for who has one."""
    own = {one.centre_id: one.centre_name for one in request.actor.grants if one.centre_id and one.role in roles}
    return own if len(own) > 1 else {}
