"""Which versions of a regulation a person may read, and what of them a page shows."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from traektoria.core.guard import ActingPerson
from traektoria.organisations.enums import EVERYBODY, RegulationState, Role
from traektoria.organisations.models import Regulation, TutorCentre
from traektoria.organisations.queries import centres_kept_by, regulation_in_force
from traektoria.organisations.regulations.shapes import Content, slugs_of


def centres_read_by(actor: ActingPerson) -> QuerySet[TutorCentre]:
    """The centres whose regulation the person reads: those of their roles, their own first."""
    return TutorCentre.objects.filter(pk__in=actor.centres(*EVERYBODY)).order_by("pk")


def regulations_visible_to(actor: ActingPerson) -> QuerySet[Regulation]:
    """Approved versions for everybody in the centre, the draft for its coordinator."""
    kept = Q(centre__in=actor.centres(Role.COORDINATOR))
    approved = Q(centre__in=actor.centres(*EVERYBODY), state=RegulationState.APPROVED)
    return Regulation.objects.filter(kept | approved).select_related("centre")


def drafts_kept_by(actor: ActingPerson) -> QuerySet[Regulation]:
    """Drafts of the coordinator's centres, and what they have become: an approved one says so to its editor."""
    return Regulation.objects.filter(centre__in=centres_kept_by(actor).values("pk")).select_related("centre")


def draft_of(centre_id: int) -> Regulation | None:
    return Regulation.objects.filter(centre=centre_id, state=RegulationState.DRAFT).first()


def latest_approved(centre_id: int) -> Regulation:
    """The version that a draft is written upon: the last one approved, also where it has not begun yet."""
    return Regulation.objects.filter(centre=centre_id, state=RegulationState.APPROVED).order_by("-number")[0]


def in_force_now(centre_id: int) -> Regulation:
    return regulation_in_force(centre_id)


def known_slugs(centre_id: int) -> frozenset[tuple[str, str]]:
    """(place, slug) of all rows that have been in an approved version: the last one holds those of the earlier."""
    return frozenset(slugs_of(latest_approved(centre_id).content))


def part_at(content: Content, path: Collection[str]) -> Content:
    """The part of a content that stands at ``path``; empty where an older version has none, and defaults speak."""
    held = content
    for name in path:
        held = held.get(name) or {}
    return held
