"""Who has to agree to a version, who has said their word, and whose word is awaited."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import HEADS
from traektoria.people.models import Employment, RoleAssignment
from traektoria.routes.route.enums import AgreeingParty
from traektoria.routes.route.models import Agreement, LearningRoute, RouteVersion
from traektoria.routes.route.queries.route import is_of_own_school
from traektoria.routes.tutees.permissions import is_member_of, is_tutor_of, member_ids


@dataclass(frozen=True)
class Party:
    """``person_id`` is None for the head: any head or deputy head of a teacher's school may speak."""

    kind: AgreeingParty
    person_id: int | None
    name: str
    word: Agreement | None = None

    @property
    def agreed(self) -> bool:
        return self.word is not None and self.word.agreed

    @property
    def label(self) -> str:
        return str(AgreeingParty(self.kind).label)


def parties_of(route: LearningRoute, version: RouteVersion | None = None) -> list[Party]:
    """Every party with its word on ``version`` (whose ``agreements`` are read, with their persons)."""
    return parties_with(route, list(version.agreements.all()) if version else [])


def parties_with(route: LearningRoute, words: list[Agreement]) -> list[Party]:
    """The same from the words on one version. What is in force was agreed to by the tutor of its time, whom another
    may have followed; a version that waits is asked of the tutor of now."""
    found = [
        Party(AgreeingParty.TEACHER, member.person_id, member.person.short_name)
        for member in route.support.members.all()
        if member.consented_at
    ]
    tutor = route.support.tutor
    agreed = (word.person for word in words if word.party == AgreeingParty.TUTOR and word.agreed)
    if route.pending_version is None:
        tutor = next(agreed, tutor)
    found.append(Party(AgreeingParty.TUTOR, tutor.pk, tutor.short_name))
    if route.head_agrees:
        found.append(Party(AgreeingParty.HEAD, None, ""))
    return [_with_word(party, words) for party in found]


def _with_word(party: Party, words: list[Agreement]) -> Party:
    of_party = (word for word in words if word.party == party.kind and party.person_id in (None, word.person_id))
    word = next(of_party, None)
    name = party.name or (word.person.short_name if word else _("the head of the school"))
    return Party(party.kind, party.person_id, name, word)


def awaited(parties: list[Party]) -> list[Party]:
    return [party for party in parties if not party.agreed]


def whose_word_is_awaited(route: LearningRoute, version: RouteVersion) -> list[Party]:
    """Nobody waits for the head of schools that have none now: a query where only the head's word is missing."""
    waiting = awaited(parties_of(route, version))
    if [party.kind for party in waiting] == [AgreeingParty.HEAD] and not _has_head(route):
        return []
    return waiting


def _has_head(route: LearningRoute) -> bool:
    """A head or deputy head is in force at a school where a teacher of the route works."""
    today = in_force(timezone.localdate())
    schools = Employment.objects.filter(today, person__in=member_ids(route.support)).values("school")
    heads = RoleAssignment.objects.filter(today, role__in=HEADS, centre=route.centre_id, school__in=schools)
    return heads.exists()


def parties_held(actor: Actor, route: LearningRoute) -> list[AgreeingParty]:
    """The parties that this person speaks for (a head who is the tutor speaks for both)."""
    held = []
    if is_member_of(actor, route.support):
        held.append(AgreeingParty.TEACHER)
    if is_tutor_of(actor, route.support):
        held.append(AgreeingParty.TUTOR)
    if route.head_agrees and is_of_own_school(actor, route):
        held.append(AgreeingParty.HEAD)
    return held


def check_speaks(actor: Actor, route: LearningRoute) -> None:
    """Raise ``Refused`` for who is no party of this route."""
    if not parties_held(actor, route):
        raise Refused(_("Your agreement is not asked for this route."), code="not_a_party")


def speaks_now(actor: Actor, route: LearningRoute, parties: list[Party]) -> bool:
    """The person's word on the pending version is awaited."""
    if route.pending_version is None:
        return False
    held = set(parties_held(actor, route))
    return any(
        party.kind in held and not party.agreed and party.person_id in (None, actor.person_id) for party in parties
    )
