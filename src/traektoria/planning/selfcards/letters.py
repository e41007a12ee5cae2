"""The coordinators are told once that a school has shared its card; its heads, that there are remarks. What it says is
in no letter."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.messaging.enums import UnsentReason
from traektoria.messaging.kinds import MessageKind, Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.messaging.outbox import Post, post_change, post_many
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.planning.audits.permissions import heads_school
from traektoria.planning.audits.queries.people import heads_of
from traektoria.planning.selfcards.models import SelfCard

SHARED: Final = "planning.card_shared"
REMARKED: Final = "planning.card_remarked"


def tell_shared(card: SelfCard) -> None:
    rows = RoleAssignment.objects.filter(
        in_force(timezone.localdate()), centre=card.centre_id, role=Role.COORDINATOR
    ).values_list("person_id", flat=True)
    post_many(SHARED, [Post(person, str(card.pk), {"card": card.pk}) for person in sorted(set(rows))])


def tell_remarked(card: SelfCard) -> None:
    for person in heads_of(card.centre_id, card.school_id):
        post_change(REMARKED, to=person, fact=str(card.pk), card=card.pk)


def _about(
    messages: Sequence[Message],
    reader: Reader,
    may: Callable[[Actor, SelfCard], bool],
    still: Callable[[SelfCard], bool],
    told: Callable[[str, int], Told],
) -> Iterator[Told | Withheld]:
    """One query."""
    rows = SelfCard.objects.filter(pk__in={message.facts["card"] for message in messages})
    found = {one.pk: one for one in rows.select_related("school")}
    for message in messages:
        card = found.get(message.facts["card"])
        if card is None or card.is_draft or not still(card):
            yield Withheld(UnsentReason.DONE)
        elif reader.actor is None or not may(reader.actor, card):
            yield Withheld(UnsentReason.NO_RIGHT)
        else:
            yield told(card.school.name, card.pk)


def shared(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    return _about(
        messages, reader, lambda actor, card: actor.has(card.centre_id, Role.COORDINATOR),
        lambda card: card.read_at is None, shared_letter,
    )  # fmt: skip


def remarked(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    return _about(
        messages, reader, lambda actor, card: heads_school(actor, card.centre_id, card.school_id), lambda card: True,
        remarked_letter,
    )  # fmt: skip


def shared_letter(school: str, pk: int) -> Told:
    said = _("%(school)s has shared its self-analysis card with the centre.") % {"school": school}
    more = _("Read it: beside an audit it shows where the school and the auditor see the same thing otherwise.")
    return Told(_("A school has shared its self-analysis card"), (said, more), _page(pk), _("Read"))


def remarked_letter(school: str, pk: int) -> Told:
    said = _("There are remarks to the self-analysis card of %(school)s.") % {"school": school}
    more = _("The shared version stays as it is; what you change goes into the next one.")
    return Told(_("Remarks to your self-analysis card"), (said, more), _page(pk), _("Read"))


def _page(pk: int) -> str:
    return reverse("planning:card_detail", args=[pk])


kinds.add(
    MessageKind(
        slug=SHARED,
        order=73,
        label=gettext_lazy("Self-analysis cards that schools share"),
        why=gettext_lazy("you coordinate the centre."),
        tell=shared,
        sample=lambda: shared_letter(_("School No. 1"), 1),
    )
)
kinds.add(
    MessageKind(
        slug=REMARKED,
        order=74,
        label=gettext_lazy("Remarks to the self-analysis card of my school"),
        why=gettext_lazy("you head the school."),
        tell=remarked,
        sample=lambda: remarked_letter(_("School No. 1"), 1),
    )
)
