"""Protocols that may be read: one's own, those about oneself once shared, those of teachers whom one supports."""

from collections.abc import Iterator

from django.db.models import Exists, Q, QuerySet

from traektoria.diagnostics.instruments.models import InstrumentVersion
from traektoria.diagnostics.instruments.queries.instruments import open_for_protocols, standing
from traektoria.diagnostics.protocols.enums import ProtocolState
from traektoria.diagnostics.protocols.models import Protocol
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.models import Person
from traektoria.people.supported_people import open_to, subjects_held


def protocols_visible_to(actor: Actor) -> QuerySet[Protocol]:
    """A draft is its author's only. Heads, coordinators and administrators see none."""
    if not actor.person_id:
        return Protocol.objects.none()
    rows = Protocol.objects.filter(Q(author=actor.person_id) | Q(state=ProtocolState.SHARED) & supported(actor))
    return rows.select_related("person", "author", "version__instrument")


def supported(actor: Actor) -> Q:
    """Protocols about the actor, and those that a support opens."""
    return open_to(actor, subject="version__instrument__subject")


def about_me(actor: Actor) -> QuerySet[Protocol]:
    """What tutors have shared with the actor."""
    return protocols_visible_to(actor).filter(person=actor.person_id, state=ProtocolState.SHARED)


def of_others(actor: Actor) -> QuerySet[Protocol]:
    """Protocols about teachers whom the actor supports, and all that the actor kept."""
    return protocols_visible_to(actor).exclude(person=actor.person_id)


def instruments_for(actor: Actor, person: Person) -> QuerySet[InstrumentVersion]:
    """Protocols of interviews and forms of observation of the centres and subjects in which the actor supports the
    teacher, and those of no subject."""
    pairs = subjects_held(actor, person)
    rows = open_for_protocols(frozenset(centre for centre, _subject in pairs))
    fits = Q(instrument__subject="")
    for centre, subject in pairs:
        fits |= Q(instrument__centre=centre, instrument__subject=subject)
    return rows.filter(fits)


def forms_for_tutors(actor: Actor) -> QuerySet[InstrumentVersion]:
    """The same of all centres where the actor is a tutor: what can be printed empty."""
    return open_for_protocols(actor.centres(Role.TUTOR))


def pictures_of_own_protocols(actor: Actor) -> Iterator[Q]:
    """The teacher sees the form by which a protocol about them is kept."""
    if actor.person_id:
        about = Protocol.objects.filter(person=actor.person_id).values("version")
        yield Q(Exists(standing().filter(version__in=about)))
